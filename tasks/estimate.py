"""What a fetch will cost the site and us, said before it starts. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

# One robots.txt for a host; repeats and redirects are not foreseen, and are budgeted apart.
_EXTRA_REQUESTS = 1
# Above either a person is asked first: an hour of a site's patience, a thousand of its pages.
ASK_ABOVE_REQUESTS = 1_000
ASK_ABOVE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Estimate:
    """`what` is asked for: pages, or the listings that name them."""

    requests: int
    seconds: float
    left_for_later: int = 0
    what: str = "pages"

    @property
    def is_large(self) -> bool:
        return self.requests > ASK_ABOVE_REQUESTS or timedelta(seconds=self.seconds) > ASK_ABOVE

    def __str__(self) -> str:
        later = (
            f", {self.left_for_later} {self.what} left for later runs"
            if self.left_for_later
            else ""
        )
        return f"{self.requests} requests for {self.what}, about {spell(self.seconds)}{later}"


def estimate_fetch(pages: int, pause: timedelta, budget: int, what: str = "pages") -> Estimate:
    """At the polite pace; an answer is taken to need no longer than the pause after it."""
    asked = min(pages, max(budget - _EXTRA_REQUESTS, 0))
    requests = asked + _EXTRA_REQUESTS if pages else 0
    return Estimate(requests, requests * pause.total_seconds(), pages - asked, what)


def spell(seconds: float) -> str:
    """In the largest unit that leaves a number over one: 90 min, 26 h, 3 days."""
    for name, size in (("days", 172_800.0), ("h", 7_200.0), ("min", 120.0)):
        if seconds >= size:
            return f"{seconds / (size / 2):.0f} {name}"
    return f"{seconds:.0f} s"
