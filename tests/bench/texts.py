"""Text-only extraction, documents a CPU-second, and the same documents by textacy and spaCy."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

from schemas.records import PageInput
from tasks.evaluation.labels import check_folder, find_labels, read_rows
from tasks.extract import print_page
from tests.bench.generate import as_saved_text, stories
from tests.bench.measured import seconds_of, show, show_ratio

ROOT = Path(__file__).parents[2]
PEERS = ROOT / ".venv-peers" / "bin" / "python"
WARM, COUNT, PEER_COUNT = 20, 400, 60
LEAST_RATE, LEAST_RATIO = 640.0, 100.0
QUOTES = ("quotes/dev", "quotes/train")


def generated_texts() -> list[str]:
    return [as_saved_text(story) for story in islice(stories(), COUNT)]


def labelled_texts(folder: Path) -> list[str]:
    """The labelled quotations' documents, as `evaluate` reads them."""
    check_folder(folder)
    paths = [path for name in QUOTES if (path := find_labels(folder, name))]
    return [row["text"] for path in paths for row in read_rows(path)][:COUNT]


def compare_texts(what: str, texts: Sequence[str]) -> None:
    """Each document once: what a text repeats may be kept, the same text may not."""
    pages = [PageInput(page_id=str(number), text=text) for number, text in enumerate(texts)]
    read(pages[:WARM])
    spent = seconds_of(lambda: read(pages[WARM:]))
    rate = (len(pages) - WARM) / spent
    size = sum(map(len, texts)) / len(texts) / 1024
    show_ratio(
        f"text-only, {what}, documents a CPU-second", rate, LEAST_RATE, f"{size:.1f} KB each"
    )
    compare_peers(what, texts[:PEER_COUNT], lambda: read(pages[:PEER_COUNT]))


def read(pages: Sequence[PageInput]) -> None:
    for page in pages:
        print_page(page)


def compare_peers(what: str, texts: Sequence[str], ours: Callable[[], object]) -> None:
    """Both sides right after one another, on the same documents."""
    row = f"text-only, {what}, times textacy + spaCy"
    if not PEERS.exists():
        show(row, "", f">= {LEAST_RATIO:g}", f"left out: {PEERS.parents[1].name} is not installed")
        return
    spent = [seconds_of(ours)]
    answer = json.loads(
        subprocess.run(
            [PEERS, "-m", "tests.bench.peers"],
            cwd=ROOT,
            # One thread each: CPU seconds of threads that wait for one another say nothing.
            env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
            input="".join(json.dumps({"text": text}) + "\n" for text in texts),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        ).stdout
    )
    spent.append(seconds_of(ours))
    each = sum(spent) / len(spent) / len(texts)
    theirs = answer["seconds"] / answer["documents"]
    note = (
        f"{1000 * each:.2f} against {1000 * theirs:.0f} ms a document, "
        f"{answer['documents']} documents, the peer gave up on {answer['failed']}"
    )
    show_ratio(row, theirs / each, LEAST_RATIO, note)
