"""Records of anybody's WARC file: gzip by record or as a whole, or plain; any 1.x version.

Strict about ends, lenient about the rest: other writers leave out digests and use bare line feeds.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from tasks.warc_format import MOST_BREAKS, BrokenRecord, WarcRecord, next_member, told

_STEP = 65_536
_LONGEST_HEAD = 65_536
MOST_BLOCK_BYTES = 64 * 1_048_576
_MARK = b"WARC/1."


def stream_records(data: memoryview) -> Iterator[WarcRecord | tuple[int, str]]:
    """Every record; what is broken comes as (offset, what is wrong), and reading goes on behind."""
    start = breaks = 0
    is_gzip = bytes(data[:2]) == b"\x1f\x8b"
    while start < len(data):
        source = _Gzip(data, start) if is_gzip else _Plain(data, start)
        try:
            while (record := _next_record(source)) is not None:
                yield record
        except BrokenRecord as error:
            breaks += 1
            yield source.record_at, told(str(error), breaks)
            if breaks >= MOST_BREAKS:
                return
            start = _after(data, source.record_at + 1, is_gzip=is_gzip)
        else:
            return


def _after(data: memoryview, start: int, *, is_gzip: bool) -> int:
    return next_member(data, start) if is_gzip else _next_mark(data, start)


def _next_mark(data: memoryview, start: int) -> int:
    while start < len(data):
        found = bytes(data[start : start + _STEP]).find(b"\n" + _MARK)
        if found >= 0:
            return start + found + 1
        start += max(1, min(_STEP, len(data) - start) - len(_MARK))
    return len(data)


class _Plain:
    """Bytes as they lie in the file. `record_at` is where the present record starts."""

    def __init__(self, data: memoryview, start: int) -> None:
        self._data = data
        self._next = start
        self.buffer = bytearray()
        self.record_at = start

    def more(self) -> bool:
        """One more step of bytes into the buffer; False at the end of the file."""
        step = self._data[self._next : self._next + _STEP]
        self.buffer += step
        self._next += len(step)
        return bool(step)

    def begin(self) -> None:
        self.record_at = self._next - len(self.buffer)


class _Gzip(_Plain):
    """Bytes of one gzip member after another. A record lies where its member starts."""

    def __init__(self, data: memoryview, start: int) -> None:
        super().__init__(data, start)
        self._member_at = start
        self._decoder = zlib.decompressobj(zlib.MAX_WBITS + 16)

    def more(self) -> bool:
        if self._next >= len(self._data):
            if self._next > self._member_at:
                raise BrokenRecord("the file ends inside a gzip member")
            return False
        step = self._data[self._next : self._next + _STEP]
        try:
            self.buffer += self._decoder.decompress(step, 16 * _STEP)
        except zlib.error as error:
            raise BrokenRecord(f"gzip: {error}") from error
        # At the end of a member zlib may leave the same bytes in both.
        is_over = self._decoder.eof
        left = self._decoder.unused_data if is_over else self._decoder.unconsumed_tail
        self._next += len(step) - len(left)
        if self._decoder.eof:
            self._member_at = self._next
            self._decoder = zlib.decompressobj(zlib.MAX_WBITS + 16)
        return True

    def begin(self) -> None:
        if not self.buffer:
            self.record_at = self._member_at


def _next_record(source: _Plain) -> WarcRecord | None:
    if not _skip_blank_lines(source):
        return None
    head = _take_head(source)
    version, *lines = head.decode("utf-8", "replace").splitlines()
    if not version.startswith(_MARK.decode()):
        raise BrokenRecord(f"expected a WARC head, found {version[:40]!r}")
    pairs = (line.partition(":") for line in lines)
    fields = {name.strip().lower(): value.strip() for name, _, value in pairs}
    length = fields.get("content-length", "")
    if not length.isascii() or not length.isdigit():
        raise BrokenRecord(f"Content-Length {length[:20]!r}")
    block = _take_block(source, int(length[:18]))
    return WarcRecord(fields.get("warc-type", ""), fields, block, source.record_at, 0)


def _skip_blank_lines(source: _Plain) -> bool:
    """To the next record; False where the file ends between records, as it should."""
    while True:
        text = source.buffer.lstrip(b"\r\n")
        del source.buffer[: len(source.buffer) - len(text)]
        source.begin()
        if source.buffer:
            return True
        if not source.more():
            return False


def _take_head(source: _Plain) -> bytes:
    while True:
        ends = [
            (found, len(mark))
            for mark in (b"\r\n\r\n", b"\n\n")
            if (found := source.buffer.find(mark, 0, _LONGEST_HEAD)) >= 0
        ]
        if ends:
            end, length = min(ends)
            head = bytes(source.buffer[:end])
            del source.buffer[: end + length]
            return head
        if len(source.buffer) > _LONGEST_HEAD or not source.more():
            raise BrokenRecord(f"no end of the head within {_LONGEST_HEAD} bytes")


def _take_block(source: _Plain, length: int) -> bytes:
    if length > MOST_BLOCK_BYTES:
        raise BrokenRecord(f"a block of {length} bytes, at most {MOST_BLOCK_BYTES}")
    while len(source.buffer) < length:
        if not source.more():
            raise BrokenRecord(f"the file ends {length - len(source.buffer)} bytes early")
    block = bytes(source.buffer[:length])
    del source.buffer[:length]
    return block
