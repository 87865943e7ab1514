"""What a Prefect server does by itself: automations, each there once, registered again or not.

Our own alerts need none of them. They are for those who live in Prefect, and for what only the
server can notice.
"""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from schemas.errors import Unavailable

# The nightly run, and half a night of grace: as `assess` has it.
NO_RUN_SECONDS = 36 * 3600
# Three heartbeats of 30 seconds.
SILENT_SECONDS = 90
BLOCK = "onrecord"
SECONDS = 30
TRIES, PAUSE_SECONDS = 6, 2.0
Json = Any


@dataclass(frozen=True, slots=True)
class Server:
    """Where the API of a Prefect server is, and what it wants to be shown."""

    api_url: str
    headers: Mapping[str, str]

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Server:
        headers = {"Content-Type": "application/json"}
        if key := environment.get("PREFECT_API_KEY"):
            headers["Authorization"] = f"Bearer {key}"
        elif pair := environment.get("PREFECT_API_AUTH_STRING"):
            headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        return cls(environment["PREFECT_API_URL"].rstrip("/"), headers)

    def ask(self, method: str, path: str, body: Json = None, tries: int = TRIES) -> Json:
        """Raises `Unavailable` with what the server said; None where it has no such thing.

        Prefect answers 503 while its SQLite is locked by another of its services.
        """
        data = None if body is None else json.dumps(body).encode()
        asked = Request(f"{self.api_url}/{path}", data, dict(self.headers), method=method)  # noqa: S310 - the server its user named
        try:
            with urlopen(asked, timeout=SECONDS) as answer:  # noqa: S310 - the same
                text = answer.read()
        except HTTPError as error:
            if error.code == 404:  # noqa: PLR2004 - not found
                return None
            if error.code == 503 and tries > 1:  # noqa: PLR2004 - service unavailable
                time.sleep(PAUSE_SECONDS)
                return self.ask(method, path, body, tries - 1)
            said = error.read().decode(errors="replace")[:500]
            raise Unavailable(
                f"{method} {self.api_url}/{path}: answered {error.code}: {said}. "
                "Is it a Prefect 3.8 server?"
            ) from error
        except (URLError, OSError) as error:
            raise Unavailable(
                f"{self.api_url}: no answer ({error}). Start the server, or mend PREFECT_API_URL"
            ) from error
        return json.loads(text) if text else None


def register_automations(environment: Mapping[str, str]) -> list[str]:
    """Creates what is missing, updates what is there, removes doubles; returns the names."""
    server = Server.of(environment)
    wanted = list(automations(_deployment_id(server), _block_id(server)))
    for each in wanted:
        named = {"automations": {"name": {"any_": [each["name"]]}}}
        known, *doubles = server.ask("POST", "automations/filter", named) or [None]
        for double in doubles:
            server.ask("DELETE", f"automations/{double['id']}")
        if known is None:
            server.ask("POST", "automations/", each)
        else:
            # Whether it is switched on is its user's choice.
            kept = each | {"enabled": known["enabled"]}
            server.ask("PUT", f"automations/{known['id']}", kept)
    return [each["name"] for each in wanted]


def automations(deployment_id: str | None, block_id: str | None) -> Iterator[Json]:
    """`deployment_id` is that of the hourly assessment, `block_id` a notification block's."""
    yield _automation(
        "onrecord: no run has ended in 36 hours",
        "Starts an assessment, which opens the incident and tells people.",
        {
            "posture": "Proactive",
            "match": {"prefect.resource.id": "onrecord.flow.*"},
            "expect": ["onrecord.run.completed", "onrecord.run.held", "onrecord.run.blocked"],
            "within": NO_RUN_SECONDS,
        },
        {"type": "run-deployment", "source": "selected", "deployment_id": deployment_id}
        if deployment_id
        else {"type": "do-nothing"},
    )
    yield _automation(
        "onrecord: a check of error level failed",
        f"Sends to the notification block `{BLOCK}`, where there is one at registration.",
        {
            "posture": "Reactive",
            "match": {
                "prefect.resource.id": "onrecord.check.*",
                "onrecord.severity": "error",
                "onrecord.outcome": "failed",
                "onrecord.event": ["opened", "worsened", "flapping"],
            },
            "expect": ["onrecord.quality.*"],
            "within": 0,
        },
        {
            "type": "send-notification",
            "block_document_id": block_id,
            "subject": "[onrecord] {{ event.payload.check }} ({{ event.payload.source }})",
            "body": "{{ event.payload.message }}",
        }
        if block_id
        else {"type": "do-nothing"},
    )
    yield _automation(
        "onrecord: a run without a heartbeat has crashed",
        "A run whose process and worker were killed would be shown as running for ever.",
        {
            "posture": "Proactive",
            "match": {"prefect.resource.id": "prefect.flow-run.*"},
            "match_related": {
                "prefect.resource.id": "prefect.tag.onrecord",
                "prefect.resource.role": "tag",
            },
            "after": ["prefect.flow-run.heartbeat"],
            "expect": [
                "prefect.flow-run.heartbeat",
                "prefect.flow-run.Completed",
                "prefect.flow-run.Failed",
                "prefect.flow-run.Cancelled",
                "prefect.flow-run.Crashed",
            ],
            "for_each": ["prefect.resource.id"],
            "within": SILENT_SECONDS,
        },
        {
            "type": "change-flow-run-state",
            "state": "CRASHED",
            "message": "No heartbeat: its process was killed. The next run takes over.",
        },
    )


def _automation(name: str, says: str, trigger: Json, action: Json) -> Json:
    return {
        "name": name,
        "description": says,
        "enabled": True,
        "trigger": {"type": "event", "threshold": 1, **trigger},
        "actions": [action],
    }


def _deployment_id(server: Server) -> str | None:
    found = server.ask("GET", "deployments/name/assess/hourly")
    return str(found["id"]) if found else None


def _block_id(server: Server) -> str | None:
    named = {"block_documents": {"name": {"any_": [BLOCK]}}}
    found = server.ask("POST", "block_documents/filter", named)
    return str(found[0]["id"]) if found else None
