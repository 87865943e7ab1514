"""The lines of a page that print a date, by where they stand."""

from __future__ import annotations

from typing import NamedTuple

from tasks.extractors.labels import is_body
from tasks.extractors.printed_date import find_printed_dates
from tasks.extractors.reading import Reading


class DateLines(NamedTuple):
    above: list[str]
    between: list[str]
    below: list[str]


def date_lines(reading: Reading) -> DateLines:
    """Lines with dates, by where they stand: above the headline, above the story, below it."""
    lines = DateLines([], [], [])
    place = lines.above
    body_count = 0
    for each in reading.texts:
        if each.label == "headline" and place is lines.above:
            place = lines.between
        elif is_body(each):
            # The first paragraph may be a summary that nothing marks as one.
            body_count += 1
            place = place if body_count == 1 else lines.below
        elif each.label == "date" or (each.label == "byline" and place is lines.between):
            place.append(each.text)
        elif each.label == "subhead" and place is lines.between:
            place += _closing_date(each.text)
    return lines


def _closing_date(line: str) -> list[str]:
    """The date that a page runs into the end of its subhead."""
    found = find_printed_dates(line)
    is_last = found and found[-1].precision == "day" and found[-1].end == len(line.rstrip(" .)"))
    return [found[-1].evidence] if is_last else []
