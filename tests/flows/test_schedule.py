"""A real Prefect server and worker: registered once or twice, it schedules, runs and publishes."""

from __future__ import annotations

import time

import pytest
import requests

from tasks.serve import Place, register, run_server, run_worker
from tasks.serve_sample import serve
from tests.flows.test_processes import free_port

ENDED = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}


@pytest.fixture
def place(desk) -> Place:
    desk.data.mkdir()
    return Place(desk.data / "prefect", desk.data, free_port())


def ask(place: Place, path: str, **body: object) -> list[dict]:
    answer = requests.post(f"{place.page}/api/{path}/filter", json=body, timeout=10)
    answer.raise_for_status()
    return answer.json()


def events_named(place: Place, prefix: str) -> list[dict]:
    wanted = {"event": {"prefix": [prefix]}}
    answer = requests.post(
        f"{place.page}/api/events/filter", json={"filter": wanted, "limit": 50}, timeout=10
    )
    answer.raise_for_status()
    return answer.json()["events"]


def wait_until(question, seconds: float):
    deadline = time.monotonic() + seconds
    while not (found := question()):
        assert time.monotonic() < deadline, "what was waited for did not happen"
        time.sleep(0.5)
    return found


@pytest.mark.faults
def test_deployments_are_scheduled_run_and_publish(desk, place):
    log = desk.data / "serve.log"
    with run_server(place, log), serve():
        register(place.environment)
        register(place.environment)
        deployments = {each["name"]: each for each in ask(place, "deployments")}
        assert sorted(deployments) == ["by-hand", "hourly", "nightly"]
        assert [len(deployments[name]["schedules"]) for name in sorted(deployments)] == [0, 1, 1]
        automations = ask(place, "automations")
        assert sorted(each["name"] for each in automations) == [
            "onrecord: a check of error level failed",
            "onrecord: a run without a heartbeat has crashed",
            "onrecord: no run has ended in 36 hours",
        ]
        actions = {each["actions"][0]["type"] for each in automations}
        assert actions == {"do-nothing", "change-flow-run-state", "run-deployment"}

        with run_worker(place, log):
            scheduled = {deployments[name]["id"] for name in ("hourly", "nightly")}
            wait_until(
                lambda: (
                    scheduled
                    <= {
                        run["deployment_id"]
                        for run in ask(place, "flow_runs", limit=200)
                        if run["auto_scheduled"]
                    }
                ),
                seconds=90,
            )
            nightly = deployments["nightly"]["id"]
            started = requests.post(
                f"{place.page}/api/deployments/{nightly}/create_flow_run", json={}, timeout=10
            ).json()["id"]
            (run,) = wait_until(
                lambda: [
                    each
                    for each in ask(place, "flow_runs", limit=200)
                    if each["id"] == started and each["state_type"] in ENDED
                ],
                seconds=120,
            )
        assert run["state_type"] == "COMPLETED", log.read_text()[-3000:]
        tasks = ask(place, "task_runs", limit=200)
        artifacts = {each["key"]: each["data"] for each in ask(place, "artifacts")}
        ended = wait_until(lambda: events_named(place, "onrecord.run."), seconds=30)
        failed = events_named(place, "onrecord.quality.")

    assert desk.rows("select flow, status from runs") == [{"flow": "ingest", "status": "completed"}]
    assert [each["event"] for each in ended] == ["onrecord.run.completed"]
    (incidents,) = desk.rows("select count(*)::int as open from incidents")
    assert len(failed) == incidents["open"]
    assert {each["event"].rpartition(".")[2] for each in failed} <= {"failed"}
    # Batches, not pages, are task runs.
    assert len(tasks) < 10
    assert "| fetched (answered) | 41 |" in artifacts["run-ledger"]
    assert "completeness" in artifacts["scorecard"]
