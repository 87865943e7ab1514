"""Refused rows are tried again by runs that are killed: each is released once.

Ten thousand rows are some 800 pages: FAULT_RETRY_PAGES=800 FAULT_RETRY_KILLS=100.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter

import pytest

from tasks.settings import Settings
from tests.faults.figures import SEED, note, size
from tests.runs import misprints
from warehouse.read import PublishedReader

pytestmark = pytest.mark.faults
KILLS = size("RETRY_KILLS", 10)
PAGES = size("RETRY_PAGES", 80)
COUNTS = "select count(*) as rows, count(distinct {key}) as keys from {table}"
KEYS = {
    "articles": "article_id",
    "quotes": "quote_id",
    "country_mentions": "country_mention_id",
    "date_mentions": "date_mention_id",
    "findings": "finding_id",
}


def run(settings, seconds):
    """Whether it was killed."""
    command = [sys.executable, "-m", "tests.faults.retry_process", str(settings.data)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    try:
        _, errors = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return True
    assert process.returncode == 0, errors.decode()[-2000:]
    return False


def counts(settings):
    with PublishedReader(settings.published) as reader:
        return {
            table: tuple(reader.rows(COUNTS.format(table=table, key=key))[0].values())
            for table, key in KEYS.items()
        }


def test_rows_retried_under_kills(tmp_path, capsys):
    """As many rounds as it takes: a round ends when a run gets through before it is killed."""
    chance = random.Random(SEED)  # noqa: S311 - a seed to repeat a failure by
    first = Settings(tmp_path / "refused")
    pages = misprints.write_pages(tmp_path / "pages", PAGES)
    refused = misprints.refuse(first, pages)
    misprints.correct(first, refused)
    started = time.monotonic()
    expected, _ = play_round(first, tmp_path / "control", lambda: 600)
    whole = time.monotonic() - started

    figures = Counter()
    while figures["kills"] < KILLS:
        left = KILLS - figures["kills"]
        found, killed = play_round(
            first, tmp_path / "round", lambda: chance.uniform(0.1, 1.05) * whole, left
        )
        told = Counter(misprints.releases(Settings(tmp_path / "round")))
        figures += Counter(
            kills=killed,
            rounds=1,
            rows=len(refused),
            lost=len(set(refused) - set(told)),
            released_twice=sum(count > 1 for count in told.values()),
            doubled=sum(rows - keys for rows, keys in found.values()),
            tables_that_differ=sum(found[name] != expected[name] for name in KEYS),
        )
    with capsys.disabled():
        note("retries under kills", **figures, rows_a_round=len(refused))
    wrong = ("lost", "released_twice", "doubled", "tables_that_differ")
    assert {name: figures[name] for name in wrong} == dict.fromkeys(wrong, 0)


def play_round(first, data, seconds, most_kills=0):
    """Kills runs until one gets through, or as often as is wanted; then lets one through."""
    shutil.rmtree(data, ignore_errors=True)
    shutil.copytree(first.data, data)
    settings = Settings(data)
    kills = 0
    while kills < most_kills and run(settings, seconds()):
        kills += 1
    run(settings, 600)
    assert not misprints.waiting(settings)
    return counts(settings), kills
