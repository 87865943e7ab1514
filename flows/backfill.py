"""Years of one source: ingest, one window after another, each published before the next."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from prefect import flow

from flows.ingest import run_ingest
from flows.session import Order, Request
from schemas.errors import BadUsage
from schemas.records import Window
from tasks.choices import choose_sources, window_of
from tasks.settings import read_settings

WINDOW_DAYS = 31


@flow(name="backfill")
def backfill(source: str, since: date, until: date) -> list[dict[str, Any]]:
    """Restartable anywhere: a window that was read already is listed again and changes nothing."""
    settings = read_settings(os.environ)
    summaries = []
    for window in windows(window_of(since, until)):
        order = Order("backfill", choose_sources([source]), window)
        summaries.append(run_ingest.fn(Request(settings, order)).fields())
    return summaries


def windows(whole: Window, days: int = WINDOW_DAYS) -> Iterator[Window]:
    """Oldest first, without gap or overlap. Raises `BadUsage` where an end is open."""
    if whole.since is None or whole.until is None:
        raise BadUsage("a backfill needs both ends: give --since and --until")
    first = whole.since
    while first <= whole.until:
        last = min(first + timedelta(days=days - 1), whole.until)
        yield Window(first, last)
        first = last + timedelta(days=1)
