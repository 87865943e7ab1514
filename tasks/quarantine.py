"""What is refused, what is tried again, and what came of it: folded from the journal. Pure.

The journal's lines are the truth; the table `quarantine` is what they add up to.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from schemas.ids import make_id

WAIVER_ENDED = "its waiver has ended"
# What a line makes of the row it names.
STATUS_AFTER = {"released": "released", "waived": "waived", "waiver_ended": "open"}

Line = dict[str, Any]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Refused:
    """One unit that was refused: a whole capture, or one record of one table."""

    unit_kind: str
    source: str
    capture_id: str
    reasons: tuple[str, ...]
    record: Mapping[str, Any]
    table_name: str | None = None
    row_key: str | None = None
    article_id: str | None = None

    @property
    def quarantine_id(self) -> str:
        return make_id(self.table_name or "captures", self.row_key or self.capture_id)


@dataclass(frozen=True, slots=True)
class Choice:
    """Rows that somebody wants tried again: all of them where nothing is named."""

    ids: tuple[str, ...] = ()
    rule: str | None = None
    source: str | None = None

    def takes(self, row: Row) -> bool:
        return (
            (not self.ids or row["quarantine_id"].startswith(self.ids))
            and self.rule in {None, *row["reasons"]}
            and self.source in {None, row["source"]}
        )


@dataclass(frozen=True, slots=True)
class Retried:
    """Rows that were judged again, and what came of them."""

    count: int = 0
    released: int = 0
    still_refused: int = 0

    def __str__(self) -> str:
        return f"{self.count} retried, {self.released} released, {self.still_refused} still failing"


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules and corrections in force when something was refused or tried again."""

    rules_digest: str
    corrections_digest: str


def refused_fields(refused: Refused, rules: Rules, at: datetime) -> Line:
    """What the journal keeps under `quarantined`."""
    return {
        "quarantine_id": refused.quarantine_id,
        "unit_kind": refused.unit_kind,
        "source": refused.source,
        "table_name": refused.table_name,
        "row_key": refused.row_key,
        "capture_id": refused.capture_id,
        "article_id": refused.article_id,
        "record": json.dumps(refused.record, ensure_ascii=False, default=str, sort_keys=True),
        "reasons": list(refused.reasons),
        "rules_digest": rules.rules_digest,
        "corrections_digest": rules.corrections_digest,
        "at": at,
    }


def fold_quarantine(lines: Iterable[Mapping[str, Any]]) -> dict[str, Row]:
    """Each refused unit once, as the lines so far leave it."""
    rows: dict[str, Row] = {}
    for line in lines:
        fold_line(rows, line)
    return rows


def fold_line(rows: dict[str, Row], line: Mapping[str, Any]) -> None:
    if line["kind"] == "quarantined":
        rows[line["quarantine_id"]] = _seen(rows.get(line["quarantine_id"]), line)
    elif line["kind"] in STATUS_AFTER and line["quarantine_id"] in rows:
        row = rows[line["quarantine_id"]]
        row["status"] = STATUS_AFTER[line["kind"]]
        row["status_at"] = _instant(line["at"])
        row["status_run_id"] = line["run_id"]
        row["status_reason"] = line["reason"]
        row["waived_until"] = _day(line.get("until"))


def due_for_retry(
    rows: Iterable[Row], rules: Rules, chosen: Choice | None = None
) -> tuple[str, ...]:
    """Captures of open rows: refused under other rules or corrections than these, or chosen."""
    due = {
        row["capture_id"]
        for row in rows
        if row["status"] == "open"
        and (
            Rules(row["rules_digest"], row["corrections_digest"]) != rules
            or row["status_reason"] == WAIVER_ENDED
            or (chosen is not None and chosen.takes(row))
        )
    }
    return tuple(sorted(due))


def ended_waivers(rows: Iterable[Row], today: date) -> tuple[Row, ...]:
    """A waiver holds through its last day."""
    return tuple(
        row
        for row in rows
        if row["status"] == "waived"
        and row["waived_until"] is not None
        and row["waived_until"] < today
    )


def waiting_on(rows: Iterable[Row], capture_ids: Iterable[str]) -> tuple[str, ...]:
    """Open rows that come of these captures: what a retry of them is about."""
    again = frozenset(capture_ids)
    return tuple(
        row["quarantine_id"]
        for row in rows
        if row["status"] == "open" and row["capture_id"] in again
    )


def retry_outcome(rows: Mapping[str, Row], retried: Iterable[str]) -> Retried:
    """What came of the rows that were tried again."""
    statuses = [rows[quarantine_id]["status"] for quarantine_id in retried]
    return Retried(len(statuses), statuses.count("released"), statuses.count("open"))


def releases(
    rows: Iterable[Row], read: frozenset[str], refused_again: frozenset[str]
) -> tuple[str, ...]:
    """Rows of what was read, captures and articles by id, that were not refused again."""
    return tuple(
        row["quarantine_id"]
        for row in rows
        if row["status"] in {"open", "waived"}
        and (row["capture_id"] in read or row["article_id"] in read)
        and row["quarantine_id"] not in refused_again
    )


def _seen(known: Row | None, line: Mapping[str, Any]) -> Row:
    """A waiver holds for as long as the record and its reasons stay what they were."""
    at = _instant(line["at"])
    row = {name: line[name] for name in line if name not in {"kind", "at"}}
    row |= {"first_seen_at": at, "last_seen_at": at, "attempt_count": 1, "status": "open"}
    row |= dict.fromkeys(("status_at", "status_run_id", "status_reason", "waived_until"))
    if known is None:
        return row
    row["first_seen_at"] = known["first_seen_at"]
    row["attempt_count"] = known["attempt_count"] + 1
    is_same = (known["record"], known["reasons"]) == (row["record"], row["reasons"])
    if known["status"] == "waived" and is_same:
        row |= {name: known[name] for name in row if name.startswith("status")}
        row["waived_until"] = known["waived_until"]
    return row


def _day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _instant(at: datetime | str) -> datetime:
    return datetime.fromisoformat(at) if isinstance(at, str) else at
