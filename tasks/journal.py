"""What no page states and the warehouse must not be the only one to know: one JSON line each.

Runs, misses, tombstones, waivers, acknowledgements, deliveries. One file per run, only ever
added to; a last line torn by a kill is passed over when read.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Self

from schemas.errors import BadInput, CannotWrite

ENDING = ".jsonl"
RUN_STARTED = "run_started"
RUN_FINISHED = "run_finished"
_SYNC_EVERY = 64

Line = dict[str, Any]


class Journal:
    """The journal of one run, open for writing.

    A line outlives a kill of the process at once; it outlives a power cut after `sync`, which
    comes by itself every 64 lines and at the end.
    """

    def __init__(self, folder: Path, run_id: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / f"{run_id}{ENDING}"
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW
        self._descriptor = os.open(self._path, flags, 0o600)
        self._unsynced = 0
        self._cut_torn_line()

    def write(self, kind: str, /, **fields: object) -> None:
        """Dates and instants are written as ISO text."""
        line = json.dumps({"kind": kind, **fields}, default=_plain, ensure_ascii=True) + "\n"
        try:
            _write_whole(self._descriptor, line.encode())
        except OSError as error:
            raise CannotWrite(
                f"{self._path}: {error.strerror}. Free space and run again"
            ) from error
        self._unsynced += 1
        if self._unsynced >= _SYNC_EVERY:
            self.sync()

    def sync(self) -> None:
        if self._unsynced:
            os.fsync(self._descriptor)
            self._unsynced = 0

    def close(self) -> None:
        if self._descriptor >= 0:
            self.sync()
            os.close(self._descriptor)
            self._descriptor = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _cut_torn_line(self) -> None:
        """Going on after a torn line would join two lines into one that nobody can read."""
        size = os.fstat(self._descriptor).st_size
        tail = os.pread(self._descriptor, 65_536, max(0, size - 65_536))
        torn = len(tail) - (tail.rfind(b"\n") + 1)
        if torn:
            os.ftruncate(self._descriptor, size - torn)


def read_journal(folder: Path) -> Iterator[Line]:
    """Every line of every run, runs by the time they started; each with its `run_id`."""
    files = [(list(_read_file(path)), path) for path in sorted(folder.glob(f"*{ENDING}"))]
    for lines, path in sorted(files, key=lambda file: _started(*file)):
        run_id = path.name.removesuffix(ENDING)
        for line in lines:
            yield {"run_id": run_id, **line}


def finished_lines(lines: Iterable[Line]) -> Iterator[Line]:
    """Those of runs that reached their end.

    What a killed run said of rows it refused or released is said again by the run that adopts it.
    """
    told = list(lines)
    finished = {line["run_id"] for line in told if line["kind"] == RUN_FINISHED}
    return (line for line in told if line["run_id"] in finished)


def unfinished_runs(folder: Path) -> tuple[str, ...]:
    """Runs that were killed: what they kept is there, and no finished run has adopted it yet."""
    started: dict[str, None] = {}
    settled: set[str] = set()
    for line in read_journal(folder):
        started[line["run_id"]] = None
        if line["kind"] == RUN_FINISHED:
            settled.add(line["run_id"])
            settled.update(line.get("adopted", ()))
    return tuple(run_id for run_id in started if run_id not in settled)


def _read_file(path: Path) -> Iterator[Line]:
    *whole, torn = path.read_bytes().split(b"\n")
    for number, text in enumerate(whole, start=1):
        try:
            line = json.loads(text)
        except ValueError as error:
            raise BadInput(
                f"{path}, line {number}: expected one JSON object, found {text[:80]!r}. "
                "The journal is never edited; bring the file back from a backup"
            ) from error
        yield line
    # What follows the last line end was cut by a kill: its writer never knew it as written.
    del torn


def _started(lines: list[Line], path: Path) -> tuple[str, str]:
    at = next((line.get("started_at", "") for line in lines if line["kind"] == RUN_STARTED), "")
    return str(at), path.name


def _plain(value: object) -> object:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (tuple, set, frozenset)):
        return sorted(value) if not isinstance(value, tuple) else list(value)
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"a journal holds plain values, not {type(value).__name__}: {value!r}")


def _write_whole(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
