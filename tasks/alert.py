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
from typing import Any
from urllib.parse import urlsplit

import apprise

from schemas.ids import make_id
from tasks.incidents import Change, describe, fold_changes

LOG_CHANNEL = "log"
logger = logging.getLogger("onrecord.alert")


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


def deliver(
    debts: Sequence[tuple[Change, str]],
    urls: Mapping[str, str],
    timeout_seconds: float,
    run_id: str,
    now: datetime,
) -> list[Delivery]:
    """One attempt each; a channel that hangs costs its timeout once and delays nothing else."""
    silent: set[str] = set()
    deliveries = []
    for change, channel in debts:
        title, body = describe(change)
        if channel == LOG_CHANNEL:
            logger.warning("%s: %s", title, body)
            is_delivered, detail = True, "written to the log"
        elif channel in silent:
            is_delivered, detail = False, "not tried: the channel failed before in this run"
        else:
            is_delivered, detail = _send(urls[channel], title, body, timeout_seconds)
            if not is_delivered:
                silent.add(channel)
        deliveries.append(_delivery(change, channel, is_delivered, detail, run_id, now))
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


def delivery_line(delivery: Delivery) -> dict[str, Any]:
    values = asdict(delivery)
    values["attempted_at"] = delivery.attempted_at.isoformat()
    return {"kind": "delivery", **values}


def _send(url: str, title: str, body: str, timeout_seconds: float) -> tuple[bool, str]:
    sender = apprise.Apprise()
    if not sender.add(url):
        return False, "the address is not one that apprise knows"
    pool = ThreadPoolExecutor(max_workers=1)
    try:
        attempt = pool.submit(sender.notify, title=title, body=body, body_format="text")
        wait([attempt], timeout=timeout_seconds)
        if not attempt.done():
            return False, f"no answer within {timeout_seconds:g} s"
        if attempt.exception() is not None:
            return False, f"{type(attempt.exception()).__name__}"
        return (True, "accepted") if attempt.result() else (False, "refused or unreachable")
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _delivery(  # noqa: PLR0913 - one value per column
    change: Change, channel: str, is_delivered: bool, detail: str, run_id: str, now: datetime
) -> Delivery:
    incident_id = change.incident.incident_id
    return Delivery(
        delivery_id=make_id(incident_id, change.event, channel, now),
        incident_id=incident_id,
        event=change.event,
        channel=channel,
        attempted_at=now,
        is_delivered=is_delivered,
        detail=detail,
        run_id=run_id,
    )
