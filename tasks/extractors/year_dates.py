"""Years and decades in a text: "in 2008", "the 1990s", "the '80s"."""

from __future__ import annotations

from tasks.extractors.date_rules import Clue, DateRule, Reading
from tasks.extractors.periods import years_from


def _read_year(clue: Clue) -> Reading:
    year = int(clue["year"] or "")
    return years_from(year, year, "year")


def _read_decade(clue: Clue) -> Reading:
    first = int(clue["year"] or "")
    return years_from(first, first + 9, "decade")


_YEAR = r"(?P<year>1[4-9][0-9]{2}|20[0-9]{2})"
# Four figures before these are a number of them.
_COUNTED = (
    r"(?!\s(?:people|troops|soldiers|men|women|children|workers|jobs|dollars|euros|pounds|miles|feet"
    r"|meters|metres|kilometers|kilometres|tons|tonnes|barrels|times|hours|points|shares|units|homes"
    r"|houses|members|students|square|pages|votes|cases|deaths|civilians|prisoners|refugees)\b)"
)

YEAR_RULES: tuple[DateRule, ...] = (
    DateRule("decade", r"(?P<year>1[4-9][0-9]0|20[0-9]0)['’]?s\b", _read_decade),
    DateRule("year", _YEAR + r"(?![0-9%]|[.,:][0-9]|-[a-z])" + _COUNTED, _read_year),
)
