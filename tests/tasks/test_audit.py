"""What judged the rows, as rows; and what it signals."""

from __future__ import annotations

from datetime import UTC, datetime

from schemas.catalogue import CONTRACTS
from tasks.audit import canary_rows, contract_rows
from tasks.canaries import CanaryResult
from tasks.frames import frame_of
from tasks.validate import judge
from tasks.verdicts import RuleCount

NOW = datetime(2026, 5, 10, tzinfo=UTC)


def test_a_rule_whose_table_had_no_row_leaves_none():
    counts = [
        RuleCount("quotes", "cue_is_not_blank", "error", "extraction", 3, 1),
        RuleCount("tombstones", "reason_is_known", "error", "extraction", 0, 0),
    ]

    (row,) = contract_rows(counts, "run-1", NOW)

    assert (row["check_name"], row["judged_count"], row["failed_count"], row["is_passed"]) == (
        "contract:quotes.cue_is_not_blank",
        3,
        1,
        False,
    )


def test_a_canary_that_was_let_pass_is_an_error_whatever_its_rule():
    results = [
        CanaryResult("quotes", "loud", "warn", "extraction", is_refused=False),
        CanaryResult("quotes", "quiet", "error", "extraction", is_refused=True),
    ]

    rows = canary_rows(results, "run-1", NOW)

    assert [(row["severity"], row["is_passed"]) for row in rows] == [
        ("error", False),
        ("error", True),
    ]


def test_the_rows_keep_their_own_contract():
    counts = [RuleCount("quotes", "cue_is_not_blank", "error", "extraction", 3, 1)]
    canaries = [CanaryResult("quotes", "loud", "warn", "extraction", is_refused=False)]
    rows = [*contract_rows(counts, "run-1", NOW), *canary_rows(canaries, "run-1", NOW)]

    verdict = judge(frame_of(rows, CONTRACTS["check_results"]), CONTRACTS["check_results"])

    assert verdict.quarantined.is_empty()
