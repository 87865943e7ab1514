"""WARC 1.1 records as bytes, one gzip member each. Pure."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from schemas.ids import make_id

VERSION = b"WARC/1.1"
_LEVEL = 6
_STEP = 1_048_576
_LONGEST_HEAD = 65_536
# A record holds one answer, and an answer is bounded when it is fetched.
_MOST_BYTES = 256 * 1_048_576
MOST_BREAKS = 1_000

Fields = tuple[tuple[str, str], ...]


class BrokenRecord(Exception):
    """What stands at an offset is no whole record."""


@dataclass(frozen=True, slots=True)
class WarcRecord:
    """`start` and `end` are where its gzip member lies in the file."""

    kind: str
    fields: dict[str, str]
    block: bytes
    start: int
    end: int

    def get(self, name: str) -> str | None:
        return self.fields.get(name.lower())


def record_id(*parts: str | datetime | None) -> str:
    """The same record has the same id wherever it is written again."""
    name = make_id(*parts)
    dashed = "-".join((name[:8], name[8:12], name[12:16], name[16:20], name[20:]))
    return f"<urn:uuid:{dashed}>"


def write_date(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def write_record(kind: str, fields: Fields, block: bytes) -> bytes:
    """One record, compressed. Line ends in values would open a field of their own: refused."""
    lines = [VERSION, b"WARC-Type: " + kind.encode()]
    for name, value in fields:
        if "\r" in value or "\n" in value:
            raise ValueError(f"WARC field {name}: a line end in {value[:80]!r}")
        lines.append(f"{name}: {value}".encode())
    lines.append(b"WARC-Block-Digest: sha256:" + sha256(block).hexdigest().encode())
    lines.append(b"Content-Length: %d" % len(block))
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, zlib.MAX_WBITS + 16)
    text = b"\r\n".join(lines) + b"\r\n\r\n" + block + b"\r\n\r\n"
    return packer.compress(text) + packer.flush()


def read_record(data: memoryview, start: int) -> WarcRecord:
    """The record whose gzip member starts there. Its digest is checked."""
    raw, end = _inflate(data, start)
    head_end = raw.find(b"\r\n\r\n", 0, _LONGEST_HEAD)
    version, *lines = raw[: max(head_end, 0)].decode("utf-8", "replace").split("\r\n")
    if head_end < 0 or not version.startswith("WARC/1."):
        raise BrokenRecord(f"no WARC head at byte {start}")
    pairs = (line.partition(":") for line in lines)
    fields = {name.strip().lower(): value.strip(" \t") for name, _, value in pairs}
    block = raw[head_end + 4 : -4]
    if fields.get("content-length") != str(len(block)) or not raw.endswith(b"\r\n\r\n"):
        raise BrokenRecord(f"length of the record at byte {start} is not what it states")
    digest = fields.get("warc-block-digest", "")
    if digest.startswith("sha256:") and digest[7:] != sha256(block).hexdigest():
        raise BrokenRecord(f"digest of the record at byte {start} does not match")
    return WarcRecord(fields.get("warc-type", ""), fields, block, start, end)


def _inflate(data: memoryview, start: int) -> tuple[bytes, int]:
    decoder = zlib.decompressobj(zlib.MAX_WBITS + 16)
    parts, size, at = [], 0, start
    while not decoder.eof:
        if at >= len(data):
            raise BrokenRecord(f"the file ends inside the record at byte {start}")
        step = data[at : at + _STEP]
        try:
            parts.append(decoder.decompress(step))
        except zlib.error as error:
            raise BrokenRecord(f"no gzip member at byte {start}: {error}") from error
        at += len(step) - len(decoder.unused_data)
        size += len(parts[-1])
        if size > _MOST_BYTES:
            raise BrokenRecord(f"the record at byte {start} is over {_MOST_BYTES} bytes")
    return b"".join(parts), at


def read_records(data: memoryview) -> Iterator[WarcRecord | tuple[int, str]]:
    """Every record; what is broken comes as (offset, what is wrong), and reading goes on behind."""
    start = breaks = 0
    while start < len(data):
        try:
            record = read_record(data, start)
        except BrokenRecord as error:
            breaks += 1
            yield start, told(str(error), breaks)
            start = next_member(data, start + 1) if breaks < MOST_BREAKS else len(data)
        else:
            yield record
            start = record.end


def told(detail: str, breaks: int) -> str:
    """A file of nothing but breaks is given up: each of them costs a search."""
    return (
        detail if breaks < MOST_BREAKS else f"{detail}; the {breaks}th break, the rest is not read"
    )


def next_member(data: memoryview, start: int) -> int:
    """The next offset that could start a record. Blocks of 1 MiB keep the copies bounded."""
    magic = b"\x1f\x8b\x08"
    while start < len(data):
        found = bytes(data[start : start + _STEP]).find(magic)
        if found >= 0 and _opens_record(data, start + found):
            return start + found
        start += found + 1 if found >= 0 else max(1, min(_STEP, len(data) - start) - 2)
    return len(data)


def _opens_record(data: memoryview, start: int) -> bool:
    decoder = zlib.decompressobj(zlib.MAX_WBITS + 16)
    try:
        return decoder.decompress(data[start : start + 4096], 16).startswith(b"WARC/1.")
    except zlib.error:
        return False
