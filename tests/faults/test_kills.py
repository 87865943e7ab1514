"""A run killed anywhere and started again loses no page and asks for none that was kept."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections import Counter

import pytest

from schemas.records import Capture
from tasks.journal import unfinished_runs
from tasks.keep import CaptureStore
from tests.faults.archive_process import archive_process
from tests.faults.figures import SEED, note, size

pytestmark = pytest.mark.faults
PAGES = 12_000
KILLS = size("KILLS", 100)


def start(archive, folder, number):
    name = f"run-{number:04d}"
    command = [sys.executable, "-m", "tests.faults.run_process", str(archive.port), str(folder)]
    return subprocess.Popen([*command, name, "0"], stderr=subprocess.PIPE, text=True)


def test_a_hundred_kills(tmp_path, capsys):
    chance = random.Random(SEED)  # noqa: S311 - a seed to repeat a failure by
    kills = 0
    with archive_process(PAGES, tmp_path, delay=0.004) as archive:
        for number in range(10 * KILLS):
            run = start(archive, tmp_path, number)
            seconds = chance.uniform(0.3, 1.1) if kills < KILLS else 300
            try:
                _, errors = run.communicate(timeout=seconds)
            except subprocess.TimeoutExpired:
                run.kill()
                run.communicate()
                kills += 1
                continue
            assert run.returncode == 0, errors
            if kills >= KILLS:
                break
        paths = Counter(path for _, path in archive.asked())
    asked = Counter({path: n for path, n in paths.items() if path.startswith("/news/")})
    listed = Counter({path: n for path, n in paths.items() if path.startswith("/index/")})

    started = time.perf_counter()
    store = CaptureStore(tmp_path / "captures")
    captures = list(store.read_all())
    kept = Counter(each.url for each in captures if isinstance(each, Capture))
    with capsys.disabled():
        note(
            "kills",
            kills=kills,
            pages_kept=len(kept),
            lost=PAGES - len(kept),
            kept_twice=len(captures) - len(kept),
            asked_again_before_kept=sum(asked.values()) - len(asked),
            index_pages=len(listed),
            index_pages_asked_again_before_kept=sum(listed.values()) - len(listed),
            most_seconds_to_read_back=round(time.perf_counter() - started, 2),
        )
    assert kills == KILLS
    assert (len(kept), len(captures)) == (PAGES, PAGES)
    assert sum(paths.values()) - len(paths) <= KILLS
    assert not list((tmp_path / "captures").glob("*.open"))
    assert unfinished_runs(tmp_path / "journal") == ()
