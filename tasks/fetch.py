"""One page of a source, asked for politely and judged: a capture, or a miss with its reason.

What the network did is in `http_wire`, when to ask in `http_polite`; here is what an answer means.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Self

from schemas.errors import BadConfiguration
from schemas.exchange import Answer, Exchange, KnownPage, Tombstone
from schemas.ids import body_digest, make_id
from schemas.reasons import REASONS, require_listed
from schemas.records import Capture, Miss, PageRef, Window
from schemas.source import Source
from tasks.clock import Clock, SystemClock
from tasks.estimate import Estimate, estimate_fetch
from tasks.http_address import Resolve, resolve_name
from tasks.http_answer import (
    MOST_REDIRECTS,
    REDIRECTS,
    body_of,
    conditions_for,
    is_closed,
    require_success,
)
from tasks.http_body import Body
from tasks.http_fault import Fault
from tasks.http_meter import Limits
from tasks.http_polite import Manners, PoliteWire
from tasks.http_robots import RobotsDesk
from tasks.http_scope import origin_of, redirect_target, require_in_scope
from tasks.http_wire import Reply, Wire
from tasks.listing import count_listings
from tasks.listing_memory import ListingMemory, NoMemory
from tasks.robots import Rules
from tasks.sitemap import Location

AGENT = "onrecord/0.1"
_DISPOSITIONS = {r.code: r.disposition for r in REASONS if r.unit_kind == "page"}


@dataclass(slots=True)
class _Trail:
    """Where one request led. `reply` is the answer at the end of the redirects."""

    url: str
    exchanges: list[Exchange] = field(default_factory=list)
    reply: Reply | None = None


@dataclass(frozen=True, slots=True)
class How:
    """Bounds, manners and memory of a fetcher; tests shorten the first two.

    `ca_file` holds the authorities to trust in place of the usual ones.
    """

    limits: Limits = field(default_factory=Limits)
    manners: Manners = field(default_factory=Manners)
    resolve: Resolve = resolve_name
    ca_file: str | None = None
    memory: ListingMemory = field(default_factory=NoMemory)


class Fetcher:
    """Asks one source. `state` is a folder that outlives runs: pauses, blocks, robots.txt."""

    def __init__(
        self, source: Source, state: Path, clock: Clock | None = None, how: How | None = None
    ) -> None:
        how = how or How()
        self.source = source
        self._agent = _agent_of(source)
        self._clock = clock or SystemClock()
        self._limits = how.limits
        self._memory = how.memory
        self._wire = Wire(source.private_hosts, how.limits, how.resolve, how.ca_file)
        self._polite = PoliteWire(source, state, self._clock, self._wire, how.manners)
        self._robots = RobotsDesk(state, self._clock, self._ask_freely, how.limits.body_bytes)

    @property
    def request_count(self) -> int:
        return self._polite.spent.requests

    def estimate_listings(self, window: Window) -> Estimate:
        """At our own pause: robots.txt is not asked before somebody agrees."""
        count = count_listings(self.source, window, self.now())
        return estimate_fetch(count, self.source.pause, self.source.request_budget, "listings")

    def estimate(self, pages: Sequence[PageRef]) -> Estimate:
        """For the pages of one host, at the longer of our pause and the one robots.txt asks for."""
        if not pages:
            return estimate_fetch(0, self.source.pause, self.source.request_budget)
        try:
            pause = self._polite.pause(pages[0].url, self._robots.rules_for(pages[0].url))
        except Fault:
            # The pages will be deferred for the same reason; then nothing is asked at all.
            pause = self.source.pause
        left = self.source.request_budget - self.request_count
        return estimate_fetch(len(pages), pause, left)

    def now(self) -> datetime:
        return self._clock.now()

    def close(self) -> None:
        self._wire.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- pages ---------------------------------------------------------------------------

    def fetch_page(self, page: PageRef, known: KnownPage | None = None) -> Answer:
        """One page. Every way this can end is a value; nothing but a bug is raised."""
        asked_at = self._clock.now()
        trail = _Trail(page.url)
        try:
            outcome = self._page_outcome(page, known, trail, asked_at)
        except Fault as fault:
            outcome = _end(page, fault, trail, asked_at)
        return Answer(page, outcome, tuple(trail.exchanges), known)

    def _page_outcome(
        self, page: PageRef, known: KnownPage | None, trail: _Trail, asked_at: datetime
    ) -> Capture | Miss:
        conditions = conditions_for(page.url, known, asked_at)
        reply = self._follow(trail, conditions)
        if reply.head.status == 304:  # noqa: PLR2004
            if conditions:
                return _end(page, Fault("not_modified_304", "304"), trail, asked_at)
            raise Fault("bad_answer", "304 to a request without conditions")
        require_success(reply)
        body = self._whole_body(trail, reply)
        capture = _capture(page.source, trail, body)
        if known and capture.body_digest == known.body_digest and body.completeness == "complete":
            detail = f"same bytes as capture {known.capture_id}"
            return _end(page, Fault("same_body", detail), trail, asked_at)
        return capture

    def _whole_body(self, trail: _Trail, reply: Reply) -> Body:
        """A body that does not prove its end is asked for once more."""
        first = body_of(reply, self._limits.body_bytes)
        if first.completeness == "complete":
            return first
        second_reply = self._follow(trail, {})
        require_success(second_reply)
        second = body_of(second_reply, self._limits.body_bytes)
        if second.completeness == "complete":
            return second
        if "incomplete" in (first.completeness, second.completeness):
            detail = f"{len(first.data)} and {len(second.data)} bytes, neither of them all"
            raise Fault("incomplete_body", detail)
        is_same = first.data == second.data and is_closed(second.data)
        return Body(second.data, "unproven" if is_same else "incomplete")

    def ask_raw(self, url: str) -> Reply:
        """One answer as it came, with all manners and no redirects: for the API of an archive."""
        require_in_scope(url, self.source)
        return self._ask(_Trail(url), {}, self._robots.rules_for(url))

    # --- index pages, feeds, sitemaps ------------------------------------------------------

    def fetch_listing(self, url: str) -> Capture | Miss:
        """The same manners for what lists pages, and the same memory."""
        if standing := self._memory.standing(url):
            return standing
        answer = self.fetch_page(PageRef(self.source.name, url), self._memory.known(url))
        return self._memory.keep(replace(answer, is_listing=True))

    def list_archived(self, pattern: str, since: date | None) -> Iterator[Location | Miss]:
        raise BadConfiguration(
            f"source {self.source.name} lists {pattern} of {since} by a web archive: "
            "open it with archive_fetch.open_fetcher"
        )

    # --- the way to the answer -------------------------------------------------------------

    def _follow(self, trail: _Trail, headers: Mapping[str, str]) -> Reply:
        """Our own redirect loop: every hop is checked like the first address."""
        seen: set[str] = set()
        while True:
            if trail.url in seen:
                raise Fault("too_many_redirects", f"{trail.url} redirects back to itself")
            seen.add(trail.url)
            require_in_scope(trail.url, self.source)
            # Validators belong to the listed address, not to where it leads.
            validators = headers if len(seen) == 1 else {}
            reply = self._ask(trail, validators, self._robots.rules_for(trail.url))
            if reply.head.status not in REDIRECTS:
                return reply
            if len(seen) > MOST_REDIRECTS:
                raise Fault("too_many_redirects", f"more than {MOST_REDIRECTS} redirects")
            trail.url = redirect_target(trail.url, reply.head.get("location"))

    def _ask_freely(self, url: str) -> Reply:
        """For robots.txt itself, which nothing forbids to read."""
        require_in_scope(url, self.source)
        return self._polite.ask(url, self._agent, rules=None)

    def _ask(self, trail: _Trail, headers: Mapping[str, str], rules: Rules) -> Reply:
        if not rules.allows(trail.url):
            raise Fault("robots_disallows", f"{origin_of(trail.url)}/robots.txt")
        reply = self._polite.ask(trail.url, {**self._agent, **headers}, rules)
        trail.exchanges.append(Exchange(trail.url, reply.asked_at, reply.request, reply.wire))
        trail.reply = reply
        return reply


def miss_of(
    page: PageRef, fault: Fault, asked_at: datetime, http_status: int | None = None
) -> Miss:
    disposition = _DISPOSITIONS[fault.reason]
    require_listed("page", disposition, fault.reason)
    return Miss(
        source=page.source,
        url=page.url,
        disposition=disposition,  # type: ignore[arg-type]  # one of the four, by the list
        reason=fault.reason,
        detail=fault.detail,
        asked_at=asked_at,
        http_status=http_status,
        next_try_at=fault.next_try_at,
    )


def _end(page: PageRef, fault: Fault, trail: _Trail, asked_at: datetime) -> Miss:
    status = trail.reply.head.status if trail.reply else None
    miss = miss_of(page, fault, asked_at, status)
    return miss if trail.url == page.url else replace(miss, detail=f"{trail.url}: {miss.detail}")


def tombstone_of(answer: Answer) -> Tombstone | None:
    """A page captured before that now answers 404 or 410. Its rows stay; this stands beside."""
    miss, known = answer.outcome, answer.known
    if not isinstance(miss, Miss) or known is None or miss.reason not in {"not_found", "gone"}:
        return None
    return Tombstone(
        source=miss.source,
        url=miss.url,
        reason=miss.reason,
        http_status=miss.http_status or 0,
        evidence=f"answered {miss.http_status}; capture {known.capture_id} "
        f"of {known.captured_at:%Y-%m-%d %H:%M} UTC shows it",
        first_seen_at=miss.asked_at,
    )


def _agent_of(source: Source) -> dict[str, str]:
    contact = source.contact.strip()
    if not contact or not contact.isascii() or not contact.isprintable():
        raise BadConfiguration(
            f"source {source.name}: contact is {source.contact!r}. A site must be able to reach "
            "whoever runs this: state an address or a page, in ASCII, in the source, as `contact` "
            "in onrecord.toml, or as ONRECORD_CONTACT"
        )
    return {
        "User-Agent": f"{AGENT} (+{contact})",
        "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
        "Accept-Encoding": "gzip, deflate",
    }


def _capture(source: str, trail: _Trail, body: Body) -> Capture:
    exchange = trail.exchanges[-1]
    if trail.reply is None:
        raise AssertionError("a capture is made of a reply")
    digest = body_digest(body.data)
    return Capture(
        capture_id=make_id(source, exchange.url, exchange.asked_at, digest),
        source=source,
        url=exchange.url,
        captured_at=exchange.asked_at,
        http_status=trail.reply.head.status,
        content_type=trail.reply.head.get("content-type"),
        body=body.data,
        body_digest=digest,
        completeness=body.completeness,
    )
