"""A published generation as files that other programs read: Parquet, CSV, a data package.

    DIR/quotes.parquet     as stored
    DIR/quotes.csv         the same rows; lists are JSON, instants ISO 8601 in UTC
    DIR/datapackage.json   what every file and column means, with digests

The folder appears whole or not at all, and the same generation gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb
from duckdb import DuckDBPyConnection

from schemas.catalogue import CONTRACTS, Column, columns_of
from schemas.contract import grain_of, key_of
from schemas.data_package import frictionless_package
from schemas.errors import BadUsage, CannotWrite, Unavailable
from warehouse.tables import listed

PACKAGE_NAME = "datapackage.json"
# What a spreadsheet takes for a formula, full-width forms included. An apostrophe before it makes
# it text; one more is put where a text had some already, so that taking one away gives the text.
FORMULA = r"^'*[=+\-@\t\r\n\x{ff1d}\x{ff0b}\x{ff0d}\x{ff20}]"
CELLS_SAFE = "A text that a spreadsheet would take for a formula has an apostrophe before it."
_CSV = {"format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
CELLS_RAW = "Texts are as stored: a spreadsheet may take some for formulas."


def export(database: Path, folder: Path, *, is_raw: bool = False) -> list[Path]:
    """The files written. Raises `BadUsage` where the folder holds something already."""
    if not database.is_file():
        raise Unavailable(f"{database}: nothing is published yet. Run `onrecord ingest` first")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadUsage(f"{folder}: expected a new or an empty folder, found files. Name another")
    half_made = folder.with_name(f".{folder.name}.part")
    try:
        _write(database, half_made, is_raw=is_raw)
        if folder.exists():
            folder.rmdir()
        half_made.rename(folder)
    except (OSError, duckdb.IOException) as error:
        raise CannotWrite(
            f"{folder}: cannot be written ({error}). Free space or mend permissions"
        ) from error
    finally:
        shutil.rmtree(half_made, ignore_errors=True)
    return sorted(folder.iterdir())


def _write(database: Path, folder: Path, *, is_raw: bool) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with duckdb.connect(database, read_only=True) as connection:
        connection.execute("set TimeZone = 'UTC'")
        for table in CONTRACTS:
            _write_table(connection, table, folder, is_raw=is_raw)
        run = _newest_run(connection)
    package = _package(folder, run, is_raw=is_raw)
    text = json.dumps(package, ensure_ascii=False, indent=1) + "\n"
    (folder / PACKAGE_NAME).write_text(text, encoding="utf-8")
    for path in folder.iterdir():
        _flush(path)


def _write_table(connection: DuckDBPyConnection, table: str, folder: Path, *, is_raw: bool) -> None:
    contract = CONTRACTS[table]
    order = listed(key_of(contract))
    columns = listed(tuple(column.name for column in columns_of(contract)))
    cells = ", ".join(_cell(column, is_raw=is_raw) for column in columns_of(contract))
    for selected, path, options in (
        (columns, folder / f"{table}.parquet", "format parquet, compression zstd"),
        (cells, folder / f"{table}.csv", "format csv, header, force_quote *"),
    ):
        target = str(path).replace("'", "''")
        connection.execute(
            f"copy (select {selected} from {table} order by {order}) to '{target}' ({options})"
        )


def _cell(column: Column, *, is_raw: bool) -> str:
    name, kind = column.name, column.duckdb_type
    if kind.endswith("[]"):
        return f"to_json({name})::varchar as {name}"
    if kind == "TIMESTAMP WITH TIME ZONE":
        return f"strftime({name}, '%Y-%m-%dT%H:%M:%S.%fZ') as {name}"
    if kind == "VARCHAR" and not is_raw:
        pattern = FORMULA.replace("'", "''")
        return f"if(regexp_matches({name}, '{pattern}'), '''' || {name}, {name}) as {name}"
    return name


def _package(folder: Path, run: Mapping[str, Any], *, is_raw: bool) -> dict[str, Any]:
    package = frictionless_package()
    for resource in package["resources"]:
        resource.update(_CSV, **_proof(folder / resource["path"]))
    return {
        "profile": package["profile"],
        "name": package["name"],
        "title": "Who said what, when, and about which countries",
        "description": CELLS_RAW if is_raw else CELLS_SAFE,
        **run,
        "resources": package["resources"],
        # Beside the resources: the standard has tables in text, and these are the same rows.
        "parquet": list(_parquet(folder)),
    }


def _parquet(folder: Path) -> Iterator[dict[str, Any]]:
    for table, contract in CONTRACTS.items():
        path = folder / f"{table}.parquet"
        yield {"path": path.name, "description": grain_of(contract), **_proof(path)}


def _proof(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"bytes": path.stat().st_size, "hash": f"sha256:{digest}"}


def _newest_run(connection: DuckDBPyConnection) -> dict[str, Any]:
    """When the record was made, and by what: never the clock of the export."""
    rows = connection.execute(
        "select strftime(finished_at, '%Y-%m-%dT%H:%M:%SZ'), onrecord_version, generation "
        "from runs where status = 'completed' order by started_at desc, run_id desc limit 1"
    ).fetchall()
    if not rows:
        return {}
    created, version, generation = rows[0]
    published = "" if generation is None else f"+{generation}"
    return {"created": created, "version": f"{version}{published}"}


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
