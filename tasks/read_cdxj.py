"""The pages that a CDXJ index names, read from the WARC files beside it.

A line is a key, a time and a JSON object with `filename` and `offset`. The files stand where the
index does, or in the `archive` folder beside its own, as replay tools lay them out.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tasks.read_files import BadFile, Found
from tasks.read_warc import read_page
from tasks.warc_stream import stream_records

_PARTS = 3  # key, time, object
_COMMENT = "!"


def read_cdxj(path: Path) -> Iterator[Found]:
    """In the order of the index. `place` of a bad line is its number, of a page its record."""
    try:
        with path.open(encoding="utf-8", errors="replace") as lines, ExitStack() as open_files:
            files = _Files(path, open_files)
            for number, line in enumerate(lines, start=1):
                if line.strip() and not line.startswith(_COMMENT):
                    yield _read_line(f"{path}:{number}", line, files)
    except OSError as error:
        yield BadFile(str(path), "unreadable_file", str(error.strerror))


class _Files:
    """The WARC files of one index, each opened once."""

    def __init__(self, index: Path, opened: ExitStack) -> None:
        self._folders = (index.parent, index.parent.parent / "archive")
        self._opened = opened
        self._maps: dict[str, tuple[Path, mmap.mmap]] = {}

    def find(self, name: str) -> tuple[Path, mmap.mmap] | None:
        """By its last name alone: an index leads to no other folder."""
        name = Path(name).name
        if name not in self._maps:
            found = next((each / name for each in self._folders if (each / name).is_file()), None)
            if found is None or found.stat().st_size == 0:
                return None
            file = self._opened.enter_context(found.open("rb"))
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            self._maps[name] = found, self._opened.enter_context(mapped)
        return self._maps[name]


def _read_line(place: str, line: str, files: _Files) -> Found:
    try:
        fields = _fields(line)
        name, offset = str(fields["filename"]), int(fields["offset"])
    except (ValueError, KeyError, TypeError, IndexError) as error:
        wrong = f"{type(error).__name__}: {error}"
        return BadFile(
            place, "index_unreadable", f"expected key, time and JSON with filename, offset: {wrong}"
        )
    found = files.find(name)
    if found is None:
        return BadFile(place, "unreadable_file", f"{name}: expected beside the index")
    return _read_at(*found, offset)


def _fields(line: str) -> dict[str, Any]:
    fields = json.loads(line.split(" ", _PARTS - 1)[_PARTS - 1])
    if not isinstance(fields, dict):
        raise TypeError(f"found {type(fields).__name__}")
    return fields


def _read_at(path: Path, mapped: mmap.mmap, offset: int) -> Found:
    place = f"{path}:{offset}"
    if not 0 <= offset < len(mapped):
        return BadFile(place, "broken_warc", f"the file ends at byte {len(mapped)}")
    with memoryview(mapped) as whole, whole[offset:] as data:
        record = next(stream_records(data), None)
        if record is None or isinstance(record, tuple):
            detail = record[1] if record else "nothing there"
            return BadFile(place, "broken_warc", detail)
        if record.kind not in {"response", "resource"}:
            return BadFile(place, "not_a_page", f"a record of kind {record.kind}")
        return read_page(place, record)
