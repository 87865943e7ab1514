"""Answers and saved files as WARC records, and captures read back from them. Pure.

Fields of our own start with `OnRecord-`: what the standard has no place for and a rebuild needs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Literal

from schemas.exchange import Answer, Exchange
from schemas.ids import body_digest
from schemas.records import Capture, Completeness, Miss
from tasks.http_body import read_body
from tasks.http_fault import Fault
from tasks.http_message import read_head, read_payload, split_answer
from tasks.warc_format import BrokenRecord, Fields, WarcRecord, record_id, write_date, write_record

Role = Literal["page", "listing", "hop", "evidence"]
# Over every bound of fetching: what was kept must be readable.
_BODY_CAP = 128 * 1_048_576
_REVISIT = "http://netpreserve.org/warc/1.1/revisit/"
_PROFILES = {
    "not_modified_304": _REVISIT + "server-not-modified",
    "same_body": _REVISIT + "identical-payload-digest",
}
_COMPLETENESS: dict[str, Completeness] = {
    "complete": "complete",
    "unproven": "unproven",
    "incomplete": "incomplete",
}


@dataclass(frozen=True, slots=True)
class Written:
    """The bytes of one answer, and where in them the capture's own record starts."""

    data: bytes
    offset: int


def write_warcinfo(file_name: str, run_id: str, written_at: datetime, agent: str) -> bytes:
    block = f"software: {agent}\r\nformat: WARC File Format 1.1\r\nisPartOf: {run_id}\r\n"
    fields = (
        ("WARC-Record-ID", record_id("warcinfo", file_name)),
        ("WARC-Date", write_date(written_at)),
        ("WARC-Filename", file_name),
        ("Content-Type", "application/warc-fields"),
    )
    return write_record("warcinfo", fields, block.encode())


def write_answer(answer: Answer) -> Written:
    """All exchanges of an answer, its redirects first."""
    *hops, last = answer.exchanges
    parts = [_write_pair(answer, hop, "hop") for hop in hops]
    before = sum(len(part) for part in parts)
    if isinstance(answer.outcome, Miss) and answer.known and answer.outcome.reason in _PROFILES:
        return Written(b"".join((*parts, _write_revisit(answer, last))), before)
    role = _kept_role(answer) if isinstance(answer.outcome, Capture) else "evidence"
    return Written(b"".join((*parts, _write_pair(answer, last, role))), before)


def _kept_role(answer: Answer) -> Role:
    return "listing" if answer.is_listing else "page"


def _write_pair(answer: Answer, exchange: Exchange, role: Role) -> bytes:
    """The response before its request, as readers of one record by offset expect."""
    response_id = _response_id(answer, exchange)
    fields = [
        *_place(response_id, exchange.url, exchange.asked_at),
        ("Content-Type", "application/http; msgtype=response"),
        ("WARC-Payload-Digest", f"sha256:{_payload_digest(exchange.answer)}"),
        *_own_fields(answer, role),
    ]
    request_fields = (
        *_place(record_id("request", response_id), exchange.url, exchange.asked_at),
        ("Content-Type", "application/http; msgtype=request"),
        ("WARC-Concurrent-To", response_id),
    )
    return write_record("response", tuple(fields), exchange.answer) + write_record(
        "request", request_fields, exchange.request
    )


def _own_fields(answer: Answer, role: Role) -> Fields:
    fields = [("OnRecord-Source", answer.page.source), ("OnRecord-Role", role)]
    if isinstance(answer.outcome, Capture) and role != "hop":
        fields += [
            ("OnRecord-Capture-ID", answer.outcome.capture_id),
            ("OnRecord-Body-Digest", f"sha256:{answer.outcome.body_digest}"),
            ("OnRecord-Completeness", answer.outcome.completeness),
            ("OnRecord-Page", _one_line(answer.page.url)),
            *_shown_elsewhere(answer.outcome, answer.exchanges[-1]),
        ]
    if isinstance(answer.outcome, Miss):
        fields += [
            ("OnRecord-Reason", answer.outcome.reason),
            ("OnRecord-Page", _one_line(answer.page.url)),
        ]
    return tuple(fields)


def _shown_elsewhere(capture: Capture, exchange: Exchange) -> Fields:
    """A web archive's copy: whose page it is and when it was captured, not when we asked."""
    if (capture.url, capture.captured_at) == (exchange.url, exchange.asked_at):
        return ()
    if capture.url is None or capture.captured_at is None:
        raise AssertionError("a fetched capture has address and instant")
    return (
        ("OnRecord-URL", _one_line(capture.url)),
        ("OnRecord-Captured-At", write_date(capture.captured_at)),
    )


