"""Which incidents open, go on and close: pure decisions over check results and the journal.

The journal is the truth; the table `incidents` is what its lines add up to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from schemas.ids import make_id

Status = Literal["open", "acknowledged", "closed"]
# `passed` and `repeated` are counted and told to nobody.
Event = Literal["opened", "flapping", "repeated", "worsened", "passed", "closed"]
# What was judged: the working file of a run, or the generation that readers have.
Judged = Literal["working", "published"]
INSTANTS = (
    "opened_at",
    "closed_at",
    "acknowledged_at",
    "last_failed_at",
    "failing_since",
    "passing_since",
)
# So many times the rows that people know of are another matter.
MUCH_WORSE = 2


@dataclass(frozen=True, slots=True)
class Signal:
    """One check's answer about one source, whoever asked it. `evidence` is a JSON object."""

    check_name: str
    source: str
    severity: str
    is_passed: bool
    message: str
    evidence: str
    owner: str
    failed_count: int = 1
    next_step: str = ""
    judged: Judged = "working"


@dataclass(frozen=True, slots=True)
class Incident:
    """`failure_count` is how many runs and assessments found it.

    `told_failed_count` is how many rows broke it when people were last told that it changed.
    Where a check is flapping, `failing_since` and `passing_since` say how long it has been steady.
    """

    incident_id: str
    check_name: str
    source: str
    severity: str
    status: Status
    opened_at: datetime
    opened_run_id: str
    closed_at: datetime | None
    closed_run_id: str | None
    message: str
    evidence: str
    owner: str
    acknowledged_at: datetime | None = None
    acknowledged_by: str | None = None
    next_step: str = ""
    failed_count: int = 1
    told_failed_count: int = 1
    failure_count: int = 1
    last_failed_at: datetime | None = None
    last_failed_run_id: str = ""
    judged: Judged = "working"
    is_flapping: bool = False
    failing_since: datetime | None = None
    passing_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """`incident` as the event leaves it, `before` as it found it."""

    event: Event
    incident: Incident
    before: Incident | None = None


@dataclass(frozen=True, slots=True)
class Damping:
    """A check that opens or closes so often within the window is flapping.

    It is then told of once, and stays open until it has passed for as long as the window.
    """

    changes: int = 3
    window: timedelta = timedelta(hours=24)


def decide_changes(
    incidents: Iterable[Incident],
    signals: Sequence[Signal],
    run_id: str,
    now: datetime,
    damping: Damping | None = None,
) -> tuple[Change, ...]:
    """One incident per check and source: opened once, closed when the check passes again.

    A check that did not speak about a source changes nothing for it.
    """
    damping = damping or Damping()
    known = tuple(incidents)
    unsettled = {(each.check_name, each.source): each for each in known if each.closed_at is None}
    changes = []
    for signal in sorted(signals, key=lambda each: (each.check_name, each.source)):
        incident = unsettled.get((signal.check_name, signal.source))
        if incident is not None:
            change = _go_on(incident, signal, run_id, now, damping)
        elif signal.is_passed:
            continue
        else:
            is_flapping = _recent_changes(known, signal, now, damping) + 1 >= damping.changes
            opened = replace(_open(signal, run_id, now), is_flapping=is_flapping)
            change = Change("flapping" if is_flapping else "opened", opened)
        if change is not None:
            changes.append(change)
    return tuple(changes)


def fold_incidents(lines: Iterable[Mapping[str, Any]]) -> dict[str, Incident]:
    """The journal's lines, oldest first, to the incidents as they stand."""
    incidents: dict[str, Incident] = {}
    for line in lines:
        fold_incident(incidents, line)
    return incidents


