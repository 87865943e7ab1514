"""The WARC files of one run, while they are written."""

from __future__ import annotations

import fcntl
import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from time import monotonic

from schemas.errors import CannotWrite
from schemas.exchange import Answer
from schemas.records import Capture, Miss
from tasks.warc_capture import write_answer, write_file, write_warcinfo

NEW = ".new"
OPEN = ".open"
ENDING = ".warc.gz"
AGENT = "onrecord/0.1"
# Seconds. At the pace of a real archive every page is synced; a sync costs a fifth of a page.
LONGEST_UNSYNCED = 1.0


class CaptureSeries:
    """Writes the captures of one run: what `keep` returns outlives this process.

    A power cut may take the last second of them; the next run asks for those again.
    """

    def __init__(self, folder: Path, rotate_at: int, run_id: str, started_at: datetime) -> None:
        self._folder = folder
        self._rotate_at = rotate_at
        self._run_id = run_id
        self._started_at = started_at
        self._descriptor = -1
        self._name = ""
        self._size = 0
        self._synced_size = 0
        self._synced_at = 0.0

    def keep(self, answer: Answer) -> Capture | Miss:
        """Write every exchange of an answer; a capture comes back with its place."""
        if not answer.exchanges:
            if isinstance(answer.outcome, Capture):
                return self.keep_file(answer.outcome)
            return answer.outcome
        written = write_answer(answer)
        start = self._append(written.data)
        if isinstance(answer.outcome, Miss):
            return answer.outcome
        return replace(answer.outcome, warc_file=self._name, warc_offset=start + written.offset)

    def keep_file(self, capture: Capture) -> Capture:
        """Write a saved file, or a capture of somebody else's WARC."""
        start = self._append(write_file(capture, self._started_at))
        return replace(capture, warc_file=self._name, warc_offset=start)

    def close(self) -> None:
        if self._descriptor >= 0:
            self._seal()

    def _append(self, data: bytes) -> int:
        if self._descriptor >= 0 and self._size >= self._rotate_at:
            self._seal()
        if self._descriptor < 0:
            self._open_next()
        start = self._size
        self._write(data)
        return start

    def _write(self, data: bytes) -> None:
        """All of it in the file or none; after a failed sync, nothing since the last good one."""
        try:
            _write_whole(self._descriptor, data)
        except OSError as error:
            self._cut_to(self._size)
            raise self._cannot_write(error, len(data)) from error
        self._size += len(data)
        if monotonic() - self._synced_at >= LONGEST_UNSYNCED:
            self._sync()

    def _sync(self) -> None:
        try:
            os.fsync(self._descriptor)
        except OSError as error:
            unsynced = self._size - self._synced_size
            self._cut_to(self._synced_size)
            raise self._cannot_write(error, unsynced) from error
        self._synced_size, self._synced_at = self._size, monotonic()

    def _cut_to(self, size: int) -> None:
        os.ftruncate(self._descriptor, size)
        os.lseek(self._descriptor, size, os.SEEK_SET)
        self._size = size

    def _cannot_write(self, error: OSError, count: int) -> CannotWrite:
        return CannotWrite(
            f"{self._folder / self._name}{OPEN}: {error.strerror} while writing "
            f"{count} bytes. Free space and run again; what was kept stays"
        )

    def _open_next(self) -> None:
        """Under its `.open` name a file is locked from the first moment: nobody repairs it."""
        number = 1
        while self._is_taken(number):
            number += 1
        self._name = _file_name(self._run_id, number)
        new = self._folder / f"{self._name}{NEW}"
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
        new.unlink(missing_ok=True)
        self._descriptor = os.open(new, flags, 0o600)
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)
        info = write_warcinfo(self._name, self._run_id, self._started_at, AGENT)
        self._size = self._synced_size = 0
        self._write(info)
        self._sync()
        new.rename(self._folder / f"{self._name}{OPEN}")
        sync_folder(self._folder)

    def _is_taken(self, number: int) -> bool:
        path = self._folder / _file_name(self._run_id, number)
        return path.exists() or path.with_name(path.name + OPEN).exists()

    def _seal(self) -> None:
        path = self._folder / f"{self._name}{OPEN}"
        self._sync()
        path.rename(self._folder / self._name)
        sync_folder(self._folder)
        os.close(self._descriptor)
        self._descriptor = -1


def _file_name(run_id: str, number: int) -> str:
    return f"{run_id}-{number:05d}{ENDING}"


def run_of(warc_file: str) -> str:
    return warc_file.removesuffix(ENDING).rpartition("-")[0]


def _write_whole(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
