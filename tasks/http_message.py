"""HTTP messages as bytes: the head judged strictly, the framing undone. Pure.

The client library is lenient; a capture must not be. What a proxy, a broken server and we could
read differently is refused (RFC 9112, section 11.2 on request smuggling has the same list).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tasks.http_fault import Fault

_STATUS_LINE = re.compile(rb"HTTP/1\.[01] ([1-9]\d\d)(?: [^\r\n\x00]*)?\Z")
_TOKEN = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+\Z")
_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\Z")
_CONTROL = re.compile(rb"[\x00\r\n]")
_MOST_HEADERS = 100
_LONGEST_HEAD = 65_536


@dataclass(frozen=True, slots=True)
class Head:
    """Status and headers; names in lower case, in the order sent.

    It stands from `start`, behind a 100 Continue, to `end`, where the payload begins.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    end: int
    start: int = 0

    def get(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key == name), None)

    def all(self, name: str) -> tuple[str, ...]:
        """Every element of a comma-separated header, however many lines it came in."""
        lines = (value for key, value in self.headers if key == name)
        return tuple(item.strip() for line in lines for item in line.split(",") if item.strip())


@dataclass(frozen=True, slots=True)
class Payload:
    """The body without its framing.

    `is_ended` is None where nothing marks the end. `excess` counts bytes after the end that
    nobody asked for: the start of somebody else's answer.
    """

    data: bytes
    is_ended: bool | None
    excess: int = 0


def read_head(wire: bytes) -> Head:
    """The final head; 1xx answers before it are passed over."""
    start = 0
    while True:
        head = _head_at(wire, start)
        if head.status >= 200 or head.status == 101:  # noqa: PLR2004 - status classes
            _judge_framing(head)
            return head
        start = head.end


def drop_interim(head: Head, wire: bytes) -> tuple[Head, bytes]:
    """Head and answer without the 100 Continue that may stand before them."""
    if not head.start:
        return head, wire
    return replace(head, start=0, end=head.end - head.start), wire[head.start :]


def split_answer(answer: bytes) -> tuple[bytes, bytes]:
    """Head and payload of an answer that was judged when it came; the framing stays on."""
    head, line_ends, payload = answer.partition(b"\r\n\r\n")
    return head + line_ends, payload


def _head_at(wire: bytes, start: int) -> Head:
    end = wire.find(b"\r\n\r\n", start, start + _LONGEST_HEAD)
    if end < 0:
        raise Fault("bad_answer", f"no end of the headers within {_LONGEST_HEAD} bytes")
    status_line, *lines = wire[start:end].split(b"\r\n")
    status = _STATUS_LINE.match(status_line)
    if status is None:
        raise Fault("bad_answer", f"not an HTTP/1 status line: {status_line[:80]!r}")
    if len(lines) > _MOST_HEADERS:
        raise Fault("bad_answer", f"{len(lines)} headers, at most {_MOST_HEADERS}")
    headers = tuple(_header(line) for line in lines)
    return Head(int(status[1]), headers, end + 4, start)


def _header(line: bytes) -> tuple[str, str]:
    name, colon, value = line.partition(b":")
    if not colon or not _TOKEN.match(name):
        raise Fault("bad_answer", f"not a header line: {line[:80]!r}")
    if _CONTROL.search(value):
        raise Fault("bad_answer", f"control characters in header {name[:40]!r}")
    return name.decode("ascii").lower(), value.strip(b" \t").decode("latin-1")


def _judge_framing(head: Head) -> None:
    codings = head.all("transfer-encoding")
    lengths = set(head.all("content-length"))
    if codings and lengths:
        raise Fault("bad_answer", "both Transfer-Encoding and Content-Length")
    if codings and codings != ("chunked",):
        raise Fault("bad_answer", f"transfer coding {', '.join(codings)!r}, only chunked")
    if len(lengths) > 1 or any(not re.fullmatch(r"[0-9]{1,15}", item) for item in lengths):
        raise Fault("bad_answer", f"Content-Length {', '.join(sorted(lengths))!r}")


def read_payload(head: Head, wire: bytes) -> Payload:
    """The bytes after the head, framing undone, with the proof that they are all there."""
    if head.status in (204, 304):
        return Payload(b"", is_ended=True, excess=len(wire) - head.end)
    if head.all("transfer-encoding"):
        return _unchunk(wire, head.end)
    lengths = head.all("content-length")
    if not lengths:
        return Payload(wire[head.end :], None)
    end = head.end + int(lengths[0])
    return Payload(wire[head.end : end], len(wire) >= end, max(0, len(wire) - end))


def _unchunk(wire: bytes, start: int) -> Payload:
    """Everything up to the first thing that is not a whole chunk."""
    parts: list[bytes] = []
    while True:
        line_end = wire.find(b"\r\n", start, start + 1024)
        size_line = _CHUNK_SIZE.match(wire[start:line_end]) if line_end >= 0 else None
        if size_line is None:
            return Payload(b"".join(parts), is_ended=False)
        size, start = int(size_line[1], 16), line_end + 2
        if size == 0:
            end = _trailer_end(wire, start)
            return Payload(b"".join(parts), end >= 0, max(0, len(wire) - end) if end >= 0 else 0)
        parts.append(wire[start : start + size])
        start += size
        if wire[start : start + 2] != b"\r\n":
            return Payload(b"".join(parts), is_ended=False)
        start += 2


def _trailer_end(wire: bytes, start: int) -> int:
    """Where the message ends, or -1. Trailers are passed over: nothing here reads them."""
    if wire.startswith(b"\r\n", start):
        return start + 2
    blank_line = wire.find(b"\r\n\r\n", start)
    return blank_line + 4 if blank_line >= 0 else -1
