"""Opening the working file: settings, migrations, views. The only place that opens it to write."""

from __future__ import annotations

from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from schemas.errors import CannotWrite, OnrecordError, WarehouseBusy
from warehouse.migrate import migrate
from warehouse.views import create_views

# What others call it, who may not import duckdb.
Connection = DuckDBPyConnection

# A checkpoint writes every index anew; at 16 MB, the default, it came with every second batch.
CHECKPOINT_THRESHOLD = "512MB"

# 50,000 pages were loaded in 0.85 GB of memory, all told; without a limit it grew by 30 KB a page.
MEMORY_LIMIT = "600MB"

# Files of this version open in today's 1.5 command line, DBeaver and R; 2.0 keeps it as it is.
STORAGE_VERSION = "v1.5.0"


class WarehouseDamaged(OnrecordError):
    """The working file cannot be read: put it aside and rebuild it from the captures."""

    exit_code = 65


def open_warehouse(path: Path) -> Connection:
    """Opens and brings up to date. Close it before anything else touches the file.

    A process that merely reads the bytes of a file it has open loses the lock on it.
    """
    connection = _connect(path)
    try:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"set checkpoint_threshold = '{CHECKPOINT_THRESHOLD}'")
        connection.execute(f"set memory_limit = '{MEMORY_LIMIT}'")
        migrate(connection)
        create_views(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _connect(path: Path) -> Connection:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return duckdb.connect(path, config={"storage_compatibility_version": STORAGE_VERSION})
    except OSError as error:
        raise CannotWrite(
            f"{path.parent}: cannot be made ({error.strerror}). "
            "Give another folder with --data, or mend its permissions"
        ) from error
    except duckdb.Error as error:
        raise _explained(path, error) from error


def _explained(path: Path, error: duckdb.Error) -> OnrecordError:
    said = str(error).splitlines()[0]
    if "Conflicting lock" in said or "different configuration" in said:
        return WarehouseBusy(f"{path}: another connection has it open. Wait for it to end ({said})")
    if "Permission denied" in said or "Read-only file system" in said:
        return CannotWrite(f"{path}: cannot be written. Mend its permissions ({said})")
    return WarehouseDamaged(
        f"{path}: cannot be read as a warehouse. Move it and its .wal aside, then run "
        f"`onrecord rebuild` ({said})"
    )
