"""What went over the wire, and what came of asking for one page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, Self

from schemas.records import Capture, Miss, PageRef


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer, byte for byte: heads, chunk marks and content encoding kept."""

    url: str
    asked_at: datetime
    request: bytes
    answer: bytes


@dataclass(frozen=True, slots=True)
class KnownPage:
    """The last complete capture of a page, so that it is asked for only if it changed.

    `url` is the address as listed; `capture_url` differs from it after a redirect.
    `is_archived`: the capture is a web archive's copy, which never changes.
    """

    url: str
    capture_id: str
    capture_url: str
    captured_at: datetime
    body_digest: str
    etag: str | None = None
    last_modified: str | None = None
    is_archived: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The one end of asking for one page.

    `exchanges` hold every redirect on the way; the last one is what `outcome` was judged on.
    The answer of a listing (index, feed, sitemap, an archive's list) is kept, but is no page.
    """

    page: PageRef
    outcome: Capture | Miss
    exchanges: tuple[Exchange, ...] = ()
    known: KnownPage | None = None
    is_listing: bool = False


@dataclass(frozen=True, slots=True)
class Tombstone:
    """Evidence that a page known before is gone. The rows it gave stay."""

    source: str
    url: str
    reason: str
    http_status: int
    evidence: str
    first_seen_at: datetime

    def fields(self) -> dict[str, Any]:
        """What the journal keeps under `tombstone`."""
        return asdict(self)

    @classmethod
    def from_line(cls, line: Mapping[str, Any]) -> Self:
        values = {each.name: line[each.name] for each in fields(cls)}
        return cls(**values | {"first_seen_at": datetime.fromisoformat(line["first_seen_at"])})
