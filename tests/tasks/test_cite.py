"""A citation says what is on record, and nothing more."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, date, datetime

import pytest

from schemas.errors import BadUsage, NotFound
from tasks.cite import cite_row, footnote, published_words
from tests.warehouse.builders import insert
from warehouse.connection import open_warehouse
from warehouse.read import PublishedReader


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    path = tmp_path_factory.mktemp("cite") / "onrecord.duckdb"
    with open_warehouse(path) as connection:
        insert(
            connection,
            "articles",
            {"agency": "Harbour Wire", "byline": ["Jonas Lind"]},
            {
                "article_id": "bare",
                "headline": None,
                "url": None,
                "host": None,
                "source": "files",
                "published_date": None,
                "published_precision": None,
                "capture_id": "capture-2",
            },
        )
        insert(connection, "quotes", {})
        insert(connection, "speakers", {})
        insert(
            connection,
            "speaker_roles",
            {"title": "envoy", "affiliation": "Kenya"},
            {"role_id": "elsewhere", "article_id": "article-9", "title": "king"},
        )
        insert(
            connection,
            "captures",
            {"captured_at": datetime(2022, 6, 1, tzinfo=UTC), "body_digest": "ab" * 32},
            {"capture_id": "capture-2", "captured_at": None, "body_digest": "cd" * 32},
            {"capture_id": "capture-3"},
        )
    return path


def cited(record, row_id):
    with PublishedReader(record) as reader:
        return cite_row(reader, row_id)


def test_a_quotation_with_all_that_proves_it(record):
    citation = cited(record, "quote-1")

    assert citation.footnote == (
        "Maria Okello, envoy, Kenya, quoted in Jonas Lind, “No signature from Kenya,” "
        "Harbour Wire, example.org, 25 May 2007, http://example.org/1, captured 1 June 2022, "
        f"SHA-256 {'ab' * 8}."
    )
    assert citation.quotation == "“We will not sign,”"
    assert (citation.capture_id, citation.sha256) == ("capture-1", "ab" * 32)


def test_a_role_held_elsewhere_is_not_given(record):
    assert "king" not in str(asdict(cited(record, "quote-1")))


def test_what_is_not_on_record_is_left_out(record):
    citation = cited(record, "bare")

    assert citation.footnote == f"Untitled article, a file, undated, SHA-256 {'cd' * 8}."
    assert (citation.speaker, citation.quotation, citation.url) == (None, None, None)


def test_an_id_that_no_row_has(record):
    with pytest.raises(NotFound, match="no-such-id"):
        cited(record, "no-such-id")


def test_a_capture_without_an_article_cannot_be_cited(record):
    with pytest.raises(BadUsage, match="captures"):
        cited(record, "capture-3")


@pytest.mark.parametrize(
    ("day", "precision", "words"),
    [
        (date(2007, 5, 25), "day", "25 May 2007"),
        (date(2007, 5, 21), "week", "week of 21 May 2007"),
        (date(2007, 5, 1), "month", "May 2007"),
        (date(2007, 4, 1), "quarter", "quarter 2 of 2007"),
        (date(2007, 1, 1), "year", "2007"),
        (date(1990, 1, 1), "decade", "1990s"),
        (None, None, None),
    ],
)
def test_a_day_is_said_as_exactly_as_it_is_known(day, precision, words):
    assert published_words(day, precision) == words


def test_a_house_that_is_its_own_host_is_named_once():
    facts = {
        "speaker": None,
        "speaker_role": None,
        "quotation": None,
        "byline": (),
        "headline": "A",
        "agency": "example.org",
        "host": "example.org",
        "archive": "x",
        "published": "2007",
        "url": None,
        "captured_at": None,
        "sha256": "ab" * 32,
    }

    assert footnote(facts).count("example.org") == 1
