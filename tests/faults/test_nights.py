"""An archive whose days and pages fail at random, night after night: every gap ends filled.

The clock is a test's own: thirty nights pass in minutes, with their pauses.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from flows.collect import fetch_source
from flows.finish import audit, publish_working
from flows.ingest import run_ingest
from flows.rebuild import rebuild
from flows.session import Order, Request
from flows.settle_batches import settle_batch
from schemas.records import Window
from tasks.settings import read_settings
from tasks.sources import SOURCES
from tests.day_archive import NAME, DayArchive, index_path, story_path
from tests.faults.figures import SEED, note, size
from warehouse.read import PublishedReader

pytestmark = pytest.mark.faults
NIGHTS = size("NIGHTS", 30)
# After so many the archive is well, and what still waits is filled when its pause is over.
NIGHTS_OF_TROUBLE = NIGHTS * 2 // 3
MOST_NIGHTS = NIGHTS * 2
FIRST = date(2007, 6, 1)
PASSING = ("server_error", "bad_answer", "connection_failure")


class Nights:
    """A clock that a test sets to the next night; whoever sleeps moves it, and waits for nobody."""

    boot_id = "nights"
    dusk = datetime(2007, 6, 2, 3, 15, tzinfo=UTC)

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> datetime:
        return self.dusk + timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds

    def begin(self, night: int) -> None:
        self.seconds = max(self.seconds, night * 86_400.0)


class TroubledArchive(DayArchive):
    """Remembers of every request whether it was answered well."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.asked: list[tuple[str, bool]] = []

    def script(self, asked):
        self.asked.append((asked.path, asked.path not in self.broken))
        return super().script(asked)

    def trouble(self, chance: random.Random, night: int) -> None:
        """A third of all days and pages; a page that is not there is rarely there again soon."""
        kinds = (*PASSING, "not_found") if night < NIGHTS // 5 else PASSING
        days = [FIRST + timedelta(days=number) for number in range(night + 1)]
        numbers = range(1, self.pages_a_day + 1)
        paths = [
            path
            for day in days
            for path in (index_path(day), *(story_path(day, number) for number in numbers))
        ]
        self.broken = {path: chance.choice(kinds) for path in paths if chance.random() < 1 / 3}


@pytest.fixture(autouse=True)
def no_prefect(monkeypatch):
    """The stages themselves: Prefect only counts them, and no night waits for its server."""
    stages = {"fetch_source": fetch_source, "audit": audit, "publish_working": publish_working}
    for name, stage in stages.items():
        monkeypatch.setattr(f"flows.ingest.{name}", stage.fn)
    monkeypatch.setattr("flows.settle_batches.settle_batch", settle_batch.fn)
    monkeypatch.setattr("flows.ingest.show_in_prefect", lambda *_: None)


@pytest.fixture
def archive(monkeypatch):
    archive = TroubledArchive()
    with archive.server:
        monkeypatch.setitem(SOURCES, NAME, archive.source())
        yield archive


def run_night(settings, clock, night):
    day = FIRST + timedelta(days=night)
    clock.begin(night)
    request = Request(settings, Order("ingest", (NAME,), Window(day, day)))
    request.clock = clock
    summary = run_ingest.fn(request)
    assert not summary.is_blocked
    is_resting = any("host_resting" in name for name in summary.pages)
    return day, is_resting


def rows(settings, sql):
    with PublishedReader(settings.published) as reader:
        return reader.rows(sql)


def ledger_of_days(settings):
    """By day: state and published stories."""
    found = rows(
        settings,
        "select first_date, state, published_count::int as stories from completeness "
        "where period = 'day'",
    )
    return {row["first_date"]: (row["state"], row["stories"]) for row in found}


def digests(settings):
    newest = max((settings.data / "published").iterdir(), key=lambda path: int(path.name))
    return json.loads((newest / "digests.json").read_text(encoding="utf-8"))


def asked_after_it_was_had(asked):
    had, again = set(), Counter()
    for path, is_well in asked:
        if path in had and path != "/robots.txt":
            again[path] += 1
        if is_well:
            had.add(path)
    return again


def test_thirty_nights(tmp_path, archive, capsys):
    chance = random.Random(SEED)  # noqa: S311 - a seed to repeat a failure by
    settings = read_settings({}, tmp_path / "data", None)
    clock, most_open, rested, waiting, night = Nights(), 0, 0, 1, 0
    while night < NIGHTS or (waiting and night < MOST_NIGHTS):
        archive.broken = {}
        # The first night is well: with nothing at all there is nothing to publish.
        if 0 < night < NIGHTS_OF_TROUBLE:
            archive.trouble(chance, night)
        day, is_resting = run_night(settings, clock, night)
        ledger = ledger_of_days(settings)
        # Whatever is wrong with other days, what is well of tonight's is published tonight,
        # unless the host gave no answer at all and was left alone.
        stories = [story_path(day, number) for number in range(1, archive.pages_a_day + 1)]
        well = sum(path not in archive.broken for path in stories)
        expected = 0 if index_path(day) in archive.broken else well
        assert ledger[day][1] == expected or is_resting
        rested += is_resting
        waiting = sum(state == "open" for state, _ in ledger.values())
        most_open = max(most_open, waiting)
        night += 1

    captures = rows(settings, "select url, count(*)::int as kept from captures group by url")
    again = asked_after_it_was_had(archive.asked)
    failed = sum(not is_well for _, is_well in archive.asked)
    with capsys.disabled():
        note(
            "nights",
            nights=night,
            requests=len(archive.asked),
            failed_requests=failed,
            nights_the_host_rested=rested,
            most_open_gaps=most_open,
            gaps_left=waiting,
            asked_again_after_kept=again.total(),
            kept_twice=sum(row["kept"] > 1 for row in captures),
        )
    assert failed > NIGHTS
    assert most_open > 0
    assert set(ledger.values()) == {("filled", archive.pages_a_day)}
    assert len(ledger) == night
    assert len(captures) == night * archive.pages_a_day
    assert again == Counter()
    assert {row["kept"] for row in captures} == {1}
    before = digests(settings)
    rebuild(settings)
    assert digests(settings) == before
