"""Running the checks: counts per source, a sample of the offenders, and proof that they looked."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.check_files import Check, Severity, read_checks

SAMPLE_SIZE = 20
FETCH_SIZE = 10_000
# What stands for "all sources together" in a result.
EVERYWHERE = ""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Limits:
    """The share of a source's units in quarantine from which on it is held back."""

    usual: float
    own: Mapping[str, float] = field(default_factory=dict)


USUAL_LIMITS = Limits(0.05)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check on one source; where `source` is empty, on what belongs to none, or to all.

    Every check has an answer without a source: that it ran, and on how many rows in all.
    """

    run_id: str
    check_name: str
    source: str
    severity: Severity
    judged_count: int
    failed_count: int
    threshold: float | None
    measured: float | None
    is_passed: bool
    sample: str
    checked_at: datetime
    owner: str
    says: str

    @property
    def blocks(self) -> bool:
        return self.severity == "error" and not self.is_passed

    def row(self) -> Row:
        """As table `check_results` keeps it."""
        kept = asdict(self)
        del kept["owner"], kept["says"]
        return kept


def run_checks(  # noqa: PLR0913 - keywords, each with what it usually is
    connection: DuckDBPyConnection,
    run_id: str,
    checked_at: datetime,
    *,
    sources: Sequence[str] = (),
    limits: Limits = USUAL_LIMITS,
    is_about_a_run: bool = True,
    judges_all: bool = False,
) -> tuple[CheckResult, ...]:
    """`sources`: those the run was to list pages of.

    Without `is_about_a_run` the checks of one run's work are left out, and the rest is judged.
    With `judges_all` rows of earlier runs are judged again: some of them did not pass.
    """
    values = {
        "run_id": run_id,
        "sources": list(sources),
        "written_by": run_id if is_about_a_run and not judges_all else None,
        "checked_at": checked_at,
        "usual_limit": limits.usual,
        "limited_sources": list(limits.own),
        "own_limits": list(limits.own.values()),
    }
    return tuple(
        result
        for check in read_checks()
        if is_about_a_run or not check.is_about_a_run
        for result in run_check(connection, check, values)
    )


def run_check(
    connection: DuckDBPyConnection, check: Check, values: Mapping[str, Any]
) -> tuple[CheckResult, ...]:
    """A check that raises has not passed, whatever it would have said."""
    try:
        judged = _judged(connection, check, values)
        failed = _failed(connection, check, values)
    except duckdb.Error as error:
        return (_not_run(check, str(error).splitlines()[0], values),)
    total = sum(judged.values())
    if not total and not failed and not check.may_judge_nothing:
        return (_not_run(check, "nothing was judged", values),)
    # That the check ran at all is an answer of its own: it closes an incident that it did not.
    counts = judged | {EVERYWHERE: total}
    return tuple(
        _result(check, source, counts.get(source, 0), failed.get(source, _Failed()), values)
        for source in sorted(counts | failed)
    )


@dataclass(slots=True)
class _Failed:
    """The rows of one source that break the promise: all counted, some kept."""

    count: int = 0
    measured: float | None = None
    threshold: float | None = None
    sample: list[Row] = field(default_factory=list)

    def add(self, row: Row) -> None:
        self.count += 1
        if len(self.sample) < SAMPLE_SIZE:
            self.sample.append(row)

    def take_worst(self, row: Row) -> None:
        """Where each row has a threshold of its own: those of the first, which is the worst."""
        if self.measured is None and "threshold" in row:
            self.measured, self.threshold = row["measured"], row["threshold"]


def _judged(
    connection: DuckDBPyConnection, check: Check, values: Mapping[str, Any]
) -> dict[str, int]:
    """Each row is a count, with its source where the check tells them apart."""
    counts: dict[str, int] = {}
    for row in _ask(connection, check.judged, values):
        source = row.pop("source", EVERYWHERE)
        (count,) = row.values()
        counts[source] = counts.get(source, 0) + count
    return counts


def _failed(
    connection: DuckDBPyConnection, check: Check, values: Mapping[str, Any]
) -> dict[str, _Failed]:
    failed: dict[str, _Failed] = {}
    for row in _ask(connection, check.offenders, values):
        found = failed.setdefault(row.get("source") or EVERYWHERE, _Failed())
        if _breaks(check, row, found):
            found.add(row)
    return failed


def _breaks(check: Check, row: Row, found: _Failed) -> bool:
    """Whether the row breaks the promise; what was held against what is noted in `found`."""
    if check.has_own_thresholds:
        is_broken: bool = row.pop("is_broken")
        found.take_worst(row)
        return is_broken
    if check.threshold is None:
        found.take_worst(row)
        return True
    found.measured = row["measured"]
    return found.measured is not None and found.measured > check.threshold


def _ask(connection: DuckDBPyConnection, sql: str, values: Mapping[str, Any]) -> Iterator[Row]:
    """Only the values that a statement names may be handed to it."""
    named = {name: value for name, value in values.items() if f"${name}" in sql}
    answer = connection.execute(sql, named)
    names = [column[0] for column in answer.description or ()]
    while rows := answer.fetchmany(FETCH_SIZE):
        for row in rows:
            yield dict(zip(names, row, strict=True))


def _not_run(check: Check, said: str, values: Mapping[str, Any]) -> CheckResult:
    nothing = _Failed(sample=[{"error": said}])
    return replace(_result(check, EVERYWHERE, 0, nothing, values), is_passed=False)


def _result(
    check: Check, source: str, judged_count: int, failed: _Failed, values: Mapping[str, Any]
) -> CheckResult:
    return CheckResult(
        run_id=values["run_id"],
        check_name=check.name,
        source=source,
        severity=check.severity,
        judged_count=judged_count,
        failed_count=failed.count,
        threshold=check.threshold if failed.threshold is None else failed.threshold,
        measured=failed.measured,
        is_passed=not failed.count,
        sample=json.dumps(failed.sample, default=str, ensure_ascii=False),
        checked_at=values["checked_at"],
        owner=check.owner,
        says=check.says,
    )
