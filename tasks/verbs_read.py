"""Verbs that only read: pages, the published generation, the health of the installation.

A verb imports what it needs when it runs: `onrecord sql` must not wait for anything else.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer

from schemas.errors import BadUsage, NotFound, OnrecordError
from tasks.console import AsJson, err, out, show_tables
from tasks.settings import Settings

app = typer.Typer()


@app.command()
def extract(
    paths: Annotated[list[Path] | None, typer.Argument(help="Saved pages or folders.")] = None,
    jsonl: Annotated[str | None, typer.Option(help="A file of JSON lines, or - .")] = None,
) -> None:
    """Pages in, one JSON object a line out, in the same order. No database, no Prefect."""
    from tasks.print_pages import lines_of_files, lines_of_jsonl

    if bool(paths) == (jsonl is not None):
        raise BadUsage("give saved pages, or --jsonl FILE (or - for standard input)")
    if jsonl is None:
        lines: Iterator[dict[str, Any]] = lines_of_files(tuple(paths or ()))
    else:
        lines = lines_of_jsonl(sys.stdin.buffer if jsonl == "-" else _open(Path(jsonl)))
    for line in lines:
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()


@app.command()
def sql(
    context: typer.Context,
    statement: Annotated[str | None, typer.Argument(help="One statement; else a prompt.")] = None,
    as_json: AsJson = False,
) -> None:
    """Ask the published generation: read-only, fenced, bounded in time and memory."""
    if statement is not None:
        show_answer(context.obj, statement, as_json=as_json)
        return
    while True:
        try:
            line = input("onrecord> ").strip()
        except EOFError:
            return
        if line in {"quit", "exit", ".quit"}:
            return
        try:
            if line:
                show_answer(context.obj, line, as_json=as_json)
        except OnrecordError as error:
            err.print(str(error), markup=False)


@app.command()
def trace(
    context: typer.Context,
    row_id: Annotated[str, typer.Argument(help="Id of any row; or an address.")],
    as_json: AsJson = False,
) -> None:
    """From a row to rule, evidence, capture and address, its words marked in their paragraph.

    Of an address: where in the WARC files its captures lie.
    """
    from dataclasses import asdict

    from tasks.show import as_json as encode
    from tasks.show import show_trace
    from tasks.trace import trace_row
    from warehouse.read import PublishedReader

    if "://" in row_id:
        show_tables({"captures": _captures_of(context.obj, row_id)}, as_json=as_json)
        return
    with PublishedReader(context.obj.published) as reader:
        found = trace_row(reader, row_id)
    if as_json:
        out.print(encode(asdict(found)), markup=False, soft_wrap=True)
    else:
        show_trace(out, found)


def _captures_of(settings: Settings, url: str) -> list[dict[str, object]]:
    from tasks.keep import CaptureStore

    lines = CaptureStore(settings.captures).find(url)
    if not lines:
        raise NotFound(
            f"{url}: no sealed WARC file in {settings.captures} holds a capture of it. Saved "
            "pages have no address; a running fetch seals its files at its end"
        )
    shown = ("captured_at", "role", "status", "completeness", "capture_id", "filename", "offset")
    return [{name: getattr(line, name) for name in shown} for line in lines]


@app.command()
def status(
    context: typer.Context,
    gaps: Annotated[bool, typer.Option("--gaps", help="Days that lack pages, and why.")] = False,
    as_json: AsJson = False,
) -> None:
    """Last runs, ledger, freshness, open incidents, where things lie."""
    from tasks.gap_list import for_people
    from tasks.status import read_status

    tables = read_status(context.obj, with_gaps=gaps)
    if "gaps" in tables and not as_json:
        tables["gaps"] = [for_people(row) for row in tables["gaps"]]
    show_tables(tables, as_json=as_json)


@app.command()
def report(context: typer.Context) -> None:
    """Write the report page anew from the published generation."""
    from tasks.report.write import write_report

    write_report(context.obj.published, context.obj.report)
    out.print(f"{context.obj.report}", markup=False)


@app.command()
def doctor(context: typer.Context, as_json: AsJson = False) -> None:
    """What is wrong here, and how to mend it."""
    from dataclasses import asdict

    from tasks.doctor import NotWell, examine

    diagnoses = examine(context.obj, os.environ)
    show_tables({"doctor": [asdict(each) for each in diagnoses]}, as_json=as_json)
    if not all(each.is_well for each in diagnoses):
        raise typer.Exit(NotWell.exit_code)


def show_answer(settings: Settings, statement: str, *, as_json: bool) -> None:
    from tasks.show import as_json as encode
    from tasks.show import show_rows
    from warehouse.query import Limits, run_query

    limits = Limits(settings.sql_seconds, settings.sql_memory_mb, settings.sql_row_limit)
    result = run_query(settings.published, statement, limits)
    rows = [dict(zip(result.columns, row, strict=True)) for row in result.rows]
    if as_json:
        for row in rows:
            out.print(encode(row), markup=False, soft_wrap=True)
    else:
        show_rows(out, rows)
    if result.truncated:
        err.print(f"Only the first {len(rows)} rows are shown: set sql_row_limit for more.")


def _open(path: Path) -> BinaryIO:
    if not path.is_file():
        raise NotFound(f"{path}: no such file. Give a file of JSON lines, or - for standard input")
    return path.open("rb")
