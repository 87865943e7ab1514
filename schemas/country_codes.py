"""Country codes, and the days on which they may stand.

ISO 3166-1 alpha-2 for states and territories, as valid on a day; a state already gone on that
day has its four-letter ISO 3166-3 code; XK stands for Kosovo, which ISO has not coded.
Origin: ISO 3166-1 and 3166-3, written down from general knowledge; dates are those of the
state's begin or end, and of ISO's withdrawal where a code outlived its state.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

_IN_USE = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS
BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE
EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM
HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC
LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA
NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO
TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW
"""

# First day of codes younger than the oldest archives we know of.
_SINCE = {
    **dict.fromkeys(("AM", "AZ", "KG", "KZ", "MD", "TJ", "TM", "UZ"), date(1991, 8, 20)),
    **dict.fromkeys(("EE", "LT", "LV", "GE"), date(1990, 3, 11)),
    **dict.fromkeys(("BA", "HR", "MK", "SI"), date(1991, 6, 25)),
    **dict.fromkeys(("ME", "RS"), date(2006, 6, 3)),
    **dict.fromkeys(("CZ", "SK"), date(1993, 1, 1)),
    **dict.fromkeys(("BQ", "CW", "SX"), date(2010, 10, 10)),
    "BF": date(1984, 8, 4),
    "BJ": date(1975, 11, 30),
    "CD": date(1997, 5, 17),
    "ER": date(1991, 5, 24),
    "MM": date(1989, 6, 18),
    "RU": date(1991, 12, 8),
    "SS": date(2011, 7, 9),
    "TL": date(2002, 5, 20),
    "VU": date(1980, 7, 30),
    "ZW": date(1980, 4, 18),
}

# Last day of alpha-2 codes that ISO has withdrawn.
_UNTIL = {
    "AN": date(2010, 12, 15),
    "BU": date(1989, 12, 5),
    "CS": date(2006, 9, 26),  # Czechoslovakia to 1993, Serbia and Montenegro from 2003
    "DD": date(1990, 10, 30),
    "DY": date(1977, 12, 31),
    "HV": date(1984, 12, 31),
    "NH": date(1980, 12, 31),
    "PZ": date(1980, 12, 31),
    "RH": date(1980, 12, 31),
    "SU": date(1992, 8, 30),
    "TP": date(2002, 5, 20),
    "VD": date(1977, 12, 31),
    "YD": date(1990, 8, 14),
    "YU": date(2003, 7, 23),
    "ZR": date(1997, 7, 14),
}

# First day on which the state named by an ISO 3166-3 code is gone.
_GONE_SINCE = {
    "AIDJ": date(1977, 6, 27),
    "ANHH": date(2010, 10, 10),
    "BQAQ": date(1979, 1, 1),
    "BUMM": date(1989, 6, 18),
    "BYAA": date(1991, 8, 25),
    "CSHH": date(1993, 1, 1),
    "CSXX": date(2006, 6, 3),
    "CTKI": date(1979, 7, 12),
    "DDDE": date(1990, 10, 3),
    "DYBJ": date(1975, 11, 30),
    "FQHH": date(1979, 1, 1),
    "FXFR": date(1997, 7, 14),
    "GEHH": date(1976, 1, 1),
    "HVBF": date(1984, 8, 4),
    "JTUM": date(1986, 1, 1),
    "MIUM": date(1986, 1, 1),
    "NHVU": date(1980, 7, 30),
    "NQAQ": date(1983, 1, 1),
    "NTHH": date(1991, 1, 1),
    "PCHH": date(1986, 1, 1),
    "PUUM": date(1986, 1, 1),
    "PZPA": date(1979, 10, 1),
    "RHZW": date(1980, 4, 18),
    "SKIN": date(1975, 5, 16),
    "SUHH": date(1991, 12, 26),
    "TPTL": date(2002, 5, 20),
    "VDVN": date(1976, 7, 2),
    "WKUM": date(1986, 1, 1),
    "YDYE": date(1990, 5, 22),
    "YUCS": date(2003, 2, 4),
    "ZRCD": date(1997, 5, 17),
}


@dataclass(frozen=True, slots=True)
class CountryCode:
    """None is open: no first or last day that matters here."""

    code: str
    valid_from: date | None = None
    valid_to: date | None = None


COUNTRY_CODES: tuple[CountryCode, ...] = (
    *(CountryCode(code, valid_from=_SINCE.get(code)) for code in _IN_USE.split()),
    *(CountryCode(code, valid_to=last) for code, last in _UNTIL.items()),
    *(CountryCode(code, valid_from=first) for code, first in _GONE_SINCE.items()),
)
ALL_CODES: tuple[str, ...] = tuple(entry.code for entry in COUNTRY_CODES)


def stands_on(code: pl.Expr, day: pl.Expr) -> pl.Expr:
    """Whether the code may stand in an article of that day; null where the day is not known."""
    first = _day_of(code, {entry.code: entry.valid_from for entry in COUNTRY_CODES})
    last = _day_of(code, {entry.code: entry.valid_to for entry in COUNTRY_CODES})
    not_early = first.is_null() | (day >= first)
    not_late = last.is_null() | (day <= last)
    return pl.when(code.is_not_null() & day.is_not_null()).then(not_early & not_late)


def _day_of(code: pl.Expr, days: dict[str, date | None]) -> pl.Expr:
    known = {key: day for key, day in days.items() if day is not None}
    return code.replace_strict(
        list(known), list(known.values()), default=None, return_dtype=pl.Date
    )