def fold_incident(incidents: dict[str, Incident], line: Mapping[str, Any]) -> None:
    if line["kind"] == "incident":
        values = _read(line["incident"])
        known = incidents.get(values["incident_id"])
        incidents[values["incident_id"]] = replace(known, **values) if known else Incident(**values)
    elif line["kind"] == "acknowledged":
        known = incidents.get(line["incident_id"])
        if known is not None and known.closed_at is None:
            incidents[known.incident_id] = replace(
                known,
                status="acknowledged",
                acknowledged_at=datetime.fromisoformat(line["at"]),
                acknowledged_by=line["by"],
                told_failed_count=known.failed_count,
            )


def incident_fields(change: Change) -> dict[str, Any]:
    """What the journal keeps under `incident`: an opening whole, else what is new about it."""
    values = asdict(change.incident)
    before = asdict(change.before) if change.before else {}
    kept = {
        name: value
        for name, value in values.items()
        if name == "incident_id" or name not in before or before[name] != value
    }
    return {"event": change.event, "incident": kept}


def _recent_changes(
    incidents: Iterable[Incident], signal: Signal, now: datetime, damping: Damping
) -> int:
    since = now - damping.window
    return sum(
        at is not None and at > since
        for each in incidents
        if (each.check_name, each.source) == (signal.check_name, signal.source)
        for at in (each.opened_at, each.closed_at)
    )


def _go_on(
    known: Incident, signal: Signal, run_id: str, now: datetime, damping: Damping
) -> Change | None:
    if not signal.is_passed:
        return _fail_again(known, signal, run_id, now, damping)
    if signal.judged == "published" and known.judged == "working":
        # Readers' generation is well because the run that failed was held back.
        return None
    if known.is_flapping and known.passing_since is None:
        return Change("passed", replace(known, passing_since=now), known)
    if known.passing_since is not None and now - known.passing_since < damping.window:
        return None
    closed = replace(
        known, status="closed", closed_at=now, closed_run_id=run_id, passing_since=None
    )
    return Change("closed", closed, known)


def _fail_again(
    known: Incident, signal: Signal, run_id: str, now: datetime, damping: Damping
) -> Change:
    is_news = (known.severity, known.message) != (signal.severity, signal.message)
    failing_since = now if known.passing_since else known.failing_since or known.opened_at
    again = replace(
        known,
        severity=signal.severity,
        message=signal.message,
        # The rows as first seen, where nothing is new: a query may list them in another order.
        evidence=signal.evidence if is_news else known.evidence,
        failed_count=signal.failed_count,
        failure_count=known.failure_count + 1,
        last_failed_at=now,
        last_failed_run_id=run_id,
        judged=signal.judged,
        is_flapping=known.is_flapping and now - failing_since < damping.window,
        failing_since=failing_since if known.is_flapping else None,
        passing_since=None,
    )
    if not _is_worse(known, signal):
        return Change("repeated", again, known)
    worse = replace(again, status="open", told_failed_count=signal.failed_count)
    return Change("worsened", worse, known)


def _is_worse(known: Incident, signal: Signal) -> bool:
    return (known.severity, signal.severity) == ("warn", "error") or (
        signal.failed_count >= MUCH_WORSE * known.told_failed_count > 0
    )


def _open(signal: Signal, run_id: str, now: datetime) -> Incident:
    return Incident(
        incident_id=make_id(signal.check_name, signal.source, run_id),
        check_name=signal.check_name,
        source=signal.source,
        severity=signal.severity,
        status="open",
        opened_at=now,
        opened_run_id=run_id,
        closed_at=None,
        closed_run_id=None,
        message=signal.message,
        evidence=signal.evidence,
        owner=signal.owner,
        next_step=signal.next_step,
        failed_count=signal.failed_count,
        told_failed_count=signal.failed_count,
        last_failed_at=now,
        last_failed_run_id=run_id,
        judged=signal.judged,
    )


def _read(values: Mapping[str, Any]) -> dict[str, Any]:
    read = dict(values)
    for name in INSTANTS:
        if isinstance(read.get(name), str):
            read[name] = datetime.fromisoformat(read[name])
    return read
