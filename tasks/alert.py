"""Send messages: the only place that does.

Channels are sent to side by side, and all of them together have one deadline. What could not be
delivered stays owed: the journal knows what was, and the next run or assessment tries the rest.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from queue import Empty, Queue
from typing import Any, NamedTuple

from schemas.ids import make_id
from tasks.channels import LOG_CHANNEL, UnknownAddress, post
from tasks.message import Message

logger = logging.getLogger("onrecord.alert")


class Outcome(NamedTuple):
    is_delivered: bool
    detail: str


ACCEPTED = Outcome(is_delivered=True, detail="accepted")
LOGGED = Outcome(is_delivered=True, detail="written to the log")
REFUSED = Outcome(is_delivered=False, detail="refused or unreachable")
UNKNOWN = Outcome(is_delivered=False, detail="the address is not one that apprise knows")
NOT_TRIED = Outcome(is_delivered=False, detail="not tried: the channel failed before in this run")


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


def deliver(
    messages: Sequence[Message],
    urls: Mapping[str, str],
    timeout_seconds: float,
    run_id: str,
    now: datetime,
) -> list[Delivery]:
    """One attempt each, one row per incident told of; what fails stays owed."""
    outcomes = send_all(messages, urls, timeout_seconds)
    return [
        Delivery(
            delivery_id=make_id(notice.incident.incident_id, notice.event, message.channel, now),
            incident_id=notice.incident.incident_id,
            event=notice.event,
            channel=message.channel,
            attempted_at=now,
            is_delivered=outcome.is_delivered,
            detail=outcome.detail,
            run_id=run_id,
        )
        for message, outcome in zip(messages, outcomes, strict=True)
        for notice in message.notices
    ]


def send_all(
    messages: Sequence[Message], urls: Mapping[str, str], timeout_seconds: float
) -> list[Outcome]:
    """In the order of the messages; back after `timeout_seconds`, whatever the channels do."""
    for message in messages:
        if message.channel == LOG_CHANNEL:
            logger.warning("%s: %s", message.title, message.body)
    places = _by_channel(messages)
    answers: Queue[tuple[int, Outcome]] = Queue()
    is_over = threading.Event()
    for channel, numbers in places.items():
        own = [(number, messages[number]) for number in numbers]
        # A daemon: a channel that never answers must not hold up the end of the process.
        threading.Thread(
            target=_send_in_turn, args=(own, urls[channel], answers, is_over), daemon=True
        ).start()
    expected = sum(map(len, places.values()))
    got = _collect(answers, expected, time.monotonic() + timeout_seconds)
    is_over.set()
    late = Outcome(is_delivered=False, detail=f"no answer within {timeout_seconds:g} s")
    return [
        LOGGED if message.channel == LOG_CHANNEL else got.get(number, late)
        for number, message in enumerate(messages)
    ]


def failed_channels(deliveries: Iterable[Delivery]) -> dict[str, str]:
    """Channel to what it said, of those that did not take what they were sent."""
    failed: dict[str, str] = {}
    for each in deliveries:
        if not each.is_delivered:
            failed.setdefault(each.channel, each.detail)
    return failed


def _by_channel(messages: Sequence[Message]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for number, message in enumerate(messages):
        if message.channel != LOG_CHANNEL:
            places.setdefault(message.channel, []).append(number)
    return places


def _send_in_turn(
    messages: Sequence[tuple[int, Message]],
    url: str,
    answers: Queue[tuple[int, Outcome]],
    is_over: threading.Event,
) -> None:
    """A channel that failed is left alone for the rest of the run."""
    has_failed = False
    for number, message in messages:
        if has_failed or is_over.is_set():
            answers.put((number, NOT_TRIED))
            continue
        outcome = _send(url, message)
        has_failed = not outcome.is_delivered
        answers.put((number, outcome))


def _send(url: str, message: Message) -> Outcome:
    try:
        return ACCEPTED if post(url, message.title, message.body) else REFUSED
    except UnknownAddress:
        return UNKNOWN
    except Exception as error:  # noqa: BLE001 - a plugin's defect is this channel's failure
        return Outcome(is_delivered=False, detail=type(error).__name__)


def _collect(
    answers: Queue[tuple[int, Outcome]], expected: int, deadline: float
) -> dict[int, Outcome]:
    got: dict[int, Outcome] = {}
    while len(got) < expected:
        try:
            number, outcome = answers.get(timeout=max(0.0, deadline - time.monotonic()))
        except Empty:
            break
        got[number] = outcome
    return got
