"""What is refused: attempts are counted, waivers hold while nothing changes, releases are told."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tasks.quarantine import (
    Refused,
    Rules,
    due_for_retry,
    fold_quarantine,
    refused_fields,
    releases,
)

MONDAY, TUESDAY = (datetime(2024, 3, day, tzinfo=UTC) for day in (4, 5))
OLD, NEW = Rules("rules-1", "corrections-1"), Rules("rules-2", "corrections-1")
ROW = Refused(
    "record", "voa", "capture-1", ("too_long",), {"a": 1}, "quotes", "quote-1", "article-1"
)
OTHER_REASON = Refused(
    "record", "voa", "capture-1", ("blank",), {"a": 1}, "quotes", "quote-1", "article-1"
)
PAGE = Refused("capture", "voa", "capture-2", ("empty_body",), {})


def refuse(refused, at=MONDAY, rules=OLD):
    return {"kind": "quarantined", "run_id": "run-1", **refused_fields(refused, rules, at)}


def end(kind, refused=ROW):
    return {
        "kind": kind,
        "run_id": "run-2",
        "quarantine_id": refused.quarantine_id,
        "reason": "because",
        "at": TUESDAY.isoformat(),
    }


@pytest.mark.parametrize(
    ("lines", "status", "attempts"),
    [
        pytest.param([refuse(ROW)], "open", 1, id="refused"),
        pytest.param([refuse(ROW), refuse(ROW)], "open", 2, id="refused again"),
        pytest.param([refuse(ROW), end("released")], "released", 1, id="released"),
        pytest.param(
            [refuse(ROW), end("released"), refuse(ROW)], "open", 2, id="released, refused again"
        ),
        pytest.param([refuse(ROW), end("waived")], "waived", 1, id="waived"),
        pytest.param([refuse(ROW), end("waived"), refuse(ROW)], "waived", 2, id="a waiver holds"),
        pytest.param(
            [refuse(ROW), end("waived"), refuse(OTHER_REASON)],
            "open",
            2,
            id="a waiver ends with its reasons",
        ),
    ],
)
def test_what_the_lines_add_up_to(lines, status, attempts):
    (row,) = fold_quarantine(lines).values()

    assert (row["status"], row["attempt_count"]) == (status, attempts)


def test_a_row_keeps_the_day_it_was_first_seen():
    (row,) = fold_quarantine([refuse(ROW), refuse(ROW, TUESDAY, NEW)]).values()

    assert (row["first_seen_at"], row["last_seen_at"]) == (MONDAY, TUESDAY)
    assert row["rules_digest"] == "rules-2"


def test_an_end_of_what_was_never_refused_is_passed_over():
    assert fold_quarantine([end("released")]) == {}


@pytest.mark.parametrize(
    ("lines", "rules", "due"),
    [
        pytest.param([refuse(ROW)], OLD, (), id="the same rules: nothing new to learn"),
        pytest.param([refuse(ROW), refuse(PAGE)], NEW, ("capture-1", "capture-2"), id="new rules"),
        pytest.param([refuse(ROW)], Rules("rules-1", "x"), ("capture-1",), id="a correction"),
        pytest.param([refuse(ROW), end("waived")], NEW, (), id="waived rests"),
        pytest.param([refuse(ROW), end("released")], NEW, (), id="released is done"),
    ],
)
def test_what_is_due_for_a_retry(lines, rules, due):
    assert due_for_retry(fold_quarantine(lines).values(), rules) == due


@pytest.mark.parametrize(
    ("read", "again", "released"),
    [
        pytest.param({"capture-1"}, set(), (ROW.quarantine_id,), id="read, and not refused"),
        pytest.param({"article-1"}, set(), (ROW.quarantine_id,), id="by a newer capture"),
        pytest.param({"capture-1"}, {ROW.quarantine_id}, (), id="refused again"),
        pytest.param({"capture-9"}, set(), (), id="not read"),
    ],
)
def test_what_is_released(read, again, released):
    rows = fold_quarantine([refuse(ROW), refuse(PAGE)]).values()

    assert releases(rows, frozenset(read), frozenset(again)) == released
