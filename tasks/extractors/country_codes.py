"""Which code a country has on a day: ISO 3166-1 while it stands, ISO 3166-3 once it is gone.

The vocabulary names a gone state by its ISO 3166-3 code (SUHH), because alpha-2 codes were
used twice: CS was Czechoslovakia and later Serbia and Montenegro.
"""

from __future__ import annotations

from datetime import date
from functools import cache

from tasks.extractors.vocabulary import read_table


def code_on(country_code: str, on: date | None) -> str:
    """The code valid on that day; without a day, the code of today's lists.

    A territory that was part of another state then has that state's code: RU in 1988 is SU.
    """
    if on is None:
        return country_code
    while (began := _beginnings().get(country_code)) and on < began[0]:
        country_code = began[1]
    gone = _gone_states().get(country_code)
    return gone[0] if gone and on <= gone[1] else country_code


@cache
def _gone_states() -> dict[str, tuple[str, date]]:
    return {
        row["former_code"]: (row["code"], date.fromisoformat(row["until"]))
        for row in read_table("historical_states")
    }


@cache
def _beginnings() -> dict[str, tuple[date, str]]:
    return {
        row["country_code"]: (date.fromisoformat(row["valid_from"]), row["before"])
        for row in read_table("code_validity")
    }
