"""What a speaker's name looks like, and what it is not."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import polars as pl
from babel import Locale

from schemas.rule import Rule

LONGEST_NAME = 200
_MARKUP = r"[<>\[\]{}|\\^~`_=]|https?:|&[a-z]+;"
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday"
_MONTHS = "january february march april may june july august september october november december"
_DAYS = ("today", "yesterday", "tomorrow", "tonight")


def a_speaker_name(name: str) -> Iterable[Rule]:
    text = pl.col(name)
    folded = text.str.to_lowercase().str.strip_chars(" .,")
    no_day = ~folded.is_in(_calendar_words())
    no_country = ~folded.is_in(_country_names())
    no_space = text.str.contains(r"^\S(?:.*\S)?$")
    for form, passes, says, bad in (
        ("has_a_letter", text.str.contains(r"\p{L}"), "holds a letter", "1234"),
        ("is_short", text.str.len_chars() <= LONGEST_NAME, "is short", "Ab" * LONGEST_NAME),
        ("has_no_markup", ~text.str.contains(_MARKUP), "holds no markup", "Al [Smith]"),
        ("has_no_outer_space", no_space, "begins and ends in no space", " Al"),
        ("is_no_day", no_day, "is not a weekday, month or day", "Friday"),
        ("is_no_country", no_country, "is not a country", "France"),
    ):
        yield Rule(
            name=f"{name}_{form}",
            column=name,
            passes=passes,
            says=f"{name} {says}.",
            broken_by={name: bad},
        )


@cache
def _calendar_words() -> tuple[str, ...]:
    return (*_WEEKDAYS.split(), *_MONTHS.split(), *_DAYS)


@cache
def _country_names() -> tuple[str, ...]:
    """English names out of CLDR, and those an article uses beside them."""
    cldr = Locale("en").territories
    states = (name for code, name in cldr.items() if code.isalpha() and code not in _NO_STATES)
    return tuple(sorted({name.lower() for name in states} | set(_OTHER_NAMES)))


# CLDR codes of what is no country: the UN, the euro zone and two pseudo-locales.
_NO_STATES = ("EU", "EZ", "UN", "QO", "XA", "XB", "ZZ")
_OTHER_NAMES = (
    "america",
    "britain",
    "burma",
    "czechoslovakia",
    "ivory coast",
    "kosovo",
    "macedonia",
    "soviet union",
    "the netherlands",
    "the philippines",
    "the united kingdom",
    "the united states",
    "turkey",
    "u.k",
    "u.s",
    "uk",
    "us",
    "usa",
    "ussr",
    "yugoslavia",
    "zaire",
)
