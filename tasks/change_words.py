"""Rows of table `changes` as a person reads them. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from schemas.causes import CAUSES


def in_words(row: Mapping[str, Any]) -> str:
    """One sentence: `quotes.speaker_id: 3 rows changed (a word list or a package of names)`."""
    name = f"{row['table_name']}.{row['field']}" if row["field"] else row["table_name"]
    rows = "row" if row["row_count"] == 1 else "rows"
    return f"{name}: {row['row_count']:,} {rows} {row['change']} ({CAUSES[row['cause']]})"


def examples_in_words(row: Mapping[str, Any]) -> Iterator[str]:
    for each in json.loads(row["examples"]):
        before, now = (shown(each[name]) for name in ("before", "now"))
        yield (
            f"{each['row_key']}: {before} -> {now}"
            if row["field"]
            else (f"{each['row_key']}: {now if row['change'] == 'added' else before}")
        )


def counts_by_cause(rows: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Cause -> rows, a row counted once for each of its fields; in the order of `CAUSES`."""
    counts = dict.fromkeys(CAUSES, 0)
    for row in rows:
        counts[row["cause"]] += row["row_count"]
    return {cause: count for cause, count in counts.items() if count}


def shown(value: str | None) -> str:
    return f"“{value}”" if value else "nothing"
