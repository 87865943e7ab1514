"""Every way to find the published date, from most to least trusted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tasks.extractors.published_lines import (
    from_age,
    from_dateline,
    from_line_above,
    from_line_and_url,
    from_line_below,
    from_printed_line,
    from_update_line,
)
from tasks.extractors.published_value import Published, Rule, read_line
from tasks.extractors.reading import Reading
from tasks.extractors.url_facts import url_dates

SCRIPT_DATE = re.compile(
    r'"(?:date_?published|published_?date|publish_?date|publication_?date|date_?posted)\\?"\s?:\s?'
    r'\\?"([0-9]{4}-[0-9]{2}-[0-9]{2})',
    re.IGNORECASE,
)


def from_caller(reading: Reading) -> Iterator[Published]:
    if reading.given_date:
        yield Published(reading.given_date, "day", "given", reading.given_date.isoformat())


def from_linked_data(reading: Reading) -> Iterator[Published]:
    for key in ("datePublished", "dateCreated", "uploadDate"):
        for value in reading.metadata.linked_values(key):
            yield from read_line(value, "linked_data")


def from_metadata(reading: Reading) -> Iterator[Published]:
    for claim in reading.metadata.claims("published"):
        yield from read_line(claim.value, "metadata")


def from_published_element(reading: Reading) -> Iterator[Published]:
    """Where all of them agree: a page of many stories marks the day of each."""
    claims = [claim for claim in reading.metadata.times if claim.name == "published"]
    found = [x for claim in claims for x in read_line(claim.value, "published_element")]
    if len({each.value for each in found}) == 1:
        yield found[0]


def from_time_element(reading: Reading) -> Iterator[Published]:
    for claim in reading.metadata.times:
        if claim.name not in {"published", "modified"}:
            yield from read_line(claim.value, "time_element")
            return


def from_script(reading: Reading) -> Iterator[Published]:
    """What the data of a page's scripts call its published date, where they all agree."""
    found = {match[1] for match in SCRIPT_DATE.finditer(reading.metadata.markup)}
    if len(found) == 1:
        yield from read_line(found.pop(), "script")


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
    from_line_and_url,
    from_url,
    from_time_element,
    from_dateline,
    from_script,
    from_line_below,
    from_age,
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
    from_age,
)
