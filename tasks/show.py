"""What the command line prints: values in, text out. Nothing is read or decided here."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tasks.change_words import counts_by_cause, examples_in_words, in_words
from tasks.settings import Settings
from tasks.summary import FailedCheck, RunSummary
from tasks.trace import Trace

Row = Mapping[str, Any]

QUESTIONS = (
    (
        "Who is quoted most?",
        """
        select
            speaker_name,
            count(*) as quote_count,
            count(distinct article_id) as article_count
        from rpt_who_said_what
        group by speaker_name
        order by quote_count desc, speaker_name
        limit 5
        """,
    ),
    (
        "Which countries are written about, and since when?",
        """
        select
            country_code,
            count(distinct article_id) as article_count,
            min(published_date) as first_date
        from country_mentions
        inner join articles using (article_id)
        where country_code is not null
        group by country_code
        order by article_count desc, country_code
        limit 5
        """,
    ),
    (
        "Who said what, and how do I get to the page?",
        """
        select quote_id, published_date, speaker_name, left(quote_text, 60) as quote_begins
        from rpt_who_said_what
        order by published_date, quote_id
        limit 5
        """,
    ),
)


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


def show_summary(console: Console, summary: RunSummary, settings: Settings) -> None:
    """Pages by disposition, rows by table, what was refused, what failed, where things lie."""
    console.print(f"\n[bold]Run {summary.run_id}: {summary.status}[/bold]")
    _show_counts(console, "pages", summary.pages)
    _show_counts(console, "captures", summary.captures)
    _show_counts(console, "records", summary.records)
    _show_counts(console, "rows by table", summary.rows)
    _show_counts(console, "open in quarantine", summary.quarantined)
    _show_counts(console, "changed values by cause", counts_by_cause(summary.changes))
    if summary.ended_waivers:
        console.print(f"waivers ended, rows judged again: {summary.ended_waivers}", markup=False)
    if summary.retried.count:
        console.print(f"quarantine: {summary.retried}", markup=False)
    console.print(f"checks failed: {len(summary.failed_checks) or 'none'}", markup=False)
    for each in summary.failed_checks:
        console.print(f"  {_failed(each)}", markup=False, soft_wrap=True)
    for words, names in (("opened", summary.opened), ("closed", summary.closed)):
        if names:
            console.print(f"incidents {words}: {', '.join(names)}", markup=False)
    for name, why in summary.trouble.items():
        console.print(f"trouble with {name}: {why}", markup=False)
    for correction in summary.unused_corrections:
        console.print(f"correction not used: {correction}", markup=False)
    for name, checks in summary.held.items():
        console.print(
            f"held back: {name} keeps the facts of the generation before, until {checks} pass",
            markup=False,
            soft_wrap=True,
        )
    if summary.is_blocked:
        console.print("Not published: an error-level check failed. The last generation stands.")
    else:
        changed = ", ".join(summary.changed_tables)
        console.print(f"tables changed since the last generation: {changed}", markup=False)
    show_pairs(
        console,
        [
            ("generation", summary.generation),
            ("snapshot", settings.published),
            ("report", settings.report),
        ],
    )


def show_what_changed(console: Console, summary: RunSummary) -> None:
    """Per table and field: how many rows, whose doing, which files, and a few of the rows."""
    _show_counts(console, "captures read again", summary.captures)
    if not summary.changes:
        console.print("Nothing would change.")
    for row in summary.changes:
        console.print(in_words(row), markup=False, soft_wrap=True)
        if row["because"]:
            console.print(f"    of {', '.join(row['because'])}", markup=False, soft_wrap=True)
        for example in examples_in_words(row):
            console.print(f"    {plain(example)}", markup=False, soft_wrap=True)
    _show_counts(console, "open in quarantine", summary.quarantined)


def show_next_steps(console: Console, settings: Settings) -> None:
    command = f".venv/bin/onrecord --data {settings.data}"
    console.print("\n[bold]Next[/bold]")
    for verb in ('sql "show tables"', "trace QUOTE_ID", "quarantine list", "incidents list"):
        console.print(f"  {command} {verb}", markup=False, soft_wrap=True)
    console.print("  make serve", markup=False)


def _show_counts(console: Console, title: str, counts: Mapping[str, int]) -> None:
    listed = "  ".join(f"{name} {count}" for name, count in counts.items()) or "none"
    console.print(f"{title}: {listed}", markup=False)


def _failed(check: FailedCheck) -> str:
    where = check.source or "all sources"
    broken = f"{check.failed_count} of {check.judged_count}"
    if check.threshold is not None and check.measured is not None:
        broken = f"{check.measured:.3g}, at most {check.threshold:g}"
    return f"{check.severity} {check.check_name} ({where}): {broken}. {check.says}"


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
    for version in trace.versions:
        _show_version(console, version)


_STYLES = {"[-": "red strike", "{+": "green"}
_MARKS = re.compile(r"\[-.*?-\]|\{\+.*?\+\}", re.DOTALL)


def _show_version(console: Console, version: Row) -> None:
    """When it was seen, and the words in which it differs from the one before."""
    seen = f"{plain(version['first_seen_at']) or 'unknown'} to {plain(version['last_seen_at'])}"
    console.print(f"\n[bold]version {version['version_number']}[/bold], seen {seen}")
    for change in version["changes"]:
        text = Text(plain(change))
        for mark in _MARKS.finditer(text.plain):
            text.stylize(_STYLES[mark[0][:2]], *mark.span())
        console.print(text)


def _jsonable(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    return str(value)
