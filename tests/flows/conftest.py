"""Flows run for real here: one Prefect server for all of them, the sample archive on loopback."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from prefect.testing.utilities import prefect_test_harness

from tests.flows.desk import Archive, Desk, declared_archive


@pytest.fixture(scope="session", autouse=True)
def prefect_server() -> Iterator[None]:
    with prefect_test_harness(server_startup_timeout=120):
        yield


@pytest.fixture
def closed_archive(monkeypatch: pytest.MonkeyPatch) -> Archive:
    return declared_archive(monkeypatch)


@pytest.fixture
def archive(closed_archive: Archive) -> Iterator[str]:
    with closed_archive.serve() as address:
        yield address


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "data")


@dataclass
class Receiver:
    """What a webhook was sent, in order."""

    address: str
    messages: list[dict] = field(default_factory=list)


@pytest.fixture
def webhook() -> Iterator[Receiver]:
    messages: list[dict] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            messages.append(json.loads(self.rfile.read(length)))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield Receiver(f"json://127.0.0.1:{server.server_address[1]}/alerts", messages)
    server.shutdown()
    server.server_close()
