"""`prefect.yaml` and the pins, read as text: no server is started."""

from __future__ import annotations

import importlib
import inspect
import re
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
DEPLOYMENTS = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
LOCK = dict(
    re.findall(
        r"^([\w.-]+)==(\S+)", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE
    )
)
each_deployment = pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda one: one["name"])


@each_deployment
def test_a_deployment_names_a_flow_with_parameters_it_takes(deployment):
    file, name = deployment["entrypoint"].split(":")
    assert (ROOT / file).is_file()

    flow = getattr(importlib.import_module(file.removesuffix(".py").replace("/", ".")), name)

    taken = inspect.signature(flow.fn).parameters
    assert set(deployment["parameters"]) <= set(taken)


@each_deployment
def test_a_deployment_runs_once_at_a_time_in_the_one_pool(deployment):
    assert deployment["concurrency_limit"]["limit"] == 1
    assert deployment["work_pool"]["name"] == "onrecord"


def test_a_schedule_has_a_slug_of_its_own_and_is_in_utc():
    schedules = [each for one in DEPLOYMENTS for each in one["schedules"]]

    assert {each["timezone"] for each in schedules} == {"UTC"}
    assert len({each["slug"] for each in schedules}) == len(schedules) > 0


def test_no_flow_file_hides_a_package():
    flows = {path.stem for path in (ROOT / "flows").glob("*.py")} - {"__init__"}

    assert (
        flows & {"schemas", "tasks", "warehouse", "flows", "calendar", "select", "queue"} == set()
    )


@pytest.mark.parametrize(
    ("package", "requirement"),
    [
        pytest.param("prefect", "prefect==3.8.8", id="prefect"),
        pytest.param("duckdb", "duckdb==2.0.0", id="duckdb"),
        pytest.param("fastapi", "fastapi<0.151", id="fastapi: above, no server starts"),
        pytest.param("sqlalchemy", "sqlalchemy<2.1", id="sqlalchemy: above, nothing is scheduled"),
    ],
)
def test_project_and_lock_agree_on_a_pin(package, requirement):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    limit = requirement.removeprefix(package)
    found = tuple(map(int, LOCK[package].split(".")))
    wanted = tuple(map(int, limit.lstrip("=<").split(".")))
    assert requirement in project["dependencies"]
    assert found == wanted if limit.startswith("==") else found < wanted
