"""The published date: the most trusted of all readings; nothing from the clock.

What rules say against one another stays visible: each is a finding, one is chosen.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import islice

from schemas.records import Finding
from schemas.source import DateOrder
from tasks.extractors.printed_date import read_printed_date
from tasks.extractors.published_rules import DECLARED_RULES, RULES, UTC_INSTANT, Published, Rule
from tasks.extractors.reading import Reading
from tasks.extractors.vocabulary import read_table

MAX_EVIDENCE = 200
MAX_FOUND = 20  # of one rule: a page may repeat a claim for every story it lists
LOCAL_RULES = ("printed_date", "url")
FIGURES = re.compile(
    r"(?<![\w./-])([0-3]?[0-9])[/.-]([0-3]?[0-9])[/.-](?:[12][0-9])?[0-9]{2}(?![\w])"
)


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
