import subprocess
import sys

import pytest

from schemas.errors import CannotWrite, WarehouseBusy
from warehouse.connection import WarehouseDamaged, open_warehouse

HOLD = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1])
print("open", flush=True)
sys.stdin.read()
"""


def test_file_is_of_the_version_that_others_read(connection):
    tags = connection.sql(
        "select tags from duckdb_databases() where database_name = current_database()"
    ).fetchall()

    assert tags == [({"storage_version": "v1.5.0+"},)]


def test_times_are_shown_in_utc(connection):
    assert connection.sql("select current_setting('TimeZone')").fetchall() == [("UTC",)]


def test_file_another_process_has_open_is_busy(working):
    open_warehouse(working).close()
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(working)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        holder.stdout.readline()
        with pytest.raises(WarehouseBusy, match="another connection has it open"):
            open_warehouse(working)
        holder.stdin.close()


def test_file_that_is_no_warehouse_is_named(working):
    working.write_bytes(b"no database" * 1000)

    with pytest.raises(WarehouseDamaged, match="rebuild"):
        open_warehouse(working)


def test_folder_that_is_a_file_is_named(tmp_path):
    (tmp_path / "data").write_text("")

    with pytest.raises(CannotWrite, match="cannot be made"):
        open_warehouse(tmp_path / "data" / "working.duckdb")
