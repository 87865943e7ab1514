"""The published date: every way to find it, from most to least trusted; nothing from the clock.

What rules say against one another stays visible: each is a finding, one is chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from schemas.records import Finding, Precision
from schemas.source import DateOrder
from tasks.extractors.dateline import find_dateline
from tasks.extractors.printed_date import PrintedDate, find_printed_dates, read_printed_date
from tasks.extractors.reading import Reading
from tasks.extractors.url_facts import url_dates

MAX_EVIDENCE = 200


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
    found = [each for rule in _rules(reading) for each in rule(reading)]
    found = [_settle(each, found, reading.date_order) for each in found]
    chosen = _choose(found, reading.captured_on)
    return chosen, tuple(_finding(each, is_chosen=each is chosen) for each in found)


def _rules(reading: Reading) -> tuple[Rule, ...]:
    return DECLARED_RULES if reading.is_declared or reading.layout == "saved_text" else RULES


def _choose(found: list[Published], captured_on: date | None) -> Published | None:
    """The first with a day; else the first with a month or year."""
    able = [x for x in found if x.value and (captured_on is None or x.value <= captured_on)]
    days = [each for each in able if each.precision == "day"]
    return next(iter(days or able), None)


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
    for claim in reading.metadata.times:
        if claim.name == "published":
            yield from _printed(claim.value, "published_element")


def from_printed_line(reading: Reading) -> Iterator[Published]:
    """The date lines at the head of the story, then those below it."""
    for line in reading.labelled("date"):
        yield from _printed(line, "printed_date")


def from_byline(reading: Reading) -> Iterator[Published]:
    for line in reading.labelled("byline"):
        yield from _printed(line, "byline")


def from_time_element(reading: Reading) -> Iterator[Published]:
    for claim in reading.metadata.times:
        if claim.name != "published":
            yield from _printed(claim.value, "time_element")
            return


def from_dateline(reading: Reading) -> Iterator[Published]:
    first = next(reading.body(), "")
    found = find_dateline(first)
    if found and found.dateline.day:
        yield Published(found.dateline.day, "day", "dateline", found.dateline.text)


def from_url(reading: Reading) -> Iterator[Published]:
    for day, precision, evidence in url_dates(reading.url or ""):
        yield Published(day, precision, "url", evidence)


RULES: tuple[Rule, ...] = (
    from_caller,
    from_linked_data,
    from_metadata,
    from_published_element,
    from_printed_line,
    from_byline,
    from_url,
    from_time_element,
    from_dateline,
)
DECLARED_RULES: tuple[Rule, ...] = (
    from_caller,
    from_printed_line,
    from_linked_data,
    from_metadata,
    from_published_element,
    from_byline,
    from_dateline,
    from_url,
    from_time_element,
)


def _printed(text: str, rule: str) -> Iterator[Published]:
    """The first date of a line; the order of figures is settled when all rules have spoken."""
    line = text[:MAX_EVIDENCE]
    found = read_printed_date(line)
    if found and found.rule == "several_dates":
        found = find_printed_dates(line)[0]
    if found:
        yield _published(found, rule)


def _published(found: PrintedDate, rule: str) -> Published:
    return Published(found.value, found.precision, rule, found.evidence, found.candidates)
