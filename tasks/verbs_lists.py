"""Verbs on the archives, the refused rows and the incidents that look and change nothing."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from schemas.errors import Unavailable
from tasks.console import AsJson, Day, day_of, err, out, show_tables

quarantine_app = typer.Typer(no_args_is_help=True, help="The refused rows.")
incidents_app = typer.Typer(no_args_is_help=True, help="The alerts.")
sources_app = typer.Typer(no_args_is_help=True, help="The archives.")


@sources_app.command("list")
def sources_list(as_json: AsJson = False) -> None:
    """Every declared archive; one is enabled when it has met its live site."""
    from tasks.source_check import source_rows
    from tasks.sources import SOURCES

    show_tables({"sources": list(source_rows(SOURCES))}, as_json=as_json)


@sources_app.command("show")
def sources_show(name: str) -> None:
    """One archive as declared."""
    from tasks.choices import choose_sources
    from tasks.show import show_pairs
    from tasks.sources import SOURCES

    (chosen,) = choose_sources([name])
    show_pairs(out, asdict(SOURCES[chosen]).items())


@sources_app.command("check")
def sources_check(
    context: typer.Context,
    name: str,
    since: Day = None,
    until: Day = None,
    count: Annotated[int, typer.Option(min=1, max=20, help="Pages to fetch.")] = 3,
    as_json: AsJson = False,
) -> None:
    """Fetch a handful of pages and show what would be extracted. Nothing is kept."""
    from tasks.choices import choose_sources, window_of
    from tasks.source_check import check_source
    from tasks.source_new import after_check
    from tasks.sources import source_for

    (chosen,) = choose_sources([name])
    source = source_for(chosen, context.obj.contact)
    window = window_of(day_of(since), day_of(until))
    found = check_source(source, context.obj.data / "state", window, count)
    show_tables({"listings": found.listings, "pages": found.pages}, as_json=as_json)
    err.print(f"Looked at {found.window.since} to {found.window.until}. Nothing was kept.")
    for step in after_check(source, found):
        err.print(step, markup=False)
    if not found.is_well:
        raise typer.Exit(Unavailable.exit_code)


@sources_app.command("new")
def sources_new(
    name: str,
    host: Annotated[str, typer.Option(prompt=True, help="Its host name.")],
    title: Annotated[str, typer.Option(prompt=True, help="What people call it.")],
    contact: Annotated[str, typer.Option(prompt=True, help="Who runs this: mail or page.")],
    feed: Annotated[str | None, typer.Option(help="Path of its RSS or Atom feed.")] = None,
    sitemap: Annotated[str | None, typer.Option(help="Path of its sitemap.")] = None,
    index: Annotated[
        str | None, typer.Option(help="Path of its index pages: /{day:%Y}/{day:%m}/ for months.")
    ] = None,
) -> None:
    """Declare a new archive, and say what to do next. It can be checked at once."""
    from tasks.source_new import NewSource, next_steps, write_source

    ways = {"feed": feed, "sitemap": sitemap, "index": index}
    listings = {kind: path for kind, path in ways.items() if path} or {"sitemap": "/sitemap.xml"}
    new = NewSource(name, title, host, contact, listings)
    out.print(f"Written: {write_source(new)}", markup=False)
    for step in next_steps(new):
        out.print(step, markup=False)


@quarantine_app.command("list")
def quarantine_list(
    context: typer.Context,
    every: Annotated[bool, typer.Option("--all", help="Released and waived ones too.")] = False,
    waived: Annotated[bool, typer.Option("--waived", help="Waivers, and when they end.")] = False,
    as_json: AsJson = False,
) -> None:
    """Refused units with their reasons, newest first."""
    from tasks.status import quarantined

    statuses = ("open", "waived", "released") if every else ("waived",) if waived else ("open",)
    show_tables({"quarantine": quarantined(context.obj, statuses)}, as_json=as_json)


@quarantine_app.command("show")
def quarantine_show(context: typer.Context, quarantine_id: str) -> None:
    """One refused unit, whole, with every reason."""
    from tasks.show import show_pairs
    from tasks.status import quarantined_row

    show_pairs(out, quarantined_row(context.obj, quarantine_id).items())


@incidents_app.command("list")
def incidents_list(
    context: typer.Context,
    every: Annotated[bool, typer.Option("--all", help="Closed ones too.")] = False,
    as_json: AsJson = False,
) -> None:
    """Open incidents, newest first."""
    from tasks.status import incidents

    show_tables({"incidents": incidents(context.obj, with_closed=every)}, as_json=as_json)


@incidents_app.command("show")
def incidents_show(context: typer.Context, incident_id: str) -> None:
    """One incident with its evidence and what was delivered."""
    from tasks.show import show_pairs, show_rows
    from tasks.status import incident_deliveries, incident_row

    show_pairs(out, incident_row(context.obj, incident_id).items())
    show_rows(out, incident_deliveries(context.obj, incident_id), "deliveries")
