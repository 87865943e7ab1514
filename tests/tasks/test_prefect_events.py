"""Events say what failed and what passes again; a server that is not there costs nothing."""

from __future__ import annotations

import json
import socket
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tasks.automations import automations
from tasks.incidents import Change, Signal, decide_changes
from tasks.prefect_events import quality_events, run_event, send_events
from tests.receivers import webhook_server

NOW = datetime(2024, 3, 1, tzinfo=UTC)
SIGNAL = Signal("quotes_are_found", "voa", "error", False, "Few.", "{}", "data")  # noqa: FBT003
(OPENED,) = decide_changes([], [SIGNAL], "run-1", NOW)


@pytest.mark.parametrize(
    ("event", "names"),
    [
        pytest.param("opened", ["onrecord.quality.quotes_are_found.failed"], id="opened"),
        pytest.param("repeated", ["onrecord.quality.quotes_are_found.failed"], id="again"),
        pytest.param("closed", ["onrecord.quality.quotes_are_found.passed"], id="closed"),
        pytest.param("passed", [], id="a flapping check is not believed yet"),
    ],
)
def test_names(event, names):
    events = quality_events([replace(OPENED, event=event)], "run-1", NOW)

    assert [each["event"] for each in events] == names


def test_a_batch_is_posted_as_the_server_wants_it():
    with webhook_server() as server:
        api = server.address("api", "http")
        events = [
            *quality_events([Change("opened", OPENED.incident)], "run-1", NOW),
            run_event("run-1", "ingest", "completed", NOW),
        ]
        send_events(api, {}, events)

    assert server.paths == ["/api/events"]
    (posted,) = server.messages
    assert [each["resource"]["prefect.resource.id"] for each in posted] == [
        "onrecord.check.quotes_are_found.voa",
        "onrecord.flow.ingest",
    ]
    assert posted[0]["resource"]["onrecord.severity"] == "error"


def test_without_a_server_nothing_is_sent():
    send_events(None, {}, [run_event("run-1", "ingest", "completed", NOW)])


@pytest.mark.parametrize("listens", [False, True], ids=["nobody listens", "it never answers"])
def test_a_dead_server_raises_nothing(listens, monkeypatch):
    monkeypatch.setattr("tasks.prefect_events.SECONDS", 0.2)
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        if listens:
            server.listen()
        api = f"http://127.0.0.1:{server.getsockname()[1]}/api"

        send_events(api, {}, [run_event("run-1", "ingest", "completed", NOW)])


def test_automations_use_what_the_server_has():
    bare = {each["name"]: each["actions"][0]["type"] for each in automations(None, None)}
    full = {each["name"]: each["actions"][0]["type"] for each in automations("d", "b")}

    assert set(bare.values()) == {"do-nothing", "change-flow-run-state"}
    assert set(full.values()) == {"run-deployment", "send-notification", "change-flow-run-state"}
    assert json.dumps(list(automations("d", "b")))
