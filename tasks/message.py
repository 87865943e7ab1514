"""Notices into messages: those of one run and source in one, with evidence and what to do. Pure."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from tasks.incidents import Incident
from tasks.notices import Notice

ROWS_SHOWN = 5
LONGEST_VALUE = 120
# Of one incident of many, so that all of them are named before a channel's bound is reached.
LONGEST_OF_MANY = 600
WORDS = {
    "opened": "opened",
    "flapping": "flapping",
    "worsened": "got worse",
    "reminder": "still open",
    "closed": "closed",
}


@dataclass(frozen=True, slots=True)
class Message:
    channel: str
    title: str
    body: str
    notices: tuple[Notice, ...]


def messages_of(notices: Sequence[Notice], preface: str = "") -> list[Message]:
    """One per channel and source, in the order of the notices; `preface` opens each."""
    grouped = groupby(notices, key=lambda each: (each.channel, each.incident.source))
    return [_message(channel, list(several), preface) for (channel, _), several in grouped]


def _message(channel: str, notices: list[Notice], preface: str) -> Message:
    parts = [describe(each) for each in notices]
    if len(parts) > 1:
        parts = [part if len(part) < LONGEST_OF_MANY else _shorter(part) for part in parts]
    parts = [preface, *parts] if preface else parts
    return Message(channel, _title(notices), "\n\n".join(parts), tuple(notices))


def _title(notices: Sequence[Notice]) -> str:
    first = notices[0]
    where = first.incident.source or "all sources"
    if len(notices) == 1:
        said = first.incident.severity if first.event == "opened" else WORDS[first.event]
        return f"[onrecord] {said}: {first.incident.check_name} ({where})"
    counted = Counter(WORDS[each.event] for each in notices)
    return f"[onrecord] {where}: " + ", ".join(f"{n} {word}" for word, n in counted.items())


def describe(notice: Notice) -> str:
    incident = notice.incident
    head = f"{incident.severity}: {incident.check_name} ({incident.source or 'all sources'})"
    if notice.event == "closed":
        return (
            f"{head}\nThe check passes again since {_time(incident.closed_at)}, run "
            f"{incident.closed_run_id}. It had failed since {_time(incident.opened_at)}: "
            f"found {_times(incident.failure_count)}."
        )
    lines = [
        head if notice.event == "opened" else f"{WORDS[notice.event]}: {head}",
        incident.message,
        *_flapping(incident),
        _history(incident),
        *evidence_lines(incident.evidence),
        f"Owner: {incident.owner}.",
        f"Next: {incident.next_step or f'onrecord incidents show {incident.incident_id}'}",
    ]
    if incident.next_step:
        lines.append(
            f"More: onrecord incidents show {incident.incident_id}. "
            f"On it? onrecord incidents ack {incident.incident_id} --by NAME"
        )
    return "\n".join(lines)


def evidence_lines(evidence: str) -> list[str]:
    """The evidence of an incident for people: rows, the pages behind them, the last good run."""
    found = json.loads(evidence)
    if isinstance(found, list):
        found = {"rows": found}
    return [
        *_last_good(found.get("last_good")),
        *_rows(found.get("rows", ()), found.get("failed_count")),
        *(_page(page) for page in found.get("pages", ())),
    ]


def _last_good(known: Mapping[str, Any] | None) -> Iterable[str]:
    if known:
        measured = known.get("measured")
        value = "" if measured is None else f", value {measured:g}"
        yield (
            f"Last good: run {known['run_id']}, {known['checked_at'][:16].replace('T', ' ')} UTC, "
            f"{known['judged_count']} judged{value}. Now {known['judged_count_now']} judged"
            + (f", value {known['measured_now']:g}." if known.get("measured_now") else ".")
        )


def _rows(rows: Sequence[Mapping[str, Any]], failed_count: int | None) -> Iterable[str]:
    if rows:
        shown = rows[:ROWS_SHOWN]
        yield f"Rows that break it ({len(shown)} of {max(failed_count or 0, len(rows))}):"
        for row in shown:
            yield "  " + ", ".join(f"{name} {_value(value)}" for name, value in row.items())


def _page(page: Mapping[str, Any]) -> str:
    where = page.get("url") or page.get("article_id") or page.get("capture_id")
    return f"Page {where}: {_value(page.get('headline') or 'no headline')} | {page['excerpt']}"


def _value(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_VALUE else text[:LONGEST_VALUE] + "..."


def _flapping(incident: Incident) -> Iterable[str]:
    if incident.is_flapping:
        yield "It opens and closes again and again: nothing more is said until it is steady."


def _shorter(part: str) -> str:
    """The first lines say what, the last what to do; rows are left to `incidents show`."""
    lines = part.splitlines()
    return "\n".join([*lines[:3], *lines[-2:]])


def _history(incident: Incident) -> str:
    return (
        f"Since {_time(incident.opened_at)}, run {incident.opened_run_id}. "
        f"Found {_times(incident.failure_count)}, last {_time(incident.last_failed_at)}."
    )


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _time(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC" if at else "never"
