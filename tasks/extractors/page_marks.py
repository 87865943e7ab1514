"""What class and id of an element say about what it holds; the words stand in page_marks.csv."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from tasks.extractors.vocabulary import read_table

PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")
NO_ROLES: frozenset[str] = frozenset()


@lru_cache(maxsize=20_000)
def mark_roles(marks: str) -> frozenset[str]:
    """The roles named by a class or id; a part counts whole, "story" is not in "history"."""
    parts = " ".join(PARTS.findall(marks[:400])).lower()
    found = _pattern().findall(f" {parts} ")
    return frozenset(role for words in found for role in _roles()[words]) if found else NO_ROLES


@cache
def _roles() -> dict[str, tuple[str, ...]]:
    roles: dict[str, tuple[str, ...]] = {}
    for row in read_table("page_marks"):
        roles[row["words"]] = (*roles.get(row["words"], ()), row["role"])
    return roles


@cache
def _pattern() -> re.Pattern[str]:
    words = sorted(_roles(), key=lambda each: (-len(each), each))
    return re.compile(f"(?<= )(?:{'|'.join(re.escape(each) for each in words)})(?= )")
