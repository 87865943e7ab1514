"""Lines known as furniture by their words alone, whatever the page: see furniture_lines.csv."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import cast

from schemas.records import BlockLabel
from tasks.extractors.vocabulary import read_table

MAX_LENGTH = 300  # no line of furniture is longer; a paragraph may open with the same words
MAX_OPENING_LENGTH = 110
EDGES = " \t\r\n-–—|•·»«>:*."


@dataclass(frozen=True, slots=True)
class FurnitureLine:
    label: BlockLabel
    ends_article: bool


def furniture_line(text: str) -> FurnitureLine | None:
    if len(text) > MAX_LENGTH:
        return None
    line = text.strip(EDGES).lower()
    if found := _whole().get(line) or _whole().get(text.strip().lower()):
        return found
    if len(line) <= MAX_OPENING_LENGTH and (match := _opening().match(line)):
        return _lines("opening")[match[0]]
    match = _inside().search(line)
    return _lines("inside")[match[0]] if match else None


@cache
def _lines(match: str) -> dict[str, FurnitureLine]:
    return {
        row["words"]: FurnitureLine(cast("BlockLabel", row["label"]), row["ends"] == "yes")
        for row in read_table("furniture_lines")
        if row["match"] == match
    }


def _whole() -> dict[str, FurnitureLine]:
    return _lines("whole")


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any('opening')})(?!\w)")


@cache
def _inside() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_any('inside')})(?!\w)")


def _any(match: str) -> str:
    words = sorted(_lines(match), key=lambda each: (-len(each), each))
    return "|".join(re.escape(each) for each in words)
