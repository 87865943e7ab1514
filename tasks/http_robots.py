"""The rules of each origin: asked for once a day, kept between runs, and no page without them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from tasks.clock import Clock
from tasks.http_answer import MOST_REDIRECTS, REDIRECTS, body_of
from tasks.http_fault import Fault
from tasks.http_scope import origin_of, redirect_target
from tasks.http_wire import Reply
from tasks.robots import RobotsCache, RobotsText, Rules, read_text

AGAIN_AFTER = timedelta(minutes=10)
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


class RobotsDesk:
    """`ask` sends one request in scope, with all manners but these rules."""

    def __init__(
        self, state: Path, clock: Clock, ask: Callable[[str], Reply], body_cap: int
    ) -> None:
        self._cache = RobotsCache(state)
        self._clock = clock
        self._ask = ask
        self._body_cap = body_cap
        self._held: dict[str, tuple[RobotsText, Rules]] = {}
        self._failed: dict[str, tuple[float, Fault]] = {}

    def rules_for(self, url: str) -> Rules:
        """Raises Fault where robots.txt cannot be had now: then nothing is asked at all."""
        origin = origin_of(url)
        now = self._clock.now()
        held = self._held.get(origin)
        if held and held[0].is_fresh(now):
            return held[1]
        self._stop_if_failed_lately(origin)
        robots = self._cache.read(origin)
        if robots is None or not robots.is_fresh(now):
            robots = self._ask_for(origin, robots)
        rules = Rules(robots.text)
        self._held[origin] = (robots, rules)
        return rules

    def _stop_if_failed_lately(self, origin: str) -> None:
        failed_at, fault = self._failed.get(origin, (0.0, None))
        if fault and self._clock.monotonic() - failed_at < AGAIN_AFTER.total_seconds():
            raise fault

    def _ask_for(self, origin: str, last_good: RobotsText | None) -> RobotsText:
        try:
            text = self._text(origin)
        except Fault as fault:
            if fault.reason in _SAID_OF_THE_HOST:
                raise
            if last_good is not None:
                return last_good
            unreachable = Fault(
                "robots_unreachable",
                f"{origin}/robots.txt: {fault}",
                next_try_at=fault.next_try_at or self._clock.now() + AGAIN_AFTER,
            )
            self._failed[origin] = (self._clock.monotonic(), unreachable)
            raise unreachable from fault
        robots = RobotsText(self._clock.now(), text)
        self._cache.write(origin, robots)
        return robots

    def _text(self, origin: str) -> str:
        url = f"{origin}/robots.txt"
        for _ in range(MOST_REDIRECTS + 1):
            reply = self._ask(url)
            status = reply.head.status
            if status not in REDIRECTS:
                return self._text_of(reply)
            url = redirect_target(url, reply.head.get("location"))
        raise Fault("too_many_redirects", f"more than {MOST_REDIRECTS} redirects")

    def _text_of(self, reply: Reply) -> str:
        status = reply.head.status
        if 400 <= status < 500 and status != 429:  # noqa: PLR2004 - RFC 9309: "unavailable"
            return ""
        if status != 200:  # noqa: PLR2004
            raise Fault("server_error", f"status {status}")
        body = body_of(reply, self._body_cap)
        if body.completeness == "incomplete":
            raise Fault("incomplete_body", "robots.txt ended early")
        return read_text(body.data)
