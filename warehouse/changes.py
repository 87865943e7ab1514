"""What differs from an earlier generation, row by row and field by field, each with its cause.

Rows of facts are compared by key; `causes.sql` tells whose doing a difference is. A capture that
the earlier generation had not read brings documents and changed pages; one that it had read was
read again, and then a correction or the rules of today differ from those it was read under.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
from duckdb import DuckDBPyConnection

from schemas.catalogue import FACT_TABLES
from schemas.causes import CAUSES, CHANGES
from warehouse.change_examples import Examples, read_examples
from warehouse.frames import registered
from warehouse.row_changes import note_row_changes

CAUSES_FILE = Path(__file__).parent / "causes.sql"
TEMPORARY = (
    "runs_before",
    "new_runs",
    "row_changes",
    "placed",
    "read_before",
    "changed_corrections",
    "refused_units",
    "caused",
)
RULE_COLUMNS = ("rules_digest", "parser_digest", "vocabulary_digest", "contract_digest")

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """As table `changes` keeps it, but for run and reasons."""

    table_name: str
    field: str
    change: str
    cause: str
    row_count: int
    examples: Examples = ()


@dataclass(frozen=True, slots=True)
class Changed:
    """`rules_before`: digests that captures had been read under before they were read again.
    `corrections`: in words, those in force at one of the two readings only.
    """

    changes: tuple[Change, ...] = ()
    rules_before: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RulesNow:
    """What pages are read under today, and every correction known under the digest of its file.

    `corrections` has `corrections_digest, capture_id, table_name, text`.
    """

    rules_digest: str
    parser_digest: str
    vocabulary_digest: str
    contract_digest: str
    corrections_digest: str
    corrections: pl.DataFrame

    def frame(self) -> pl.DataFrame:
        names = (*RULE_COLUMNS, "corrections_digest")
        return pl.DataFrame({name: [getattr(self, name)] for name in names})


def find_changes(
    connection: DuckDBPyConnection, before: Path, rules: RulesNow, run_id: str | None
) -> Changed:
    """The open warehouse against a published file.

    Only what `run_id` and other runs after `before` wrote or read is looked at, so that the cost
    is that of what is new. Without a run every row is compared, as after a rebuild, which writes
    under old run ids.
    """
    with (
        _attached(connection, before),
        registered(connection, rules_now=rules.frame(), known_corrections=rules.corrections),
    ):
        _note_runs(connection, run_id)
        note_row_changes(connection, FACT_TABLES, all_rows=run_id is None)
        connection.execute(CAUSES_FILE.read_text(encoding="utf-8"))
        changed = Changed(
            tuple(_counted(connection)),
            _texts(connection, "select distinct rules_digest from read_before order by all"),
            _texts(connection, "select distinct text from changed_corrections order by all"),
        )
        for name in TEMPORARY:
            connection.execute(f"drop table temp.{name}")
    return changed


@contextmanager
def _attached(connection: DuckDBPyConnection, before: Path) -> Iterator[None]:
    path = str(before).replace("'", "''")
    connection.execute(f"attach '{path}' as before (read_only)")
    try:
        yield
    finally:
        connection.execute("detach before")


def _note_runs(connection: DuckDBPyConnection, run_id: str | None) -> None:
    """A file of an earlier version has not every column; the row of a run comes at its end.

    Of a run whose sources were held back the earlier file has the row, but not all it wrote.
    """
    known = connection.execute(
        "select column_name from duckdb_columns() "
        "where database_name = 'before' and table_name = 'runs'"
    ).fetchall()
    columns = [name if (name,) in known else f"null::varchar as {name}" for name in RULE_COLUMNS]
    held = "held_sources" if ("held_sources",) in known else "[]::varchar[] as held_sources"
    connection.execute(
        "create or replace temp table runs_before as select "
        f"run_id, started_at, corrections_digest, {held}, {', '.join(columns)} from before.runs"
    )
    connection.execute(
        "create or replace temp table new_runs as "
        "select run_id from (select run_id from runs union select $run_id) "
        "anti join (select run_id from runs_before where held_sources = []) using (run_id) "
        "where run_id is not null",
        {"run_id": run_id},
    )


def _counted(connection: DuckDBPyConnection) -> Iterator[Change]:
    rows = connection.execute(
        f"""
        select
            table_name,
            field,
            change,
            cause,
            count(*) as row_count,
            list(row_key order by row_key)[1:3] as row_keys
        from caused
        group by table_name, field, change, cause
        order by
            list_position({list(FACT_TABLES)}, table_name),
            field,
            list_position({list(CHANGES)}, change),
            list_position({list(CAUSES)}, cause)
        """
    ).fetchall()
    for table_name, field, change, cause, row_count, row_keys in rows:
        examples = read_examples(connection, table_name, field, row_keys)
        yield Change(table_name, field, change, cause, row_count, examples)


def _texts(connection: DuckDBPyConnection, sql: str) -> tuple[str, ...]:
    rows: Sequence[tuple[str]] = connection.execute(sql).fetchall()
    return tuple(text for (text,) in rows)
