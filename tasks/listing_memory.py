"""Listing pages as pages are: on disk before anybody reads them, asked for again if they changed.

What killed runs were told is told again from disk: an interrupted run costs no site its index
a second time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from schemas.errors import BadInput, NotFound
from schemas.exchange import Answer, KnownPage
from schemas.records import Capture, Miss
from tasks.capture_index import IndexLine
from tasks.capture_series import CaptureSeries, run_of
from tasks.keep import CaptureStore


class ListingMemory(Protocol):
    """What a fetcher does with listing pages beside reading them."""

    def standing(self, url: str) -> Capture | None:
        """An answer so fresh that nobody needs to ask again."""

    def known(self, url: str) -> KnownPage | None:
        """The last answer, so that it is asked for only if it changed."""

    def keep(self, answer: Answer) -> Capture | Miss:
        """The answer on disk; one that did not change comes back as it was."""


class NoMemory:
    """For a look at a source that keeps nothing."""

    def standing(self, url: str) -> None: ...

    def known(self, url: str) -> None: ...

    def keep(self, answer: Answer) -> Capture | Miss:
        return answer.outcome


@dataclass(frozen=True, slots=True)
class Standing:
    """Whose answers stand: those of killed runs, from an instant on."""

    run_ids: tuple[str, ...]
    since: datetime

    def holds(self, line: IndexLine) -> bool:
        captured_at = datetime.fromisoformat(line.captured_at)
        return run_of(line.filename) in self.run_ids and captured_at >= self.since


class KeptListings:
    """The listing pages of one source in the capture store."""

    def __init__(
        self,
        store: CaptureStore,
        series: CaptureSeries,
        lines: Iterable[IndexLine],
        standing: Standing,
    ) -> None:
        self._store = store
        self._series = series
        self._lines = {line.page_url: line for line in lines}
        self._standing = standing

    def standing(self, url: str) -> Capture | None:
        line = self._lines.get(url)
        return self._read(line) if line and self._standing.holds(line) else None

    def known(self, url: str) -> KnownPage | None:
        """None too where the last answer cannot be read back: "not modified" would say nothing."""
        line = self._lines.get(url)
        return line.known_page() if line and self._read(line) else None

    def keep(self, answer: Answer) -> Capture | Miss:
        outcome = self._series.keep(answer)
        line = self._lines.get(answer.page.url)
        is_same = isinstance(outcome, Miss) and outcome.disposition == "not_modified"
        return (line and is_same and self._read(line)) or outcome

    def _read(self, line: IndexLine) -> Capture | None:
        try:
            return self._store.read(line.filename, line.offset, "listing")
        except (BadInput, NotFound):
            return None
