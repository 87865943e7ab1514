"""What the command line prints: values in, text out. Nothing is read or decided here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tasks.trace import Trace

Row = Mapping[str, Any]


def plain(value: object) -> str:
    """A cell as text: null is empty, lists are joined, control characters are shown as such."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return ", ".join(plain(each) for each in value)
    if isinstance(value, float):
        return f"{value:g}"
    return "".join(
        each if each.isprintable() or each == "\n" else repr(each)[1:-1] for each in str(value)
    )


def as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=_jsonable)


def show_rows(console: Console, rows: Sequence[Row], title: str | None = None) -> None:
    if not rows:
        console.print(f"{title}: none" if title else "no rows", markup=False)
        return
    table = Table(title=title, title_justify="left", title_style="bold")
    for name in rows[0]:
        is_number = isinstance(rows[0][name], int | float)
        table.add_column(name, justify="right" if is_number else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(plain(value)) for value in row.values()))
    console.print(table)


def show_pairs(console: Console, pairs: Iterable[tuple[str, object]]) -> None:
    """One fact a line, names aligned; what is not known is left out."""
    known = [(name, plain(value)) for name, value in pairs if plain(value)]
    width = max((len(name) for name, _ in known), default=0)
    for name, value in known:
        console.print(f"{name:<{width}}  {value}", markup=False, highlight=False, soft_wrap=True)


def show_trace(console: Console, trace: Trace) -> None:
    row, article, capture = trace.row, trace.article or {}, trace.capture
    show_pairs(
        console,
        [
            ("table", trace.table),
            ("value", row.get("value") or row.get("country_code") or row.get("date_start")),
            ("speaker", (trace.speaker or {}).get("speaker_name")),
            ("mention", row.get("mention_text") if trace.table == "quotes" else None),
            ("cue", row.get("cue")),
            ("rule", row.get("rule")),
            ("confidence", row.get("confidence")),
            ("candidates", row.get("candidates")),
            ("headline", article.get("headline")),
            ("published", article.get("published_date")),
            ("url", capture["url"] or "none: the page came as a file"),
            ("capture", capture["capture_id"]),
            ("captured at", capture["captured_at"] or "unknown"),
            ("stored in", f"{capture['warc_file']} at byte {capture['warc_offset']}"),
            ("sha256", capture["body_digest"]),
            ("run", row.get("run_id")),
        ],
    )
    if trace.words:
        console.print()
        words = Text(trace.before)
        words.append(f"[[{trace.words}]]", style="bold reverse")
        words.append(trace.after)
        console.print(words)


def _jsonable(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    return str(value)
