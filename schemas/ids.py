"""Ids: 128-bit SHA-256 prefixes in hex over a length-prefixed tuple.

Length prefixes keep ("ab", "c") and ("a", "bc") apart.
No id depends on order, worker count or clock.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime

Part = str | int | bytes | date | datetime | None


def make_id(*parts: Part) -> str:
    digest = hashlib.sha256()
    for part in parts:
        piece = _bytes(part)
        digest.update(b"-" if piece is None else b"%d:%b" % (len(piece), piece))
    return digest.hexdigest()[:32]


def body_digest(body: bytes) -> str:
    """The whole SHA-256 in hex, as WARC tools print it for a payload."""
    return hashlib.sha256(body).hexdigest()


def _bytes(part: Part) -> bytes | None:
    if part is None or isinstance(part, bytes):
        return part
    if isinstance(part, datetime):
        return part.astimezone(UTC).isoformat(timespec="microseconds").encode()
    if isinstance(part, date):
        return part.isoformat().encode()
    # A lone surrogate must not stop an id: the row that holds it is refused by its contract.
    return str(part).encode("utf-8", "surrogatepass")
