"""What `onrecord extract` prints: one line per page, in the order the pages came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from tasks.extract import page_of, print_page
from tasks.extractors.input_line import BadLine, read_line
from tasks.extractors.printed_line import error_line
from tasks.read_files import BadFile, list_files, read_file
from tasks.read_packed import READERS

Line = dict[str, Any]


def lines_of_jsonl(lines: Iterable[bytes]) -> Iterator[Line]:
    """A line that is no page prints its id, where it states one, and what is wrong."""
    for number, raw in enumerate(lines, start=1):
        if not raw.strip():
            continue
        try:
            page = read_line(raw)
        except BadLine as error:
            yield error_line(error.page_id or f"line {number}", None, "not_a_page", str(error))
        else:
            yield print_page(page if page.page_id else replace(page, page_id=f"line {number}"))


def lines_of_files(paths: tuple[Path, ...]) -> Iterator[Line]:
    for path in list_files(paths):
        for found in read_file(path, READERS):
            if isinstance(found, BadFile):
                yield error_line(found.place, None, found.reason, found.detail)
                continue
            page, _ = page_of(found.capture)
            yield print_page(replace(page, page_id=found.place))
