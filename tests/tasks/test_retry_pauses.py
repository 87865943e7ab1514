"""When what was missed is tried again: ever later, up to a cap, and never counted early."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from schemas.reasons import REASONS
from tasks.retry_pauses import GONE, PASSING, REFUSED, Retry, pauses_of, retry_after

NOW = datetime(2007, 5, 25, 3, 15, tzinfo=UTC)
HOUR = timedelta(hours=1)


def pauses_in_hours(reason, tries):
    """Each try is made the moment it is due."""
    retry, at, hours = None, NOW, []
    for _ in range(tries):
        retry = retry_after(retry, reason, at)
        hours.append((retry.next_try_at - at) / HOUR)
        at = retry.next_try_at
    return hours


def test_trouble_that_passes_is_tried_in_the_next_run_and_then_ever_later():
    assert pauses_in_hours("server_error", 9) == [0, 5, 10, 20, 40, 80, 160, 160, 160]


def test_a_refusal_waits_for_a_night_and_then_up_to_a_month():
    assert pauses_in_hours("not_found", 8) == [20, 40, 80, 160, 320, 640, 720, 720]


def test_what_is_gone_for_good_waits_for_a_week_and_then_up_to_three_months():
    assert pauses_in_hours("gone", 6) == [168, 336, 672, 1344, 2160, 2160]


@pytest.mark.parametrize("tries", [1, 2, 10, 1_000, 10**9])
@pytest.mark.parametrize("pauses", [PASSING, REFUSED, GONE])
def test_no_pause_is_over_its_cap(pauses, tries):
    assert timedelta(0) <= pauses.after(tries) <= pauses.longest


def test_a_try_before_its_time_that_ends_the_same_changes_nothing():
    first = retry_after(None, "forbidden", NOW)

    assert retry_after(first, "forbidden", NOW + HOUR) == first


def test_a_try_before_its_time_that_ends_otherwise_counts():
    first = retry_after(None, "forbidden", NOW)

    assert retry_after(first, "server_error", NOW + HOUR).try_count == 2


def test_the_site_is_not_asked_before_it_said():
    until = NOW + 30 * HOUR

    assert retry_after(None, "rate_limited", NOW, until) == Retry(1, until, "rate_limited")


def test_what_we_left_out_ourselves_is_no_try():
    before = Retry(3, NOW, "server_error")

    assert retry_after(before, "limit_reached", NOW) == Retry(3, None, "limit_reached")


def test_every_way_to_miss_a_page_has_its_pauses():
    missed = {each.code for each in REASONS if each.disposition in {"failed", "refused"}}

    assert {reason for reason in missed if pauses_of(reason) is GONE} == {"gone"}
    refused = {each.code for each in REASONS if each.disposition == "refused"}
    assert {reason for reason in missed if pauses_of(reason) is REFUSED} == refused - {"gone"}
