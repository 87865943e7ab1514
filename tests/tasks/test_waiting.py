"""Pages that gave no answer: when their turn comes, and who asks for them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from schemas.expectation import day_period
from schemas.records import PageRef
from tasks.gaps import Explanation, Gaps
from tasks.retry_pauses import Retry
from tasks.waiting import Waiting, due_pages, not_due, take_turns, without_explained

NOW = datetime(2007, 6, 10, 3, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
DAY = date(2007, 5, 25)


def ref(name):
    return PageRef("harbour_gazette", f"https://x.example/{name}", DAY)


def waiting(next_try_at, reason="server_error", *, is_kept=False):
    return Waiting(Retry(2, next_try_at, reason), DAY, is_kept)


PAGES = [ref("new"), ref("due"), ref("early")]
KNOWN = {ref("due").url: waiting(NOW), ref("early").url: waiting(LATER)}


def test_a_run_of_everything_leaves_early_ones_for_later():
    turn = take_turns(PAGES, KNOWN, NOW, is_ordered=False)

    assert (turn.asked, turn.later) == ([ref("new"), ref("due")], [ref("early")])


def test_days_a_person_names_are_asked_for_now():
    turn = take_turns(PAGES, KNOWN, NOW, is_ordered=True)

    assert (turn.asked, turn.later) == (PAGES, [])


def test_what_no_listing_shows_is_asked_for_when_its_time_has_come():
    known = {
        ref("shown").url: waiting(NOW),
        ref("due").url: waiting(NOW),
        ref("at once").url: waiting(None, "budget_spent"),
        ref("early").url: waiting(LATER),
        ref("kept").url: waiting(NOW, is_kept=True),
        ref("limited").url: waiting(None, "limit_reached"),
        ref("stopped").url: waiting(None, "run_interrupted"),
    }

    due = due_pages("harbour_gazette", known, [ref("shown")], NOW)

    assert due == [ref("due"), ref("at once")]


@pytest.mark.parametrize(
    ("explained", "waits"),
    [
        pytest.param(2, [], id="as many as were explained"),
        pytest.param(1, ["due", "early"], id="more than were explained"),
    ],
)
def test_pages_of_a_day_that_somebody_explained_wait_for_no_turn(explained, waits):
    key = ("harbour_gazette", day_period(DAY))
    gaps = Gaps(explanations={key: Explanation("withdrawn", explained, NOW)})
    known = KNOWN | {ref("kept").url: waiting(NOW, is_kept=True)}

    left = without_explained("harbour_gazette", known, gaps)

    assert [url for url in left if url != ref("kept").url] == [ref(name).url for name in waits]


def test_a_page_that_is_not_due_says_why_and_until_when():
    miss = not_due(ref("early"), waiting(LATER), NOW)

    assert (miss.disposition, miss.reason) == ("deferred", "not_due")
    assert miss.detail == "server_error before; next try at 2007-06-10 04:00:00+00:00"
