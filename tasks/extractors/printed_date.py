"""A date as pages print it: in a date line, a byline, a meta tag or an address.

Nothing is guessed. 05/06/2007 without a known order has two candidates and no value, 31 June has
evidence and no value, and no reading depends on the day it is made.
Dates in running text, which count from the published date, belong in `dates.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from schemas.records import Precision
from schemas.source import DateOrder
from tasks.extractors.calendar_words import weekdays
from tasks.extractors.printed_forms import RULES, Convention, Rule, compiled, signs_in


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """`value` is the first day of the period; None is impossible or ambiguous.

    `evidence` is `text[start:end]` of the text that was read, without the time of day.
    """

    value: date | None
    precision: Precision
    rule: str
    evidence: str
    start: int
    end: int
    candidates: tuple[date, ...] = ()
    agrees_with_weekday: bool | None = None


def read_printed_date(
    text: str, order: DateOrder | None = None, century_start: int | None = None
) -> PrintedDate | None:
    """The one date of a line; of several, the finest one, and none where these differ.

    Then `value` is None and `candidates` has them all: the line alone cannot tell which is meant.
    """
    found = find_printed_dates(text, order, century_start)
    finest = [each for each in found if each.precision == "day"] or list(found)
    sure = [each for each in finest if each.value]
    if sure and all(_may_be(each, sure[0].value) for each in finest):
        return sure[0]
    if len({each.value for each in finest}) <= 1:
        return finest[0] if finest else None
    days = {each.value for each in finest if each.value} | {d for e in finest for d in e.candidates}
    start, end = finest[0].start, finest[-1].end
    return PrintedDate(
        None, finest[0].precision, "several_dates", text[start:end], start, end, tuple(sorted(days))
    )


def _may_be(found: PrintedDate, value: date | None) -> bool:
    """05/06/2007 beside June 5, 2007 is that day."""
    return found.value == value or value in found.candidates


def find_printed_dates(
    text: str, order: DateOrder | None = None, century_start: int | None = None
) -> tuple[PrintedDate, ...]:
    """Every date in a line, in order; never two over the same characters."""
    convention = Convention(order, century_start)
    found: list[PrintedDate] = []
    signs = signs_in(text)
    taken = bytearray(len(text))
    for rule in RULES:
        if rule.sign in signs:
            found += _on_free(_apply(rule, text, convention), taken)
    return tuple(sorted(found, key=lambda each: each.start))


def _apply(rule: Rule, text: str, convention: Convention) -> Iterator[PrintedDate]:
    for match in compiled(rule.pattern).finditer(text):
        evidence = match[0].lstrip()
        days = rule.read(match, convention)
        value = days[0] if len(days) == 1 and not _lacks_century(match, convention) else None
        yield PrintedDate(
            value=value,
            precision=rule.precision,
            rule=rule.name,
            evidence=evidence,
            start=match.end() - len(evidence),
            end=match.end(),
            candidates=() if value else days,
            agrees_with_weekday=_agrees(match, value),
        )


def _on_free(new: Iterator[PrintedDate], taken: bytearray) -> Iterator[PrintedDate]:
    """What an earlier rule has read, even as impossible, no later rule reads again."""
    for each in new:
        if not any(taken[each.start : each.end]):
            taken[each.start : each.end] = b"\x01" * (each.end - each.start)
            yield each


def _agrees(match: re.Match[str], value: date | None) -> bool | None:
    name = match.groupdict().get("weekday")
    return None if name is None or value is None else weekdays()[name.lower()] == value.weekday()


def _lacks_century(match: re.Match[str], convention: Convention) -> bool:
    """05/25/07 says neither century nor which figure is the year; 25-May-07 is in common use."""
    in_figures = "figures" in match.groupdict()
    return in_figures and len(match["year"]) == 2 and convention.century_start is None  # noqa: PLR2004
