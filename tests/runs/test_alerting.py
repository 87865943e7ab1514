"""What people get over many runs: little, exact, and nothing lost while a channel is down."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tasks.channels import redact
from tests.receivers import webhook_server
from tests.runs.alert_runs import CHECKS, Nights, signal


@pytest.fixture
def webhook():
    with webhook_server() as hook:
        yield hook


@pytest.fixture
def nights(tmp_path, webhook):
    return Nights(tmp_path / "data", (webhook.address(),))


def test_fifty_failing_runs_are_a_few_messages_with_the_exact_count(nights, webhook):
    for _ in range(50):
        nights.run([signal(check, "voa") for check in CHECKS])

    # One message per run and source: the opening, and a reminder a day.
    assert [message["title"] for message in webhook.messages] == [
        "[onrecord] voa: 3 opened",
        "[onrecord] voa: 3 still open",
        "[onrecord] voa: 3 still open",
    ]
    assert "Found 49 times" in webhook.messages[-1]["message"]
    assert {each.failure_count for each in nights.incidents()} == {50}
    assert nights.most_a_day(redact(webhook.address())) <= 2


def test_sources_are_told_of_apart_and_their_ends_too(nights, webhook):
    nights.run([signal("quotes_are_found", "sample"), signal("quotes_are_found", "voa")])
    nights.run([signal("quotes_are_found", "voa", passes=True)])

    assert [message["title"] for message in webhook.messages] == [
        "[onrecord] error: quotes_are_found (sample)",
        "[onrecord] error: quotes_are_found (voa)",
        "[onrecord] closed: quotes_are_found (voa)",
    ]


def test_what_the_first_channel_refuses_the_second_gets_with_the_reason(tmp_path, webhook):
    broken, second = webhook.address("bad"), webhook.address("second")
    nights = Nights(tmp_path / "data", (broken,), (second,))

    nights.run([signal("quotes_are_found", "voa")])
    nights.run([signal("quotes_are_found", "voa")])

    titles = [message["title"] for message in webhook.messages]
    assert titles == [
        "[onrecord] error: quotes_are_found (voa)",
        "[onrecord] warn: alerts_are_delivered (all sources)",
    ]
    where = redact(broken).replace("://", "[:]//")
    assert webhook.messages[0]["message"].startswith(
        f"Sent here because {where}: refused or unreachable."
    )
    # Owed still: the first channel is asked again by each run.
    assert sum(path.startswith("/bad") for path in webhook.paths) == 2


def test_a_channel_that_is_back_gets_what_it_missed_and_the_incident_of_it_closes(nights, webhook):
    webhook.status = 500
    nights.run([signal("quotes_are_found", "voa")])
    nights.run([signal("quotes_are_found", "voa")])
    webhook.status = 200
    nights.run([])
    nights.run([])

    titles = [message["title"] for message in webhook.messages]
    assert titles == ["[onrecord] error: quotes_are_found (voa)"]
    states = {each.check_name: each.status for each in nights.incidents()}
    assert states == {"alerts_are_delivered": "closed", "quotes_are_found": "open"}


def test_a_headline_reaches_the_webhook_as_text(nights, webhook):
    said = "<script>alert(1)</script> @everyone \x1b[31m {{ event.payload }}"

    nights.run([replace(signal("quotes_are_found", "voa"), message=said)])

    (message,) = webhook.messages
    assert "@everyone" not in message["message"]
    assert "\x1b" not in message["message"]
    assert "<script>alert(1)</script>" in message["message"]
