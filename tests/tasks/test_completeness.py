"""The completeness ledger: every page in the row of its day, every gap named in one row."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest

from schemas.catalogue import CONTRACTS
from schemas.expectation import WHOLE, Expectation, Period, day_period
from tasks.completeness import PageGroup, completeness_rows
from tasks.failures import find_lone_failures
from tasks.frames import frame_of
from tasks.gaps import Explanation, Gaps, Standing
from tasks.retry_pauses import Retry

SEEN = datetime(2007, 6, 10, 3, tzinfo=UTC)
LATER = SEEN + timedelta(hours=5)
DAY = date(2007, 5, 25)
MAY = Period("month", date(2007, 5, 1))


def group(gap_reason=None, pages=1, fetched=None, day=DAY, **changes):
    """Pages that are had whole; with a reason, pages that are not had."""
    count = (0 if gap_reason else pages) if fetched is None else fetched
    got = 0 if gap_reason else count
    values = {
        "source": "gazette",
        "listed_date": day,
        "gap_reason": gap_reason,
        "waiver": None,
        "page_count": pages,
        "fetched_count": count,
        "parsed_count": got,
        "loaded_count": got,
        "published_count": got,
        "try_count": 1 if gap_reason else None,
        "is_due": False,
        "next_try_at": LATER if gap_reason else None,
        "first_listed_at": SEEN,
    }
    return PageGroup(**values | changes)


def gaps(*standings, explained=()):
    known = {(each.expectation.source, each.expectation.period): each for each in standings}
    words = {
        ("gazette", period): Explanation(text, count, SEEN) for period, text, count in explained
    }
    return Gaps(known, words)


def said(period, unlisted=0, reason=None, **changes):
    expected_by = "printed_total" if unlisted is not None else None
    expectation = Expectation("gazette", period, expected_by, unlisted, reason, **changes)
    retry = Retry(2, LATER, reason) if reason else Retry()
    return Standing(expectation, retry, SEEN if reason else None)


def rows(groups, known=None):
    made = completeness_rows(groups, known or gaps(), {"gazette": timedelta(days=3)})
    frame = frame_of(made, CONTRACTS["completeness"])
    assert find_lone_failures(frame, CONTRACTS["completeness"]) == {}
    return made


def row(groups, known=None):
    (only,) = rows(groups, known)
    return only


def shown(made, *names):
    return tuple(made[name] for name in names)


COUNTS = ("expected_count", "listed_count", "fetched_count", "missing_count", "state")


def test_a_day_of_which_all_is_had_is_filled():
    made = row([group(pages=5)])

    assert shown(made, *COUNTS) == (5, 5, 5, 0, "filled")
    assert shown(made, "reason", "detail", "missing_since", "tolerated_until") == (None,) * 4


def test_pages_that_gave_no_answer_are_a_gap_with_its_reason_tries_and_time():
    made = row([group(pages=4), group("server_error", pages=2), group("not_found")])

    assert shown(made, *COUNTS) == (7, 7, 4, 3, "open")
    assert shown(made, "reason", "try_count", "next_try_at") == ("server_error", 1, LATER)
    assert made["detail"] == "2 pages: server_error; 1 page: not_found"
    assert shown(made, "missing_since", "tolerated_until") == (SEEN, SEEN + timedelta(days=3))


def test_a_page_that_is_due_at_once_is_tried_in_the_next_run():
    due = group("budget_spent", is_due=True, next_try_at=None, try_count=None)

    made = row([group("server_error"), due])

    assert shown(made, "state", "next_try_at", "try_count") == ("open", None, 1)


def test_a_kept_page_that_was_refused_is_missing_and_not_asked_for_again():
    made = row([group("page_quarantined", fetched=1, try_count=None, next_try_at=None)])

    assert shown(made, *COUNTS) == (1, 1, 1, 1, "open")
    assert shown(made, "reason", "next_try_at") == ("page_quarantined", None)


@pytest.mark.parametrize(
    ("wanted", "explanation"),
    [
        pytest.param(group("robots_disallows"), "robots_disallows", id="robots.txt"),
        pytest.param(group("gone"), "gone", id="withdrawn"),
        pytest.param(
            group("page_quarantined", fetched=1, waiver="a poll"), "waived: a poll", id="waived"
        ),
    ],
)
def test_what_a_rule_explains_is_no_open_gap(wanted, explanation):
    made = row([group(pages=2), wanted])

    assert shown(made, "state", "missing_count", "explanation") == ("explained", 1, explanation)


def test_a_gap_beside_an_explained_one_stays_open():
    made = row([group("robots_disallows", pages=3), group("timed_out")])

    assert shown(made, "state", "reason", "explanation") == ("open", "timed_out", None)


def test_a_listing_that_falls_short_expects_more_than_it_lists():
    short = said(day_period(DAY), 2, "fewer_listed_than_printed", detail="prints 7, lists 5")

    made = row([group(pages=5)], gaps(short))

    assert shown(made, *COUNTS) == (7, 5, 5, 2, "open")
    assert shown(made, "expected_by", "detail") == ("printed_total", "prints 7, lists 5")


def test_a_listing_that_failed_leaves_open_how_much_is_missing():
    made = row([], gaps(said(day_period(DAY), None, "server_error", detail="500")))

    assert shown(made, *COUNTS) == (None, 0, 0, None, "open")
    assert shown(made, "expected_by", "try_count", "next_try_at") == (None, 2, LATER)


def test_a_holiday_is_explained_and_lacks_nothing():
    free = said(day_period(DAY), 0, "nothing_listed", explanation="holiday: Ascension")

    made = row([], gaps(free))

    assert shown(made, "state", "missing_count", "explanation") == (
        "explained",
        0,
        "holiday: Ascension",
    )


def test_a_person_explains_a_day_whatever_is_missing_of_it():
    known = gaps(
        said(day_period(DAY), 2, "fewer_listed_than_printed", detail="prints 7, lists 5"),
        explained=[(day_period(DAY), "two were withdrawn", 3)],
    )

    assert row([group(pages=4), group("not_found")], known)["state"] == "explained"
    assert row([group(pages=3), group("not_found", pages=2)], known)["state"] == "open"


def test_a_page_counts_in_its_day_and_in_longer_periods_but_is_missing_in_its_day_alone():
    known = gaps(said(MAY, 1, "fewer_listed_than_printed", detail="prints 4, lists 3"), said(WHOLE))
    groups = [group(), group("timed_out"), group(day=date(2007, 5, 26)), group(day=None)]

    made = {(r["period"], r["first_date"]): shown(r, *COUNTS) for r in rows(groups, known)}

    assert made == {
        ("day", DAY): (2, 2, 1, 1, "open"),
        ("day", date(2007, 5, 26)): (1, 1, 1, 0, "filled"),
        ("month", date(2007, 5, 1)): (4, 3, 2, 1, "open"),
        ("whole", None): (4, 4, 3, 0, "filled"),
    }


def test_wanted_pages_without_a_day_are_a_gap_of_the_whole():
    made = row([group("timed_out", day=None), group(day=None)])

    assert shown(made, "period", *COUNTS) == ("whole", 2, 2, 1, 1, "open")


def test_rows_do_not_depend_on_the_order_of_what_they_are_made_from():
    groups = [group(), group("timed_out"), group(day=None), group(source="other")]
    known = gaps(said(MAY), said(WHOLE))

    assert rows(groups, known) == rows(groups[::-1], gaps(said(WHOLE), said(MAY)))


def test_ids_are_one_for_each_row():
    made = rows([group(), group(source="other"), group(day=None)], gaps(said(MAY)))

    assert pl.Series([each["completeness_id"] for each in made]).is_unique().all()
