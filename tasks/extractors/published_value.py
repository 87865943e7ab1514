"""One reading of the published date, as every rule for it gives it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from schemas.records import Precision
from tasks.extractors.printed_date import PrintedDate, find_printed_dates
from tasks.extractors.reading import Reading
from tasks.extractors.vocabulary import read_words

MAX_LINE = 200
UTC_INSTANT = re.compile(
    r"\d(?:[T ]\d\d:|T\d\d)\d\d(?::?\d\d)?(?:\.\d+)?\s?(?:Z|UTC|GMT|[+-]00:?00)", re.IGNORECASE
)


class Published(NamedTuple):
    """One reading of the published date; `value` None is ambiguous or impossible."""

    value: date | None
    precision: Precision
    rule: str
    evidence: str
    candidates: tuple[date, ...] = ()


Rule = Callable[[Reading], Iterator[Published]]


def read_line(text: str, rule: str, *, is_update: bool = False) -> Iterator[Published]:
    """The first date of a line that is no update, or the first that is one.

    The order of figures is settled when all rules have spoken.
    """
    line = text[:MAX_LINE]
    start = 0
    for found in find_printed_dates(line):
        if is_update == (_updated().search(line, start, found.start) is not None):
            yield _published(found, rule, line)
            return
        start = found.end


@cache
def _updated() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, read_words("update_words"))), re.IGNORECASE)


def _published(found: PrintedDate, rule: str, line: str) -> Published:
    evidence = line if UTC_INSTANT.search(line) else found.evidence
    return Published(found.value, found.precision, rule, evidence, found.candidates)
