"""A rule that judged nothing is told of where its table had rows, and only there."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tasks.audit import contract_rows
from tasks.validate import RuleCount

NOW = datetime(2024, 3, 1, tzinfo=UTC)


def count(rule, judged, failed=0):
    return RuleCount("quotes", rule, "error", "extraction", judged, failed)


@pytest.mark.parametrize(
    ("counts", "idle"),
    [
        pytest.param([count("a", 5), count("b", 5)], [], id="both judged"),
        pytest.param([count("a", 5), count("b", 0)], ["b"], id="one did not"),
        pytest.param([count("a", 0), count("b", 0)], [], id="no row in the run"),
        pytest.param([count("a", 5, 5), count("b", 0)], [], id="the other left nothing to judge"),
    ],
)
def test_idle_rules(counts, idle):
    rows = contract_rows(counts, "run-1", NOW)

    assert [row["check_name"] for row in rows if not row["judged_count"]] == [
        f"contract:quotes.{rule}" for rule in idle
    ]
    assert all(row["judged_count"] or not row["is_passed"] for row in rows)
