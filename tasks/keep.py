"""Captures on disk: WARC files, written once and never edited.

A file being written ends in `.open`; whole files have an index beside them.
"""

from __future__ import annotations

import fcntl
import mmap
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from schemas.errors import BadInput, NotFound
from schemas.exchange import KnownPage
from schemas.records import Capture
from tasks.canonical_url import canonical_url
from tasks.capture_index import IndexLine, index_line, read_index, write_index
from tasks.capture_series import ENDING, OPEN, CaptureSeries, run_of, sync_folder
from tasks.warc_capture import Role, read_capture
from tasks.warc_format import BrokenRecord, WarcRecord, read_record, read_records

__all__ = ["BrokenCapture", "CaptureSeries", "CaptureStore"]

ROTATE_AT = 256 * 1_048_576


@dataclass(frozen=True, slots=True)
class BrokenCapture:
    """A record that cannot be read back. The records round it can."""

    warc_file: str
    warc_offset: int
    detail: str


@dataclass(frozen=True, slots=True)
class Newest:
    """What a source showed last: its pages by their listed address, and its listings."""

    lines: dict[str, IndexLine]
    listings: tuple[IndexLine, ...]

    @property
    def pages(self) -> dict[str, KnownPage]:
        return {url: line.known_page() for url, line in self.lines.items()}

    def page(self, url: str) -> KnownPage | None:
        line = self.lines.get(url)
        return line.known_page() if line else None


