"""Values become records of their tables, with ids that depend on nothing but what they name."""

from __future__ import annotations

import pytest

from schemas.catalogue import CONTRACTS, key_of
from tasks.extract import read_capture
from tests.planted.finders import PAGE, capture_of, records_of

TABLES = ("articles", "quotes", "country_mentions", "date_mentions", "findings", "speaker_roles")


def records(body=PAGE, **changed):
    return records_of(read_capture(capture_of(body, **changed)))


def keys(found):
    return {
        table: [tuple(row[name] for name in key_of(CONTRACTS[table])) for row in rows]
        for table, rows in found.items()
    }


def test_the_same_page_gives_the_same_ids():
    assert keys(records()) == keys(records())


@pytest.mark.parametrize("table", TABLES)
def test_ids_of_a_table_are_unique(table):
    found = keys(records())[table]

    assert len(set(found)) == len(found)


def test_an_article_is_named_by_its_address_and_a_file_by_its_bytes():
    here, again = records(), records(PAGE.replace("nine days", "ten days"))
    file, other = records(url=None), records(PAGE.replace("nine days", "ten days"), url=None)

    (article,), (later) = here["articles"], again["articles"][0]
    assert article["article_id"] == later["article_id"]
    assert file["articles"][0]["article_id"] != article["article_id"]
    assert file["articles"][0]["url"] is None
    assert {row["article_id"] for row in other["quotes"]} == {other["articles"][0]["article_id"]}


def test_every_fact_names_the_article_it_was_read_from():
    found = records()
    (article,) = found["articles"]

    for table in ("quotes", "country_mentions", "date_mentions", "findings", "speaker_aliases"):
        assert {row["article_id"] for row in found[table]} == {article["article_id"]}


def test_every_span_is_what_the_text_holds_there():
    found = records()
    (article,) = found["articles"]

    for table, words in (("quotes", "quote_text"), ("date_mentions", "mention_text")):
        for row in found[table]:
            span = slice(row["start_offset"], row["end_offset"])
            assert article["body_text"][span] == row[words]


def test_words_are_counted_as_the_contract_counts_them():
    (article,) = records()["articles"]

    assert article["word_count"] == len(article["body_text"].split())
