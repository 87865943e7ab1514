"""Send what incidents have to say: the only place that sends.

What could not be delivered stays owed: the journal knows which deliveries succeeded,
and the next run or assessment tries the rest again.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import apprise

from schemas.ids import make_id
from tasks.incidents import Change, describe, fold_changes

LOG_CHANNEL = "log"
logger = logging.getLogger("onrecord.alert")


class Outcome(NamedTuple):
    is_delivered: bool
    detail: str


REFUSED = Outcome(is_delivered=False, detail="refused or unreachable")


@dataclass(frozen=True, slots=True)
class Delivery:
    delivery_id: str
    incident_id: str
    event: str
    channel: str
    attempted_at: datetime
    is_delivered: bool
    detail: str
    run_id: str

    def fields(self) -> dict[str, Any]:
        """What the journal keeps under `delivery`; the run is that of its file."""
        return {name: value for name, value in asdict(self).items() if name != "run_id"}


def owed(lines: Sequence[Mapping[str, Any]], channels: Iterable[str]) -> list[tuple[Change, str]]:
    """Every change of an incident that a channel has not had yet, oldest first."""
    had = {
        (line["incident_id"], line["event"], line["channel"])
        for line in lines
        if line["kind"] == "delivery" and line["is_delivered"]
    }
    names = list(channels)
    return [
        (change, name)
        for change in fold_changes(lines)
        for name in names
        if (change.incident.incident_id, change.event, name) not in had
    ]


class Sender:
    """Sends to channels in turn; one that failed is left alone for the rest of the run."""

    def __init__(self, urls: Mapping[str, str], timeout_seconds: float) -> None:
        self.urls = urls
        self.timeout_seconds = timeout_seconds
        self.silent: set[str] = set()

    def send(self, change: Change, channel: str) -> Outcome:
        title, body = describe(change)
        if channel == LOG_CHANNEL:
            logger.warning("%s: %s", title, body)
            return Outcome(is_delivered=True, detail="written to the log")
        if channel in self.silent:
            return Outcome(
                is_delivered=False, detail="not tried: the channel failed before in this run"
            )
        outcome = _send(self.urls[channel], title, body, self.timeout_seconds)
        if not outcome.is_delivered:
            self.silent.add(channel)
        return outcome


def deliver(
    debts: Sequence[tuple[Change, str]], sender: Sender, run_id: str, now: datetime
) -> list[Delivery]:
    """One attempt each; what fails stays owed."""
    deliveries = []
    for change, channel in debts:
        outcome = sender.send(change, channel)
        incident_id = change.incident.incident_id
        deliveries.append(
            Delivery(
                delivery_id=make_id(incident_id, change.event, channel, now),
                incident_id=incident_id,
                event=change.event,
                channel=channel,
                attempted_at=now,
                is_delivered=outcome.is_delivered,
                detail=outcome.detail,
                run_id=run_id,
            )
        )
    return deliveries


def channels_of(urls: Iterable[str]) -> dict[str, str]:
    """Address by a name that holds no secret: scheme, host and a short digest."""
    return {redact(url): url for url in urls}


def redact(url: str) -> str:
    parts = urlsplit(url)
    try:
        place = f"{parts.hostname or ''}:{parts.port}" if parts.port else parts.hostname or ""
    except ValueError:
        place = ""
    return f"{parts.scheme or 'unknown'}://{place}#{make_id(url)[:8]}"


def _send(url: str, title: str, body: str, timeout_seconds: float) -> Outcome:
    sender = apprise.Apprise()
    if not sender.add(url):
        return Outcome(is_delivered=False, detail="the address is not one that apprise knows")
    pool = ThreadPoolExecutor(max_workers=1)
    try:
        attempt = pool.submit(sender.notify, title=title, body=body, body_format="text")
        wait([attempt], timeout=timeout_seconds)
        if not attempt.done():
            return Outcome(is_delivered=False, detail=f"no answer within {timeout_seconds:g} s")
        if attempt.exception() is not None:
            return Outcome(is_delivered=False, detail=type(attempt.exception()).__name__)
        return Outcome(is_delivered=True, detail="accepted") if attempt.result() else REFUSED
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
