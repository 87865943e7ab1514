"""The Wayback Machine: what it holds of a source, and its copies, by the library `wayback`.

The library knows the API, its limits and its oddities; every request of it goes through our own
fetcher, so that bounds, robots.txt and pauses hold here too.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from urllib.parse import urlsplit

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict
from wayback import (  # type: ignore[import-untyped]  # publishes no types
    CdxRecord,
    Memento,
    WaybackClient,
    WaybackSession,
)
from wayback.exceptions import (  # type: ignore[import-untyped]
    BlockedByRobotsError,
    BlockedSiteError,
    MementoPlaybackError,
    NoMementoError,
    RateLimitError,
    WaybackException,
)

from schemas.exchange import Answer, Exchange
from schemas.ids import body_digest, make_id
from schemas.records import Capture, Miss, PageRef
from schemas.source import Source
from tasks.clock import Clock
from tasks.fetch import Fetcher, How, miss_of
from tasks.http_body import read_body
from tasks.http_fault import Fault
from tasks.sitemap import Location

ROOT = "https://web.archive.org"
_CDX_PATH = "/cdx/search/cdx"
_CDX_LINE = re.compile(
    r"\S+ [12]\d{3}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d[0-5]\d \S+ \S+ "
    r"(?:\d{3}|-) \S+ (?:\d+|-)(?: .*)?"
)
_MEMENTO = re.compile(r"/web/\d{14}[a-z_]*/")
_BODY_CAP = 16 * 1_048_576
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
        self._transport = _Transport(self._fetcher, root)
        self._client = WaybackClient(_session(self._transport))

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
            outcome = _capture(page.source, self._client.get_memento(memento_url))
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


class _Transport(BaseAdapter):
    """Carries the library's requests through our fetcher, and notes what it carried."""

    def __init__(self, fetcher: Fetcher, root: str) -> None:
        super().__init__()
        self.exchanges: list[Exchange] = []
        self._fetcher = fetcher
        self._root = root
        self._troubles: list[str] = []
        self._asked: set[str] = set()

    def send(
        self, request: requests.PreparedRequest, *_: object, **__: object
    ) -> requests.Response:
        asked = str(request.url)
        is_cdx = urlsplit(asked).path == _CDX_PATH
        if is_cdx and asked in self._asked:
            raise Fault("index_unreadable", "the archive's list goes in a circle")
        self._asked.add(asked)
        url = self._root + asked.removeprefix(ROOT)
        reply = self._fetcher.ask_raw(url)
        self.exchanges.append(Exchange(url, reply.asked_at, reply.request, reply.wire))
        body = read_body(reply.head, reply.payload, _BODY_CAP)
        if body.completeness == "incomplete" or reply.broken_by:
            raise Fault("incomplete_body", f"{len(body.data)} bytes of {url}")
        data = self._sound_lines(body.data) if is_cdx and reply.head.status == 200 else body.data  # noqa: PLR2004
        response = requests.Response()
        response.status_code = reply.head.status
        response.headers = CaseInsensitiveDict(
            (name, value.replace(self._root, ROOT))
            for name, value in reply.head.headers
            if name not in {"content-encoding", "content-length", "transfer-encoding"}
        )
        response.raw = io.BytesIO(data)
        response.url = asked
        response.request = request
        return response

    def close(self) -> None:
        """The fetcher is closed by whoever opened it."""

    def take_troubles(self, source: Source, now: datetime) -> Iterator[Miss]:
        """Lines passed over so far: each is named, and none stops the lines behind it."""
        while self._troubles:
            line = self._troubles.pop(0)
            detail = f"not a line of the archive's list: {line[:200]!r}"
            yield miss_of(PageRef(source.name, ROOT), Fault("index_unreadable", detail), now)

    def _sound_lines(self, body: bytes) -> bytes:
        """The library takes one bad line for the end of the whole list."""
        listing, _, resume_key = body.replace(b"\r\n", b"\n").partition(b"\n\n")
        sound = []
        for line in listing.decode("utf-8", "replace").split("\n"):
            if _CDX_LINE.fullmatch(line):
                sound.append(line)
            elif line.strip():
                self._troubles.append(line)
        if resume_key.strip():
            sound += ["", resume_key.decode("utf-8", "replace").strip()]
        return "\n".join(sound).encode()


def _session(transport: _Transport) -> WaybackSession:
    """Retries and redirects are the fetcher's; cookies and the environment are nobody's."""
    session = WaybackSession(retries=0)
    session.trust_env = False
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.mount("https://", transport)
    session.mount("http://", transport)
    return session


def _memento_url(record: CdxRecord) -> str:
    """The bytes as captured (`id_`), without what the archive adds to a page it shows."""
    return f"{ROOT}/web/{record.timestamp:%Y%m%d%H%M%S}id_/{record.original}"


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
