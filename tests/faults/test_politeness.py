"""Many workers, kills, restarts and a jumping clock: the server sees no breach of its wishes."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from itertools import pairwise

import pytest

from tests.faults.archive_process import archive_process
from tests.faults.figures import SEED, note, size

pytestmark = pytest.mark.faults
REQUESTS = size("REQUESTS", 20_000)
WORKERS = 4
PAUSE = 0.005
REFUSE = 400


def start(archive, folder, seed):
    command = [sys.executable, "-m", "tests.faults.polite_process", str(archive.port)]
    return subprocess.Popen([*command, str(folder), str(seed), str(PAUSE)])


def test_no_request_comes_too_early(tmp_path, capsys):
    chance = random.Random(SEED)  # noqa: S311 - a seed to repeat a failure by
    kills = 0
    with archive_process(2_000, tmp_path, refuse=REFUSE) as archive:
        workers = [start(archive, tmp_path, f"{SEED}-{n}") for n in range(WORKERS)]
        while len(archive.asked()) < REQUESTS:
            time.sleep(chance.uniform(0.5, 3.0))
            victim = chance.randrange(WORKERS)
            assert workers[victim].poll() is None, "a worker ended by itself"
            workers[victim].kill()
            workers[victim].wait()
            kills += 1
            workers[victim] = start(archive, tmp_path, f"{SEED}-{WORKERS + kills}")
        for worker in workers:
            worker.kill()
            worker.wait()
        asked = archive.asked()

    early = [
        (after - before, first, second)
        for (before, first), (after, second) in pairwise(asked)
        if after - before < (1.0 if first.endswith(" refused") else PAUSE)
    ]
    refused = sum(path.endswith(" refused") for _, path in asked)
    with capsys.disabled():
        least = min(after - before for (before, _), (after, _) in pairwise(asked))
        note(
            "politeness",
            requests=len(asked),
            kills=kills,
            refusals=refused,
            too_early=len(early),
            least_gap_ms=round(1000 * least, 2),
        )
    assert early == []
    assert [path for _, path in asked if path.startswith("/private/")] == []
