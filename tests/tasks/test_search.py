"""What is asked for is found whole, marked where it stands, best first, one of each story."""

from __future__ import annotations

from datetime import date

import pytest

from schemas.errors import BadUsage
from tasks.search import find_marks, find_passage, search
from tasks.search_words import read_query
from tests.warehouse.builders import insert
from warehouse.connection import open_warehouse
from warehouse.read import PublishedReader
from warehouse.search import Filters

EVERYTHING = Filters()
BODIES = {
    "harbour": "The harbour of Tema is shut.\n\nThe strike at the harbour goes on, a clerk said.",
    "strike": "A strike was called off in São Tomé. Nobody had asked for it.",
    "copy": "A strike was called off in São Tomé. Nobody had asked for it!",
    "report": "An annual report of nineteen pages on ships’ papers and other papers.",
}


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    path = tmp_path_factory.mktemp("search") / "onrecord.duckdb"
    with open_warehouse(path) as connection:
        articles = [
            {
                "article_id": name,
                "headline": "Strike at Tema" if name == "harbour" else None,
                "body_text": body,
                "word_count": len(body.split()),
                "copy_cluster_id": "strike" if name == "copy" else name,
                "published_date": date(2007, 5, number + 1),
                "capture_id": name,
            }
            for number, (name, body) in enumerate(BODIES.items())
        ]
        insert(connection, "articles", *articles)
        insert(connection, "speakers", {})
        start = BODIES["harbour"].index("The strike")
        insert(
            connection,
            "quotes",
            {"article_id": "harbour", "start_offset": start, "end_offset": start + 5},
        )
        insert(connection, "country_mentions", {"article_id": "report", "country_code": "NO"})
    return path


def ids(record, query, filters=EVERYTHING, limit=10):
    with PublishedReader(record) as reader:
        return [hit.article_id for hit in search(reader, query, filters, limit).hits]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("harbour", ["harbour"]),
        ("HARBOUR strike", ["harbour"]),
        ("strike", ["harbour", "copy"]),
        ("strike -harbour", ["copy"]),
        ("sao tome", ["copy"]),
        ("São", ["copy"]),
        ('"called off"', ["copy"]),
        ('"off called"', []),
        ("port", []),
        ("rep*", ["report"]),
        ("ships' papers", ["report"]),
        ('strike -"called off"', ["harbour"]),
        (".*", None),
        ("(", None),
        ("", None),
        ("-strike", None),
        ("a.b", []),
        ("a(b", []),
        ("[harbour", []),
        ("'; drop table articles; --", []),
        ("$wanted_0", []),
        ("\\E harbour", []),
    ],
)
def test_what_is_found(record, query, found):
    if found is None:
        with pytest.raises(BadUsage):
            ids(record, query)
    else:
        assert ids(record, query) == found


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(since=date(2007, 5, 2)), ["copy"]),
        (Filters(until=date(2007, 5, 1)), ["harbour"]),
        (Filters(source="sample"), ["harbour", "copy"]),
        (Filters(source="other"), []),
        (Filters(country_code="NO"), []),
    ],
    ids=str,
)
def test_filters_leave_out(record, filters, found):
    assert ids(record, "strike", filters) == found


def test_a_country_keeps_the_articles_that_name_it(record):
    assert ids(record, "papers", Filters(country_code="NO")) == ["report"]


def test_the_passage_says_who_is_quoted_and_marks_the_words(record):
    with PublishedReader(record) as reader:
        (hit,) = search(reader, "strike harbour", EVERYTHING, 10).hits

    assert hit.passage.startswith("The strike at the harbour")
    assert [hit.passage[start:end] for start, end in hit.marks] == ["strike", "harbour"]
    assert (hit.speaker, hit.quote_id, hit.published) == ("Maria Okello", "quote-1", "1 May 2007")


def test_copies_are_one_story_and_counted(record):
    with PublishedReader(record) as reader:
        found = search(reader, "tome", EVERYTHING, 10)

    assert [(hit.copy_count, found.story_count) for hit in found.hits] == [(2, 1)]


def test_fewer_are_shown_than_found(record):
    with PublishedReader(record) as reader:
        found = search(reader, "strike", EVERYTHING, 1)

    assert (len(found.hits), found.story_count) == (1, 2)


def test_a_long_paragraph_is_cut_round_the_word():
    text = "word " * 400 + "harbour " + "word " * 400
    terms = read_query("harbour")

    start, end = find_passage(text, terms)

    assert end - start <= 500
    assert "harbour" in text[start:end]
    assert text[start:end].startswith("word")


def test_marks_do_not_overlap():
    assert find_marks("the strike committee", read_query('"strike committee" strike')) == ((4, 20),)


def test_too_much_is_refused():
    with pytest.raises(BadUsage, match="at most"):
        read_query("word " * 100)
    with pytest.raises(BadUsage, match="at most 12"):
        read_query(" ".join("abcdefghijklm"))


def test_an_empty_record_finds_nothing(tmp_path):
    path = tmp_path / "onrecord.duckdb"
    open_warehouse(path).close()

    assert ids(path, "strike") == []
