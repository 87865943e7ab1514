"""Ids: 128-bit SHA-256 prefixes in hex over a length-prefixed tuple.

Length prefixes keep ("ab", "c") and ("a", "bc") apart.
No id depends on order, worker count or clock.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime

Part = str | int | bytes | date | datetime | None


def make_id(*parts: Part) -> str:
    pieces = [_bytes(part) for part in parts]
    whole = [b"-" if piece is None else b"%d:%b" % (len(piece), piece) for piece in pieces]
    return hashlib.sha256(b"".join(whole)).hexdigest()[:32]


def body_digest(body: bytes) -> str:
    """The whole SHA-256 in hex, as WARC tools print it for a payload."""
    return hashlib.sha256(body).hexdigest()


def _bytes(part: Part) -> bytes | None:
    if isinstance(part, str):
        # A lone surrogate must not stop an id: the row that holds it is refused by its contract.
        return part.encode("utf-8", "surrogatepass")
    if part is None or isinstance(part, bytes):
        return part
    if isinstance(part, datetime):
        return part.astimezone(UTC).isoformat(timespec="microseconds").encode()
    if isinstance(part, date):
        return part.isoformat().encode()
    return str(part).encode()
