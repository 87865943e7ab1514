"""The published date: the most trusted of all readings; nothing from the clock.

What rules say against one another stays visible: each is a finding, one is chosen.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from schemas.records import Finding
from tasks.extractors.published_proofs import settle
from tasks.extractors.published_rules import DECLARED_RULES, RULES
from tasks.extractors.published_value import UTC_INSTANT, Published, Rule, read_line
from tasks.extractors.reading import Reading

MAX_EVIDENCE = 200
MAX_FOUND = 20  # of one rule: a page may repeat a claim for every story it lists
STATED_RULES = frozenset(("linked_data", "metadata", "published_element"))
UPDATE_RULES = frozenset(("printed_update", "updated_below"))
LOCAL_RULES = ("printed_date", "url")
_DAY = timedelta(days=1)


def find_published(reading: Reading) -> tuple[Published | None, tuple[Finding, ...]]:
    """The chosen reading, and all of them as findings."""
    found = [each for rule in _rules(reading) for each in islice(rule(reading), MAX_FOUND)]
    found = settle(_name_updates(found, reading), reading)
    chosen = _choose(found, reading)
    return chosen, tuple(_finding(each, is_chosen=each is chosen) for each in found)


def _rules(reading: Reading) -> tuple[Rule, ...]:
    return DECLARED_RULES if reading.is_declared or reading.layout == "saved_text" else RULES


def _name_updates(found: list[Published], reading: Reading) -> list[Published]:
    """A printed day that the page's own data calls the day of a change, and no day of publication,
    goes behind the days of publication."""
    stated = {x.value for x in found if x.rule in STATED_RULES and x.value}
    told_apart = {x.value for x in found if x.rule in {"url", "dateline"}}
    changed = set(_days_of_change(reading, stated)) - stated - told_apart if stated else set()
    printed = [x for x in found if x.rule == "printed_date" and x.value in changed]
    kept = [each for each in found if each not in printed]
    return kept + [each._replace(rule="printed_update") for each in printed]


def _days_of_change(reading: Reading, stated: set[date]) -> Iterator[date]:
    metadata = reading.metadata
    claims = [claim.value for claim in metadata.claims("modified")]
    claims += metadata.linked_values("dateModified")
    claims += [claim.value for claim in metadata.times if "modified" in claim.name.lower()]
    for claim in claims:
        for day in (each.value for each in read_line(claim, "modified") if each.value):
            yield day
            if UTC_INSTANT.search(claim):
                # The publisher's own day; beside a day of publication it may be that one's.
                beside = (day - _DAY, day + _DAY)
                yield from (x for x in beside if all(abs(x - each) > _DAY for each in stated))


def _choose(found: list[Published], reading: Reading) -> Published | None:
    """The first with a day; else the first with a month or year.

    Never after the capture, and never outside the span that the source declares.
    """
    able = [x for x in found if _is_possible(x, reading)]
    days = [each for each in able if each.precision == "day"]
    first = next(iter(days or able), None)
    if first is None:
        return None
    if first.rule in UPDATE_RULES and not _fits(first, able[0]):
        return able[0]
    return _local_day(first, days)


def _is_possible(one: Published, reading: Reading) -> bool:
    day, source = one.value, reading.source
    if day is None:
        return False
    first = (source.first_date if source else None) or date.min
    last = (source.last_date if source else None) or date.max
    # A month or year counts from its first day, which may lie before the span that it meets.
    begins = first if one.precision == "day" else date(first.year, 1, 1)
    return begins <= day <= min(last, reading.captured_on or date.max)


def _fits(day: Published, coarse: Published) -> bool:
    """Whether the day of a change lies in the month or year that is printed for the story."""
    length = {"month": 7, "year": 4}.get(coarse.precision, 0)
    return str(day.value)[:length] == str(coarse.value)[:length]


def _local_day(first: Published, days: list[Published]) -> Published:
    """An instant in UTC may fall on the day before or after the publisher's own: then what the
    page prints, or its address, says which day it was there."""
    if not (first.value and UTC_INSTANT.search(first.evidence)):
        return first
    by_rule = {each.rule: each for each in reversed(days) if each.rule in LOCAL_RULES}
    local = [by_rule[rule] for rule in LOCAL_RULES if rule in by_rule]
    distances = [abs((each.value - first.value).days) for each in local if each.value]
    return local[0] if distances and distances[0] == 1 and 0 not in distances else first


def _finding(one: Published, *, is_chosen: bool) -> Finding:
    value = one.value.isoformat() if one.value else "|".join(x.isoformat() for x in one.candidates)
    evidence = one.evidence[:MAX_EVIDENCE]
    return Finding("published_date", value, one.rule, evidence, one.precision, is_chosen)
