"""Which incidents open, stay and close: pure decisions over check results and the journal.

The journal is the truth; the table `incidents` is what its lines add up to.
A repeat changes nothing here: how often a check failed is counted in `check_results`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Literal

from schemas.ids import make_id

Status = Literal["open", "acknowledged", "closed"]
Event = Literal["opened", "closed"]


@dataclass(frozen=True, slots=True)
class Signal:
    """One check's answer about one source, whoever asked it."""

    check_name: str
    source: str
    severity: str
    is_passed: bool
    message: str
    evidence: str
    owner: str


@dataclass(frozen=True, slots=True)
class Incident:
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


@dataclass(frozen=True, slots=True)
class Change:
    event: Event
    incident: Incident


def decide_changes(
    incidents: Iterable[Incident], signals: Sequence[Signal], run_id: str, now: datetime
) -> tuple[Change, ...]:
    """One incident per check and source: opened once, closed when the check passes again.

    A check that did not speak about a source changes nothing for it.
    """
    unsettled = {
        (each.check_name, each.source): each for each in incidents if each.closed_at is None
    }
    changes = []
    for signal in sorted(signals, key=lambda each: (each.check_name, each.source)):
        known = unsettled.get((signal.check_name, signal.source))
        if known is None and not signal.is_passed:
            changes.append(Change("opened", _open(signal, run_id, now)))
        elif known is not None and signal.is_passed:
            closed = replace(known, status="closed", closed_at=now, closed_run_id=run_id)
            changes.append(Change("closed", closed))
    return tuple(changes)


def fold_incidents(lines: Iterable[Mapping[str, Any]]) -> dict[str, Incident]:
    """The journal's lines, oldest first, to the incidents as they stand."""
    incidents: dict[str, Incident] = {}
    for line in lines:
        if line["kind"] == "incident":
            incident = _from_line(line["incident"])
            incidents[incident.incident_id] = incident
        elif line["kind"] == "acknowledged":
            known = incidents.get(line["incident_id"])
            if known is not None and known.closed_at is None:
                incidents[known.incident_id] = replace(
                    known,
                    status="acknowledged",
                    acknowledged_at=datetime.fromisoformat(line["at"]),
                    acknowledged_by=line["by"],
                )
    return incidents


def fold_changes(lines: Iterable[Mapping[str, Any]]) -> list[Change]:
    """Every opening and closing the journal holds, oldest first."""
    return [
        Change(line["event"], _from_line(line["incident"]))
        for line in lines
        if line["kind"] == "incident"
    ]


def incident_fields(change: Change) -> dict[str, Any]:
    """What the journal keeps under `incident`."""
    return {"event": change.event, "incident": asdict(change.incident)}


def describe(change: Change) -> tuple[str, str]:
    """Title and body of the message a person gets."""
    incident = change.incident
    where = incident.source or "all sources"
    since = f"{incident.opened_at:%Y-%m-%d %H:%M} UTC"
    if change.event == "closed":
        return (
            f"[onrecord] closed: {incident.check_name} ({where})",
            f"The check passes again. It had failed since {since}.",
        )
    body = (
        f"{incident.message}\nSince {since}, run {incident.opened_run_id}. "
        f"Owner: {incident.owner}.\nRows that break it: {incident.evidence[:1000]}\n"
        f"Next: onrecord incidents show {incident.incident_id}"
    )
    return f"[onrecord] {incident.severity}: {incident.check_name} ({where})", body


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
    )


def _from_line(values: Mapping[str, Any]) -> Incident:
    instants = ("opened_at", "closed_at", "acknowledged_at")
    read = dict(values)
    for name in instants:
        if read[name] is not None:
            read[name] = datetime.fromisoformat(read[name])
    return Incident(**read)
