"""Reads the labelled documents of a folder as `extract` does, and scores what it prints."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path

from schemas.errors import BadInput
from schemas.records import PageInput
from tasks.evaluation.archive import score_archive
from tasks.evaluation.figures import Figure, Row, named
from tasks.evaluation.labels import check_folder, find_labels, read_rows
from tasks.evaluation.pages import score_pages
from tasks.evaluation.quotes import score_quotes
from tasks.evaluation.sets import score_countries, score_days
from tasks.extract import print_page

OWN_LABELS = Path(__file__).parents[2] / "tests" / "labelled"
Score = Callable[[list[Row], dict[str, Row]], tuple[Figure, ...]]


@dataclass(frozen=True, slots=True)
class Scored:
    """The figures of one label file and what they cost; none where the file is not there."""

    file: str
    figures: tuple[Figure, ...] = ()
    cpu_seconds: float = 0.0


# File, how it is scored, and whether its documents are texts, raw pages or whole archive pages.
FILES: tuple[tuple[str, Score], ...] = (
    ("quotes/train", score_quotes),
    ("quotes/dev", score_quotes),
    ("countries/geowebnews", score_countries),
    ("countries/lgl", score_countries),
    ("dates/timebank", score_days),
    ("dates/aquaint", score_days),
    ("pages/gold", score_pages),
    ("archive/gold", score_archive),
)
OWN_FILES: tuple[tuple[str, Score], ...] = (
    ("quotes/own", score_quotes),
    ("countries/own", score_countries),
    ("dates/own", score_days),
    ("archive/own", score_archive),
)


def evaluate(folder: Path | None = None, sample: int | None = None) -> tuple[Figure, ...]:
    """Every figure that the folder's files allow, in a fixed order."""
    return tuple(figure for each in score_files(folder, sample) for figure in each.figures)


def score_files(folder: Path | None = None, sample: int | None = None) -> Iterator[Scored]:
    """One file after another; a folder with none of them is an error, never an empty success."""
    files = OWN_FILES if folder is None else FILES
    folder = OWN_LABELS if folder is None else folder
    check_folder(folder)
    if not any(find_labels(folder, name) for name, _ in files):
        names = ", ".join(name for name, _ in files)
        raise BadInput(f"{folder}: no label file. Expected one of {names} (.jsonl, .gz or .xz)")
    for name, score in files:
        yield _score_file(folder, name, score, sample)


def _score_file(folder: Path, name: str, score: Score, sample: int | None) -> Scored:
    path = find_labels(folder, name)
    if path is None:
        return Scored(name)
    labels = list(islice(read_rows(path), sample))
    started = time.process_time()
    try:
        found = {page.page_id: print_page(page) for page in _inputs(folder, name, labels)}
        seconds = time.process_time() - started
        return Scored(name, named(name, score(labels, found)), seconds)
    except (KeyError, TypeError, AttributeError) as error:
        raise BadInput(f"{path}: a label is not of the form expected: {error!r}") from error


def _inputs(folder: Path, name: str, labels: list[Row]) -> Iterator[PageInput]:
    if name == "pages/gold":
        yield from _raw_pages(folder, {each["doc_id"]: each for each in labels})
    elif name.startswith("archive/"):
        raw = {each["html_doc_id"]: each for each in labels if each.get("html_doc_id")}
        yield from _raw_pages(folder, raw)
        for row in labels:
            if not row.get("html_doc_id"):
                yield replace(_text_page(row), text=row.get("page_text") or row["text"])
    else:
        for row in labels:
            yield replace(_text_page(row), published_date=_known_day(row))


def _text_page(row: Row) -> PageInput:
    return PageInput(page_id=row["doc_id"], url=row.get("url"), text=row.get("text"))


def _known_day(row: Row) -> date | None:
    """The day that "yesterday" counts from, where the labels state it."""
    day = row.get("dct_day") or row.get("published")
    return date.fromisoformat(day[:10]) if day else None


def _raw_pages(folder: Path, wanted: dict[str, Row]) -> Iterator[PageInput]:
    """`wanted`: id of a page in pages/pages -> the label it is read for."""
    if not wanted:
        return
    path = find_labels(folder, "pages/pages")
    if path is None:
        raise BadInput(f"{folder / 'pages'}: pages.jsonl(.gz, .xz) is missing beside the labels")
    missing = set(wanted)
    for row in read_rows(path):
        if row["doc_id"] not in missing:
            continue
        missing.discard(row["doc_id"])
        is_utf8 = row["encoding"] == "utf-8"
        body = row["html"].encode("utf-8" if is_utf8 else "latin-1")
        label = wanted[row["doc_id"]]
        yield PageInput(page_id=label["doc_id"], url=(row | label).get("url"), body=body)
        if not missing:
            return
    raise BadInput(f"{path}: page {min(missing)!r} is labelled and not there")
