"""One incident per check and source: opened once, closed once, opened anew as another."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tasks.incidents import Signal, decide_changes, describe, fold_incidents, incident_fields

NOW = datetime(2024, 3, 1, 3, 15, tzinfo=UTC)


def signal(*, passes, source="voa", check="quotes_are_found"):
    return Signal(check, source, "warn", passes, "Too few quotes.", "[]", "extraction")


def play(*runs):
    """The changes of each run in turn, and the incidents at the end."""
    lines, told = [], []
    for number, signals in enumerate(runs):
        if isinstance(signals, dict):
            lines.append(signals)
            continue
        known = fold_incidents(lines).values()
        changes = decide_changes(known, signals, f"run-{number}", NOW)
        told.append([f"{each.event} {each.incident.source}" for each in changes])
        for each in changes:
            line = {"kind": "incident", **incident_fields(each)}
            for name in ("opened_at", "closed_at", "acknowledged_at"):
                at = line["incident"][name]
                line["incident"][name] = at and at.isoformat()
            lines.append(line)
    return told, list(fold_incidents(lines).values())


BAD, GOOD = [signal(passes=False)], [signal(passes=True)]


@pytest.mark.parametrize(
    ("runs", "told"),
    [
        pytest.param([BAD], [["opened voa"]], id="a failure opens one"),
        pytest.param([BAD, BAD], [["opened voa"], []], id="a repeat changes nothing"),
        pytest.param([GOOD], [[]], id="a pass opens none"),
        pytest.param([BAD, GOOD, GOOD], [["opened voa"], ["closed voa"], []], id="closed once"),
        pytest.param([BAD, []], [["opened voa"], []], id="a check that is silent closes nothing"),
        pytest.param(
            [BAD, [signal(passes=True, source="sample")]],
            [["opened voa"], []],
            id="another source closes nothing",
        ),
        pytest.param(
            [BAD, [signal(passes=True, check="dates_are_found")]],
            [["opened voa"], []],
            id="another check closes nothing",
        ),
    ],
)
def test_what_is_told(runs, told):
    assert play(*runs)[0] == told


def test_a_failure_after_a_close_is_another_incident():
    told, incidents = play(BAD, GOOD, BAD)

    assert told == [["opened voa"], ["closed voa"], ["opened voa"]]
    assert [each.status for each in incidents] == ["closed", "open"]


def test_an_acknowledged_incident_stays_so_until_it_closes():
    (incident,) = play(BAD)[1]
    seen = {
        "kind": "acknowledged",
        "incident_id": incident.incident_id,
        "at": NOW.isoformat(),
        "by": "Efua Mensah",
    }

    assert [each.status for each in play(BAD, seen, BAD)[1]] == ["acknowledged"]
    (closed,) = play(BAD, seen, BAD, GOOD)[1]
    assert (closed.status, closed.acknowledged_by) == ("closed", "Efua Mensah")


def test_a_message_says_what_and_what_next():
    (change,) = decide_changes([], BAD, "run-0", NOW)

    title, body = describe(change)

    assert title == "[onrecord] warn: quotes_are_found (voa)"
    assert body.startswith("Too few quotes.\nSince 2024-03-01 03:15 UTC, run run-0.")
    assert body.endswith(f"onrecord incidents show {change.incident.incident_id}")
