"""Flows run for real here: one Prefect server for all of them, the sample archive on loopback."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from prefect.testing.utilities import prefect_test_harness

import onrecord
from tasks.serve_sample import serve
from tasks.sources import SOURCES
from tasks.sources.sample.declaration import sample_source
from warehouse.read import PublishedReader


@pytest.fixture(scope="session", autouse=True)
def prefect_server() -> Iterator[None]:
    with prefect_test_harness(server_startup_timeout=120):
        yield


@dataclass
class Archive:
    """The sample archive on a port of its own; declared so for as long as the test lasts."""

    port: int

    def serve(self, revision: int = 1) -> AbstractContextManager[str]:
        return serve(self.port, revision)


@pytest.fixture
def closed_archive(monkeypatch: pytest.MonkeyPatch) -> Archive:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    monkeypatch.setitem(SOURCES, "sample", sample_source(port))
    return Archive(port)


@pytest.fixture
def archive(closed_archive: Archive) -> Iterator[str]:
    with closed_archive.serve() as address:
        yield address


@dataclass
class Desk:
    """One data directory and the command line on it."""

    data: Path

    def run(self, *arguments: object) -> int:
        return onrecord.run(["--data", str(self.data), *map(str, arguments)])

    def rows(self, sql: str) -> list[dict]:
        with PublishedReader(self.data / "onrecord.duckdb") as reader:
            return reader.rows(sql)

    def digests(self) -> dict[str, str]:
        generations = sorted(int(path.name) for path in (self.data / "published").iterdir())
        path = self.data / "published" / str(generations[-1]) / "digests.json"
        return json.loads(path.read_text(encoding="utf-8"))

    def generations(self) -> list[str]:
        return sorted(path.name for path in (self.data / "published").glob("*"))


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
