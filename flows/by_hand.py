"""What people decide, written down: acknowledgements. A line in the journal, nothing else."""

from __future__ import annotations

from datetime import UTC, datetime

from flows.session import make_run_id
from schemas.errors import BadUsage
from tasks.journal import RUN_FINISHED, RUN_STARTED, Journal
from tasks.settings import Settings
from tasks.status import incident_row


def acknowledge(settings: Settings, incident_id: str, by: str) -> None:
    """Raises `NotFound` for an unknown incident, `BadUsage` for a closed one."""
    incident = incident_row(settings, incident_id)
    if incident["status"] == "closed":
        raise BadUsage(f"{incident_id}: closed at {incident['closed_at']}; nothing to acknowledge")
    now = datetime.now(UTC)
    with Journal(settings.journal, make_run_id("by-hand", now)) as journal:
        journal.write(RUN_STARTED, flow="by-hand", sources=[], started_at=now)
        journal.write("acknowledged", incident_id=incident["incident_id"], at=now, by=by)
        journal.write(RUN_FINISHED)
