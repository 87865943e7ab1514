"""What every verb of the command line shares: where it prints, and the options that recur."""

from __future__ import annotations

import sys
from datetime import date, datetime
from typing import Annotated, Any

import typer
from rich.console import Console

from tasks.show import as_json as encode
from tasks.show import show_rows

DAY = ["%Y-%m-%d"]
# Elsewhere than on a terminal nobody is helped by columns of 80 characters.
WIDE = None if sys.stdout.isatty() else 160
out = Console(highlight=False, width=WIDE)
err = Console(stderr=True, highlight=False)

Day = Annotated[datetime | None, typer.Option(formats=DAY)]
AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]


def day_of(value: datetime | None) -> date | None:
    return value.date() if value else None


def show_tables(tables: dict[str, list[dict[str, Any]]], *, as_json: bool) -> None:
    if as_json:
        out.print(encode(tables), markup=False, soft_wrap=True)
        return
    for title, rows in tables.items():
        show_rows(out, rows, title)
