"""The whole way by the command line, wall time: saved pages or a WARC to a published generation."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from tests.bench.generate import as_saved_text, stories
from tests.bench.measured import show, show_ratio

ROOT = Path(__file__).parents[2]
LEAST_RATE = 500.0


def whole_way(count: int) -> None:
    """A few pages go first: the first run of all makes and migrates Prefect's database."""
    with tempfile.TemporaryDirectory() as folder:
        data, made = Path(folder, "data"), stories(2_000)
        few, many, more = (Path(folder, f"{name}.jsonl") for name in ("few", "many", "more"))
        for path, size in ((few, 3), (many, count), (more, max(1, count // 100))):
            write_lines(path, [as_saved_text(story) for story in islice(made, size)])
        ingest(data, few)
        whole, again, added = (ingest(data, path) for path in (many, many, more))
    show(f"{count} saved pages to a generation, seconds in all", f"{whole:.1f}")
    show("the same pages again, seconds in all", f"{again:.1f}", "", "with a server of its own")
    show("1 % more, seconds in all", f"{added:.1f}", "", "with a server of its own")
    show_ratio(
        "pages a second beyond a run with nothing new",
        count / max(whole - again, 0.001),
        LEAST_RATE,
        "the target is for 100,000 pages of declared layouts",
    )


def ingest(data: Path, path: Path) -> float:
    started = time.monotonic()
    subprocess.run(
        [sys.executable, "onrecord.py", "--data", data, "ingest", "--from", path],
        cwd=ROOT,
        env={**os.environ, "PREFECT_HOME": str(data / "prefect")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return time.monotonic() - started


def write_lines(path: Path, texts: Sequence[str]) -> None:
    lines = (json.dumps({"id": str(number), "text": text}) for number, text in enumerate(texts))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
