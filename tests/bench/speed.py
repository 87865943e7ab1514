"""`python -m tests.bench.speed [--pages N]`: speed as ratios against peers, all in one run.

CPU time of this process, the two sides in turn, medians of the rounds: no row is a timed test.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

import trafilatura

from schemas.records import PageInput
from tasks.extract import print_page
from tasks.sources.sample.declaration import PORT
from tests.bench.generate import as_html, as_saved_text, furniture, stories

ROUNDS = 5
SAMPLE = Path(__file__).parents[2] / "tasks" / "sources" / "sample" / "pages"
ROW = "{:<58} {:>16} {:>12}  {}"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="speed", description=__doc__)
    parser.add_argument("--pages", type=int, default=300, help="of the whole way")
    asked = parser.parse_args(arguments)
    show("what", "measured", "target", "")
    compare("declared layouts, 42 KB", declared_pages(), 10.0)
    compare("unknown layouts, 42 KB", unknown_pages(), 1.0)
    text_only()
    whole_way(asked.pages)
    return 0


def show(what: str, measured: str, target: str, verdict: str) -> None:
    sys.stdout.write(ROW.format(what, measured, target, verdict) + "\n")
    sys.stdout.flush()


def declared_pages() -> list[PageInput]:
    """The sample's own pages, with a menu up to the size of a real one."""
    pages = []
    for path in sorted(SAMPLE.glob("*.htm*")):
        body = path.read_bytes()
        menu = furniture(42 * 1024 - len(body)).encode()
        page = PageInput(
            page_id=path.name,
            url=f"http://127.0.0.1:{PORT}/{path.name}",
            body=body.replace(b"</body>", menu + b"</body>"),
        )
        if str(print_page(page).get("layout", "")).startswith("declared:"):
            pages.append(page)
    return pages


def unknown_pages() -> list[PageInput]:
    return [
        PageInput(page_id=str(number), body=as_html(story).encode())
        for number, story in enumerate(islice(stories(), 40))
    ]


def compare(what: str, pages: Sequence[PageInput], target: float) -> None:
    """Everything `extract` does, against the library's body and metadata."""
    ours = seconds_of(lambda: [print_page(page) for page in pages])
    theirs = seconds_of(
        lambda: [trafilatura.bare_extraction(page.body, with_metadata=True) for page in pages]
    )
    ratio = theirs / ours
    each = f"{1000 * ours / len(pages):.2f} against {1000 * theirs / len(pages):.2f} ms a page"
    show(
        f"complete extraction, {what}, times trafilatura ({len(pages)} pages)",
        f"{ratio:.1f}",
        f">= {target:g}",
        f"{verdict(is_met=ratio >= target)}; {each}",
    )


def text_only() -> None:
    pages = [
        PageInput(page_id=str(number), text=as_saved_text(story))
        for number, story in enumerate(islice(stories(), 200))
    ]
    rate = len(pages) / seconds_of(lambda: [print_page(page) for page in pages])
    show(
        "text-only extraction, 4.6 KB, documents a CPU-second",
        f"{rate:.0f}",
        ">= 640",
        verdict(is_met=rate >= 640),
    )
    show("the same, times textacy + spaCy", "", ">= 100", "left out: see docs/accuracy.md")


def seconds_of(work: Callable[[], object]) -> float:
    """The median of the rounds; the first one, which builds what is kept, does not count."""
    work()
    spent = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        spent.append(time.process_time() - started)
    return statistics.median(spent)


def whole_way(count: int) -> None:
    """Saved pages to a published generation, by the command line, wall time.

    A few pages go first: the first run of all makes and migrates Prefect's database.
    """
    with tempfile.TemporaryDirectory() as folder:
        data, made = Path(folder, "data"), stories(2_000)
        few, many, more = (Path(folder, f"{name}.jsonl") for name in ("few", "many", "more"))
        for path, size in ((few, 3), (many, count), (more, max(1, count // 100))):
            write_lines(path, [as_saved_text(story) for story in islice(made, size)])
        ingest(data, few)
        whole, again, added = (ingest(data, path) for path in (many, many, more))
    show(f"{count} saved pages to a generation, seconds in all", f"{whole:.1f}", "", "")
    show("the same pages again, seconds in all", f"{again:.1f}", "", "with a server of its own")
    show("1 % more, seconds in all", f"{added:.1f}", "", "with a server of its own")
    rate = count / max(whole - again, 0.001)
    show(
        "pages a second beyond a run with nothing new",
        f"{rate:.0f}",
        ">= 500",
        f"{verdict(is_met=rate >= 500)}; the target is for 100,000 pages of declared layouts",
    )


def ingest(data: Path, path: Path) -> float:
    started = time.monotonic()
    subprocess.run(
        [sys.executable, "onrecord.py", "--data", data, "ingest", "--from", path],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PREFECT_HOME": str(data / "prefect")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return time.monotonic() - started


def write_lines(path: Path, texts: Sequence[str]) -> None:
    lines = (json.dumps({"id": str(number), "text": text}) for number, text in enumerate(texts))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def verdict(*, is_met: bool) -> str:
    return "met" if is_met else "short"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
