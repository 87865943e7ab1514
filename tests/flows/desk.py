"""One data directory with the command line on it, and the sample archive it reads."""

from __future__ import annotations

import json
import socket
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import pytest

import onrecord
from tasks.serve_sample import serve
from tasks.sources import SOURCES
from tasks.sources.sample.declaration import sample_source
from warehouse.read import PublishedReader


@dataclass
class Archive:
    """The sample archive on a port of its own; declared so for as long as the test lasts."""

    port: int

    def serve(self, revision: int = 1) -> AbstractContextManager[str]:
        return serve(self.port, revision)


def declared_archive(patch: pytest.MonkeyPatch) -> Archive:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    patch.setitem(SOURCES, "sample", sample_source(port))
    return Archive(port)


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
