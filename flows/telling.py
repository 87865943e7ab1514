"""What Prefect is told, where a server is there: nothing of ours depends on it."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import datetime

from prefect.settings import get_current_settings

from tasks.incidents import Change
from tasks.prefect_events import quality_events, run_event, send_events


def tell_prefect(
    run_id: str, flow: str, outcome: str, changes: Sequence[Change], now: datetime
) -> None:
    """Events of the run and of its checks."""
    api = get_current_settings().api
    events = [
        *quality_events(changes, run_id, now),
        run_event(run_id, flow, outcome, now, changed_incidents=len(changes)),
    ]
    send_events(api.url, _headers(), events)


def _headers() -> dict[str, str]:
    api = get_current_settings().api
    if api.key:
        return {"Authorization": f"Bearer {api.key.get_secret_value()}"}
    if api.auth_string:
        encoded = base64.b64encode(api.auth_string.get_secret_value().encode()).decode()
        return {"Authorization": f"Basic {encoded}"}
    return {}
