"""The views: `stg_*` (one per table) and `rpt_*` (one per report), made anew at every opening.

A file holds the select statement alone; its first comment line is the grain.
"""

from __future__ import annotations

from pathlib import Path

from duckdb import DuckDBPyConnection

FOLDER = Path(__file__).parent / "views"


def view_files(folder: Path = FOLDER) -> tuple[Path, ...]:
    """Reports rest on staging views, so these come first."""
    return (*sorted(folder.glob("stg_*.sql")), *sorted(folder.glob("rpt_*.sql")))


def create_views(connection: DuckDBPyConnection, folder: Path = FOLDER) -> None:
    files = view_files(folder)
    connection.execute("begin transaction")
    try:
        _drop_others(connection, {path.stem for path in files})
        for path in files:
            sql = path.read_text(encoding="utf-8")
            connection.execute(f'create or replace view "{path.stem}" as {sql}')
            connection.execute(f"comment on view \"{path.stem}\" is '{quoted(grain_of(sql))}'")
        connection.execute("commit")
    except BaseException:
        connection.execute("rollback")
        raise


def grain_of(sql: str) -> str:
    return sql.splitlines()[0].removeprefix("--").strip()


def _drop_others(connection: DuckDBPyConnection, kept: set[str]) -> None:
    """A view whose file is gone goes too."""
    names = connection.execute(
        "select view_name from duckdb_views() where not internal and schema_name = 'main'"
    ).fetchall()
    for (name,) in names:
        if name not in kept:
            connection.execute(f'drop view "{name}"')


def quoted(text: str) -> str:
    """A comment takes no parameter; the text is our own."""
    return text.replace("'", "''")
