"""Pages that were asked for and gave no answer: which are asked again now, and which wait. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Self

from schemas.expectation import WHOLE, day_period
from schemas.records import Miss, PageRef
from tasks.gaps import Gaps
from tasks.retry_pauses import OUR_CHOICE, Retry, pauses_of


@dataclass(frozen=True, slots=True)
class Waiting:
    """`is_kept`: an older capture of it is there, so it is no gap."""

    retry: Retry
    listed_date: date | None
    is_kept: bool

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Self:
        retry = Retry(row["try_count"], row["next_try_at"], row["reason"])
        return cls(retry, row["listed_date"], row["is_kept"])

    @classmethod
    def of_unread(cls, row: Mapping[str, Any]) -> Self:
        """What is kept of it holds no article: as good as nothing."""
        pause = pauses_of(row["reason"]).after(row["try_count"])
        retry = Retry(row["try_count"], row["asked_at"] + pause, row["reason"])
        return cls(retry, row["listed_date"], is_kept=False)


@dataclass(frozen=True, slots=True)
class Turn:
    """What a run asks a source for. `later` are listed, but their time has not come."""

    asked: list[PageRef] = field(default_factory=list)
    later: list[PageRef] = field(default_factory=list)


def without_explained(
    source: str, waiting: Mapping[str, Waiting], gaps: Gaps
) -> dict[str, Waiting]:
    """Pages of days that a person has explained wait for no turn, unless more is missing now."""
    missing = Counter(each.listed_date for each in waiting.values() if not each.is_kept)
    rest = {
        day
        for day, count in missing.items()
        if gaps.is_explained((source, day_period(day) if day else WHOLE), count)
    }
    return {url: each for url, each in waiting.items() if each.listed_date not in rest}


def take_turns(
    listed: Iterable[PageRef], waiting: Mapping[str, Waiting], now: datetime, *, is_ordered: bool
) -> Turn:
    """A person who names days wants them now; a run of everything keeps the pauses."""
    turn = Turn()
    for page in listed:
        known = waiting.get(page.url)
        is_early = known is not None and not known.retry.is_due(now) and not is_ordered
        (turn.later if is_early else turn.asked).append(page)
    return turn


def due_pages(
    source: str, waiting: Mapping[str, Waiting], listed: Iterable[PageRef], now: datetime
) -> list[PageRef]:
    """Gaps that no listing of this run shows, oldest day first. What a run left out by order is
    not taken up by another: it is asked for when its days are."""
    shown = {page.url for page in listed}
    return [
        PageRef(source, url, each.listed_date)
        for url, each in waiting.items()
        if url not in shown
        and not each.is_kept
        and each.retry.reason not in OUR_CHOICE - {"budget_spent"}
        and each.retry.is_due(now)
    ]


def not_due(page: PageRef, waiting: Waiting, now: datetime) -> Miss:
    return Miss(
        source=page.source,
        url=page.url,
        disposition="deferred",
        reason="not_due",
        detail=f"{waiting.retry.reason} before; next try at {waiting.retry.next_try_at}",
        asked_at=now,
    )
