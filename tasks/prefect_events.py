"""Events for those who live in Prefect: what failed, what passes again, how a run ended.

Never needed: where no server is there nothing is sent, and one that is dead or slow costs
`SECONDS` at most, once a run.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from urllib.request import Request, urlopen
from uuid import uuid4

from tasks.incidents import Change

SECONDS = 3.0
Event = dict[str, Any]
# Of an event; the incident has all of it.
LONGEST_MESSAGE = 500


def quality_events(changes: Iterable[Change], run_id: str, now: datetime) -> list[Event]:
    """`onrecord.quality.<check>.failed` each time it fails, `.passed` when its incident closes."""
    return [
        _event(
            f"onrecord.quality.{change.incident.check_name}.{outcome}",
            f"onrecord.check.{change.incident.check_name}.{change.incident.source or 'all'}",
            now,
            {
                "run_id": run_id,
                "incident_id": change.incident.incident_id,
                "check": change.incident.check_name,
                "source": change.incident.source or "all",
                "severity": change.incident.severity,
                "event": change.event,
                "message": change.incident.message[:LONGEST_MESSAGE],
                "failure_count": change.incident.failure_count,
            },
            severity=change.incident.severity,
            outcome=outcome,
            event=change.event,
        )
        for change in changes
        if (outcome := OUTCOMES.get(change.event))
    ]


OUTCOMES = {
    "opened": "failed",
    "flapping": "failed",
    "worsened": "failed",
    "repeated": "failed",
    "closed": "passed",
}


def run_event(run_id: str, flow: str, outcome: str, now: datetime, **payload: object) -> Event:
    """`onrecord.run.completed`, `.blocked`, `.held` or `.assessed`."""
    return _event(
        f"onrecord.run.{outcome}",
        f"onrecord.flow.{flow}",
        now,
        {"run_id": run_id, "flow": flow, **payload},
    )


def send_events(api_url: str | None, headers: Mapping[str, str], events: list[Event]) -> None:
    """Back after `SECONDS`, whatever the server does; what it did not take is lost to it alone."""
    if not api_url or not events:
        return
    sender = threading.Thread(
        target=_post, args=(f"{api_url.rstrip('/')}/events", headers, events), daemon=True
    )
    sender.start()
    sender.join(SECONDS)


def _post(url: str, headers: Mapping[str, str], events: list[Event]) -> None:
    body = json.dumps(events, ensure_ascii=True).encode()
    sent = Request(  # noqa: S310 - the address of the server, as its user set it
        url, body, {"Content-Type": "application/json", **headers}, method="POST"
    )
    try:
        with urlopen(sent, timeout=SECONDS):  # noqa: S310 - the same
            return
    except (OSError, ValueError):
        # Nobody waits for events; the incident is told of by our own channels.
        return


def _event(
    name: str, resource: str, now: datetime, payload: Mapping[str, object], **labels: str
) -> Event:
    return {
        "id": str(uuid4()),
        "occurred": now.isoformat(),
        "event": name,
        "resource": {
            "prefect.resource.id": resource,
            **{f"onrecord.{label}": value for label, value in labels.items()},
        },
        "related": [],
        "payload": dict(payload),
    }
