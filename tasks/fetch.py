"""One page of a source, asked for politely and judged: a capture, or a miss with its reason.

What the network did is in `http_wire`, when to ask in `http_polite`; here is what an answer means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Self

from schemas.errors import BadConfiguration
from schemas.exchange import Answer, Exchange, KnownPage, Tombstone
from schemas.ids import body_digest, make_id
from schemas.reasons import REASONS, require_listed
from schemas.records import Capture, Miss, PageRef
from schemas.source import Source
from tasks.clock import Clock, SystemClock
from tasks.estimate import Estimate, estimate_fetch
from tasks.http_address import Resolve, resolve_name
from tasks.http_body import Body, read_body
from tasks.http_fault import Fault
from tasks.http_polite import Manners, PoliteWire
from tasks.http_scope import origin_of, redirect_target, require_in_scope
from tasks.http_wire import Limits, Reply, Wire
from tasks.robots import RobotsCache, RobotsText, Rules, read_text
from tasks.sitemap import Location

AGENT = "onrecord/0.1"
MOST_REDIRECTS = 5
# These would end the page itself in the same way, and say more than "robots.txt unreachable".
_SAID_OF_THE_HOST = frozenset(
    {
        "address_not_allowed",
        "budget_spent",
        "dns_failure",
        "host_resting",
        "rate_limited",
        "tls_failure",
    }
)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ROBOTS_AGAIN_AFTER = timedelta(minutes=10)
# A server may say "not modified" for ever: a capture this old is asked for without conditions,
# and so is one page in twenty on any day.
_TRUST_VALIDATORS_FOR = timedelta(days=30)
_UNCONDITIONAL_ONE_IN = 20

_DISPOSITIONS = {r.code: r.disposition for r in REASONS if r.unit_kind == "page"}
_STATUS_REASONS = {
    401: "login_required",
    407: "login_required",
    403: "forbidden",
    451: "forbidden",
    404: "not_found",
    410: "gone",
    429: "rate_limited",
    204: "no_content",
    205: "no_content",
}
_ETAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]{0,250}"\Z')
_HTTP_DATE = re.compile(r"[A-Za-z0-9 ,:+-]{10,40}\Z")


@dataclass(slots=True)
class _Trail:
    """Where one request led. `reply` is the answer at the end of the redirects."""

    url: str
    exchanges: list[Exchange] = field(default_factory=list)
    reply: Reply | None = None


@dataclass(frozen=True, slots=True)
class How:
    """Bounds and manners of a fetcher; tests shorten them.

    `ca_file` holds the authorities to trust in place of the usual ones.
    """

    limits: Limits = field(default_factory=Limits)
    manners: Manners = field(default_factory=Manners)
    resolve: Resolve = resolve_name
    ca_file: str | None = None


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
        self._wire = Wire(source.private_hosts, how.limits, how.resolve, how.ca_file)
        self._polite = PoliteWire(source, state, self._clock, self._wire, how.manners)
        self._robots_cache = RobotsCache(state)
        self._rules: dict[str, tuple[RobotsText, Rules]] = {}
        self._robots_faults: dict[str, tuple[datetime, Fault]] = {}

    @property
    def request_count(self) -> int:
        return self._polite.spent.requests

    def estimate(self, pages: Sequence[PageRef]) -> Estimate:
        """For the pages of one host, at the longer of our pause and the one robots.txt asks for."""
        if not pages:
            return estimate_fetch(0, self.source.pause, self.source.request_budget)
        try:
            pause = self._polite.pause(pages[0].url, self._rules_for(pages[0].url))
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
        conditions = _conditions(page.url, known, asked_at)
        reply = self._follow(trail, conditions)
        if reply.head.status == 304:  # noqa: PLR2004
            if conditions:
                return _end(page, Fault("not_modified_304", "304"), trail, asked_at)
            raise Fault("bad_answer", "304 to a request without conditions")
        _require_success(reply)
        body = self._whole_body(trail, reply)
        capture = _capture(page.source, trail, body)
        if known and capture.body_digest == known.body_digest and body.completeness == "complete":
            detail = f"same bytes as capture {known.capture_id}"
            return _end(page, Fault("same_body", detail), trail, asked_at)
        return capture

    def _whole_body(self, trail: _Trail, reply: Reply) -> Body:
        """A body that does not prove its end is asked for once more."""
        first = _body_of(reply, self._limits.body_bytes)
        if first.completeness == "complete":
            return first
        second_reply = self._follow(trail, {})
        _require_success(second_reply)
        second = _body_of(second_reply, self._limits.body_bytes)
        if second.completeness == "complete":
            return second
        if "incomplete" in (first.completeness, second.completeness):
            detail = f"{len(first.data)} and {len(second.data)} bytes, neither of them all"
            raise Fault("incomplete_body", detail)
        is_same = first.data == second.data and _is_closed(second.data)
        return Body(second.data, "unproven" if is_same else "incomplete")

    def ask_raw(self, url: str) -> Reply:
        """One answer as it came, with all manners and no redirects: for the API of an archive."""
        require_in_scope(url, self.source)
        return self._ask(_Trail(url), {}, self._rules_for(url))

    # --- index pages, feeds, sitemaps ------------------------------------------------------

    def fetch_listing(self, url: str) -> Capture | Miss:
        """The same manners for what lists pages; nothing is conditional, nothing is kept."""
        return self.fetch_page(PageRef(self.source.name, url)).outcome

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
            reply = self._ask(trail, headers, self._rules_for(trail.url))
            if reply.head.status not in _REDIRECTS:
                return reply
            if len(seen) > MOST_REDIRECTS:
                raise Fault("too_many_redirects", f"more than {MOST_REDIRECTS} redirects")
            trail.url = redirect_target(trail.url, reply.head.get("location"))

    def _ask(self, trail: _Trail, headers: Mapping[str, str], rules: Rules | None) -> Reply:
        if rules is not None and not rules.allows(trail.url):
            raise Fault("robots_disallows", f"{origin_of(trail.url)}/robots.txt")
        reply = self._polite.ask(trail.url, {**self._agent, **headers}, rules)
        trail.exchanges.append(Exchange(trail.url, reply.asked_at, reply.request, reply.wire))
        trail.reply = reply
        return reply

    # --- robots.txt --------------------------------------------------------------------------

    def _rules_for(self, url: str) -> Rules:
        origin = origin_of(url)
        now = self._clock.now()
        held = self._rules.get(origin)
        if held and held[0].is_fresh(now):
            return held[1]
        self._stop_if_robots_failed(origin, now)
        robots = self._robots_cache.read(origin)
        if robots is None or not robots.is_fresh(now):
            robots = self._ask_robots(origin, robots)
        rules = Rules(robots.text)
        self._rules[origin] = (robots, rules)
        return rules

    def _stop_if_robots_failed(self, origin: str, now: datetime) -> None:
        failed_at, fault = self._robots_faults.get(origin, (None, None))
        if failed_at and fault and now - failed_at < _ROBOTS_AGAIN_AFTER:
            raise fault

    def _ask_robots(self, origin: str, last_good: RobotsText | None) -> RobotsText:
        try:
            text = self._robots_text(origin)
        except Fault as fault:
            if fault.reason in _SAID_OF_THE_HOST:
                raise
            if last_good is not None:
                return last_good
            now = self._clock.now()
            unreachable = Fault(
                "robots_unreachable",
                f"{origin}/robots.txt: {fault}",
                next_try_at=fault.next_try_at or now + _ROBOTS_AGAIN_AFTER,
            )
            self._robots_faults[origin] = (now, unreachable)
            raise unreachable from fault
        robots = RobotsText(self._clock.now(), text)
        self._robots_cache.write(origin, robots)
        return robots

    def _robots_text(self, origin: str) -> str:
        trail = _Trail(f"{origin}/robots.txt")
        for _ in range(MOST_REDIRECTS + 1):
            require_in_scope(trail.url, self.source)
            reply = self._ask(trail, {}, rules=None)
            status = reply.head.status
            if status in _REDIRECTS:
                trail.url = redirect_target(trail.url, reply.head.get("location"))
            elif 400 <= status < 500 and status != 429:  # noqa: PLR2004 - "unavailable"
                return ""
            elif status == 200:  # noqa: PLR2004
                body = _body_of(reply, self._limits.body_bytes)
                if body.completeness == "incomplete":
                    raise Fault("incomplete_body", "robots.txt ended early")
                return read_text(body.data)
            else:
                raise Fault("server_error", f"status {status}")
        raise Fault("too_many_redirects", f"more than {MOST_REDIRECTS} redirects")


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
            "whoever runs this: state an address or a page in ASCII"
        )
    return {
        "User-Agent": f"{AGENT} (+{contact})",
        "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
        "Accept-Encoding": "gzip, deflate",
    }


def _conditions(url: str, known: KnownPage | None, now: datetime) -> dict[str, str]:
    """Validators go back only in the form the standard gives them: they came from outside."""
    if known is None or known.capture_url != url:
        return {}
    if now - known.captured_at > _TRUST_VALIDATORS_FOR:
        return {}
    if int(make_id(url, now.date()), 16) % _UNCONDITIONAL_ONE_IN == 0:
        return {}
    conditions = {}
    if known.etag and _ETAG.match(known.etag):
        conditions["If-None-Match"] = known.etag
    if known.last_modified and _HTTP_DATE.match(known.last_modified):
        conditions["If-Modified-Since"] = known.last_modified
    return conditions


def _require_success(reply: Reply) -> None:
    status = reply.head.status
    if status in (200, 203):
        return
    if status in _STATUS_REASONS:
        raise Fault(_STATUS_REASONS[status], f"status {status}")
    if status >= 500:  # noqa: PLR2004 - status classes
        raise Fault("server_error", f"status {status}")
    if status >= 400:  # noqa: PLR2004
        raise Fault("client_error", f"status {status}")
    raise Fault("bad_answer", f"status {status}, which was not asked for")


def _body_of(reply: Reply, cap: int) -> Body:
    body = read_body(reply.head, reply.payload, cap)
    return replace(body, completeness="incomplete") if reply.broken_by else body


def _is_closed(body: bytes) -> bool:
    """Only a page states its own end; of other text two equal answers are all one can get."""
    start = body[:1024].lower()
    if b"<html" not in start and b"<!doctype html" not in start:
        return True
    return b"</html" in body[-1024:].lower()


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
