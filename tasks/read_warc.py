"""Pages in WARC files that others wrote, and every break by its place in the file."""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from schemas.ids import body_digest, make_id
from schemas.records import Capture, Completeness
from tasks.http_answer import REDIRECTS
from tasks.http_decode import decode
from tasks.http_fault import Fault
from tasks.http_message import Head, read_payload
from tasks.http_scope import redirect_target
from tasks.read_files import BadFile, Found, SavedPage, source_name, web_address
from tasks.warc_format import WarcRecord
from tasks.warc_stream import MOST_BLOCK_BYTES, stream_records

_PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain")
_STATUS_LINE = re.compile(r"HTTP/\d(?:\.\d)? +(\d{3})\b")
_OK = 200


def read_warc(path: Path) -> Iterator[Found]:
    """Pages and breaks in file order. `place` is the path and the offset of the record."""
    try:
        with path.open("rb") as file:
            if path.stat().st_size == 0:
                yield BadFile(str(path), "broken_warc", "the file is empty")
                return
            with (
                mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped,
                memoryview(mapped) as data,
            ):
                yield from pages_of(data, str(path))
    except OSError as error:
        yield BadFile(str(path), "unreadable_file", str(error.strerror))


def pages_of(data: memoryview, name: str) -> Iterator[Found]:
    for record in stream_records(data):
        if isinstance(record, tuple):
            offset, detail = record
            yield BadFile(f"{name}:{offset}", "broken_warc", detail)
        elif record.kind in {"response", "resource"}:
            yield read_page(f"{name}:{record.start}", record)


def read_page(place: str, record: WarcRecord) -> Found:
    if (role := record.get("OnRecord-Role") or "page") != "page":
        return BadFile(place, "not_a_page", f"kept as {role}, which holds no page")
    try:
        is_http = "application/http" in (record.get("Content-Type") or "")
        capture = _from_http(record) if is_http else _from_resource(record)
    except (Fault, ValueError) as error:
        return BadFile(place, "broken_warc", str(error))
    kind = (capture.content_type or "").partition(";")[0].strip().lower()
    if capture.http_status not in (None, _OK):
        detail = f"{capture.url}: status {capture.http_status}"
        return BadFile(place, "not_a_page", detail, _moved(record, capture))
    if kind not in _PAGE_TYPES or urlsplit(capture.url or "").path == "/robots.txt":
        return BadFile(place, "not_a_page", f"{capture.url}: {kind or 'no content type'}")
    return SavedPage(place, capture)


def _moved(record: WarcRecord, capture: Capture) -> tuple[str, str] | None:
    if capture.http_status not in REDIRECTS or capture.url is None:
        return None
    try:
        return capture.url, redirect_target(
            capture.url, _lenient_head(record.block).get("location")
        )
    except Fault:
        return None


def _from_http(record: WarcRecord) -> Capture:
    head = _lenient_head(record.block)
    payload = read_payload(head, record.block)
    body = record.block[head.end :]
    # Many writers store the body decoded under the headers of the encoded one.
    if head.all("transfer-encoding") and payload.is_ended:
        body = payload.data
    decoded = decode(body, head.all("content-encoding"), MOST_BLOCK_BYTES)
    is_whole = decoded.is_ended is not False
    is_cut = record.get("WARC-Truncated") is not None or not is_whole
    capture = _capture(record, decoded.body if is_whole else body, is_cut=is_cut)
    return replace(capture, http_status=head.status, content_type=head.get("content-type"))


def _from_resource(record: WarcRecord) -> Capture:
    is_cut = record.get("WARC-Truncated") is not None
    capture = _capture(record, record.block, is_cut=is_cut)
    return replace(capture, content_type=record.get("Content-Type"))


def _capture(record: WarcRecord, body: bytes, *, is_cut: bool) -> Capture:
    url = web_address((record.get("WARC-Target-URI") or "").strip("<>"))
    source = source_name(url)
    captured_at = _date(record.get("WARC-Date"))
    digest = body_digest(body)
    completeness: Completeness = "incomplete" if is_cut else "complete"
    return Capture(
        capture_id=make_id(source, url or digest, captured_at, digest),
        source=source,
        url=url,
        captured_at=captured_at,
        http_status=None,
        content_type=None,
        body=body,
        body_digest=digest,
        completeness=completeness,
    )


def _lenient_head(block: bytes) -> Head:
    """Status and headers as other crawlers wrote them: bare line feeds, stray lines passed over."""
    found = re.search(rb"\r?\n\r?\n", block[:262_144])
    if found is None:
        raise ValueError("no end of the HTTP headers")
    first, *lines = block[: found.start()].decode("latin-1").splitlines()
    status = _STATUS_LINE.match(first)
    if status is None:
        raise ValueError(f"not an HTTP status line: {first[:80]!r}")
    pairs = (line.partition(":") for line in lines)
    headers = tuple((name.strip().lower(), value.strip()) for name, _, value in pairs)
    return Head(int(status[1]), headers, found.end())


def _date(text: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
