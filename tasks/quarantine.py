"""What is refused, what is tried again, and what came of it: folded from the journal. Pure.

The journal's lines are the truth; the table `quarantine` is what they add up to.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from schemas.ids import make_id

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
class Rules:
    """The rules and corrections in force when something was refused or tried again."""

    rules_digest: str
    corrections_digest: str


def refused_line(refused: Refused, rules: Rules, run_id: str, at: datetime) -> Line:
    return {
        "kind": "quarantined",
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
        "run_id": run_id,
        "at": at.isoformat(),
    }


def settled_line(
    kind: str, quarantine_id: str, reason: str, run_id: str | None, at: datetime
) -> Line:
    """`kind` is `released` or `waived`."""
    return {
        "kind": kind,
        "quarantine_id": quarantine_id,
        "reason": reason,
        "run_id": run_id,
        "at": at.isoformat(),
    }


def fold_quarantine(lines: Iterable[Mapping[str, Any]]) -> dict[str, Row]:
    """Each refused unit once, as the lines so far leave it."""
    rows: dict[str, Row] = {}
    for line in lines:
        if line["kind"] == "quarantined":
            rows[line["quarantine_id"]] = _seen(rows.get(line["quarantine_id"]), line)
        elif line["kind"] in {"released", "waived"} and line["quarantine_id"] in rows:
            row = rows[line["quarantine_id"]]
            row["status"] = line["kind"]
            row["status_at"] = datetime.fromisoformat(line["at"])
            row["status_run_id"] = line["run_id"]
            row["status_reason"] = line["reason"]
    return rows


def due_for_retry(rows: Iterable[Row], rules: Rules) -> tuple[str, ...]:
    """Captures of open rows that were refused under other rules or corrections than these."""
    due = {
        row["capture_id"]
        for row in rows
        if row["status"] == "open"
        and Rules(row["rules_digest"], row["corrections_digest"]) != rules
    }
    return tuple(sorted(due))


def releases(
    rows: Iterable[Row], retried: frozenset[str], refused_again: frozenset[str]
) -> Iterator[str]:
    """Open rows of retried captures that were not refused again."""
    for row in rows:
        if (
            row["status"] == "open"
            and row["capture_id"] in retried
            and row["quarantine_id"] not in refused_again
        ):
            yield row["quarantine_id"]


def _seen(known: Row | None, line: Mapping[str, Any]) -> Row:
    at = datetime.fromisoformat(line["at"])
    row = {name: line[name] for name in line if name not in {"kind", "at"}}
    return row | {
        "first_seen_at": known["first_seen_at"] if known else at,
        "last_seen_at": at,
        "attempt_count": (known["attempt_count"] if known else 0) + 1,
        "status": "open",
        "status_at": None,
        "status_run_id": None,
        "status_reason": None,
    }
