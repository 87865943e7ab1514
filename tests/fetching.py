"""What tests of fetching share: a source on loopback and a fetcher with short waits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from schemas.records import PageRef
from schemas.source import Source
from tasks.fetch import Fetcher, How
from tasks.http_meter import Limits
from tasks.http_polite import Manners

QUICK = Manners(
    first_backoff=0.01, refusal_seconds=0.2, patience=1.0, outage_seconds=0.05, rest_seconds=5.0
)
SHORT = Limits(seconds=1.0, connect_seconds=1.0, slow_after_seconds=0.5)


def loopback_source(host: str, **changes: object) -> Source:
    source = Source(
        name="harbour_gazette",
        title="Harbour Gazette",
        hosts=(host,),
        listings=(),
        layouts=(),
        contact="archive@harbour-gazette.example",
        time_zone="UTC",
        pause=timedelta(0),
        private_hosts=(host,),
    )
    return replace(source, **changes)


@contextmanager
def fetching(source: Source, state: Path, **options: object) -> Iterator[Fetcher]:
    clock = options.pop("clock", None)
    how = How(**{"limits": SHORT, "manners": QUICK, **options})
    with Fetcher(source, state, clock, how) as fetcher:
        yield fetcher


def page(url: str) -> PageRef:
    return PageRef("harbour_gazette", url)
