"""Our own questions to the published generation. A user's SQL goes through `warehouse.query`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import duckdb

from schemas.errors import Unavailable

Row = dict[str, Any]


class PublishedReader:
    """Holds one generation open; a newer one published meanwhile does not disturb it."""

    def __init__(self, database: Path) -> None:
        if not database.is_file():
            raise Unavailable(f"{database}: nothing is published yet. Run `onrecord ingest` first")
        try:
            self._connection = duckdb.connect(database, read_only=True)
        except duckdb.Error as error:
            raise Unavailable(
                f"{database}: cannot be opened as a published generation ({error}). "
                "Run `onrecord rebuild`"
            ) from error
        self._connection.execute("set TimeZone = 'UTC'")

    def rows(self, sql: str, parameters: Sequence[object] | Mapping[str, object] = ()) -> list[Row]:
        result = self._connection.execute(sql, parameters)
        names = [column[0] for column in result.description or ()]
        return [dict(zip(names, values, strict=True)) for values in result.fetchall()]

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
