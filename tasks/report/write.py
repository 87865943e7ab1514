"""The report page, written from the newest generation: one file, no script, nothing fetched."""

from __future__ import annotations

from pathlib import Path

from tasks.report.page import render
from tasks.report.read import read_report
from warehouse.read import PublishedReader


def write_report(published: Path, page: Path) -> None:
    """Replaced as a whole: who has it open sees the old page or the new one."""
    with PublishedReader(published) as reader:
        html = render(read_report(reader))
    half_made = page.with_name(page.name + ".part")
    half_made.write_text(html, encoding="utf-8")
    half_made.replace(page)
