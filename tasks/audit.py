"""What judged the rows, as rows itself: contracts, canaries, checks; and what they signal. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from tasks.canaries import CanaryResult
from tasks.incidents import Signal
from tasks.validate import RuleCount
from warehouse.checks import CheckResult

Record = dict[str, Any]
# The nightly run, and half a night of grace.
LATEST_AFTER = timedelta(hours=36)


def contract_rows(counts: Iterable[RuleCount], run_id: str, checked_at: datetime) -> list[Record]:
    """Rows judged and refused per rule; a rule that a run had no row for is left out."""
    return [
        _row(
            f"contract:{each.table}.{each.rule}",
            run_id,
            checked_at,
            severity=each.severity,
            judged_count=each.judged_count,
            failed_count=each.failed_count,
        )
        for each in counts
        if each.judged_count
    ]


def canary_rows(
    canaries: Iterable[CanaryResult], run_id: str, checked_at: datetime
) -> list[Record]:
    """Each rule must have refused the row made to break it."""
    return [
        _row(
            f"canary:{each.table}.{each.rule}",
            run_id,
            checked_at,
            severity="error",
            judged_count=1,
            failed_count=0 if each.is_refused else 1,
        )
        for each in canaries
    ]


def signals_of(results: Iterable[CheckResult]) -> list[Signal]:
    return [
        Signal(
            check_name=each.check_name,
            source=each.source,
            severity=each.severity,
            is_passed=each.is_passed,
            message=f"{each.says} Broken by {each.failed_count} of {each.judged_count}.",
            evidence=each.sample,
            owner=each.owner,
        )
        for each in results
    ]


def trouble_signals(sources: Iterable[str], trouble: Mapping[str, str]) -> list[Signal]:
    """A source that could not be read at all, whoever asked."""
    return [
        Signal(
            check_name="source_can_be_read",
            source=name,
            severity="warn",
            is_passed=name not in trouble,
            message=trouble.get(name, "The source was read."),
            evidence=json.dumps([]),
            owner="operations",
        )
        for name in sources
    ]


def freshness_signals(
    scheduled: Iterable[str], last_ended: Mapping[str, datetime], now: datetime
) -> list[Signal]:
    """A run that did not happen: every scheduled source is read once in `LATEST_AFTER`."""
    return [
        Signal(
            check_name="source_was_read_in_time",
            source=name,
            severity="warn",
            is_passed=name in last_ended and now - last_ended[name] <= LATEST_AFTER,
            message=f"Expected a finished run within {LATEST_AFTER.total_seconds() / 3600:.0f} h; "
            f"the last one ended {last_ended.get(name) or 'never'}. "
            "Look at the Prefect page, or run `onrecord ingest`.",
            evidence="[]",
            owner="operations",
        )
        for name in scheduled
    ]


def _row(check_name: str, run_id: str, checked_at: datetime, **values: Any) -> Record:  # noqa: ANN401
    return {
        "run_id": run_id,
        "check_name": check_name,
        "source": "",
        "threshold": None,
        "measured": None,
        "is_passed": values["failed_count"] == 0,
        "sample": "[]",
        "checked_at": checked_at,
        **values,
    }
