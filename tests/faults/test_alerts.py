"""Failing runs in a row: few messages, the count inside exact, nothing lost.

A thousand: FAULT_RUNS=1000.
"""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from tasks.channels import redact
from tests.faults.figures import SEED, note, size
from tests.receivers import webhook_server
from tests.runs.alert_runs import CHECKS, Nights, signal

pytestmark = pytest.mark.faults
RUNS = size("RUNS", 200)


@pytest.mark.parametrize("is_flaky", [False, True], ids=["steady channel", "channel often down"])
def test_failing_runs_in_a_row(tmp_path, capsys, is_flaky):
    chance = random.Random(SEED)  # noqa: S311 - a seed to repeat a failure by
    with webhook_server() as webhook:
        nights = Nights(tmp_path / "data", (webhook.address(),))
        for _ in range(RUNS):
            webhook.status = 500 if is_flaky and chance.random() < 0.5 else 200
            nights.run(
                [signal(check, source) for check in CHECKS for source in ("sample", "voa")],
                after=timedelta(minutes=chance.choice([5, 30, 60, 180])),
            )
        webhook.status = 200
        nights.run([signal(check, source, passes=True) for check in CHECKS for source in ("voa",)])
    channel = redact(webhook.address())
    ours = [each for each in nights.incidents() if each.check_name in CHECKS]
    with capsys.disabled():
        note(
            f"failing runs, {'channel often down' if is_flaky else 'steady channel'}",
            runs=RUNS,
            incidents=len(ours),
            messages=len(webhook.messages),
            days=round((nights.now - ours[0].opened_at).total_seconds() / 86_400),
            most_a_day_and_incident=nights.most_a_day(channel),
            counts_wrong=sum(each.failure_count != RUNS for each in ours),
        )
    assert len(ours) == 2 * len(CHECKS)
    assert {each.failure_count for each in ours} == {RUNS}
    assert nights.most_a_day(channel) <= 2
    assert nights.told(channel)["closed"] >= len(CHECKS) - 1
