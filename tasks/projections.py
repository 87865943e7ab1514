"""Tables that are what the journal adds up to: quarantine, incidents, deliveries. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from schemas.ids import make_id
from tasks.incidents import fold_incidents
from tasks.quarantine import fold_quarantine

# What each run or assessment changes, without anything being news.
COUNTED = (
    "failing_since",
    "failure_count",
    "judged",
    "last_failed_at",
    "last_failed_run_id",
    "passing_since",
    "told_failed_count",
)
Line = Mapping[str, Any]
Record = dict[str, Any]


def quarantine_rows(lines: Iterable[Line]) -> list[Record]:
    return list(fold_quarantine(lines).values())


def incident_rows(lines: Iterable[Line]) -> list[Record]:
    """How often each was found is counted in `check_results`: a repeat changes no row here."""
    return [
        {name: value for name, value in asdict(incident).items() if name not in COUNTED}
        for incident in fold_incidents(lines).values()
    ]


def delivery_rows(lines: Iterable[Line]) -> list[Record]:
    return [
        {name: value for name, value in line.items() if name != "kind"}
        | {"attempted_at": datetime.fromisoformat(line["attempted_at"])}
        for line in lines
        if line["kind"] == "delivery"
    ]


def evaluation_rows(lines: Iterable[Line]) -> list[Record]:
    """A figure is named as the evaluation names it, without its file and without marks."""
    return [
        {
            "evaluation_id": make_id(each["file"], each["figure"], line["at"]),
            "label_set": each["file"],
            "figure": _plain_name(each["figure"].removeprefix(f"{each['file']}: ")),
            "value": each["value"],
            "counted": each["counted"],
            "evaluated_at": datetime.fromisoformat(line["at"]),
            "onrecord_version": line["onrecord_version"],
            "rules_digest": line["rules_digest"],
        }
        for line in lines
        if line["kind"] == "evaluated"
        for each in line["figures"]
    ]


def _plain_name(text: str) -> str:
    return " ".join(re.sub(r"[^A-Za-z0-9_.:/+ -]", " ", text).split())[:120]
