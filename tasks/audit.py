"""What judged the rows, as rows itself: contracts, canaries, checks; and what they signal. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from tasks.canaries import CanaryResult
from tasks.incidents import Judged, Signal
from tasks.validate import RuleCount
from warehouse.checks import SAMPLE_SIZE, CheckResult

Record = dict[str, Any]
Backing = Mapping[tuple[str, str], Mapping[str, Any]]
RULE_CANNOT_RUN = "rule_cannot_run"
NO_ROWS = json.dumps({"rows": []})
# What the owner of a check does first.
NEXT_STEPS = {
    "extraction": "`onrecord trace ID` shows where a row was read; mend the rule or add a "
    "correction, then run `onrecord ingest`.",
    "loading": "`onrecord rebuild` makes the warehouse anew from captures and journal; if the "
    "check still fails after the next run, mend the loading.",
    "fetching": "`onrecord status --gaps` lists the pages wanted, `onrecord sources check SOURCE` "
    "asks the site; mend the source, then run `onrecord ingest`.",
    "operations": "`onrecord status` and `onrecord doctor` say what is wrong here; then run "
    "`onrecord ingest`.",
}
# The nightly run, and half a night of grace.
LATEST_AFTER = timedelta(hours=36)


def contract_rows(counts: Iterable[RuleCount], run_id: str, checked_at: datetime) -> list[Record]:
    """Rows judged and refused per rule; a rule that a run had no row for is left out.

    One that judged nothing though its table had rows that passed the others has not passed.
    """
    known = tuple(counts)
    had_rows = _tables_with_rows(known)
    return [
        _row(
            f"contract:{each.table}.{each.rule}",
            run_id,
            checked_at,
            severity=each.severity,
            judged_count=each.judged_count,
            failed_count=each.failed_count,
            is_passed=each.judged_count > 0 and each.failed_count == 0,
        )
        for each in known
        if each.judged_count or each.table in had_rows
    ]


def _tables_with_rows(counts: Iterable[RuleCount]) -> frozenset[str]:
    """Those of which at least one row was accepted: more were judged than all rules refused."""
    judged: dict[str, int] = {}
    failed: dict[str, int] = {}
    for each in counts:
        judged[each.table] = max(judged.get(each.table, 0), each.judged_count)
        failed[each.table] = failed.get(each.table, 0) + each.failed_count
    return frozenset(table for table, count in judged.items() if count > failed[table])


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
            sample=json.dumps([{"error": each.error}] if each.error else []),
        )
        for each in canaries
    ]


def signals_of(
    results: Iterable[CheckResult], backing: Backing | None = None, judged: Judged = "working"
) -> list[Signal]:
    """`backing` has, for a check and source, what stands behind its evidence."""
    known = backing or {}
    return [
        Signal(
            check_name=each.check_name,
            source=each.source,
            severity=each.severity,
            is_passed=each.is_passed,
            message=_message(each),
            evidence=_evidence(each, known.get((each.check_name, each.source), {})),
            owner=each.owner,
            failed_count=max(each.failed_count, 1),
            next_step=NEXT_STEPS.get(each.owner, NEXT_STEPS["operations"]),
            judged=judged,
        )
        for each in results
    ]


def _message(result: CheckResult) -> str:
    broken = f"Broken by {result.failed_count} of {result.judged_count}."
    if result.measured is not None and result.threshold is not None:
        broken = f"Measured {result.measured:.3g}, threshold in force {result.threshold:g}."
    return f"{result.says} {broken}"


def _evidence(result: CheckResult, backing: Mapping[str, Any]) -> str:
    found = {
        "judged_count": result.judged_count,
        "failed_count": result.failed_count,
        "threshold": result.threshold,
        "measured": result.measured,
        "rows": json.loads(result.sample),
        **backing,
    }
    return json.dumps(found, ensure_ascii=False, default=str)


def stopped_results(
    touched: Iterable[str], refused: Iterable[Mapping[str, Any]], run_id: str, checked_at: datetime
) -> list[CheckResult]:
    """A source is stopped for as long as captures of it wait for a rule that cannot run."""
    waiting: dict[str, list[Record]] = {}
    for row in refused:
        if row["status"] == "open" and RULE_CANNOT_RUN in row["reasons"]:
            said = json.loads(row["record"])["detail"]
            offender = {"capture_id": row["capture_id"], "error": said}
            waiting.setdefault(row["source"], []).append(offender)
    return [
        CheckResult(
            run_id=run_id,
            check_name="contract_rules_can_run",
            source=source,
            severity="error",
            judged_count=len(waiting.get(source, ())),
            failed_count=len(waiting.get(source, ())),
            threshold=None,
            measured=None,
            is_passed=source not in waiting,
            sample=json.dumps(waiting.get(source, [])[:SAMPLE_SIZE], ensure_ascii=False),
            checked_at=checked_at,
            owner="extraction",
            says="Every rule of the contracts can run on what was read of the source.",
        )
        for source in sorted({*touched, *waiting})
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
            evidence=NO_ROWS,
            owner="operations",
            next_step="Run `onrecord doctor`, then `onrecord sources check "
            f"{name}`: they say what stands in the way.",
        )
        for name in sources
    ]


def freshness_signals(
    scheduled: Iterable[str],
    last_ended: Mapping[str, datetime],
    since: datetime,
    now: datetime,
) -> list[Signal]:
    """A run that did not happen: every scheduled source is read once in `LATEST_AFTER`.

    `since` is when anything was first done here: before that nothing was due.
    """
    return [
        Signal(
            check_name="source_was_read_in_time",
            source=name,
            severity="warn",
            is_passed=now - last_ended.get(name, since) <= LATEST_AFTER,
            message=f"Expected a finished run within {LATEST_AFTER.total_seconds() / 3600:.0f} h; "
            f"the last one ended {last_ended.get(name) or 'never'}. "
            "Look at the Prefect page, or run `onrecord ingest`.",
            evidence=NO_ROWS,
            owner="operations",
            next_step=f"Run `onrecord ingest {name}`; then look why the schedule did not.",
            judged="published",
        )
        for name in scheduled
    ]


def killed_signal(unfinished: Sequence[str]) -> Signal:
    """Runs that began, did not end and are not at work."""
    rows = [{"run_id": run_id} for run_id in unfinished]
    return Signal(
        check_name="runs_reach_their_end",
        source="",
        severity="warn",
        is_passed=not unfinished,
        message=f"{len(unfinished)} runs were cut off: killed, or the machine went down.",
        evidence=json.dumps({"failed_count": len(rows), "rows": rows[:SAMPLE_SIZE]}),
        owner="operations",
        failed_count=max(len(rows), 1),
        next_step="Run `onrecord ingest`: it takes over what they had kept and closes this.",
        judged="published",
    )


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
