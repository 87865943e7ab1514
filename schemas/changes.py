"""Contract of `changes`: what a run made different, and because of what."""

from __future__ import annotations

import polars as pl

from schemas import forms
from schemas.causes import CAUSES, CHANGES
from schemas.contract import About, Contract, Strings, column
from schemas.rule import Rule


class Changes(
    Contract,
    about=About(key=("run_id", "table_name", "field", "change", "cause"), owner="operations"),
):
    """One row is one kind of difference that a run made to one field, and its cause."""

    run_id: str = column("Run that made it.", forms.a_name)
    table_name: str = column("Table that differs.", forms.a_name)
    field: str = column("Column that differs; empty where whole rows came or went.")
    change: str = column("What happened to the rows.", listed=CHANGES)
    cause: str = column("Whose doing it was.", listed=CAUSES)
    row_count: int = column("Rows it happened to.", forms.a_number_from_one)
    because: Strings = column(
        "Files, packages and corrections that differ from those before.", forms.whole_lines
    )
    examples: str = column(
        "At most 3 of the rows, as JSON: key, and the value before and after.", forms.a_json_list
    )

    @classmethod
    def rules(cls) -> tuple[Rule, ...]:
        return (
            Rule(
                name="only_changed_rows_have_a_field",
                column="field",
                passes=(pl.col("change") == "changed") == (pl.col("field") != ""),
                says="A field is named where rows changed, and nowhere else.",
                broken_by={"change": "added", "field": "headline"},
            ),
        )
