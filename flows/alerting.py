"""From signals to incidents to messages: the journal knows what happened and who was told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tasks.alert import LOG_CHANNEL, Sender, channels_of, deliver, owed
from tasks.incidents import Change, Signal, decide_changes, fold_incidents, incident_fields
from tasks.journal import Journal, read_journal
from tasks.settings import Settings


def raise_alerts(
    settings: Settings, journal: Journal, run_id: str, signals: Sequence[Signal], now: datetime
) -> tuple[Change, ...]:
    """Opens and closes incidents, then delivers what is owed, earlier failures included."""
    incidents = fold_incidents(read_journal(settings.journal)).values()
    changes = decide_changes(incidents, signals, run_id, now)
    for change in changes:
        journal.write("incident", **incident_fields(change))
    channels = channels_of(settings.alert_urls)
    debts = owed(list(read_journal(settings.journal)), (LOG_CHANNEL, *channels))
    sender = Sender(channels, settings.alert_timeout_seconds)
    for delivery in deliver(debts, sender, run_id, now):
        journal.write("delivery", **delivery.fields())
    return changes
