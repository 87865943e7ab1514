"""What a run came to, as values that a person, a page and a program are shown. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from tasks.incidents import Change
from tasks.ledger import PageOutcome
from tasks.quarantine import Retried
from warehouse.checks import CheckResult

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FailedCheck:
    check_name: str
    source: str
    severity: str
    failed_count: int
    judged_count: int
    threshold: float | None
    measured: float | None
    says: str


@dataclass(frozen=True, slots=True)
class RunSummary:
    """`generation` is None where publication was refused, and the last one still stands.

    `held` has the sources that keep the facts of the generation before, with the checks that hold
    them; `held_here` those of them that this run brought something of.
    """

    run_id: str
    status: str
    generation: int | None
    pages: Mapping[str, int]
    captures: Mapping[str, int]
    records: Mapping[str, int]
    rows: Mapping[str, int]
    quarantined: Mapping[str, int]
    failed_checks: tuple[FailedCheck, ...]
    opened: tuple[str, ...]
    closed: tuple[str, ...]
    changed_tables: tuple[str, ...]
    trouble: Mapping[str, str]
    unused_corrections: tuple[str, ...] = ()
    changes: tuple[Record, ...] = ()
    retried: Retried = field(default_factory=Retried)
    ended_waivers: int = 0
    held: Mapping[str, str] = field(default_factory=dict)
    held_here: tuple[str, ...] = ()

    @property
    def is_blocked(self) -> bool:
        return self.status == "blocked"

    @property
    def has_answers(self) -> bool:
        """Whether any page was there, new or known."""
        return any(name.startswith(("fetched", "not_modified")) for name in self.pages)

    def fields(self) -> dict[str, Any]:
        return asdict(self)


def pages_by_reason(outcomes: Iterable[PageOutcome]) -> dict[str, int]:
    """`fetched (answered)` -> how many."""
    counted = Counter(f"{each.disposition} ({each.reason})" for each in outcomes)
    return dict(sorted(counted.items()))


def failed_checks(results: Iterable[CheckResult]) -> tuple[FailedCheck, ...]:
    return tuple(
        FailedCheck(
            each.check_name,
            each.source,
            each.severity,
            each.failed_count,
            each.judged_count,
            each.threshold,
            each.measured,
            each.says,
        )
        for each in results
        if not each.is_passed
    )


def titles(changes: Iterable[Change], event: str) -> tuple[str, ...]:
    return tuple(
        f"{each.incident.check_name} ({each.incident.source or 'all sources'})"
        for each in changes
        if each.event == event
    )


def open_reasons(rows: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Rows waiting in quarantine by reason; a row with two reasons counts under both."""
    counted = Counter(
        f"{row['table_name'] or 'captures'}: {reason}"
        for row in rows
        if row["status"] == "open"
        for reason in row["reasons"]
    )
    return dict(sorted(counted.items()))


def markdown_of(summary: RunSummary) -> str:
    """The ledger and the checks of one run, for the page of the run."""
    lines = [f"# Run {summary.run_id}: {summary.status}", "", "| pages | count |", "| --- | ---: |"]
    lines += [f"| {_cell(name)} | {count} |" for name, count in summary.pages.items()]
    lines += ["", "| captures and records | count |", "| --- | ---: |"]
    for kind, counts in (("captures", summary.captures), ("records", summary.records)):
        lines += [f"| {kind}: {_cell(name)} | {count} |" for name, count in counts.items()]
    lines += ["", "| failed check | source | severity | rows |", "| --- | --- | --- | ---: |"]
    lines += [
        f"| {_cell(each.check_name)} | {_cell(each.source)} | {each.severity} "
        f"| {each.failed_count} of {each.judged_count} |"
        for each in summary.failed_checks
    ]
    lines += _changes_of(summary)
    generation = summary.generation or "none: an error-level check failed"
    return "\n".join([*lines, "", f"Published generation: {generation}", ""])


def _changes_of(summary: RunSummary) -> list[str]:
    if not summary.changes:
        return []
    return [
        "",
        "| what changed | because of | rows | namely |",
        "| --- | --- | ---: | --- |",
        *(
            f"| {_cell(each['table_name'])} {_cell(each['field'])}: {each['change']} "
            f"| {each['cause']} | {each['row_count']} | {_cell(', '.join(each['because']))} |"
            for each in summary.changes
        ),
    ]


def _cell(text: str) -> str:
    """Text from outside must not end a cell, start a link or hold markup."""
    escaped = " ".join(text.replace("\\", "\\\\").splitlines())
    for mark in "|<>[]`*_!":
        escaped = escaped.replace(mark, f"\\{mark}")
    return escaped
