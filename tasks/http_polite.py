"""Asking a site as it wishes to be asked: robots.txt, pause, Retry-After, few retries.

The only place that retries, and the only one that decides to wait.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

from schemas.source import Source
from tasks.clock import Clock
from tasks.http_fault import Fault
from tasks.http_scope import host_of, is_private, origin_of
from tasks.http_wire import Reply, Wire
from tasks.pace import Pace, Turn, host_key
from tasks.robots import Rules

# A declared pause below this is taken only for a source's own private hosts.
LEAST_PAUSE = timedelta(seconds=1)
_PASSING_STATUS = frozenset({500, 502, 503, 504, *range(520, 528)})


@dataclass(frozen=True, slots=True)
class Manners:
    """How often and how long. `patience` is the longest wait inside a run."""

    tries: int = 3
    first_backoff: float = 2.0
    patience: float = 120.0
    refusal_seconds: float = 60.0
    ban_seconds: float = 3_600.0
    failures_until_rest: int = 3
    outage_seconds: float = 60.0
    rest_seconds: float = 600.0


@dataclass(slots=True)
class Failing:
    """An origin that gives no answer. `at` is when it last gave none, by the monotonic clock."""

    count: int = 0
    at: float = 0.0
    is_waited_for: bool = False


@dataclass(slots=True)
class Spent:
    """What this run has cost the site so far."""

    requests: int = 0
    repeats: int = 0
    failing: dict[str, Failing] = field(default_factory=dict)
    answered: set[str] = field(default_factory=set)


class PoliteWire:
    """Every request of a source goes through `ask`. `rules_for` gives an origin's robots rules."""

    def __init__(
        self, source: Source, state: Path, clock: Clock, wire: Wire, manners: Manners
    ) -> None:
        self.spent = Spent()
        self._source = source
        self._state = state
        self._clock = clock
        self._wire = wire
        self._manners = manners
        self._paces: dict[str, Pace] = {}

    def ask(self, url: str, headers: Mapping[str, str], rules: Rules | None) -> Reply:
        """One answer, after at most a few tries; a Fault where there is none worth having."""
        for attempt in range(1, self._manners.tries + 1):
            is_last = attempt == self._manners.tries or not self._may_repeat()
            try:
                reply = self._ask_once(url, headers, self.pause(url, rules), attempt)
            except Fault as fault:
                if is_last or not fault.is_passing or fault.next_try_at is not None:
                    raise
            else:
                if is_last or not _is_passing(reply):
                    return reply
            self.spent.repeats += 1
        raise AssertionError("the last try returns or raises")

    def _ask_once(
        self, url: str, headers: Mapping[str, str], pause: timedelta, attempt: int
    ) -> Reply:
        self._stop_if_resting(url)
        with self._pace(url).turn(pause) as turn:
            self._wait_out_block(turn)
            turn.wait()
            self._spend()
            turn.begin()
            try:
                reply = self._send(url, headers)
            except Fault as fault:
                self._learn_from_fault(turn, url, fault)
                turn.end(at_least=self._backoff(attempt) if fault.is_passing else 0.0)
                raise
            self._learn_from_reply(turn, url, reply)
            turn.end(at_least=self._backoff(attempt) if _is_passing(reply) else 0.0)
            return reply

    def _send(self, url: str, headers: Mapping[str, str]) -> Reply:
        """A kept connection that the server has just closed costs one more request, not a try."""
        try:
            return self._wire.ask(url, headers, self._clock.now())
        except Fault as fault:
            if not fault.is_stale_connection:
                raise
        self._spend()
        return self._wire.ask(url, headers, self._clock.now())

    def _spend(self) -> None:
        if self.spent.requests >= self._source.request_budget:
            raise Fault(
                "budget_spent",
                f"{self.spent.requests} requests made, request_budget of {self._source.name} "
                f"is {self._source.request_budget}",
            )
        self.spent.requests += 1

    def _may_repeat(self) -> bool:
        """A site in trouble gets at most a fifth more requests than planned."""
        planned = self.spent.requests - self.spent.repeats
        return self.spent.repeats < max(5, planned // 5)

    def pause(self, url: str, rules: Rules | None) -> timedelta:
        declared = max(self._source.pause, rules.pause if rules else timedelta(0))
        return declared if is_private(url, self._source) else max(declared, LEAST_PAUSE)

    def _pace(self, url: str) -> Pace:
        key = host_key(host_of(url))
        if key not in self._paces:
            self._paces[key] = Pace(self._state, key, self._clock)
        return self._paces[key]

    def _backoff(self, attempt: int) -> float:
        return self._manners.first_backoff * 2.0 ** (attempt - 1)

    def _wait_out_block(self, turn: Turn) -> None:
        if turn.seconds_blocked > self._manners.patience:
            raise Fault(
                "rate_limited",
                f"the host asked us to wait until {turn.blocked_until:%Y-%m-%d %H:%M:%S} UTC",
                next_try_at=turn.blocked_until,
            )
        while (left := turn.seconds_blocked) > 0:
            self._clock.sleep(left)

    def _stop_if_resting(self, url: str) -> None:
        """An outage of a host that had answered is waited out once; then pages are put off."""
        failing = self.spent.failing.get(origin_of(url))
        if failing is None or failing.count < self._manners.failures_until_rest:
            return
        if not failing.is_waited_for and origin_of(url) in self.spent.answered:
            failing.is_waited_for = True
            self._clock.sleep(self._manners.outage_seconds)
            return
        left = failing.at + self._manners.rest_seconds - self._clock.monotonic()
        if left > 0:
            raise Fault(
                "host_resting",
                f"{failing.count} requests in a row got no answer",
                next_try_at=self._clock.now() + timedelta(seconds=left),
            )

    def _learn_from_fault(self, turn: Turn, url: str, fault: Fault) -> None:
        if not fault.is_passing and fault.reason not in {"dns_failure", "tls_failure"}:
            return
        failing = self.spent.failing.setdefault(origin_of(url), Failing())
        failing.count += 1
        failing.at = self._clock.monotonic()
        if turn.was_refused_lately and fault.reason == "connection_failure":
            turn.block(self._manners.ban_seconds * 2.0 ** (turn.state.strikes - 1))

    def _learn_from_reply(self, turn: Turn, url: str, reply: Reply) -> None:
        status = _trouble_status(reply)
        self.spent.failing.pop(origin_of(url), None)
        self.spent.answered.add(origin_of(url))
        wait = retry_after(reply.head.get("retry-after"), self._clock.now())
        if status == 429:  # noqa: PLR2004 - Too Many Requests
            turn.struggled()
            default = self._manners.refusal_seconds * 2.0 ** min(turn.state.strikes, 10)
            turn.block(default if wait is None else wait)
        elif status in _PASSING_STATUS:
            turn.struggled()
            if wait is not None:
                turn.block(wait)
        else:
            turn.answered()


def retry_after(text: str | None, now: datetime) -> float | None:
    """Seconds to wait: a number or a date. What is neither counts as not said."""
    if text is None:
        return None
    text = text.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, (_in_utc(until) - now).total_seconds())


def _in_utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def _is_passing(reply: Reply) -> bool:
    return _trouble_status(reply) in {429, *_PASSING_STATUS}


def _trouble_status(reply: Reply) -> int:
    """What an archive shows of an error long ago is content, not trouble of the archive itself."""
    return 200 if reply.head.get("memento-datetime") else reply.head.status
