"""Bringing a warehouse file up to date: numbered SQL files, each once, each whole or not at all."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from duckdb import DuckDBPyConnection

from schemas.errors import OnrecordError

FOLDER = Path(__file__).parent / "migrations"


class MigrationMismatch(OnrecordError):
    """The file was made by other migrations than these: use the version that made it."""

    exit_code = 78


@dataclass(frozen=True, slots=True)
class Migration:
    version: int
    name: str
    sql: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.sql.encode()).hexdigest()


def read_migrations(folder: Path = FOLDER) -> tuple[Migration, ...]:
    """In number order: `0001_articles.sql` is version 1."""
    return tuple(
        Migration(int(path.name[:4]), path.stem, path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("[0-9][0-9][0-9][0-9]_*.sql"))
    )


def applied(connection: DuckDBPyConnection) -> dict[int, str]:
    """Version to digest of every migration this file has had."""
    exists = connection.execute(
        "select count(*) from duckdb_tables() where table_name = 'migrations'"
    ).fetchall()
    if exists == [(0,)]:
        return {}
    return dict(
        connection.execute("select version, digest from migrations order by version").fetchall()
    )


def pending(connection: DuckDBPyConnection, folder: Path = FOLDER) -> tuple[Migration, ...]:
    done = applied(connection)
    known = read_migrations(folder)
    _refuse_strangers(done, known)
    return tuple(migration for migration in known if migration.version not in done)


def migrate(connection: DuckDBPyConnection, folder: Path = FOLDER) -> tuple[Migration, ...]:
    """Applies what is pending, in order, and returns it."""
    todo = pending(connection, folder)
    for migration in todo:
        _apply(connection, migration)
    if todo:
        # Read only now: the contracts bring pandera, and most openings have nothing to migrate.
        from warehouse.comments import comment_tables  # noqa: PLC0415

        comment_tables(connection)
    return todo


def _apply(connection: DuckDBPyConnection, migration: Migration) -> None:
    connection.execute("begin transaction")
    try:
        connection.execute(
            "create table if not exists migrations "
            "(version bigint primary key, name varchar not null, digest varchar not null)"
        )
        connection.execute(migration.sql)
        connection.execute(
            "insert into migrations values (?, ?, ?)",
            [migration.version, migration.name, migration.digest],
        )
        connection.execute("commit")
    except BaseException:
        connection.execute("rollback")
        raise


def _refuse_strangers(done: dict[int, str], known: tuple[Migration, ...]) -> None:
    ours = {migration.version: migration for migration in known}
    for version, digest in done.items():
        if version not in ours:
            raise MigrationMismatch(
                f"migration {version}: this warehouse has had it, this program does not know it. "
                "Use the newer onrecord that made the file, or `onrecord rebuild`"
            )
        if ours[version].digest != digest:
            raise MigrationMismatch(
                f"{ours[version].name}: edited since this warehouse had it. "
                "Undo the edit and add a new migration, or `onrecord rebuild`"
            )
