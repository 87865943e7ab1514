"""The completeness ledger: pages counted by day, beside what was expected of it. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from schemas.expectation import WHOLE, Expectation, Period, day_period
from schemas.ids import make_id
from tasks.gaps import Gaps, Standing
from tasks.numbering import period_of
from tasks.retry_pauses import EXPLAINED_BY_RULE

Record = dict[str, Any]
COUNTS = ("listed", "fetched", "parsed", "loaded", "published")
DEFAULT_TOLERANCE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class PageGroup:
    """Pages of one source and day that are wanted for one reason; or, without one, are had."""

    source: str
    listed_date: date | None
    gap_reason: str | None
    waiver: str | None
    page_count: int
    fetched_count: int
    parsed_count: int
    loaded_count: int
    published_count: int
    try_count: int | None
    is_due: bool
    next_try_at: datetime | None
    first_listed_at: datetime

    @property
    def explanation(self) -> str | None:
        if self.waiver:
            return f"waived: {self.waiver}"
        return self.gap_reason if self.gap_reason in EXPLAINED_BY_RULE else None

    @property
    def is_asked_for(self) -> bool:
        """A page that is kept and refused is read again, not asked for again."""
        return self.page_count > self.fetched_count

    def __str__(self) -> str:
        noun = "page" if self.page_count == 1 else "pages"
        return f"{self.page_count} {noun}: {self.gap_reason}"


Key = tuple[str, Period]


def completeness_rows(
    groups: Iterable[PageGroup], gaps: Gaps, tolerances: Mapping[str, timedelta]
) -> list[Record]:
    """`tolerances`: how long each declared source lets a gap stay open."""
    counted, wanted = _count(groups)
    keys = {key for key in counted if key[1].kind == "day"} | set(gaps.standings) | set(wanted)
    rows = []
    for key in sorted(keys, key=lambda each: (each[0], each[1].kind, each[1].first or date.min)):
        row = _Row(key, counted[key], wanted.get(key, []), gaps)
        rows.append(row.record(tolerances.get(key[0], DEFAULT_TOLERANCE)))
    return rows


def _count(
    groups: Iterable[PageGroup],
) -> tuple[dict[Key, dict[str, int]], dict[Key, list[PageGroup]]]:
    """Counts of every period a page falls in, and what is wanted in the shortest of them."""
    counted: dict[Key, dict[str, int]] = defaultdict(lambda: dict.fromkeys(COUNTS, 0))
    wanted: dict[Key, list[PageGroup]] = {}
    for group in groups:
        day = group.listed_date
        own = WHOLE if day is None else day_period(day)
        longer = () if day is None else (period_of("month", day), period_of("year", day), WHOLE)
        for period in (own, *longer):
            counts = counted[group.source, period]
            counts["listed"] += group.page_count
            for name in COUNTS[1:]:
                counts[name] += getattr(group, f"{name}_count")
        if group.gap_reason is not None:
            wanted.setdefault((group.source, own), []).append(group)
    return counted, wanted


@dataclass(frozen=True, slots=True)
class _Row:
    key: Key
    counts: dict[str, int]
    wanted: list[PageGroup]
    gaps: Gaps

    @property
    def standing(self) -> Standing:
        source, period = self.key
        nothing = Standing(Expectation(source, period, "index_count"))
        return self.gaps.standings.get(self.key, nothing)

    def record(self, tolerance: timedelta) -> Record:
        (source, period), said = self.key, self.standing.expectation
        state, explanation = self._state()
        since = self._since() if state != "filled" else None
        missing = self._missing()
        return {
            "completeness_id": make_id(source, period.kind, period.first),
            "source": source,
            "period": period.kind,
            "first_date": period.first,
            "last_date": period.last,
            "expected_by": said.expected_by,
            "expected_count": _sum(self.counts["listed"], said.unlisted),
            **{f"{name}_count": self.counts[name] for name in COUNTS},
            "missing_count": missing,
            "state": state,
            "reason": self._reason() if state != "filled" else None,
            "detail": self._detail() if state != "filled" else None,
            "try_count": self._try_count() if state != "filled" else 0,
            "next_try_at": self._next_try_at() if state == "open" else None,
            "missing_since": since,
            "tolerated_until": since + tolerance if since else None,
            "explanation": explanation,
        }

    def _missing(self) -> int | None:
        pages = sum(group.page_count for group in self.wanted)
        return _sum(pages, self.standing.expectation.unlisted)

    def _state(self) -> tuple[str, str | None]:
        said = self.standing.expectation
        if said.reason is None and not self.wanted:
            return "filled", None
        by_hand = self.gaps.explanations.get(self.key)
        if by_hand is not None and by_hand.holds_for(self._missing()):
            return "explained", by_hand.text
        reasons = [said.explanation] if said.reason else []
        reasons += [group.explanation for group in self.wanted]
        given = dict.fromkeys(reason for reason in reasons if reason is not None)
        return ("explained", "; ".join(given)) if None not in reasons else ("open", None)

    def _open_first(self) -> list[PageGroup]:
        """Those nobody has explained, most pages first; then the explained ones."""
        return sorted(
            self.wanted,
            key=lambda g: (g.explanation is not None, -g.page_count, g.gap_reason or ""),
        )

    def _reason(self) -> str | None:
        said = self.standing.expectation
        if said.reason and (said.is_open or not self.wanted):
            return said.reason
        return self._open_first()[0].gap_reason

    def _detail(self) -> str | None:
        said = self.standing.expectation
        parts = [said.detail or said.reason] if said.reason else []
        return "; ".join([*filter(None, parts), *map(str, self._open_first())])

    def _try_count(self) -> int:
        counts = [self.standing.retry.try_count, *(group.try_count for group in self.wanted)]
        return max(count or 0 for count in counts)

    def _next_try_at(self) -> datetime | None:
        """None is the next run, and also where nothing is asked for again."""
        asked = [group for group in self.wanted if group.is_asked_for and not group.explanation]
        if any(group.is_due for group in asked):
            return None
        times = [group.next_try_at for group in asked]
        if self.standing.expectation.is_open:
            times.append(self.standing.retry.next_try_at)
        return min((time for time in times if time is not None), default=None)

    def _since(self) -> datetime | None:
        times = [group.first_listed_at for group in self.wanted]
        if self.standing.expectation.reason and self.standing.missing_since:
            times.append(self.standing.missing_since)
        return min(times, default=None)


def _sum(count: int, more: int | None) -> int | None:
    return None if more is None else count + more
