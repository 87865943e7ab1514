"""`python -m tests.bench.speed [--pages N] [--labels FOLDER]`: speed against peers, in one run.

CPU time of each side, the two in turn: ratios, no timed tests. `--pages 0` leaves the whole way
out; `--labels` adds the labelled quotations' documents to the generated ones.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import trafilatura

from schemas.errors import OnrecordError
from schemas.records import PageInput
from tasks.extract import print_page
from tasks.sources.sample.declaration import PORT
from tests.bench.generate import as_html, furniture, stories
from tests.bench.measured import medians_of, show, show_ratio
from tests.bench.texts import compare_texts, generated_texts, labelled_texts, read
from tests.bench.whole_way import whole_way

SAMPLE = Path(__file__).parents[2] / "tasks" / "sources" / "sample" / "pages"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="speed", description=__doc__)
    parser.add_argument("--pages", type=int, default=300, help="of the whole way")
    parser.add_argument("--labels", type=Path, help="a folder of labelled documents")
    asked = parser.parse_args(arguments)
    try:
        texts = {"generated": generated_texts()}
        if asked.labels:
            texts["labelled"] = labelled_texts(asked.labels)
    except OnrecordError as error:
        sys.stderr.write(f"speed: {error}\n")
        return error.exit_code
    show("what", "measured", "target")
    compare_pages("declared layouts", declared_pages(), 10.0)
    compare_pages("unknown layouts", unknown_pages(), 1.0)
    for what, each in texts.items():
        compare_texts(what, each)
    if asked.pages:
        whole_way(asked.pages)
    return 0


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


def compare_pages(what: str, pages: Sequence[PageInput], target: float) -> None:
    """Everything `extract` does, against the library's body and metadata."""
    ours, theirs = medians_of(
        lambda: read(pages),
        lambda: [trafilatura.bare_extraction(page.body, with_metadata=True) for page in pages],
    )
    each = f"{1000 * ours / len(pages):.2f} against {1000 * theirs / len(pages):.2f} ms a page"
    show_ratio(
        f"complete, {what}, 42 KB, times trafilatura",
        theirs / ours,
        target,
        f"{each}, {len(pages)}",
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
