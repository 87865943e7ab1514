"""Runs as processes: two at once, one killed, one interrupted, one whose server dies."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tasks.lock import hold_lock
from tasks.serve import Place, run_server
from tests.flows.saved import page_saved_as_text

ROOT = Path(__file__).parent.parent.parent
# A first start of Prefect takes 12 s on an idle machine and minutes on a busy one.
LONG = 300


@pytest.fixture
def pages(tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(120):
        text = page_saved_as_text().replace("nine days", f"{number + 2} days")
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
    return folder


@dataclass
class Process:
    """A run in a process of its own; what it says goes to a file, which no child holds open."""

    running: subprocess.Popen
    said: Path

    def end(self, seconds: float = LONG) -> int:
        """Its exit code."""
        return self.running.wait(timeout=seconds)

    def others(self) -> list[int]:
        """What it started and what still runs: its temporary server, at most."""
        return [process for process, session in sessions() if session == self.running.pid]


def sessions():
    """Every living process and its session. Processes end while one looks at them."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(FileNotFoundError, ProcessLookupError):
            state, _, _, session = path.read_text().rpartition(")")[2].split()[:4]
            if state != "Z":
                yield int(path.parent.name), int(session)


@pytest.fixture
def start(desk):
    """Starts runs of the desk, and leaves none behind whatever a test ends with."""
    started = []

    def run(*arguments, **environment):
        started.append(start_process(desk, *arguments, **environment))
        return started[-1]

    yield run
    for process in started:
        with suppress(ProcessLookupError):
            os.killpg(process.running.pid, signal.SIGKILL)
        process.running.wait()


def start_process(desk, *arguments, **environment) -> Process:
    desk.data.mkdir(exist_ok=True)
    said = desk.data / "said.txt"
    with said.open("w") as output:
        running = subprocess.Popen(
            [sys.executable, "onrecord.py", "--data", desk.data, *map(str, arguments)],
            cwd=ROOT,
            env={**os.environ, "ONRECORD_BATCH_SIZE": "10", **environment},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return Process(running, said)


def wait_for(condition, seconds=LONG):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "what was waited for did not happen"
        time.sleep(0.02)


def is_kept(desk):
    """Some pages are on disk."""
    return any(path.stat().st_size > 20_000 for path in desk.data.glob("captures/*"))


def is_loading(desk):
    """The run has begun to write what it read."""
    log = desk.data / "working.duckdb.wal"
    return log.exists() and log.stat().st_size > 200_000


def test_the_second_of_two_runs_names_the_first(desk, pages, start):
    with hold_lock(desk.data / "writer.lock", 0, "ingest 20260101T000000Z-0"):
        second = start("ingest", "--from", pages)

        assert second.end() == 75

    said = " ".join(second.said.read_text().split())
    assert "ingest 20260101T000000Z-0" in said
    assert "is writing. Wait for it to end" in said


@pytest.mark.faults
@pytest.mark.parametrize(
    ("moment", "number"),
    [
        pytest.param(is_kept, signal.SIGKILL, id="killed while pages are kept"),
        pytest.param(is_loading, signal.SIGKILL, id="killed while rows are written"),
        pytest.param(is_kept, signal.SIGINT, id="interrupted by hand"),
        pytest.param(is_loading, signal.SIGINT, id="interrupted while rows are written"),
    ],
)
def test_a_run_that_is_cut_off_is_finished_by_the_next(desk, pages, start, moment, number):
    cut = start("ingest", "--from", pages)
    wait_for(lambda: moment(desk))
    cut.running.send_signal(number)
    assert cut.end() in {-signal.SIGKILL, 130}
    wait_for(lambda: cut.others() == [])

    assert desk.run("ingest", "--from", pages) == 0

    (counts,) = desk.rows(
        "select count(*)::int as articles, count(distinct capture_id)::int as captures "
        "from articles"
    )
    assert counts == {"articles": 120, "captures": 120}
    before = desk.digests()
    assert desk.run("rebuild") == 0
    assert desk.digests() == before


@pytest.mark.faults
def test_a_run_whose_prefect_server_dies_publishes_and_exits(desk, pages, start):
    place = Place(desk.data / "prefect", desk.data, free_port())
    desk.data.mkdir()
    with run_server(place, desk.data / "server.log"):
        run = start("ingest", "--from", pages, **place.environment)
        wait_for(lambda: is_kept(desk))

    assert run.end() == 0

    assert desk.rows("select count(*)::int as articles from articles") == [{"articles": 120}]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
