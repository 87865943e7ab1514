"""The newest scores of every source as a markdown table, for those who live in Prefect."""

from __future__ import annotations

from pathlib import Path

from tasks.report.charts import trend
from tasks.report.queries import SCORECARD
from tasks.report.words import share
from warehouse.read import PublishedReader, Row

HEAD = ("| source | dimension | score | trend | day |", "| --- | --- | ---: | --- | --- |")


def scorecard_markdown(published: Path) -> str:
    with PublishedReader(published) as reader:
        rows = reader.rows(SCORECARD)
    return "\n".join(["# Scorecard", "", *HEAD, *map(_line, rows), ""])


def _line(row: Row) -> str:
    cells = (
        row["source"] or "all",
        row["dimension"],
        share(row["score"]),
        trend(row["score"], row["score_before"]),
        str(row["measured_on"]),
    )
    return f"| {' | '.join(cells)} |"
