"""Which rows of facts an open warehouse has, lacks or has otherwise than the file `before`."""

from __future__ import annotations

from collections.abc import Iterable

from duckdb import DuckDBPyConnection

from warehouse.tables import Table, differ, same, table_named

# The column that leads from a row to its article, to the capture it was read from, to a speaker.
ARTICLE = dict.fromkeys(
    (
        "articles",
        "article_versions",
        "findings",
        "speaker_aliases",
        "speaker_roles",
        "quotes",
        "country_mentions",
        "date_mentions",
    ),
    "article_id",
)
CAPTURE = {
    "captures": "capture_id",
    "blocks": "capture_id",
    "articles": "capture_id",
    # A version is one because of the capture that came after it.
    "article_versions": "superseded_by_capture_id",
}
SPEAKER = {"speakers": "speaker_id"}

WRITTEN = "run_id in (select run_id from new_runs)"
# The cluster of an article changes with other articles; its own row keeps its run.
CLUSTERED = """
    article_id in (
        select now.article_id
        from articles as now inner join before.articles as known using (article_id)
        where now.copy_cluster_id != known.copy_cluster_id
    )
"""
# Articles and captures that a new run has read: only their rows can have gone.
TOUCHED = """
    create or replace temp table touched as
    with read_again as (
        select unit_id as capture_id from dispositions
        where unit_kind = 'capture' and run_id in (select run_id from new_runs)
    )
    select capture_id, null as article_id from read_again
    union all
    select null, article_id from articles semi join read_again using (capture_id)
    union all
    select null, article_id from before.articles semi join read_again using (capture_id)
"""


def note_row_changes(
    connection: DuckDBPyConnection, tables: Iterable[str], *, all_rows: bool
) -> None:
    """Leaves them in the temporary table `row_changes`; see `warehouse.changes.find_changes`."""
    connection.execute(
        """
        create or replace temp table row_changes (
            table_name varchar, row_key varchar, article_id varchar, capture_id varchar,
            speaker_id varchar, change varchar, fields varchar[]
        )
        """
    )
    connection.execute(TOUCHED)
    for name in tables:
        table = table_named(name)
        connection.execute(_come_or_changed(table, all_rows=all_rows))
        connection.execute(_gone(table, all_rows=all_rows))
    connection.execute("drop table temp.touched")


def key_text(table: Table, row: str) -> str:
    """The key as the ledger writes it."""
    if len(table.key) == 1:
        return f"{row}.{table.key[0]}"
    return f"concat_ws(':', {', '.join(f'{row}.{name}' for name in table.key)})"


def _come_or_changed(table: Table, *, all_rows: bool) -> str:
    fields = ", ".join(
        f"case when old.{name} is distinct from new.{name} then '{name}' end"
        for name in table.content
    )
    is_new = f"old.{table.key[0]} is null"
    return f"""
        insert into row_changes
        select
            {_place(table, "new")},
            case when {is_new} then 'added' else 'changed' end,
            list_filter([{fields}], lambda field: field is not null)
        from (select * from {table.name} {_looked_at(table, all_rows=all_rows)}) as new
        left join before.{table.name} as old on {same(table.key, "old", "new")}
        where {is_new} or {differ(table.content, "old", "new")}
    """


def _gone(table: Table, *, all_rows: bool) -> str:
    return f"""
        insert into row_changes
        select {_place(table, "old")}, 'removed', []
        from before.{table.name} as old
        anti join {table.name} as new on {same(table.key, "old", "new")}
        {_of_touched(table, all_rows=all_rows)}
    """


def _place(table: Table, row: str) -> str:
    leads = (
        f"{row}.{columns[table.name]}" if table.name in columns else "null"
        for columns in (ARTICLE, CAPTURE, SPEAKER)
    )
    return f"'{table.name}', {key_text(table, row)}, {', '.join(leads)}"


def _looked_at(table: Table, *, all_rows: bool) -> str:
    if all_rows:
        return ""
    return f"where {WRITTEN} or {CLUSTERED}" if table.name == "articles" else f"where {WRITTEN}"


def _of_touched(table: Table, *, all_rows: bool) -> str:
    """The key alone is compared, so short tables are looked at as a whole."""
    if all_rows or table.name in {"articles", "speakers", "captures"}:
        return ""
    column = "capture_id" if table.name == "blocks" else "article_id"
    return f"where old.{column} in (select {column} from touched where {column} is not null)"
