"""Saved pages whose printed day cannot be, and the corrections that let them in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from flows.session import Order, Request
from tasks.clock import Clock
from tasks.journal import finished_lines, read_journal
from tasks.quarantine import fold_quarantine
from tasks.settings import Settings
from tests.flows.saved import page_saved_as_text
from tests.runs.bare import run_bare

COLUMNS = "capture_id,table,field,read_as,should_be,because\n"
COUNTRIES = ("Ghana", "Togo", "Benin", "Kenya", "Chile", "Nepal", "Latvia", "Oman")


def write_pages(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        text = page_saved_as_text(COUNTRIES[number % len(COUNTRIES)], "31 June 2006")
        text = text.replace("nine days", f"{number + 2} days")
        (folder / f"{number:05}.txt").write_text(text, encoding="utf-8")
    return folder


def refuse(settings: Settings, pages: Path) -> dict[str, dict]:
    """The rows that wait after the pages were read for the first time."""
    run_bare(Request(settings, Order("ingest", paths=(pages,))))
    return waiting(settings)


def correct(settings: Settings, rows: dict[str, dict]) -> None:
    captures = sorted({row["capture_id"] for row in rows.values()})
    lines = [
        f"{each},articles,published_date,,2006-06-30,June has thirty days\n" for each in captures
    ]
    (settings.data / "corrections.csv").write_text(COLUMNS + "".join(lines), encoding="utf-8")


def retry(settings: Settings, clock: Clock | None = None, **changes) -> object:
    request = Request(replace(settings, **changes), Order("ingest"))
    request.clock = clock or request.clock
    return run_bare(request)


def waiting(settings: Settings) -> dict[str, dict]:
    rows = fold_quarantine(finished_lines(read_journal(settings.journal)))
    return {name: row for name, row in rows.items() if row["status"] == "open"}


def releases(settings: Settings) -> list[str]:
    """The ids that runs which ended released, each as often as that was said."""
    return [
        line["quarantine_id"]
        for line in finished_lines(read_journal(settings.journal))
        if line["kind"] == "released"
    ]
