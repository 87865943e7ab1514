"""Tables that are what the journal adds up to: quarantine, incidents, deliveries. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from tasks.incidents import fold_incidents
from tasks.quarantine import fold_quarantine

Line = Mapping[str, Any]
Record = dict[str, Any]


def quarantine_rows(lines: Iterable[Line]) -> list[Record]:
    return list(fold_quarantine(lines).values())


def incident_rows(lines: Iterable[Line]) -> list[Record]:
    return [asdict(incident) for incident in fold_incidents(lines).values()]


def delivery_rows(lines: Iterable[Line]) -> list[Record]:
    return [
        {name: value for name, value in line.items() if name != "kind"}
        | {"attempted_at": datetime.fromisoformat(line["attempted_at"])}
        for line in lines
        if line["kind"] == "delivery"
    ]
