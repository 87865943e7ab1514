"""Decides about incidents, writes them down, and sends what is owed of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tasks.alert import Delivery, deliver, failed_channels
from tasks.channels import LOG_CHANNEL, Channels, channels_of
from tasks.incidents import (
    Change,
    Damping,
    Incident,
    Signal,
    decide_changes,
    fold_incident,
    fold_incidents,
    incident_fields,
)
from tasks.journal import Journal, read_journal
from tasks.message import messages_of
from tasks.notices import Notice, Pace, instead, owed
from tasks.settings import Settings

# The lines that say what is alarming and who was told.
TELLING = {"incident", "acknowledged", "delivery"}
CHANNELS_CHECK = "alerts_are_delivered"


@dataclass(slots=True)
class Desk:
    """What one round of telling people works with; `lines` grow with what it writes."""

    settings: Settings
    journal: Journal
    run_id: str
    now: datetime
    channels: Channels
    lines: list[dict[str, Any]]
    incidents: dict[str, Incident]

    def write(self, kind: str, **fields: object) -> None:
        self.journal.write(kind, **fields)
        line = {"kind": kind, "run_id": self.run_id, **fields}
        self.lines.append(line)
        fold_incident(self.incidents, line)

    def decide(self, signals: Sequence[Signal]) -> tuple[Change, ...]:
        damping = Damping(
            self.settings.alert_flapping_changes,
            timedelta(hours=self.settings.alert_flapping_hours),
        )
        known = self.incidents.values()
        changes = decide_changes(known, signals, self.run_id, self.now, damping)
        for change in changes:
            self.write("incident", **incident_fields(change))
        return changes

    def owed(self, names: Sequence[str]) -> list[Notice]:
        known = self.incidents.values()
        return owed(self.lines, names, self.now, pace_of(self.settings), known)

    def send(self, notices: Sequence[Notice], preface: str = "") -> list[Delivery]:
        """Written down once sent: a kill in between sends a message again rather than never."""
        deliveries = deliver(
            messages_of(notices, preface),
            self.channels.urls,
            self.settings.alert_timeout_seconds,
            self.run_id,
            self.now,
        )
        for delivery in deliveries:
            self.write("delivery", **delivery.fields())
        return deliveries


def raise_alerts(
    settings: Settings, journal: Journal, run_id: str, signals: Sequence[Signal], now: datetime
) -> tuple[Change, ...]:
    """Opens, updates and closes incidents, then sends what is owed, earlier failures included.

    What the first channels do not take goes to the second ones, with what became of the first.
    """
    channels = Channels(channels_of(settings.alert_urls), channels_of(settings.alert_fallback_urls))
    lines = [each for each in read_journal(settings.journal) if each["kind"] in TELLING]
    desk = Desk(settings, journal, run_id, now, channels, lines, fold_incidents(lines))
    changes = desk.decide(signals)
    notices = [
        each
        for each in desk.owed((LOG_CHANNEL, *channels.first))
        # What became of the channels is known once they were sent to.
        if each.incident.check_name != CHANNELS_CHECK
    ]
    deliveries = desk.send(notices)
    failed = failed_channels(deliveries)
    if failed:
        _send_instead(desk, [each for each in notices if each.channel in failed], failed)
    tried = {each.channel for each in deliveries} - {LOG_CHANNEL}
    return changes + _tell_of_channels(desk, tried, failed)


def pace_of(settings: Settings) -> Pace:
    reminder = settings.alert_reminder_hours
    return Pace(
        timedelta(hours=settings.alert_interval_hours),
        timedelta(hours=reminder) if reminder else None,
    )


def _send_instead(desk: Desk, notices: Sequence[Notice], failed: dict[str, str]) -> None:
    """To the second channels in turn, until one has taken everything."""
    preface = f"Sent here because {_said(failed)}."
    once = list({(each.incident.incident_id, each.event): each for each in notices}.values())
    for channel in desk.channels.fallback:
        sent = desk.send(instead(desk.lines, once, channel, desk.now), preface)
        if all(each.is_delivered for each in sent):
            return


def _tell_of_channels(desk: Desk, tried: set[str], failed: dict[str, str]) -> tuple[Change, ...]:
    """That a channel is down is an incident itself, told of on the others."""
    if not tried:
        return ()
    changes = desk.decide([_channel_signal(failed)])
    working = (LOG_CHANNEL, *(name for name in desk.channels.first if name not in failed))
    names = (*working, *desk.channels.fallback) if failed else working
    notices = [each for each in desk.owed(names) if each.incident.check_name == CHANNELS_CHECK]
    desk.send(notices)
    return changes


def _channel_signal(failed: dict[str, str]) -> Signal:
    rows = [{"channel": name, "said": said} for name, said in sorted(failed.items())]
    return Signal(
        check_name=CHANNELS_CHECK,
        source="",
        severity="warn",
        is_passed=not failed,
        message=f"Messages are owed: {_said(failed)}." if failed else "Every channel answers.",
        evidence=json.dumps({"failed_count": len(rows), "rows": rows}),
        owner="operations",
        failed_count=max(len(rows), 1),
        next_step="Mend the address in alert_urls, or wait: what is owed is sent by the next run.",
    )


def _said(failed: dict[str, str]) -> str:
    return "; ".join(f"{name}: {said}" for name, said in sorted(failed.items()))
