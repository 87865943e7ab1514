"""The requests of the library `wayback`, carried by our own fetcher and noted as they went."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import datetime
from http.cookiejar import DefaultCookiePolicy
from urllib.parse import urlsplit

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict
from wayback import WaybackSession  # type: ignore[import-untyped]  # publishes no types

from schemas.exchange import Answer, Exchange
from schemas.ids import body_digest, make_id
from schemas.records import Capture, Miss, PageRef
from schemas.source import Source
from tasks.fetch import Fetcher, miss_of
from tasks.http_body import Body, read_body
from tasks.http_fault import Fault
from tasks.http_message import Head
from tasks.http_wire import Reply
from tasks.listing_memory import ListingMemory

ROOT = "https://web.archive.org"
_CDX_PATH = "/cdx/search/cdx"
_CDX_LINE = re.compile(
    r"\S+ [12]\d{3}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d[0-5]\d \S+ \S+ "
    r"(?:\d{3}|-) \S+ (?:\d+|-)(?: .*)?"
)
_BODY_CAP = 16 * 1_048_576
_OK = 200


class WaybackTransport(BaseAdapter):
    """Carries the library's requests through our fetcher, and notes what it carried."""

    def __init__(self, fetcher: Fetcher, root: str, memory: ListingMemory) -> None:
        super().__init__()
        self.exchanges: list[Exchange] = []
        self._fetcher = fetcher
        self._root = root
        self._memory = memory
        self._troubles: list[str] = []
        self._asked: set[str] = set()

    def send(
        self, request: requests.PreparedRequest, *_: object, **__: object
    ) -> requests.Response:
        asked = str(request.url)
        url = self._root + asked.removeprefix(ROOT)
        if urlsplit(asked).path == _CDX_PATH:
            return self._list(request, url)
        reply, body, _exchange = self._ask(url)
        return self._response(request, reply.head, body.data)

    def _list(self, request: requests.PreparedRequest, url: str) -> requests.Response:
        """A part of the archive's list: on disk before anybody reads it."""
        if url in self._asked:
            raise Fault("index_unreadable", "the archive's list goes in a circle")
        self._asked.add(url)
        if standing := self._memory.standing(url):
            head = Head(_OK, (("content-type", standing.content_type or "text/plain"),), 0)
            return self._response(request, head, self._sound_lines(standing.body))
        reply, body, exchange = self._ask(url)
        if reply.head.status != _OK:
            return self._response(request, reply.head, body.data)
        self._memory.keep(self._answer(exchange, reply.head, body))
        return self._response(request, reply.head, self._sound_lines(body.data))

    def _ask(self, url: str) -> tuple[Reply, Body, Exchange]:
        reply = self._fetcher.ask_raw(url)
        exchange = Exchange(url, reply.asked_at, reply.request, reply.wire)
        self.exchanges.append(exchange)
        body = read_body(reply.head, reply.payload, _BODY_CAP)
        if body.completeness == "incomplete" or reply.broken_by:
            raise Fault("incomplete_body", f"{len(body.data)} bytes of {url}")
        return reply, body, exchange

    def _answer(self, exchange: Exchange, head: Head, body: Body) -> Answer:
        source, digest = self._fetcher.source.name, body_digest(body.data)
        capture = Capture(
            capture_id=make_id(source, exchange.url, exchange.asked_at, digest),
            source=source,
            url=exchange.url,
            captured_at=exchange.asked_at,
            http_status=head.status,
            content_type=head.get("content-type"),
            body=body.data,
            body_digest=digest,
            completeness=body.completeness,
        )
        return Answer(PageRef(source, exchange.url), capture, (exchange,), is_listing=True)

    def _response(
        self, request: requests.PreparedRequest, head: Head, data: bytes
    ) -> requests.Response:
        response = requests.Response()
        response.status_code = head.status
        response.headers = CaseInsensitiveDict(
            (name, value.replace(self._root, ROOT))
            for name, value in head.headers
            if name not in {"content-encoding", "content-length", "transfer-encoding"}
        )
        response.raw = io.BytesIO(data)
        response.url = str(request.url)
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


def open_session(transport: WaybackTransport) -> WaybackSession:
    """Retries and redirects are the fetcher's; cookies and the environment are nobody's."""
    session = WaybackSession(retries=0)
    session.trust_env = False
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.mount("https://", transport)
    session.mount("http://", transport)
    return session
