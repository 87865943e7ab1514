"""One incident per check and source: opened once, counted, closed once, damped where it flaps."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from tasks.incidents import Damping, Signal, decide_changes, fold_incidents, incident_fields

NOW = datetime(2024, 3, 1, 3, 15, tzinfo=UTC)
HOUR = timedelta(hours=1)


def signal(*, passes, source="voa", check="quotes_are_found", **others):
    severity, rows = others.get("severity", "warn"), others.get("rows", 1)
    judged = others.get("judged", "working")
    said = f"Too few quotes: {rows}."
    evidence = f'{{"rows": [{rows}]}}'
    return Signal(
        check, source, severity, passes, said, evidence, "extraction", rows, "Look.", judged
    )


NEVER = Damping(100)


def play(*runs, every=HOUR, damping=NEVER):
    """The events of each run in turn, and the incidents at the end; a dict is a journal line."""
    lines, told = [], []
    for number, signals in enumerate(runs):
        if isinstance(signals, dict):
            lines.append(signals)
            continue
        known = fold_incidents(lines).values()
        now = NOW + number * every
        changes = decide_changes(known, signals, f"run-{number}", now, damping)
        told.append([f"{each.event} {each.incident.source}" for each in changes])
        for each in changes:
            line = {"kind": "incident", **incident_fields(each)}
            lines.append(json.loads(json.dumps(line, default=datetime.isoformat)))
    return told, list(fold_incidents(lines).values())


BAD, GOOD = [signal(passes=False)], [signal(passes=True)]


@pytest.mark.parametrize(
    ("runs", "told"),
    [
        pytest.param([BAD], [["opened voa"]], id="a failure opens one"),
        pytest.param([BAD, BAD], [["opened voa"], ["repeated voa"]], id="a repeat is counted"),
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
        pytest.param(
            [BAD, [signal(passes=True, judged="published")]],
            [["opened voa"], []],
            id="what readers have is well: what was held back from them is not",
        ),
        pytest.param(
            [[signal(passes=False, judged="published")], GOOD],
            [["opened voa"], ["closed voa"]],
            id="a run closes what an assessment opened",
        ),
        pytest.param(
            [BAD, [signal(passes=False, severity="error")]],
            [["opened voa"], ["worsened voa"]],
            id="a higher severity is worse",
        ),
        pytest.param(
            [BAD, [signal(passes=False, rows=2)], [signal(passes=False, rows=3)]],
            [["opened voa"], ["worsened voa"], ["repeated voa"]],
            id="twice as many rows are worse",
        ),
    ],
)
def test_what_happens(runs, told):
    assert play(*runs)[0] == told


def test_the_count_inside_is_exact_and_the_latest_words_stand():
    _, (incident,) = play(BAD, BAD, [signal(passes=False, rows=3)], BAD)

    assert (incident.failure_count, incident.failed_count) == (4, 1)
    assert incident.message == "Too few quotes: 1."
    assert incident.last_failed_at == NOW + 3 * HOUR
    assert (incident.opened_at, incident.last_failed_run_id) == (NOW, "run-3")


def test_a_repeat_writes_down_no_evidence_again():
    (opened,) = decide_changes([], BAD, "run-0", NOW)
    (again,) = decide_changes([opened.incident], BAD, "run-1", NOW + HOUR)

    assert set(incident_fields(again)["incident"]) == {
        "incident_id",
        "failure_count",
        "last_failed_at",
        "last_failed_run_id",
    }


def test_a_failure_after_a_close_is_another_incident():
    told, incidents = play(BAD, GOOD, BAD)

    assert told == [["opened voa"], ["closed voa"], ["opened voa"]]
    assert [each.status for each in incidents] == ["closed", "open"]


def seen(incident):
    return {
        "kind": "acknowledged",
        "incident_id": incident.incident_id,
        "at": NOW.isoformat(),
        "by": "Efua Mensah",
    }


def test_an_acknowledged_incident_stays_so_until_it_closes():
    (incident,) = play(BAD)[1]

    assert [each.status for each in play(BAD, seen(incident), BAD)[1]] == ["acknowledged"]
    (closed,) = play(BAD, seen(incident), BAD, GOOD)[1]
    assert (closed.status, closed.acknowledged_by) == ("closed", "Efua Mensah")


def test_what_gets_worse_is_no_longer_acknowledged():
    (incident,) = play(BAD)[1]

    (worse,) = play(BAD, seen(incident), [signal(passes=False, severity="error")])[1]

    assert worse.status == "open"


FLAPPING = Damping(changes=3, window=timedelta(hours=24))


def test_a_check_that_opens_and_closes_is_told_of_once_and_closes_when_it_is_steady():
    told, incidents = play(BAD, GOOD, BAD, GOOD, BAD, GOOD, *[GOOD] * 24, damping=FLAPPING)

    assert told[:7] == [
        ["opened voa"],
        ["closed voa"],
        ["flapping voa"],
        ["passed voa"],
        ["repeated voa"],
        ["passed voa"],
        [],
    ]
    assert told[-1] == ["closed voa"]
    assert sum(map(len, told)) == 7
    assert [each.status for each in incidents] == ["closed", "closed"]


def test_a_flapping_check_that_goes_on_failing_is_an_ordinary_one_again():
    _, incidents = play(BAD, GOOD, *[BAD] * 30, damping=FLAPPING)

    assert (incidents[-1].status, incidents[-1].is_flapping) == ("open", False)


def test_days_of_flapping_are_not_taken_for_steady_failing():
    told, (*_, last) = play(BAD, GOOD, *[BAD, GOOD] * 30, damping=FLAPPING)

    assert last.is_flapping
    assert {events[0].split()[0] for events in told[3:] if events} == {"passed", "repeated"}


def test_changes_far_apart_are_no_flapping():
    told, _ = play(BAD, GOOD, BAD, GOOD, BAD, every=timedelta(hours=25), damping=FLAPPING)

    assert [events[0].split()[0] for events in told] == ["opened", "closed"] * 2 + ["opened"]


def test_lines_of_older_journals_are_read():
    """They had each incident whole, and its evidence as a list."""
    values = {
        "incident_id": "a" * 32,
        "check_name": "quotes_are_found",
        "source": "voa",
        "severity": "warn",
        "status": "open",
        "opened_at": NOW.isoformat(),
        "opened_run_id": "run-0",
        "closed_at": None,
        "closed_run_id": None,
        "message": "Too few quotes.",
        "evidence": "[]",
        "owner": "extraction",
        "acknowledged_at": None,
        "acknowledged_by": None,
    }
    closed = values | {"status": "closed", "closed_at": NOW.isoformat(), "closed_run_id": "run-1"}
    lines = [
        {"kind": "incident", "event": "opened", "incident": values},
        {"kind": "incident", "event": "closed", "incident": closed},
    ]

    (incident,) = fold_incidents(lines).values()

    assert (incident.status, incident.closed_at, incident.failure_count) == ("closed", NOW, 1)
