"""Killed at any moment, a batch is there whole or not at all, and the next run goes on."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from warehouse.connection import open_warehouse
from warehouse.digests import table_digests

BATCHES = 25
ROOT = Path(__file__).parents[2]

LOADER = """
import sys
from pathlib import Path
from tests.warehouse.builders import frame
from warehouse.connection import open_warehouse
from warehouse.merge import merge_batch

connection = open_warehouse(Path(sys.argv[1]))
print("open", flush=True)
for number in range(int(sys.argv[2])):
    article = {"article_id": f"article-{number:04}", "capture_id": f"capture-{number:04}"}
    capture = {"capture_id": article["capture_id"], "warc_offset": number}
    end = {"unit_id": article["capture_id"]}
    quotes = [
        {"quote_id": f"quote-{number:04}-{place}", "article_id": article["article_id"]}
        for place in range(20)
    ]
    merge_batch(
        connection,
        {
            "articles": frame(connection, "articles", article),
            "captures": frame(connection, "captures", capture),
            "quotes": frame(connection, "quotes", *quotes),
            "speakers": frame(connection, "speakers", {}),
            "dispositions": frame(connection, "dispositions", end),
        },
    )
    print(number, flush=True)
connection.close()
"""


def load(path, count, kill_after=None):
    """Returns how many batches the loader said were in when it ended, or was killed."""
    with subprocess.Popen(
        [sys.executable, "-c", LOADER, str(path), str(count)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as loader:
        assert loader.stdout.readline() == "open\n"
        if kill_after is not None:
            time.sleep(kill_after)
            loader.send_signal(signal.SIGKILL)
        return len(loader.stdout.readlines())


def held(path):
    connection = open_warehouse(path)
    counts = connection.execute(
        """
        select
            (select count(*) from articles),
            (select count(*) from captures),
            (select count(*) from quotes) // 20,
            (select count(*) from dispositions)
        """
    ).fetchall()
    digests = table_digests(connection)
    connection.close()
    return counts[0], digests


@pytest.fixture(scope="module")
def untouched(tmp_path_factory):
    path = tmp_path_factory.mktemp("untouched") / "working.duckdb"
    load(path, BATCHES)
    return held(path)


@pytest.mark.parametrize(
    "kill_after", [0.2, *(pytest.param(s, marks=pytest.mark.faults) for s in (0.03, 0.5))]
)
def test_kill_loses_no_batch_that_was_in_and_halves_none(working, untouched, kill_after):
    said = load(working, BATCHES, kill_after)

    (articles, captures, quotes, ends), _ = held(working)
    assert articles == captures == quotes == ends
    assert said <= articles <= said + 1

    load(working, BATCHES)
    assert held(working) == untouched
