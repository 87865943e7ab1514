"""What a run says beforehand of its requests and its time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tasks.estimate import estimate_fetch


@pytest.mark.parametrize(
    ("pages", "pause", "budget", "says", "is_large"),
    [
        pytest.param(0, 5, 100, "0 requests, about 0 s", False, id="nothing to do"),
        pytest.param(10, 5, 100, "11 requests, about 55 s", False, id="a minute"),
        pytest.param(100, 5, 1000, "101 requests, about 8 min", False, id="minutes"),
        pytest.param(900, 10, 1000, "901 requests, about 3 h", True, id="over an hour"),
        pytest.param(2000, 0, 9000, "2001 requests, about 0 s", True, id="over a thousand"),
        pytest.param(
            100_000,
            5,
            100_001,
            "100001 requests, about 6 days",
            True,
            id="days",
        ),
        pytest.param(
            50,
            5,
            11,
            "11 requests, about 55 s, 40 pages left for later runs",
            False,
            id="more than the budget",
        ),
    ],
)
def test_what_is_said(pages, pause, budget, says, is_large):
    estimate = estimate_fetch(pages, timedelta(seconds=pause), budget)

    assert (str(estimate), estimate.is_large) == (says, is_large)
