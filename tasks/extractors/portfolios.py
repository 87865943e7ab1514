"""Names that run on from a title: minister of "Sea Affairs Jana Novak", "to Chad Jana Novak"."""

from __future__ import annotations

import re

from tasks.extractors.name_parts import Run
from tasks.extractors.name_words import given_names

_OF = (" of ", " to ", " for ", " in ", " at ")
_AND = (" and ", ", ")
_OFFICE_OF = re.compile(
    r"\b(?:Minister|Secretary|Commissioner)\s(?:of|for)\s(?:[A-Z]\w+,?\s(?:and\s)?){0,4}$"
)
_BEFORE = 80
_NAME_LENGTH = 2


def cut_place(text: str, run: Run, at: int) -> Run:
    """The name alone; the place or field before it belongs to the title. The run stands at `at`."""
    if not may_hold_place(run):
        return run
    at += run.start
    before = text[max(0, at - 5) : at]
    if not before.endswith(_OF) and not before.endswith(_AND):
        return run
    is_office = _OFFICE_OF.search(text, max(0, at - _BEFORE), at) is not None
    if not is_office and not before.endswith(_OF):
        return run
    for index in range(1, len(run.name) - 1):
        if run.name[index] in given_names():
            return _from(run, index)
    return _from(run, len(run.name) - _NAME_LENGTH) if is_office else run


def may_hold_place(run: Run) -> bool:
    return len(run.name) > _NAME_LENGTH and not run.titles


def _from(run: Run, index: int) -> Run:
    start = run.name_start + sum(len(word) + 1 for word in run.name[:index])
    return Run(start, run.end, run.name[index:], start, is_possessive=run.is_possessive)
