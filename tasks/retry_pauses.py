"""When what was missed is tried again: pauses that grow with every try, up to a cap. Pure.

No jitter: the same journal gives the same times, and a host's own pace parts the requests.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Pauses:
    """The pause after the first try, after the second, and the longest."""

    first: timedelta
    second: timedelta
    longest: timedelta

    def after(self, try_count: int) -> timedelta:
        if try_count <= 1:
            return self.first
        doublings = min(try_count - 2, 10)
        return min(self.second * (1 << doublings), self.longest)


# Trouble that passes by itself: again in the next run, then ever later. Just under whole days
# and half days, so that a nightly run that begins a little early does not miss its turn.
PASSING = Pauses(timedelta(0), timedelta(hours=5), timedelta(hours=160))
# The site says no, or shows less than it states: it will hardly change its mind overnight.
REFUSED = Pauses(timedelta(hours=20), timedelta(hours=40), timedelta(days=30))
# The site says that it will not come back.
GONE = Pauses(timedelta(days=7), timedelta(days=14), timedelta(days=90))

_REFUSED = frozenset(
    {
        "robots_disallows",
        "address_not_allowed",
        "scheme_not_allowed",
        "bad_address",
        "outside_source",
        "login_required",
        "forbidden",
        "not_found",
        "fewer_listed_than_printed",
        "number_missing",
        "nothing_listed",
        "soft_404",
        "login_wall",
    }
)
# A page was answered with something else than its article, and may be answered better later.
SITE_MAY_MEND = frozenset({"challenge_page", "empty_body", "incomplete", "login_wall", "soft_404"})
# Our own choice, and no try: it comes up again when somebody asks for it.
OUR_CHOICE = frozenset({"limit_reached", "run_interrupted", "budget_spent", "not_due"})
# Nobody need fill these: the site asks us not to read the page, or has withdrawn it for good.
EXPLAINED_BY_RULE = frozenset({"robots_disallows", "gone"})


@dataclass(frozen=True, slots=True)
class Retry:
    """How often something was tried since it last answered, and when it is tried again."""

    try_count: int | None = None
    next_try_at: datetime | None = None
    reason: str = ""

    def is_due(self, now: datetime) -> bool:
        return self.next_try_at is None or self.next_try_at <= now


def pauses_of(reason: str) -> Pauses:
    if reason == "gone":
        return GONE
    return REFUSED if reason in _REFUSED else PASSING


def retry_after(
    known: Retry | None, reason: str, tried_at: datetime, not_before: datetime | None = None
) -> Retry:
    """`not_before` is what the site asked for.

    Asked before its time and answered the same, nothing has changed: the pause stands.
    """
    if reason in OUR_CHOICE:
        return Retry(known.try_count if known else None, not_before, reason)
    if known and known.reason == reason and not known.is_due(tried_at):
        return known
    try_count = (known.try_count or 0 if known else 0) + 1
    next_try_at = tried_at + pauses_of(reason).after(try_count)
    return Retry(try_count, max(next_try_at, not_before or next_try_at), reason)
