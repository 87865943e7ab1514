"""Pages counted by day from what the warehouse holds, and the ledger written whole."""

from __future__ import annotations

from datetime import UTC, date, datetime

import polars as pl
import pytest

from tests.warehouse.builders import SEEN_AT, frame, insert
from warehouse.completeness import (
    listed_days,
    pages_by_day,
    recount_published,
    waiting_pages,
    write_completeness,
)

DAY = date(2007, 5, 25)
LATER = datetime(2007, 5, 26, tzinfo=UTC)
COUNTS = ("page_count", "fetched_count", "parsed_count", "loaded_count", "published_count")


def page(number, **changes):
    url = f"http://example.org/{number}"
    return {"page_id": f"page-{number}", "url": url, "listed_date": DAY, **changes}


def missed(number, reason="server_error", disposition="failed", **changes):
    return page(number, disposition=disposition, reason=reason, **{"capture_id": None, **changes})


def counts(connection):
    return {
        (row["listed_date"], row["gap_reason"]): tuple(row[name] for name in COUNTS)
        for row in pages_by_day(connection)
    }


def test_a_page_that_came_the_whole_way(connection):
    insert(connection, "pages", page(1))
    insert(connection, "captures", {})
    insert(connection, "articles", {})

    assert counts(connection) == {(DAY, None): (1, 1, 1, 1, 1)}


def test_an_older_capture_of_an_article_is_read_too(connection):
    insert(connection, "pages", page(1, capture_id="capture-0"))
    insert(connection, "captures", {"capture_id": "capture-0"})
    insert(connection, "article_versions", {})

    assert counts(connection) == {(DAY, None): (1, 1, 1, 1, 1)}


def test_a_page_that_never_answered_is_wanted_for_its_reason(connection):
    insert(connection, "pages", missed(1, next_try_at=LATER, try_count=3), missed(2, try_count=2))

    (row,) = pages_by_day(connection)

    assert counts(connection) == {(DAY, "server_error"): (2, 0, 0, 0, 0)}
    assert (row["try_count"], row["is_due"], row["next_try_at"]) == (3, True, LATER)
    assert row["first_listed_at"] == SEEN_AT


def test_a_page_that_fails_after_it_was_had_is_not_wanted(connection):
    insert(connection, "pages", missed(1, capture_id="capture-1"))
    insert(connection, "captures", {})
    insert(connection, "articles", {})

    assert counts(connection) == {(DAY, None): (1, 1, 1, 1, 1)}


@pytest.mark.parametrize(
    ("refused", "gap"),
    [
        pytest.param(
            {"unit_kind": "capture", "table_name": None, "capture_id": "capture-1"},
            {(DAY, "page_quarantined"): (1, 1, 0, 0, 0)},
            id="a page that cannot be read",
        ),
        pytest.param(
            {"table_name": "articles", "capture_id": "capture-1"},
            {(DAY, "row_quarantined"): (1, 1, 1, 0, 0)},
            id="an article that breaks its contract",
        ),
        pytest.param(
            {"table_name": "quotes", "capture_id": "capture-1"},
            {(DAY, None): (1, 1, 1, 0, 0)},
            id="a quote is no page",
        ),
        pytest.param(
            {"unit_kind": "capture", "capture_id": "capture-1", "status": "released"},
            {(DAY, None): (1, 1, 1, 0, 0)},
            id="released long ago",
        ),
    ],
)
def test_a_kept_page_that_was_refused(connection, refused, gap):
    insert(connection, "pages", page(1))
    insert(connection, "captures", {})
    insert(connection, "quarantine", refused)

    assert counts(connection) == gap


def test_a_refused_capture_of_a_page_that_readers_find_is_no_gap(connection):
    insert(connection, "pages", page(1, capture_id="capture-2"))
    insert(connection, "captures", {}, {"capture_id": "capture-2"})
    insert(connection, "articles", {})
    insert(connection, "quarantine", {"unit_kind": "capture", "capture_id": "capture-2"})

    assert counts(connection) == {(DAY, None): (1, 1, 0, 0, 1)}


def test_a_waiver_says_why(connection):
    insert(connection, "pages", page(1))
    insert(connection, "captures", {})
    insert(
        connection,
        "quarantine",
        {
            "unit_kind": "capture",
            "capture_id": "capture-1",
            "status": "waived",
            "status_reason": "a poll",
        },
    )

    (row,) = pages_by_day(connection)

    assert (row["gap_reason"], row["waiver"]) == ("page_quarantined", "a poll")


def test_saved_files_are_expected_of_nobody(connection):
    insert(connection, "pages", missed(1, source="files"))

    assert pages_by_day(connection) == []


def test_pages_that_wait_are_those_that_gave_no_answer(connection):
    insert(
        connection,
        "pages",
        page(1),
        missed(2, next_try_at=LATER, try_count=1),
        missed(3, "robots_disallows", "refused", capture_id="capture-1"),
        missed(4, source="other"),
    )

    assert waiting_pages(connection, "sample") == [
        {
            "url": "http://example.org/2",
            "reason": "server_error",
            "try_count": 1,
            "next_try_at": LATER,
            "listed_date": DAY,
            "is_kept": False,
        },
        {
            "url": "http://example.org/3",
            "reason": "robots_disallows",
            "try_count": None,
            "next_try_at": None,
            "listed_date": DAY,
            "is_kept": True,
        },
    ]


def test_days_with_pages(connection):
    insert(connection, "pages", page(1), missed(2), page(3, listed_date=None))

    assert listed_days(connection, "sample") == [{"listed_date": DAY}]


def test_the_ledger_is_written_whole(connection):
    insert(connection, "completeness", {}, {"completeness_id": "completeness-2"})
    made = frame(connection, "completeness", {"listed_count": 2}, {"completeness_id": "new"})

    write_completeness(connection, made)

    rows = connection.execute(
        "select completeness_id, listed_count from completeness order by all"
    ).fetchall()
    assert rows == [("completeness-1", 2), ("new", 1)]


def test_an_empty_ledger_leaves_nothing(connection):
    insert(connection, "completeness", {})

    write_completeness(connection, frame(connection, "completeness"))

    assert connection.execute("select count(*) from completeness").fetchall() == [(0,)]


def test_the_same_ledger_again_is_no_news(connection):
    made = frame(connection, "completeness", {})
    write_completeness(connection, made)

    write_completeness(connection, made)

    assert pl.DataFrame(connection.sql("from completeness").pl()).equals(made)


def test_what_a_hold_keeps_from_readers_is_not_published(connection):
    other = {"source": "other", "completeness_id": "completeness-3", "published_count": 7}
    whole = {
        "completeness_id": "completeness-2",
        "period": "whole",
        "first_date": None,
        "last_date": None,
        "published_count": 2,
    }
    insert(connection, "completeness", {"published_count": 2}, whole, other)
    insert(connection, "pages", page(1), page(2, capture_id="capture-2"))
    insert(connection, "captures", {}, {"capture_id": "capture-2", "url": "http://example.org/2"})
    insert(connection, "articles", {})

    recount_published(connection, ["sample"])

    rows = connection.execute(
        "select completeness_id, published_count from completeness order by completeness_id"
    ).fetchall()
    assert rows == [("completeness-1", 1), ("completeness-2", 1), ("completeness-3", 7)]
