"""The whole way by the command line: a WARC of a declared source to a published generation.

Wall time and the CPU seconds of all processes; a temporary Prefect server's start is in each run.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.bench.generate import Story, as_declared_html, declared_url, stories
from tests.bench.measured import show, show_ratio

ROOT = Path(__file__).parents[2]
LEAST_RATE = 500.0
SIZE = 2_000


class Cost(NamedTuple):
    wall: float
    cpu: float


def whole_way(count: int) -> None:
    """A few pages go first: the first run of all makes and migrates Prefect's database."""
    with tempfile.TemporaryDirectory() as folder:
        data, made = Path(folder, "data"), stories(SIZE)
        few, many, more = (Path(folder, f"{name}.warc.gz") for name in ("few", "many", "more"))
        for path, size in ((few, 3), (many, count), (more, max(1, count // 100))):
            write_warc(path, islice(made, size))
        ingest(data, few)
        whole, again, added = (ingest(data, path) for path in (many, many, more))
    show(f"WARC to a generation, {count} pages, seconds in all", f"{whole.wall:.1f}")
    show("nothing new, seconds in all", f"{again.wall:.1f}", "<= 5", "with a server of its own")
    show("1 % new, seconds in all", f"{added.wall:.1f}", "", "with a server of its own")
    cpu = 1000 * (whole.cpu - again.cpu) / count
    show_ratio(
        "pages a second beyond a run with nothing new",
        count / max(whole.wall - again.wall, 0.001),
        LEAST_RATE,
        f"{cpu:.1f} ms CPU a page, all processes; the target is for 100,000 pages",
    )


def ingest(data: Path, path: Path) -> Cost:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.monotonic()
    subprocess.run(
        [sys.executable, "onrecord.py", "--data", data, "ingest", "--from", path],
        cwd=ROOT,
        env={**os.environ, "PREFECT_HOME": str(data / "prefect")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    wall = time.monotonic() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def write_warc(path: Path, made: Iterable[Story]) -> None:
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for story in made:
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], "HTTP/1.1")
            body = as_declared_html(story).encode()
            writer.write_record(
                writer.create_warc_record(
                    declared_url(story),
                    "response",
                    payload=BytesIO(body),
                    http_headers=headers,
                    warc_headers_dict={"WARC-Date": "2012-03-01T10:00:00Z"},
                )
            )
