"""Verbs that take the published record elsewhere: into files, a search, a citation."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from schemas.errors import NotFound
from tasks.console import AsJson, Day, day_of, err, out

app = typer.Typer()


@app.command()
def export(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="A new or an empty folder.")],
    raw: Annotated[
        bool, typer.Option("--raw", help="CSV as stored, formulas for a spreadsheet included.")
    ] = False,
) -> None:
    """Every table as Parquet and CSV, and a data package that says what they mean."""
    from warehouse.export import export as export_files

    files = export_files(context.obj.published, folder, is_raw=raw)
    out.print(f"{len(files)} files written: {folder}", markup=False, soft_wrap=True)


@app.command()
def search(
    context: typer.Context,
    words: Annotated[str, typer.Argument(help='Words, "phrases", beginnings*, -unwanted.')],
    since: Day = None,
    until: Day = None,
    source: Annotated[str | None, typer.Option(help="Of one archive.")] = None,
    country: Annotated[str | None, typer.Option(help="Naming a country, by code.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Stories shown.")] = 10,
    as_json: AsJson = False,
) -> None:
    """Full text: the best passages, with the words marked and who is quoted."""
    from tasks.search import search as search_record
    from tasks.show import as_json as encode
    from tasks.show_found import show_hit
    from warehouse.read import PublishedReader
    from warehouse.search import Filters

    code = country.upper() if country else None
    filters = Filters(day_of(since), day_of(until), source, code)
    with PublishedReader(context.obj.published) as reader:
        found = search_record(reader, words, filters, limit)
    if as_json:
        for hit in found.hits:
            out.print(encode(asdict(hit)), markup=False, soft_wrap=True)
        return
    if not found.hits:
        raise NotFound(f"{words!r}: no article on record holds this. Ask for fewer words")
    for hit in found.hits:
        show_hit(out, hit)
    err.print(f"{len(found.hits)} of {found.story_count} stories")


@app.command()
def cite(context: typer.Context, row_id: str, as_json: AsJson = False) -> None:
    """A citation pack: words, speaker, article, address, dates, proof, and a footnote."""
    from tasks.cite import cite_row
    from tasks.show import as_json as encode
    from tasks.show_found import show_citation
    from warehouse.read import PublishedReader

    with PublishedReader(context.obj.published) as reader:
        citation = cite_row(reader, row_id)
    if as_json:
        out.print(encode(asdict(citation)), markup=False, soft_wrap=True)
    else:
        show_citation(out, citation)
