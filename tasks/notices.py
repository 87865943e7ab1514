"""Which messages are owed to which channel: decided from what the journal says it has had. Pure.

A message is owed for as long as an incident is in a state that the channel was not told of. So
nothing is lost with a channel that is down, and nobody is sent what is over by then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from tasks.incidents import Incident, fold_incidents

Telling = Literal["opened", "flapping", "worsened", "reminder", "closed"]
DAY = timedelta(days=1)
MOST_A_DAY = 2
Line = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Pace:
    """How often one channel hears of one incident.

    `interval` is the least time between two messages on an incident that goes on; `reminder` is
    how often an open one that nobody has acknowledged is told of again, None for never.
    """

    interval: timedelta = DAY
    reminder: timedelta | None = DAY


@dataclass(frozen=True, slots=True)
class Notice:
    """One incident to be told of on one channel."""

    event: Telling
    incident: Incident
    channel: str


@dataclass(slots=True)
class Told:
    """What a channel was sent of one incident. `tried`: whether it ever should have been."""

    tried: bool = False
    last_event: str = ""
    times: list[datetime] = field(default_factory=list)

    def add(self, line: Line) -> None:
        self.tried = True
        if line["is_delivered"]:
            at = _instant(line["attempted_at"])
            self.times.append(at)
            self.last_event = line["event"]

    def count_since(self, since: datetime) -> int:
        return sum(at > since for at in self.times)


def owed(
    lines: Sequence[Line],
    channels: Iterable[str],
    now: datetime,
    pace: Pace | None = None,
    known: Iterable[Incident] | None = None,
) -> list[Notice]:
    """By channel, then source, the worst and oldest first.

    `known` are the incidents that the lines add up to, where the caller has them.
    """
    pace = pace or Pace()
    names = list(channels)
    incidents = list(fold_incidents(lines).values() if known is None else known)
    told = _told(lines)
    worsened = _worsened(lines)
    return [
        Notice(event, incident, name)
        for name in names
        for incident in sorted(incidents, key=_rank)
        if (
            event := _due(
                incident,
                told.get((incident.incident_id, name), Told()),
                worsened.get(incident.incident_id),
                now,
                pace,
            )
        )
    ]


def instead(
    lines: Sequence[Line], notices: Iterable[Notice], channel: str, now: datetime
) -> list[Notice]:
    """The same notices on another channel, but for what that one has had already."""
    told = _told(lines)
    passed_on = (replace(each, channel=channel) for each in notices)
    return [each for each in passed_on if _is_news(each, told, now)]


def _is_news(notice: Notice, told: Mapping[tuple[str, str], Told], now: datetime) -> bool:
    had = told.get((notice.incident.incident_id, notice.channel), Told())
    if had.count_since(now - DAY) >= MOST_A_DAY:
        return False
    if notice.event == had.last_event:
        return notice.event == "reminder" and now - had.times[-1] >= DAY
    return True


def _due(
    incident: Incident, told: Told, worsened_at: datetime | None, now: datetime, pace: Pace
) -> Telling | None:
    if told.count_since(now - DAY) >= MOST_A_DAY:
        return None
    if incident.status == "closed":
        # A channel that is new has no part in what is over.
        return "closed" if told.tried and told.last_event != "closed" else None
    if not told.times:
        return "flapping" if incident.is_flapping else "opened"
    if incident.status == "acknowledged" or incident.is_flapping:
        return None
    age = now - told.times[-1]
    if worsened_at is not None and worsened_at > told.times[-1] and age >= pace.interval:
        return "worsened"
    is_time = pace.reminder is not None and age >= max(pace.reminder, pace.interval)
    return "reminder" if is_time else None


def _told(lines: Iterable[Line]) -> dict[tuple[str, str], Told]:
    told: dict[tuple[str, str], Told] = {}
    for line in lines:
        if line["kind"] == "delivery":
            key = (line["incident_id"], line["channel"])
            told.setdefault(key, Told()).add(line)
    return told


def _worsened(lines: Iterable[Line]) -> dict[str, datetime]:
    return {
        line["incident"]["incident_id"]: _instant(line["incident"]["last_failed_at"])
        for line in lines
        if line["kind"] == "incident"
        and line["event"] == "worsened"
        and "last_failed_at" in line["incident"]
    }


def _rank(incident: Incident) -> tuple[str, bool, datetime, str]:
    return (
        incident.source,
        incident.severity != "error",
        incident.opened_at,
        incident.incident_id,
    )


def _instant(at: datetime | str) -> datetime:
    return datetime.fromisoformat(at) if isinstance(at, str) else at
