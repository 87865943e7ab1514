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


def wait_until(question, seconds: float):
    deadline = time.monotonic() + seconds
    while not (found := question()):
        assert time.monotonic() < deadline, "what was waited for did not happen"
        time.sleep(0.5)
    return found


def test_deployments_are_scheduled_run_and_publish(desk, place):
    log = desk.data / "serve.log"
    with run_server(place, log), serve():
        register(place.environment)
        register(place.environment)
        deployments = {each["name"]: each for each in ask(place, "deployments")}
        assert sorted(deployments) == ["by-hand", "hourly", "nightly"]
        assert [len(deployments[name]["schedules"]) for name in sorted(deployments)] == [0, 1, 1]

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
        (artifact,) = ask(place, "artifacts")

    assert desk.rows("select flow, status from runs") == [{"flow": "ingest", "status": "completed"}]
    # Batches, not pages, are task runs.
    assert len(tasks) < 10
    assert "| fetched (answered) | 41 |" in artifact["data"]
