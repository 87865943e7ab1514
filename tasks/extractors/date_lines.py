"""The lines of a page that print a date, by where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from tasks.extractors.labels import is_body
from tasks.extractors.printed_date import find_printed_dates
from tasks.extractors.reading import Reading

MAX_LINE = 200
STATES_PUBLISHED = re.compile(r"\bpublished\b", re.IGNORECASE)


class DateLines(NamedTuple):
    above: list[str]
    between: list[str]
    below: list[str]


@lru_cache(maxsize=1)
def date_lines(reading: Reading) -> DateLines:
    """Lines with dates, by where they stand: above the headline, above the story, below it."""
    lines = DateLines([], [], [])
    place = lines.above
    body_count = 0
    for each in reading.texts:
        if each.label == "headline" and place is lines.above:
            place = lines.between
            place += _edge_date(each.text)
        elif is_body(each):
            # The first paragraph may be a summary that nothing marks as one.
            body_count += 1
            place = place if body_count == 1 else lines.below
        elif each.label == "date" or (
            each.label == "byline" and _dates_the_story(each.text, place, lines)
        ):
            place.append(each.text)
        elif each.label == "subhead" and place is lines.between:
            place += _closing_date(each.text)
    return lines


def lines_around(reading: Reading) -> Iterator[str]:
    """Every short line above the end of the story, of whatever label."""
    body = [index for index, each in enumerate(reading.texts) if is_body(each)]
    for each in reading.texts[: body[-1]] if body else ():
        if not is_body(each) and len(each.text) <= MAX_LINE:
            yield each.text


def _dates_the_story(byline: str, place: list[str], lines: DateLines) -> bool:
    """Bylines below the story are those of comments, but "By Maria Okello, published May 25"."""
    is_stated = STATES_PUBLISHED.search(byline) is not None
    return place is lines.between or (place is lines.below and is_stated)


def _edge_date(line: str) -> list[str]:
    """The date that a page runs into the line of its headline, before or behind it."""
    found = find_printed_dates(line)
    if len(found) != 1 or found[0].precision != "day":
        return []
    is_edge = found[0].start == 0 or found[0].end == len(line)
    return [found[0].evidence] if is_edge else []


def _closing_date(line: str) -> list[str]:
    """The date that a page runs into the end of its subhead."""
    found = find_printed_dates(line)
    is_last = found and found[-1].precision == "day" and found[-1].end == len(line.rstrip(" .)"))
    return [found[-1].evidence] if is_last else []
