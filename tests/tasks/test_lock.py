"""One writer at a time; a lock ends with its holder."""

from __future__ import annotations

import subprocess
import sys
import threading
import time

import pytest

from schemas.errors import CannotWrite, WarehouseBusy
from tasks.lock import hold_lock, read_holder


def test_a_second_writer_is_told_who_writes(tmp_path):
    path = tmp_path / "data" / "writer.lock"

    with (
        hold_lock(path, 0, "ingest run-1"),
        pytest.raises(WarehouseBusy, match=r"ingest run-1 \(process \d+\) is writing"),
        hold_lock(path, 0, "ingest run-2"),
    ):
        pass


def test_a_lock_is_released_at_the_end_and_after_an_error(tmp_path):
    path = tmp_path / "writer.lock"
    with pytest.raises(ValueError, match="work failed"), hold_lock(path, 0, "first"):
        raise ValueError("work failed")

    with hold_lock(path, 0, "second"):
        assert read_holder(path).startswith("second (process ")


def test_a_writer_waits_as_long_as_it_was_told_to(tmp_path):
    path = tmp_path / "writer.lock"
    is_held, may_end = threading.Event(), threading.Event()

    def hold():
        with hold_lock(path, 0, "first"):
            is_held.set()
            may_end.wait(10)

    first = threading.Thread(target=hold)
    first.start()
    assert is_held.wait(10)
    threading.Timer(0.3, may_end.set).start()

    with hold_lock(path, 10, "second"):
        assert may_end.is_set()
    first.join()


def test_a_short_name_leaves_nothing_of_a_long_one(tmp_path):
    path = tmp_path / "writer.lock"
    with hold_lock(path, 0, "a holder with a long name"):
        pass

    with hold_lock(path, 0, "b"):
        assert read_holder(path).startswith("b (process ")


def test_a_killed_holder_leaves_nothing_to_clear_away(tmp_path):
    path = tmp_path / "writer.lock"
    code = (
        "import sys, time; from pathlib import Path; from tasks.lock import hold_lock\n"
        "with hold_lock(Path(sys.argv[1]), 0, 'doomed'): print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code, path], stdout=subprocess.PIPE) as doomed:
        assert doomed.stdout.readline() == b"held\n"
        with pytest.raises(WarehouseBusy, match="doomed"), hold_lock(path, 0, "next"):
            pass
        doomed.kill()
        doomed.wait()

    started = time.monotonic()
    with hold_lock(path, 5, "next"):
        assert time.monotonic() - started < 5


@pytest.mark.parametrize("stated", ["", "{", '{"pid": 1}', "[1]", '"x"'])
def test_a_holder_that_cannot_be_read_is_another_process(tmp_path, stated):
    path = tmp_path / "writer.lock"
    path.write_text(stated, encoding="utf-8")

    assert read_holder(path) == "another process"


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "data").write_text("a file stands here", encoding="utf-8")

    with (
        pytest.raises(CannotWrite, match="Give another folder with --data"),
        hold_lock(tmp_path / "data" / "writer.lock", 0, "first"),
    ):
        pass
