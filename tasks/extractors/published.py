"""The published date: every way to find it, from most to least trusted; nothing from the clock.

What rules say against one another stays visible: each is a finding, one is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from typing import NamedTuple

from schemas.records import Finding, Precision
from schemas.source import DateOrder
from tasks.extractors.dateline import find_dateline
from tasks.extractors.labels import BODY_LABELS
from tasks.extractors.printed_date import PrintedDate, find_printed_dates, read_printed_date
from tasks.extractors.reading import Reading
from tasks.extractors.url_facts import url_dates
from tasks.extractors.vocabulary import read_table

MAX_EVIDENCE = 200
MAX_FOUND = 20  # of one rule: a page may repeat a claim for every story it lists
UTC_INSTANT = re.compile(
    r"\d[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?\s?(?:Z|UTC|GMT|[+-]00:?00)", re.IGNORECASE
)
LOCAL_RULES = ("printed_date", "url")
SCRIPT_DATE = re.compile(
    r'"(?:date_?published|published_?date|publish_?date|publication_?date|date_?posted)\\?"\s?:\s?'
    r'\\?"([0-9]{4}-[0-9]{2}-[0-9]{2})',
    re.IGNORECASE,
)
FIGURES = re.compile(
    r"(?<![\w./-])([0-3]?[0-9])[/.-]([0-3]?[0-9])[/.-](?:[12][0-9])?[0-9]{2}(?![\w])"
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


def find_published(reading: Reading) -> tuple[Published | None, tuple[Finding, ...]]:
    """The chosen reading, and all of them as findings."""
    found = [each for rule in _rules(reading) for each in islice(rule(reading), MAX_FOUND)]
    if any(each.value is None and len(each.candidates) > 1 for each in found):
        order = _order(reading)
        found = [_settle(each, found, order) for each in found]
    chosen = _choose(found, reading.captured_on)
    return chosen, tuple(_finding(each, is_chosen=each is chosen) for each in found)


def _rules(reading: Reading) -> tuple[Rule, ...]:
    return DECLARED_RULES if reading.is_declared or reading.layout == "saved_text" else RULES


def _choose(found: list[Published], captured_on: date | None) -> Published | None:
    """The first with a day; else the first with a month or year."""
    able = [x for x in found if x.value and (captured_on is None or x.value <= captured_on)]
    days = [each for each in able if each.precision == "day"]
    first = next(iter(days or able), None)
    return _local_day(first, days) if first else None


def _local_day(first: Published, days: list[Published]) -> Published:
    """An instant in UTC may fall on the day before or after the publisher's own: then what the
    page prints, or its address, says which day it was there."""
    if not (first.value and UTC_INSTANT.search(first.evidence)):
        return first
    by_rule = {each.rule: each for each in reversed(days) if each.rule in LOCAL_RULES}
    local = [by_rule[rule] for rule in LOCAL_RULES if rule in by_rule]
    distances = [abs((each.value - first.value).days) for each in local if each.value]
    return local[0] if distances and distances[0] == 1 and 0 not in distances else first


def _order(reading: Reading) -> DateOrder | None:
    """The order of figures: what the source declares, else what the page's language does."""
    if reading.date_order:
        return reading.date_order
    if proven := _proven_order(reading):
        return proven
    language = (reading.metadata.language or "").lower().replace("_", "-")
    orders = {row["language"]: row["order"] for row in read_table("date_orders")}
    order = orders.get(language) or orders.get(language.split("-")[0])
    return "day_first" if order == "day_first" else None


def _proven_order(reading: Reading) -> DateOrder | None:
    """The order that every unambiguous date in figures on the page has: 25/05 is day-first."""
    first = second = 0
    for each in reading.texts:
        if len(each.text) <= MAX_EVIDENCE and (match := FIGURES.search(each.text)):
            first += int(match[1]) > 12  # noqa: PLR2004
            second += int(match[2]) > 12  # noqa: PLR2004
    if bool(first) == bool(second):
        return None
    return "day_first" if first else "month_first"


def _settle(one: Published, others: list[Published], order: DateOrder | None) -> Published:
    """05/06/2007: another reading that is one of the two days proves it; else the source's word."""
    if one.value or len(one.candidates) < 2:  # noqa: PLR2004
        return one
    proofs = {x.value for x in others if x.value in one.candidates and x.precision == "day"}
    if len(proofs) == 1:
        return one._replace(value=proofs.pop())
    found = read_printed_date(one.evidence, order) if order else None
    return one._replace(value=found.value) if found else one


def _finding(one: Published, *, is_chosen: bool) -> Finding:
    value = one.value.isoformat() if one.value else "|".join(x.isoformat() for x in one.candidates)
    evidence = one.evidence[:MAX_EVIDENCE]
    return Finding("published_date", value, one.rule, evidence, one.precision, is_chosen)


# --- the rules ---------------------------------------------------------------------------------


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
    for line in _date_lines(reading).between:
        yield from _printed(line, "printed_date")


def from_line_above(reading: Reading) -> Iterator[Published]:
    """A date line above the headline; a page may print the day of the visit there."""
    for line in reversed(_date_lines(reading).above):
        yield from _printed(line, "printed_date")


def from_update_line(reading: Reading) -> Iterator[Published]:
    """Where a page prints only when it was last changed, that is the day it appeared as it is."""
    for line in _date_lines(reading).between:
        yield from _printed(line, "printed_update", is_update=True)


def from_line_below(reading: Reading) -> Iterator[Published]:
    """Date lines below the story, where they agree: the dates of other stories stand there too."""
    lines = _date_lines(reading)
    found = [x for line in lines.below for x in _printed(line, "printed_below")]
    if len({each.value for each in found}) == 1:
        yield from found
    for line in (*lines.above, *lines.below):
        yield from _printed(line, "updated_below", is_update=True)


class DateLines(NamedTuple):
    above: list[str]
    between: list[str]
    below: list[str]


def _date_lines(reading: Reading) -> DateLines:
    """Lines with dates, by where they stand: above the headline, above the story, below it."""
    lines = DateLines([], [], [])
    place = lines.above
    body_count = 0
    for each in reading.texts:
        if each.label == "headline" and place is lines.above:
            place = lines.between
        elif each.in_body and each.label in BODY_LABELS:
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
    line = text[:MAX_EVIDENCE]
    start = 0
    for found in find_printed_dates(line):
        if is_update == (UPDATED.search(line, start, found.start) is not None):
            yield _published(found, rule, line)
            return
        start = found.end


def _published(found: PrintedDate, rule: str, line: str) -> Published:
    evidence = line if UTC_INSTANT.search(line) else found.evidence
    return Published(found.value, found.precision, rule, evidence, found.candidates)
