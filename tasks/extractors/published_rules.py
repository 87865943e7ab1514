"""Every way to find the published date, from most to least trusted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from schemas.records import Precision
from tasks.extractors.date_lines import date_lines
from tasks.extractors.dateline import find_dateline
from tasks.extractors.printed_date import PrintedDate, find_printed_dates
from tasks.extractors.reading import Reading
from tasks.extractors.url_facts import url_dates

MAX_LINE = 200
UTC_INSTANT = re.compile(
    r"\d[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?\s?(?:Z|UTC|GMT|[+-]00:?00)", re.IGNORECASE
)
SCRIPT_DATE = re.compile(
    r'"(?:date_?published|published_?date|publish_?date|publication_?date|date_?posted)\\?"\s?:\s?'
    r'\\?"([0-9]{4}-[0-9]{2}-[0-9]{2})',
    re.IGNORECASE,
)
UPDATED = re.compile(r"updat|modif|revis|edit|chang|review", re.IGNORECASE)


class Published(NamedTuple):
    """One reading of the published date; `value` None is ambiguous or impossible."""

    value: date | None
    precision: Precision
    rule: str
    evidence: str
    candidates: tuple[date, ...] = ()


Rule = Callable[[Reading], Iterator[Published]]


def from_caller(reading: Reading) -> Iterator[Published]:
    if reading.given_date:
        yield Published(reading.given_date, "day", "given", reading.given_date.isoformat())


def from_linked_data(reading: Reading) -> Iterator[Published]:
    for key in ("datePublished", "dateCreated", "uploadDate"):
        for value in reading.metadata.linked_values(key):
            yield from _printed(value, "linked_data")


def from_metadata(reading: Reading) -> Iterator[Published]:
    for claim in reading.metadata.claims("published"):
        yield from _printed(claim.value, "metadata")


def from_published_element(reading: Reading) -> Iterator[Published]:
    """Where all of them agree: a page of many stories marks the day of each."""
    claims = [claim for claim in reading.metadata.times if claim.name == "published"]
    found = [x for claim in claims for x in _printed(claim.value, "published_element")]
    if len({each.value for each in found}) == 1:
        yield found[0]


def from_printed_line(reading: Reading) -> Iterator[Published]:
    """Dates between headline and story, the byline's included."""
    for line in date_lines(reading).between:
        yield from _printed(line, "printed_date")


def from_line_above(reading: Reading) -> Iterator[Published]:
    """A date line above the headline; a page may print the day of the visit there."""
    for line in reversed(date_lines(reading).above):
        yield from _printed(line, "printed_date")


def from_update_line(reading: Reading) -> Iterator[Published]:
    """Where a page prints only when it was last changed, that is the day it appeared as it is."""
    for line in date_lines(reading).between:
        yield from _printed(line, "printed_update", is_update=True)


def from_line_below(reading: Reading) -> Iterator[Published]:
    """Date lines below the story, where they agree: the dates of other stories stand there too."""
    lines = date_lines(reading)
    found = [x for line in lines.below for x in _printed(line, "printed_below")]
    if len({each.value for each in found}) == 1:
        yield from found
    for line in (*lines.above, *lines.below):
        yield from _printed(line, "updated_below", is_update=True)


def from_time_element(reading: Reading) -> Iterator[Published]:
    for claim in reading.metadata.times:
        if claim.name != "published":
            yield from _printed(claim.value, "time_element")
            return


def from_script(reading: Reading) -> Iterator[Published]:
    """What the data of a page's scripts call its published date, where they all agree."""
    found = {match[1] for match in SCRIPT_DATE.finditer(reading.metadata.markup)}
    if len(found) == 1:
        yield from _printed(found.pop(), "script")


def from_dateline(reading: Reading) -> Iterator[Published]:
    first = next(reading.body(), "")
    found = find_dateline(first)
    if found and found.dateline.day:
        yield Published(found.dateline.day, "day", "dateline", found.dateline.text)


def from_url(reading: Reading) -> Iterator[Published]:
    for day, precision, evidence in url_dates(reading.url or ""):
        yield Published(day, precision, "url", evidence)


# Measured on mixed pages of 2000 to 2026: what is printed under the headline is right more often
# than what the page tells machines.
RULES: tuple[Rule, ...] = (
    from_caller,
    from_printed_line,
    from_update_line,
    from_linked_data,
    from_metadata,
    from_published_element,
    from_line_above,
    from_url,
    from_time_element,
    from_dateline,
    from_script,
    from_line_below,
)
# In a layout that a person described, and in saved text, the date line is what it says.
DECLARED_RULES: tuple[Rule, ...] = (
    from_caller,
    from_printed_line,
    from_line_above,
    from_linked_data,
    from_metadata,
    from_published_element,
    from_dateline,
    from_url,
    from_time_element,
    from_update_line,
    from_line_below,
)


def _printed(text: str, rule: str, *, is_update: bool = False) -> Iterator[Published]:
    """The first date of a line that is no update, or the first that is one.

    The order of figures is settled when all rules have spoken.
    """
    line = text[:MAX_LINE]
    start = 0
    for found in find_printed_dates(line):
        if is_update == (UPDATED.search(line, start, found.start) is not None):
            yield _published(found, rule, line)
            return
        start = found.end


def _published(found: PrintedDate, rule: str, line: str) -> Published:
    evidence = line if UTC_INSTANT.search(line) else found.evidence
    return Published(found.value, found.precision, rule, evidence, found.candidates)