class CaptureStore:
    """The folder of all WARC files. Reading needs no lock: sealed files never change."""

    def __init__(self, folder: Path, rotate_at: int = ROTATE_AT) -> None:
        self.folder = folder
        self.rotate_at = rotate_at

    @contextmanager
    def series(self, run_id: str, started_at: datetime) -> Iterator[CaptureSeries]:
        """The files of one run; sealed at the end, whatever the end."""
        self.folder.mkdir(parents=True, exist_ok=True)
        series = CaptureSeries(self.folder, self.rotate_at, run_id, started_at)
        try:
            yield series
        finally:
            series.close()

    def read(self, warc_file: str, warc_offset: int, role: Role = "page") -> Capture:
        """The capture whose record starts there. Raises BadInput where it cannot be read."""
        with self._mapped(warc_file) as data:
            try:
                capture = read_capture(read_record(data, warc_offset), warc_file, role)
                trouble = f"no {role} at byte {warc_offset}"
            except BrokenRecord as error:
                # Raised below: what an error holds of the file would keep it from being closed.
                capture, trouble = None, str(error)
        if capture is None:
            raise BadInput(f"{self.folder / warc_file}: {trouble}")
        return capture

    def read_all(self, after: str | None = None) -> Iterator[Capture | BrokenCapture]:
        """Every capture, in order of file and offset; `after` is the last file not wanted."""
        for name in self.sealed_files():
            if after is None or name > after:
                yield from self.read_file(name)

    def read_run(self, run_id: str) -> Iterator[Capture | BrokenCapture]:
        """What one run kept."""
        for name in self.sealed_files():
            if run_of(name) == run_id:
                yield from self.read_file(name)

    def read_file(self, warc_file: str) -> Iterator[Capture | BrokenCapture]:
        with self._mapped(warc_file) as data:
            for record in read_records(data):
                if isinstance(record, tuple):
                    yield BrokenCapture(warc_file, *record)
                    continue
                try:
                    capture = read_capture(record, warc_file)
                except BrokenRecord as error:
                    yield BrokenCapture(warc_file, record.start, str(error))
                    continue
                if capture is not None:
                    yield capture

    def newest(self, source: str) -> Newest:
        """The newest complete capture of every page and listing of a source, by its address."""
        newest: dict[tuple[str, str], IndexLine] = {}
        for line in self.index():
            if line.source == source and line.completeness == "complete":
                place = line.role, line.page_url
                newest[place] = max(line, newest.get(place, line), key=_age)
        pages = {url: line for (role, url), line in newest.items() if role == "page"}
        return Newest(pages, tuple(each for each in newest.values() if each.role == "listing"))

    def known_pages(self, source: str) -> dict[str, KnownPage]:
        return self.newest(source).pages

    def is_sound(self, line: IndexLine) -> bool:
        """Whether the capture can be read back, its digest checked."""
        try:
            self.read(line.filename, line.offset)
        except (BadInput, NotFound):
            return False
        return True

    def kept_pages(self, run_ids: tuple[str, ...]) -> dict[tuple[str, str], IndexLine]:
        """What the named runs kept, by source and listed address: nobody asks for these again."""
        wanted = frozenset(run_ids)
        return {
            (line.source, line.page_url): line
            for name in self.sealed_files()
            if run_of(name) in wanted
            for line in self._index_of(name)
            if line.role == "page"
        }

    def find(self, url: str) -> list[IndexLine]:
        """Where the captures of an address lie, oldest first; any spelling of it will do."""
        wanted = canonical_url(url)
        lines = (
            line
            for line in self.index()
            if wanted in {canonical_url(line.url), canonical_url(line.page_url)}
        )
        return sorted(lines, key=_age)

    def index(self) -> Iterator[IndexLine]:
        for name in self.sealed_files():
            yield from self._index_of(name)

    def sealed_files(self) -> list[str]:
        return sorted(path.name for path in self.folder.glob(f"*{ENDING}"))

    def repair(self) -> tuple[str, ...]:
        """Seal what a killed run left open, cut after its last whole record.

        A file that a living process writes is locked and left alone.
        """
        sealed = []
        for path in sorted(self.folder.glob(f"*{ENDING}{OPEN}")):
            descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if path.exists():
                    sealed += self._seal_torn(path, descriptor)
            except BlockingIOError:
                continue
            finally:
                os.close(descriptor)
        return tuple(sealed)

    def _seal_torn(self, path: Path, descriptor: int) -> list[str]:
        end = self._whole_length(path)
        os.ftruncate(descriptor, end)
        if end == 0:
            path.unlink()
            return []
        os.fsync(descriptor)
        name = path.name.removesuffix(OPEN)
        path.rename(self.folder / name)
        sync_folder(self.folder)
        return [name]

    def _whole_length(self, path: Path) -> int:
        end = 0
        if path.stat().st_size == 0:
            return 0
        with _map(path) as data:
            while end < len(data):
                try:
                    end = read_record(data, end).end
                except BrokenRecord:
                    break
        return end

    def _index_of(self, warc_file: str) -> list[IndexLine]:
        path = self.index_path(warc_file)
        if path.exists():
            try:
                return read_index(path)
            except (ValueError, KeyError, TypeError, IndexError):
                # Torn or edited: it is derived, so write it anew below.
                pass
        with self._mapped(warc_file) as data:
            records = (each for each in read_records(data) if isinstance(each, WarcRecord))
            lines = [line for each in records if (line := index_line(each, warc_file))]
        write_index(path, lines)
        return lines

    def index_path(self, warc_file: str) -> Path:
        return self.folder / f"{warc_file.removesuffix(ENDING)}.cdxj"

    @contextmanager
    def _mapped(self, warc_file: str) -> Iterator[memoryview]:
        """A file is read under its final name; while it is written it has another."""
        if "/" in warc_file or not warc_file.endswith(ENDING):
            raise BadInput(f"{warc_file!r}: expected the name of a file in {self.folder}")
        for path in (self.folder / warc_file, self.folder / f"{warc_file}{OPEN}"):
            if path.exists():
                with _map(path) as data:
                    yield data
                return
        raise NotFound(
            f"{self.folder / warc_file} is gone: expected the WARC file a row points to. "
            "Bring it back from a backup"
        )


def _age(line: IndexLine) -> tuple[str, str]:
    return line.captured_at, line.capture_id


@contextmanager
def _map(path: Path) -> Iterator[memoryview]:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        view = memoryview(mapped)
        try:
            yield view
        finally:
            view.release()
