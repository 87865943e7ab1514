"""Asking a Prefect server that is busy for a moment, or for good."""

from __future__ import annotations

import pytest

from schemas.errors import Unavailable
from tasks import automations
from tasks.automations import TRIES, Server
from tests.fault_server import FaultServer, answer

BUSY = answer(b"{}", "503 Service Unavailable")


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch):
    monkeypatch.setattr(automations, "PAUSE_SECONDS", 0.0)


def asked_of(*answers):
    left = iter(answers)
    with FaultServer(lambda _asked: [next(left)]) as server:
        found = Server(server.url("/api"), {}).ask("GET", "automations/1")
    return found, len(server.log)


def test_a_server_whose_database_is_locked_is_asked_again():
    assert asked_of(BUSY, BUSY, answer(b'{"id": "1"}')) == ({"id": "1"}, 3)


def test_a_server_that_stays_busy_is_named():
    with pytest.raises(Unavailable, match="answered 503"):
        asked_of(*[BUSY] * TRIES)
