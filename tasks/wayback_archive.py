"""The Wayback Machine: what it holds of a source, and its copies, by the library `wayback`.

The library knows the API, its limits and its oddities; every request of it goes through our own
fetcher, so that bounds, robots.txt and pauses hold here too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date
from pathlib import Path
from urllib.parse import urlsplit

import requests
from wayback import (  # type: ignore[import-untyped]  # publishes no types
    CdxRecord,
    Memento,
    WaybackClient,
)
from wayback.exceptions import (  # type: ignore[import-untyped]
    BlockedByRobotsError,
    BlockedSiteError,
    MementoPlaybackError,
    NoMementoError,
    RateLimitError,
    WaybackException,
)

from schemas.exchange import Answer
from schemas.ids import body_digest, make_id
from schemas.records import Capture, Miss, PageRef
from schemas.source import Source
from tasks.canonical_url import canonical_url
from tasks.clock import Clock
from tasks.fetch import Fetcher, How, miss_of
from tasks.http_fault import Fault
from tasks.listing_memory import NoMemory
from tasks.sitemap import Location
from tasks.wayback_transport import ROOT, WaybackTransport, open_session

_MEMENTO = re.compile(r"/web/\d{14}[a-z_]*/")
# Of the library's errors, most special first; what is none of these is an answer of no known form.
_REASONS: tuple[tuple[type[WaybackException], str], ...] = (
    (NoMementoError, "not_found"),
    (BlockedByRobotsError, "robots_disallows"),
    (BlockedSiteError, "forbidden"),
    (RateLimitError, "rate_limited"),
    (MementoPlaybackError, "not_found"),
    (WaybackException, "bad_answer"),
)


def is_memento(url: str) -> bool:
    return url.startswith(ROOT) and _MEMENTO.match(urlsplit(url).path) is not None


class WaybackArchive:
    """One source's pages as the archive holds them. `root` is the archive, or a replica of it."""

    def __init__(
        self,
        source: Source,
        state: Path,
        clock: Clock | None = None,
        how: How | None = None,
        root: str = ROOT,
    ) -> None:
        host = urlsplit(root).netloc
        archive = replace(source, hosts=(host,), wayback_fallback=False)
        self._source = source
        self._fetcher = Fetcher(archive, state, clock, how)
        memory = how.memory if how else NoMemory()
        self._transport = WaybackTransport(self._fetcher, root, memory)
        self._client = WaybackClient(open_session(self._transport))

    @property
    def request_count(self) -> int:
        return self._fetcher.request_count

    def close(self) -> None:
        self._client.close()
        self._fetcher.close()

    def list_archived(self, pattern: str, since: date | None) -> Iterator[Location | Miss]:
        """The first good capture of every address under a pattern (`news.example/2007/*`).

        The first one: later captures of a page show more of what was added to it since.
        """
        search = self._client.search(
            pattern,
            from_date=since,
            filter_field="statuscode:200",
            collapse="urlkey",
        )
        try:
            for record in search:
                yield from self._transport.take_troubles(self._source, self._fetcher.now())
                yield Location(record.original, kept_at=_memento_url(record))
        except (Fault, WaybackException, requests.RequestException) as error:
            fault = error if isinstance(error, Fault) else _fault(error)
            detail = f"archived under {pattern}: {fault}"
            now = self._fetcher.now()
            yield miss_of(PageRef(self._source.name, pattern), Fault(fault.reason, detail), now)
        yield from self._transport.take_troubles(self._source, self._fetcher.now())

    def newest(self, url: str) -> str | None:
        """Where the newest good capture of an address is shown; None where there is none."""
        records = list(self._client.search(url, limit=-1, filter_field="statuscode:200"))
        return _memento_url(records[-1]) if records else None

    def fetch(self, page: PageRef, memento_url: str) -> Answer:
        """One copy: its address and instant are those of the page, not of the archive."""
        asked_at = self._fetcher.now()
        self._transport.exchanges.clear()
        outcome: Capture | Miss
        try:
            memento = self._client.get_memento(memento_url)
            _require_same_page(memento_url, memento.url)
            outcome = _capture(page.source, memento)
        except (WaybackException, requests.RequestException) as error:
            outcome = miss_of(page, _fault(error), asked_at)
        except Fault as fault:
            outcome = miss_of(page, fault, asked_at)
        return Answer(page, outcome, tuple(self._transport.exchanges))

    def fetch_newest(self, page: PageRef) -> Answer | None:
        """The newest copy of a page that its own site no longer has, if there is one."""
        try:
            memento_url = self.newest(page.url)
        except (Fault, WaybackException, requests.RequestException):
            # The page stays what its site said of it; the next run looks here again.
            return None
        answer = self.fetch(page, memento_url) if memento_url else None
        return answer if answer and isinstance(answer.outcome, Capture) else None


def _memento_url(record: CdxRecord) -> str:
    """The bytes as captured (`id_`), without what the archive adds to a page it shows."""
    return f"{ROOT}/web/{record.timestamp:%Y%m%d%H%M%S}id_/{record.original}"


def _require_same_page(asked: str, shown: str) -> None:
    original = _MEMENTO.split(asked.removeprefix(ROOT), maxsplit=1)[-1]
    if canonical_url(original) != canonical_url(shown):
        raise Fault("bad_answer", f"asked for a copy of {original}, shown one of {shown}")


def _capture(source: str, memento: Memento) -> Capture:
    if memento.status_code != 200:  # noqa: PLR2004
        raise Fault("not_found", f"the archive shows a status {memento.status_code}")
    body = memento.content
    captured_at = memento.timestamp.astimezone(UTC)
    digest = body_digest(body)
    return Capture(
        capture_id=make_id(source, memento.url, captured_at, digest),
        source=source,
        url=memento.url,
        captured_at=captured_at,
        http_status=memento.status_code,
        content_type=memento.headers.get("Content-Type"),
        body=body,
        body_digest=digest,
    )


def _fault(error: Exception) -> Fault:
    text = f"{type(error).__name__}: {error}"
    return next(
        (Fault(reason, text) for kind, reason in _REASONS if isinstance(error, kind)),
        Fault("bad_answer", text),
    )
