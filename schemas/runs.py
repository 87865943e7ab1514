"""Contracts of `runs`, `dispositions` and `evaluations`: what a run did, and how well."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import get_args

import polars as pl

from schemas import forms
from schemas.companions import in_order
from schemas.contract import About, Contract, Instant, Strings, column
from schemas.reasons import all_ends
from schemas.records import UnitKind
from schemas.rule import Rule

RUN_STATUSES = ("completed", "blocked", "interrupted", "failed")


class Runs(Contract, about=About(key=("run_id",), owner="operations")):
    """One row is one execution of a flow."""

    run_id: str = column("Id of the run.", forms.a_name)
    flow: str = column("Flow or command that ran.", forms.a_name)
    sources: Strings = column("Archives asked for.", forms.whole_lines)
    since: date = column("First day asked for.", forms.a_published_day, nullable=True)
    until: date = column("Last day asked for.", forms.a_published_day, nullable=True)
    started_at: Instant = column("When it began (UTC).", forms.an_instant)
    finished_at: Instant = column(
        "When it ended (UTC); null if killed.", forms.an_instant, nullable=True
    )
    status: str = column("How it ended.", listed=RUN_STATUSES)
    onrecord_version: str = column("Version of the program.", forms.a_name)
    rules_digest: str = column("Digest of contracts, extractors and vocabulary.", forms.a_name)
    corrections_digest: str = column("Digest of the corrections.", forms.a_name)
    page_count: int = column("Pages that ended in it.", forms.a_count)
    capture_count: int = column("Captures that ended in it.", forms.a_count)
    record_count: int = column("Records that ended in it.", forms.a_count)
    quarantined_count: int = column("Captures and records it quarantined.", forms.a_count)
    generation: int = column("Generation published.", forms.a_number_from_one, nullable=True)
    message: str = column("What a person should know.", forms.a_text, nullable=True)
    held_sources: Strings = column(
        "Archives whose facts stay as last published.", forms.whole_lines
    )
    parser_digest: str = column("Digest of the code that reads pages.", forms.a_name, nullable=True)
    vocabulary_digest: str = column("Digest of the word lists.", forms.a_name, nullable=True)
    contract_digest: str = column("Digest of the contracts.", forms.a_name, nullable=True)

    @classmethod
    def rules(cls) -> tuple[Rule, ...]:
        return (
            in_order("since", "until", {"since": date(2007, 5, 2), "until": date(2007, 5, 1)}),
            in_order(
                "started_at",
                "finished_at",
                {
                    "started_at": datetime(2022, 6, 2, tzinfo=UTC),
                    "finished_at": datetime(2022, 6, 1, tzinfo=UTC),
                },
            ),
            Rule(
                name="completed_run_has_finished",
                column="finished_at",
                passes=(pl.col("status") != "completed") | pl.col("finished_at").is_not_null(),
                says="A completed run has an end.",
                broken_by={"status": "completed", "finished_at": None},
            ),
            Rule(
                name="only_completed_runs_publish",
                column="generation",
                passes=pl.col("generation").is_null() | (pl.col("status") == "completed"),
                says="A blocked, interrupted or failed run publishes nothing.",
                broken_by={"status": "blocked", "generation": 3},
            ),
            Rule(
                name="quarantined_are_among_the_counted",
                column="quarantined_count",
                passes=pl.col("quarantined_count")
                <= pl.col("capture_count") + pl.col("record_count"),
                says="No more is quarantined than captures and records ended.",
                broken_by={"quarantined_count": 1_000_000},
            ),
        )


class Dispositions(
    Contract, about=About(key=("run_id", "unit_kind", "unit_id"), owner="operations")
):
    """One row is the one end of one page, capture or record in one run."""

    run_id: str = column("Run in which it ended.", forms.a_name)
    unit_kind: str = column("What ended.", listed=get_args(UnitKind))
    unit_id: str = column("Its id; for a record `table:row key`.", forms.a_line)
    disposition: str = column("How it ended.", forms.a_name)
    reason: str = column("Why.", forms.a_name)
    source: str = column("Declared archive; `files` for files.", forms.a_name)

    @classmethod
    def rules(cls) -> tuple[Rule, ...]:
        end = pl.concat_str("unit_kind", "disposition", "reason", separator=" ")
        return (
            Rule(
                name="end_is_listed",
                column="reason",
                passes=end.is_in(all_ends()),
                says="Unit, disposition and reason stand together in schemas/reasons.py.",
                broken_by={"reason": "because"},
            ),
            Rule(
                name="record_names_its_table",
                column="unit_id",
                passes=(pl.col("unit_kind") != "record")
                | pl.col("unit_id").str.contains(r"^[a-z_]+:."),
                says="The unit_id of a record is `table:row key`.",
                broken_by={
                    "unit_kind": "record",
                    "disposition": "loaded",
                    "reason": "new",
                    "unit_id": "a" * 32,
                },
            ),
        )


class Evaluations(Contract, about=About(key=("evaluation_id",), owner="extraction")):
    """One row is one figure measured against one set of labelled documents."""

    evaluation_id: str = column("Id of the measurement.", forms.an_id)
    label_set: str = column("Labelled documents.", forms.a_name)
    figure: str = column("What was measured.", forms.a_name)
    value: float = column("The figure.", forms.a_number)
    counted: int = column("How many cases it rests on.", forms.a_count)
    evaluated_at: Instant = column("When (UTC).", forms.an_instant)
    onrecord_version: str = column("Version of the program.", forms.a_name)
    rules_digest: str = column("Digest of contracts, extractors and vocabulary.", forms.a_name)
