"""What is wrong here, and how to mend it: versions, pins, places, ports, deployments."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import duckdb
import requests
import yaml

from schemas.errors import OnrecordError
from tasks.settings import Settings
from tasks.sources import SOURCES

ROOT = Path(__file__).parent.parent
LOCK = ROOT / "requirements.lock"
PINS = {"prefect": "3.8.8", "duckdb": "2.0.0", "pandera": "0.35.0"}
# Above these Prefect 3.8 starts no server, or starts one that schedules nothing.
CAPS = {"fastapi": (0, 151), "sqlalchemy": (2, 1)}


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """`advice` is empty where all is well."""

    subject: str
    found: str
    advice: str = ""

    @property
    def is_well(self) -> bool:
        return not self.advice


Question = Callable[[Settings, Mapping[str, str]], Iterator[Diagnosis]]


def examine(settings: Settings, environment: Mapping[str, str]) -> list[Diagnosis]:
    return [each for question in QUESTIONS for each in question(settings, environment)]


def of_python(_: Settings, __: Mapping[str, str]) -> Iterator[Diagnosis]:
    found = ".".join(map(str, sys.version_info[:3]))
    wanted = sys.version_info[:2] == (3, 11)
    yield Diagnosis("python", found, "" if wanted else "use Python 3.11: rm -r .venv; make setup")


def of_versions(_: Settings, __: Mapping[str, str]) -> Iterator[Diagnosis]:
    for package, pin in PINS.items():
        found = installed(package)
        yield Diagnosis(package, found, "" if found == pin else f"expected {pin}: make setup")
    for package, cap in CAPS.items():
        found = installed(package)
        is_below = found != "missing" and tuple(map(int, found.split(".")[:2])) < cap
        limit = ".".join(map(str, cap))
        yield Diagnosis(package, found, "" if is_below else f"expected below {limit}: make setup")


def of_lock(_: Settings, __: Mapping[str, str]) -> Iterator[Diagnosis]:
    """Every package in the version the lock names."""
    if not LOCK.is_file():
        yield Diagnosis("requirements.lock", "missing", "restore it from the repository")
        return
    pairs = [
        line.split(" ")[0].split("==")
        for line in LOCK.read_text(encoding="utf-8").splitlines()
        if "==" in line and not line.startswith((" ", "#"))
    ]
    astray = [f"{name} {installed(name)}" for name, pin in pairs if installed(name) != pin]
    found = f"{len(pairs) - len(astray)} of {len(pairs)} packages as locked"
    yield Diagnosis(
        "requirements.lock", found, f"make setup: {', '.join(astray)}" if astray else ""
    )


def of_data(settings: Settings, _: Mapping[str, str]) -> Iterator[Diagnosis]:
    nearest = settings.data
    while not nearest.exists():
        nearest = nearest.parent
    writable = os.access(nearest, os.W_OK)
    advice = "" if writable else f"make {nearest} writable, or give another folder with --data"
    yield Diagnosis("data folder", str(settings.data), advice)
    if not settings.published.is_file():
        yield Diagnosis("published", "nothing yet: run onrecord ingest")
        return
    try:
        with duckdb.connect(settings.published, read_only=True) as connection:
            runs = connection.execute("select count(*) from runs").fetchall()[0][0]
    except duckdb.Error as error:
        yield Diagnosis("published", str(error).splitlines()[0], "onrecord rebuild")
    else:
        yield Diagnosis("published", f"{settings.published}, {runs} runs")


def of_sources(_: Settings, __: Mapping[str, str]) -> Iterator[Diagnosis]:
    for source in SOURCES.values():
        state = "enabled" if source.is_enabled else "not enabled"
        verified = source.last_verified or "never met live"
        advice = "" if source.contact else f"name a contact in tasks/sources/{source.name}.py"
        yield Diagnosis(f"source {source.name}", f"{state}, {verified}", advice)


def of_alerts(settings: Settings, _: Mapping[str, str]) -> Iterator[Diagnosis]:
    count = len(settings.alert_urls)
    yield Diagnosis(
        "alerts",
        f"{count} channels beside the log" if count else "to the log only: set alert_urls",
    )


def of_ports(_: Settings, __: Mapping[str, str]) -> Iterator[Diagnosis]:
    for name, port in (("Prefect", 4200), ("sample archive", 8765)):
        with socket.socket() as probe:
            is_taken = probe.connect_ex(("127.0.0.1", port)) == 0
        yield Diagnosis(f"port {port} ({name})", "in use" if is_taken else "free")


def of_deployments(_: Settings, environment: Mapping[str, str]) -> Iterator[Diagnosis]:
    """Compared with `prefect.yaml`, for a removed schedule stays alive on the server."""
    address = environment.get("PREFECT_API_URL")
    if not address:
        yield Diagnosis("deployments", "no PREFECT_API_URL: not looked at")
        return
    declared = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
    try:
        answer = requests.post(f"{address}/deployments/filter", json={}, timeout=5)
        answer.raise_for_status()
        registered = {each["name"] for each in answer.json()}
    except requests.RequestException as error:
        kind = type(error).__name__
        yield Diagnosis("deployments", f"{address}: {kind}", "start the server: make serve")
        return
    names = {each["name"] for each in declared}
    missing, left_over = sorted(names - registered), sorted(registered - names)
    advice = f"onrecord deploy: {', '.join(missing)}" if missing else ""
    if left_over:
        advice += f" not in prefect.yaml: {', '.join(left_over)}: prefect deployment delete NAME"
    yield Diagnosis("deployments", f"{len(registered)} registered", advice.strip())


QUESTIONS: tuple[Question, ...] = (
    of_python,
    of_versions,
    of_lock,
    of_data,
    of_sources,
    of_alerts,
    of_ports,
    of_deployments,
)


def installed(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"


class NotWell(OnrecordError):
    """Something `doctor` found needs mending."""

    exit_code = 78
