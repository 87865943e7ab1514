"""One way a field was found: the value, the rule and the words it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from schemas.records import Finding

MAX_EVIDENCE = 200


class Way(NamedTuple):
    value: str
    rule: str
    evidence: str


def findings_of(field: str, ways: Iterable[Way]) -> tuple[Finding, ...]:
    """The first way is the chosen one; a value that one rule finds twice counts once."""
    first: dict[tuple[str, str], Way] = {}
    for way in ways:
        first.setdefault((way.rule, way.value), way)
    return tuple(
        Finding(field, way.value, way.rule, way.evidence[:MAX_EVIDENCE], None, index == 0)
        for index, way in enumerate(first.values())
    )
