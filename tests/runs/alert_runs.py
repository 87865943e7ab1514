"""Runs that only alert, on a clock of their own: the real journal, real messages over HTTP."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flows.alerting import raise_alerts
from tasks.incidents import Signal, fold_incidents
from tasks.journal import RUN_FINISHED, RUN_STARTED, Journal, read_journal
from tasks.settings import Settings

START = datetime(2024, 3, 1, tzinfo=UTC)
CHECKS = ("articles_have_bodies", "quotes_are_found", "blocks_are_known")


def signal(check, source, *, passes=False, rows=1):
    return Signal(check, source, "error", passes, f"Rows: {rows}.", "{}", "data", rows)


@dataclass
class Nights:
    """One data folder, and what time it is there."""

    data: Path
    urls: tuple[str, ...]
    fallback_urls: tuple[str, ...] = ()
    now: datetime = START
    number: int = field(default=0)

    def run(self, signals, after=timedelta(hours=1)):
        settings = Settings(self.data, alert_urls=self.urls, alert_fallback_urls=self.fallback_urls)
        run_id = f"{self.number:05}"
        with Journal(settings.journal, run_id) as journal:
            journal.write(RUN_STARTED, flow="ingest", sources=[], started_at=self.now)
            raise_alerts(settings, journal, run_id, signals, self.now)
            journal.write(RUN_FINISHED)
        self.number += 1
        self.now += after

    def lines(self):
        return list(read_journal(self.data / "journal"))

    def incidents(self):
        return list(fold_incidents(self.lines()).values())

    def most_a_day(self, channel):
        """The most messages of one incident that the channel took within 24 hours."""
        took: dict[str, list[datetime]] = {}
        for line in self.lines():
            if line["kind"] == "delivery" and line["channel"] == channel and line["is_delivered"]:
                at = datetime.fromisoformat(line["attempted_at"])
                took.setdefault(line["incident_id"], []).append(at)
        day = timedelta(days=1)
        return max(
            sum(first <= at < first + day for at in times)
            for times in took.values()
            for first in times
        )

    def told(self, channel):
        return Counter(
            line["event"]
            for line in self.lines()
            if line["kind"] == "delivery" and line["channel"] == channel and line["is_delivered"]
        )
