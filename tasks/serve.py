"""A Prefect server and a worker on loopback, with everything in `prefect.yaml` registered.

The programs of Prefect itself are started; nothing of its state is kept outside `home`.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from schemas.errors import Unavailable
from tasks.automations import register_automations

ROOT = Path(__file__).parent.parent
POOL = "onrecord"
HOST = "127.0.0.1"
START_SECONDS = 90
STOP_SECONDS = 8
POLL_SECONDS = 0.25


@dataclass(frozen=True, slots=True)
class Place:
    """Where Prefect keeps its state and listens; `data` is where its flows put theirs."""

    home: Path
    data: Path
    port: int = 4200

    @property
    def page(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PREFECT_HOME": str(self.home),
            "PREFECT_PROFILES_PATH": str(self.home / "profiles.toml"),
            "PREFECT_API_URL": f"{self.page}/api",
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
            "DO_NOT_TRACK": "1",
            # The least there is; an automation notices where it stops.
            "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
            "ONRECORD_DATA": str(self.data),
            "ONRECORD_HOME": str(ROOT),
            # A deployment may find a run by hand at work: it waits, up to an hour.
            "ONRECORD_LOCK_WAIT_SECONDS": "3600",
        }


@contextmanager
def run_server(place: Place, log: Path) -> Iterator[None]:
    """Raises `Unavailable` when the port is taken or the server does not come up."""
    _check_free(place.port)
    arguments = ["server", "start", "--host", HOST, "--port", str(place.port)]
    with _running(arguments, place, log) as server:
        _wait_healthy(place, server, log)
        yield


@contextmanager
def run_worker(place: Place, log: Path) -> Iterator[None]:
    arguments = ["worker", "start", "--pool", POOL, "--name", "onrecord", "--limit", "1"]
    with _running(arguments, place, log):
        yield


def register(environment: Mapping[str, str]) -> str:
    """The work pool, every deployment of `prefect.yaml`, the automations; again changes nothing.

    Raises `Unavailable` with what Prefect said.
    """
    pool = ["work-pool", "create", POOL, "--type", "process", "--overwrite"]
    said = [_prefect(arguments, environment) for arguments in (pool, DEPLOY)]
    names = register_automations({**os.environ, **environment})
    return "\n".join([*said, *(f"Automation {name!r} registered." for name in names)])


DEPLOY = ["--no-prompt", "deploy", "--all", "--prefect-file", str(ROOT / "prefect.yaml")]


def _prefect(arguments: list[str], environment: Mapping[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "prefect", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=START_SECONDS,
        check=False,
    )
    if done.returncode != 0:
        raise Unavailable(
            f"prefect {' '.join(arguments)}: ended with {done.returncode}. It said: "
            f"{(done.stderr or done.stdout).strip()[-2000:]}"
        )
    return done.stdout


@contextmanager
def _running(arguments: list[str], place: Place, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A program of Prefect in a group of its own, ended with all it started."""
    place.home.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        program = subprocess.Popen(
            [sys.executable, "-m", "prefect", *arguments],
            cwd=ROOT,
            env={**os.environ, **place.environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield program
    finally:
        _stop(program)


def _stop(program: subprocess.Popen[bytes]) -> None:
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(program.pid, number)
        except ProcessLookupError:
            return
        try:
            program.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            continue


def _check_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise Unavailable(
                f"port {port} on {HOST} is taken ({error.strerror}). "
                "Stop what listens there, or give another with --port"
            ) from error


def _wait_healthy(place: Place, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        try:
            # Our own loopback address, never one from outside.
            with urlopen(f"{place.page}/api/health", timeout=2) as answer:  # noqa: S310
                if answer.status == 200:  # noqa: PLR2004 - OK
                    return
        except (URLError, OSError):
            time.sleep(POLL_SECONDS)
    raise Unavailable(f"the Prefect server did not come up on {place.page}. Its log is {log}")


def wait_for_end() -> None:
    """Until Ctrl-C, or a polite end from outside."""
    # A shell that starts this in the background has the interrupt ignored: both end it.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    try:
        signal.pause()
    except KeyboardInterrupt:
        return