def _write_revisit(answer: Answer, exchange: Exchange) -> bytes:
    known, miss = answer.known, answer.outcome
    if known is None or not isinstance(miss, Miss):
        raise AssertionError("a revisit points to a known capture")
    fields = (
        *_place(_response_id(answer, exchange), exchange.url, exchange.asked_at),
        ("Content-Type", "application/http; msgtype=response"),
        ("WARC-Profile", _PROFILES[miss.reason]),
        ("WARC-Refers-To", record_id("response", known.capture_id)),
        ("WARC-Refers-To-Target-URI", known.capture_url),
        ("WARC-Refers-To-Date", write_date(known.captured_at)),
        *_own_fields(answer, _kept_role(answer)),
        ("OnRecord-Capture-ID", known.capture_id),
        ("OnRecord-Body-Digest", f"sha256:{known.body_digest}"),
    )
    return write_record("revisit", fields, split_answer(exchange.answer)[0])


def write_file(capture: Capture, written_at: datetime) -> bytes:
    """A saved file or a record of somebody else's WARC: its bytes as they are, no HTTP around.

    WARC-Date is when the record was written; the capture's own instant, if known, stands beside.
    """
    fields = [
        *_place(
            record_id("resource", capture.capture_id),
            capture.url or f"urn:sha256:{capture.body_digest}",
            capture.captured_at or written_at,
        ),
        ("Content-Type", _one_line(capture.content_type or "application/octet-stream")),
        ("WARC-Payload-Digest", f"sha256:{capture.body_digest}"),
        ("OnRecord-Source", capture.source),
        ("OnRecord-Role", "page"),
        ("OnRecord-Capture-ID", capture.capture_id),
        ("OnRecord-Completeness", capture.completeness),
        ("OnRecord-Has-Date", "yes" if capture.captured_at else "no"),
        ("OnRecord-Has-Type", "yes" if capture.content_type else "no"),
    ]
    if capture.http_status is not None:
        fields.append(("OnRecord-Status", str(capture.http_status)))
    return write_record("resource", tuple(fields), capture.body)


def read_capture(record: WarcRecord, warc_file: str, role: Role = "page") -> Capture | None:
    """The capture a record holds; None where it holds none (requests, redirects, evidence)."""
    if record.get("OnRecord-Role") != role or record.kind == "revisit":
        return None
    capture = _read_response(record) if record.kind == "response" else _read_resource(record)
    if body_digest(capture.body) != capture.body_digest:
        raise BrokenRecord(f"body of the record at byte {record.start} is not the one captured")
    return replace(capture, warc_file=warc_file, warc_offset=record.start)


def _read_response(record: WarcRecord) -> Capture:
    try:
        head = read_head(record.block)
        body = read_body(head, read_payload(head, record.block), _BODY_CAP)
    except Fault as fault:
        raise BrokenRecord(f"no readable answer at byte {record.start}: {fault}") from fault
    return Capture(
        capture_id=_field(record, "OnRecord-Capture-ID"),
        source=_field(record, "OnRecord-Source"),
        url=record.get("OnRecord-URL") or _field(record, "WARC-Target-URI"),
        captured_at=_read_date(record),
        http_status=head.status,
        content_type=head.get("content-type"),
        body=body.data,
        body_digest=_field(record, "OnRecord-Body-Digest").removeprefix("sha256:"),
        completeness=_COMPLETENESS[_field(record, "OnRecord-Completeness")],
    )


def _read_resource(record: WarcRecord) -> Capture:
    url = _field(record, "WARC-Target-URI")
    status = record.get("OnRecord-Status")
    has_type = _field(record, "OnRecord-Has-Type") == "yes"
    return Capture(
        capture_id=_field(record, "OnRecord-Capture-ID"),
        source=_field(record, "OnRecord-Source"),
        url=None if url.startswith("urn:sha256:") else url,
        captured_at=_read_date(record) if _field(record, "OnRecord-Has-Date") == "yes" else None,
        http_status=int(status) if status else None,
        content_type=_field(record, "Content-Type") if has_type else None,
        body=record.block,
        body_digest=_field(record, "WARC-Payload-Digest").removeprefix("sha256:"),
        completeness=_COMPLETENESS[_field(record, "OnRecord-Completeness")],
    )


def _place(name: str, url: str, moment: datetime) -> Fields:
    return (
        ("WARC-Record-ID", name),
        ("WARC-Target-URI", _one_line(url)),
        ("WARC-Date", write_date(moment)),
    )


def _response_id(answer: Answer, exchange: Exchange) -> str:
    if isinstance(answer.outcome, Capture) and exchange is answer.exchanges[-1]:
        return record_id("response", answer.outcome.capture_id)
    return record_id("exchange", answer.page.source, exchange.url, exchange.asked_at)


def _payload_digest(answer: bytes) -> str:
    return sha256(split_answer(answer)[1]).hexdigest()


def _read_date(record: WarcRecord) -> datetime:
    return datetime.fromisoformat(record.get("OnRecord-Captured-At") or _field(record, "WARC-Date"))


def _field(record: WarcRecord, name: str) -> str:
    value = record.get(name)
    if value is None:
        raise BrokenRecord(f"the record at byte {record.start} has no {name}")
    return value


def _one_line(text: str) -> str:
    """A line end would start a field of its own; all else comes back as it was."""
    return text.replace("\r", " ").replace("\n", " ").strip(" \t")
