"""One writer at a time, held by a lock on a file of its own.

Never on the database file: its owner loses that lock by merely opening and closing it again.
The lock dies with the process, so a kill leaves nothing to clear away.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from schemas.errors import CannotWrite, WarehouseBusy

POLL_SECONDS = 0.2


@contextmanager
def hold_lock(path: Path, wait_seconds: float, holder: str) -> Iterator[None]:
    """Raises `WarehouseBusy` naming the holder when the wait is over."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise CannotWrite(
            f"{path.parent}: cannot be written ({error.strerror}). "
            "Give another folder with --data, or mend its permissions"
        ) from error
    try:
        _wait_for(descriptor, path, wait_seconds)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps({"pid": os.getpid(), "holder": holder}).encode(), 0)
        yield
    finally:
        os.close(descriptor)


def is_held(path: Path) -> bool:
    """Whether a process holds it now; asking takes nothing from anybody."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def read_holder(path: Path) -> str:
    """Who wrote the lock last; only true while the lock is held."""
    try:
        stated = json.loads(path.read_text(encoding="utf-8"))
        return f"{stated['holder']} (process {stated['pid']})"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"


def _wait_for(descriptor: int, path: Path, wait_seconds: float) -> None:
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise WarehouseBusy(
                    f"{path.parent}: {read_holder(path)} is writing. Wait for it to end, "
                    "or set ONRECORD_LOCK_WAIT_SECONDS to wait here"
                ) from None
            time.sleep(POLL_SECONDS)
        else:
            return
