"""Lines known as furniture by their words alone, whatever the page: see furniture_lines.csv."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import cast

from schemas.records import BlockLabel
from tasks.extractors.vocabulary import read_table

MAX_LEGAL = 300
MAX_NOTICE = 1_000
MAX_OPENING = 110
MAX_INSIDE = 80
EDGES = " \t\r\n-–—|•·»«>:*."
MARKS = re.compile('["“”«»]')


@dataclass(frozen=True, slots=True)
class FurnitureLine:
    label: BlockLabel
    ends_article: bool


@lru_cache(maxsize=4_096)
def furniture_line(text: str) -> FurnitureLine | None:
    """Short lines, and notices: a paragraph may open with the same words, or quote them."""
    if len(text) > MAX_LEGAL:
        return _notice(text) if len(text) <= MAX_NOTICE else None
    line = text.strip(EDGES).lower()
    if len(line) <= MAX_OPENING:
        if found := _lines("whole").get(line) or _lines("whole").get(text.strip().lower()):
            return found
        if match := _opening().match(line):
            return _unless_quoted("opening", match, text)
    if len(line) <= MAX_INSIDE and (match := _inside().search(line)):
        return _unless_quoted("inside", match, text)
    # Most lines are paragraphs: looking for the bare words first is cheap.
    if any(words in line for words in _lines("legal")) and (match := _legal().search(line)):
        return _unless_quoted("legal", match, text)
    return _notice(text)


def _notice(text: str) -> FurnitureLine | None:
    """A paragraph that a dialog shows on every page of its kind."""
    line = text.lower()
    return next((found for words, found in _lines("notice").items() if words in line), None)


def _unless_quoted(kind: str, match: re.Match[str], text: str) -> FurnitureLine | None:
    return None if MARKS.search(text) else _lines(kind)[match[0]]


@cache
def _lines(match: str) -> dict[str, FurnitureLine]:
    return {
        row["words"]: FurnitureLine(cast("BlockLabel", row["label"]), row["ends"] == "yes")
        for row in read_table("furniture_lines")
        if row["match"] == match
    }


@cache
def _opening() -> re.Pattern[str]:
    # "copyright 20" goes on as a year.
    return re.compile(rf"(?:{_any('opening')})(?![^\W\d])")


@cache
def _inside() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_any('inside')})(?!\w)")


@cache
def _legal() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_any('legal')})(?!\w)")


def _any(match: str) -> str:
    words = sorted(_lines(match), key=lambda each: (-len(each), each))
    return "|".join(re.escape(each) for each in words)
