"""The body of an answer: framing and content encoding undone, its wholeness judged. Pure.

Used when an answer comes in and again when it is read back from a WARC file.
"""

from __future__ import annotations

from dataclasses import dataclass

from schemas.records import Completeness
from tasks.http_decode import decode, decode_magic
from tasks.http_message import Head, Payload


@dataclass(frozen=True, slots=True)
class Body:
    data: bytes
    completeness: Completeness


def read_body(head: Head, payload: Payload, cap: int) -> Body:
    """Complete only where a length, a last chunk or the end of an encoded stream proves it."""
    encodings = head.all("content-encoding")
    kind = (head.get("content-type") or "").lower()
    if not encodings and kind.startswith(("text/", "application/xhtml")):
        decoded = decode_magic(payload.data, cap)
    else:
        decoded = decode(payload.data, encodings, cap)
    if payload.is_ended is False or decoded.is_ended is False:
        return Body(decoded.body, "incomplete")
    is_proved = payload.is_ended or decoded.is_ended
    return Body(decoded.body, "complete" if is_proved else "unproven")
