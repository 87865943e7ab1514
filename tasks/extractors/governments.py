"""The body of a minister who is named by his country alone: "Israeli Prime Minister"."""

from __future__ import annotations

from functools import cache

from babel import Locale

from tasks.extractors.role_phrases import NOT_NOW
from tasks.extractors.vocabulary import read_table

# Whoever holds one for a country is of its government; ambassadors and lawmakers are not.
_OFFICES = frozenset(("minister", "ministers", "premier", "president", "chancellor"))
# Of these, "Palestinian Prime Minister" and "EU president" name no government of a country.
_NO_GOVERNMENT = frozenset(("EU", "PS"))


def government_of(title: str | None, country_code: str) -> str | None:
    """The government a title and a country name together, or None where the title is of none."""
    words = (title or "").lower().split()
    if _OFFICES.isdisjoint(words) or not NOT_NOW.isdisjoint(words):
        return None
    if country_code in _NO_GOVERNMENT:
        return None
    name = _names().get(country_code)
    return f"Government of {name}" if name else None


@cache
def _names() -> dict[str, str]:
    own = {row["country_code"]: row["name"] for row in read_table("government_names")}
    return {**Locale("en").territories, **own}
