"""When a host may be asked next: one small file per host, shared by workers and restarts.

The file is locked from before the wait until the answer is in, so that one host sees one request
at a time from this machine. A request found unfinished was cut off by a kill: its moment is not
known, so the pause counts from now.
Times are kept on the monotonic clock while the machine runs, so that a wall clock set back or
forth shortens no pause.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from schemas.errors import CannotWrite
from tasks.clock import Clock

LONGEST_BLOCK = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class HostState:
    """Moments on both clocks: wall time is read only after the machine restarted."""

    boot_id: str = ""
    ended_monotonic: float = 0.0
    ended_at: float = 0.0
    least_pause: float = 0.0
    blocked_monotonic: float = 0.0
    blocked_at: float = 0.0
    is_asking: bool = False
    strikes: int = 0
    slowdown: float = 1.0
    last_refusal_at: float = 0.0


class Turn:
    """One request's turn at a host. `seconds_blocked` over zero means: do not ask now."""

    def __init__(self, pace: Pace, state: HostState, pause: float) -> None:
        self._pace = pace
        self._pause = pause
        self.state = state

    @property
    def seconds_blocked(self) -> float:
        return self._pace.seconds_until(self.state, "blocked")

    @property
    def blocked_until(self) -> datetime:
        return self._pace.clock.now() + timedelta(seconds=self.seconds_blocked)

    def wait(self) -> None:
        """Sleep until the pause since the last request is over."""
        if self.state.is_asking:
            self._settle(is_asking=False)
        pause = max(self._pause * self.state.slowdown, self.state.least_pause)
        while (left := pause + self._pace.seconds_until(self.state, "ended")) > 0:
            self._pace.clock.sleep(min(left, pause))

    def begin(self) -> None:
        if self._pause:
            self._settle(is_asking=True)

    def end(self, at_least: float = 0.0) -> None:
        """The answer is in; the pause starts here. `at_least` lengthens this one pause."""
        self._settle(is_asking=False, at_least=at_least)

    def answered(self) -> None:
        """The host answers well: forget its refusals, take back one step of slowness."""
        if self.state.strikes or self.state.slowdown > 1:
            faster = max(1.0, self.state.slowdown / 2)
            self.state = replace(self.state, strikes=0, slowdown=faster)
            self._pace.write(self.state)

    def struggled(self) -> None:
        """The host answers badly: twice the pause from now on, eight times at most."""
        slower = min(8.0, self.state.slowdown * 2)
        self.state = replace(self.state, slowdown=slower)
        self._pace.write(self.state)

    def block(self, seconds: float) -> None:
        """Nobody asks this host for that long, in this process or another."""
        seconds = min(max(seconds, 0.0), LONGEST_BLOCK.total_seconds())
        clock = self._pace.clock
        self.state = replace(
            self.state,
            boot_id=clock.boot_id,
            blocked_monotonic=clock.monotonic() + seconds,
            blocked_at=clock.now().timestamp() + seconds,
            strikes=self.state.strikes + 1,
            last_refusal_at=clock.now().timestamp(),
        )
        self._pace.write(self.state)

    @property
    def was_refused_lately(self) -> bool:
        """A connection refused within an hour of a 429 is a ban, not an outage."""
        age = self._pace.clock.now().timestamp() - self.state.last_refusal_at
        return self.state.strikes > 0 and 0 <= age <= timedelta(hours=1).total_seconds()

    def _settle(self, *, is_asking: bool, at_least: float = 0.0) -> None:
        clock = self._pace.clock
        self.state = replace(
            self.state,
            boot_id=clock.boot_id,
            ended_monotonic=clock.monotonic(),
            ended_at=clock.now().timestamp(),
            least_pause=at_least,
            is_asking=is_asking,
        )
        self._pace.write(self.state)


class Pace:
    """The file of one host."""

    def __init__(self, folder: Path, host: str, clock: Clock) -> None:
        self.clock = clock
        self._host = host
        folder.mkdir(parents=True, exist_ok=True)
        # A digest as name: a host name from a page never becomes a path.
        name = hashlib.sha256(host.encode()).hexdigest()[:32]
        self._path = folder / f"host-{name}.json"
        self._descriptor = -1

    @contextmanager
    def turn(self, pause: timedelta) -> Iterator[Turn]:
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
        self._descriptor = os.open(self._path, flags, 0o600)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX)
            yield Turn(self, self._read(), pause.total_seconds())
        finally:
            os.close(self._descriptor)

    def seconds_until(self, state: HostState, what: str) -> float:
        return float(getattr(state, f"{what}_monotonic")) - self.clock.monotonic()

    def write(self, state: HostState) -> None:
        fields = {name: getattr(state, name) for name in HostState.__slots__}
        text = json.dumps({"host": self._host, **fields}).encode()
        try:
            os.pwrite(self._descriptor, text.ljust(1024), 0)
        except OSError as error:
            # Asking on without it could break the pause of the next process.
            raise CannotWrite(
                f"{self._path}: {error.strerror} while noting when {self._host} was asked. "
                "Free space and run again"
            ) from error

    def _read(self) -> HostState:
        text = os.pread(self._descriptor, 4096, 0)
        if not text.strip():
            return HostState()
        try:
            fields = json.loads(text)
            state = HostState(**{name: fields[name] for name in HostState.__slots__})
        except (ValueError, KeyError, TypeError):
            # Torn by a kill: the safe reading is that a request was under way.
            return HostState(is_asking=True)
        return state if self._is_of_this_boot(state) else self._carried_over(state)

    def _is_of_this_boot(self, state: HostState) -> bool:
        return bool(state.boot_id) and state.boot_id == self.clock.boot_id

    def _carried_over(self, state: HostState) -> HostState:
        """The machine restarted: only wall time spans that, and it may have been set back."""
        now, monotonic = self.clock.now().timestamp(), self.clock.monotonic()
        blocked = min(max(state.blocked_at - now, 0.0), LONGEST_BLOCK.total_seconds())
        return replace(
            state,
            boot_id=self.clock.boot_id,
            ended_monotonic=monotonic + min(state.ended_at - now, 0.0),
            blocked_monotonic=monotonic + blocked,
        )


def host_key(host: str) -> str:
    """One bucket for the spellings of one host: case, trailing dot, `www.`."""
    return host.lower().rstrip(".").removeprefix("www.")
