"""What an address itself says: a day, and in the file names of news libraries the agency.

`.../2007/05/25/...`, `.../2005/Jun/15-742705.html`, `.../2007-11-19-voa35.cfm`,
`.../2007/WORLD/africa/05/25/...`, `.../iraq-070525-usia01.htm`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from schemas.records import Agency, Precision
from tasks.extractors.agency_names import agency_coded, agency_hosted, agency_spelled
from tasks.extractors.calendar_words import full_year, make_day, months

DAY_PATTERNS = (
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)[/_-](?P<m>\d\d?)[/_-](?P<d>\d\d?)(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)[/_-]?(?P<n>[A-Za-z]{3,9})[/_-]?(?P<d>\d\d?)(?!\d)"),
    re.compile(r"/(?P<y>(?:19|20)\d\d)(?:/[A-Za-z.]{2,30}){1,4}/(?P<m>\d\d)/(?P<d>\d\d)(?=/)"),
    # Eight figures, and no more behind them than a time of day: 2004121488 is a number.
    re.compile(
        r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)"
        r"(?=(?:(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)?(?!\d))"
    ),
)
FIGURES = re.compile(r"[0-9]{6,17}")
SIX = 6  # figures, the year in two of them
FILE_NAME = re.compile(
    r"(?:^|[-_])(?P<y>\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)[-_]"
    r"(?P<code>[a-z-]{0,20}[a-z])\d{0,6}(?:\.|-)"
)
DAY_AND_CODE = re.compile(r"(?:19|20)\d\d-\d\d-\d\d-(?P<code>[a-z]+)\d*\.")
MONTHS = range(1, 13)
LEAST_SPACES = 3
SUFFIX = re.compile(r"\.[a-z]{2,5}$|[-_.]?\b[0-9a-f-]{6,}$", re.IGNORECASE)
SLUG_MARKS = re.compile(r"[-_+.]+|%20|(?<=[a-z])(?=[A-Z])")
MONTH_PATTERN = re.compile(r"/(?P<y>(?:19|20)\d\d)/(?P<m>\d\d?)(?=/)")


def url_dates(url: str) -> Iterator[tuple[date, Precision, str]]:
    """Each date with the characters that say it."""
    parts = urlsplit(url)
    path = parts.path + ("?" + parts.query if parts.query else "")
    file_name = parts.path.rstrip("/").rpartition("/")[2]
    if match := FILE_NAME.search(file_name):
        year = full_year(match["y"])
        is_dated = f"/{year}/" in parts.path or agency_coded(match["code"]) is not None
        if is_dated and (day := make_day(year, int(match["m"]), int(match["d"]))):
            yield day, "day", match[0].strip("-_.")
    for pattern in DAY_PATTERNS:
        for match in pattern.finditer(path):
            named = match.groupdict().get("n")
            month = months().get(named.lower(), 0) if named else int(match["m"])
            day = make_day(int(match["y"]), month, int(match["d"])) if month in MONTHS else None
            if day:
                yield day, "day", match[0]
    for match in MONTH_PATTERN.finditer(path):
        if int(match["m"]) in MONTHS:
            yield date(int(match["y"]), int(match["m"]), 1), "month", match[0].strip("/")


def figure_days(url: str) -> frozenset[date]:
    """Every day that the figures of an address can mean: 25052007, 070525, 250507, 070525101500.

    Alone they are numbers like any other; beside a day that the page prints they confirm it.
    """
    days: set[date | None] = set()
    for run in FIGURES.findall(url):
        for text in [run[i : i + 8] for i in range(len(run) - 7)]:
            days.add(_figure_day(text[:4], text[4:6], text[6:]))
            days.add(_figure_day(text[4:], text[2:4], text[:2]))
        if len(run) in {SIX, 2 * SIX}:  # a time of day behind it
            days.add(_figure_day(str(full_year(run[:2])), run[2:4], run[4:6]))
        if len(run) == SIX:
            days.add(_figure_day(str(full_year(run[4:])), run[2:4], run[:2]))
    return frozenset(day for day in days if day)


def _figure_day(year: str, month: str, day: str) -> date | None:
    return make_day(int(year), int(month), int(day)) if year[:2] in {"19", "20"} else None


def url_titles(url: str | None) -> list[str]:
    """The words that an address is made of: ".../ministers-meet-in-pusan.html"."""
    parts = [SUFFIX.sub("", part) for part in urlsplit(url or "").path.split("/")]
    spaced = [SLUG_MARKS.sub(" ", part) for part in parts]
    return [part for part in spaced if part.count(" ") >= LEAST_SPACES]


def url_slug(url: str | None) -> str:
    """The words of the last part alone: "bridges ahead" of ".../bridges-ahead/"."""
    part = urlsplit(url or "").path.rstrip("/").rpartition("/")[2]
    return SLUG_MARKS.sub(" ", SUFFIX.sub("", part))


def url_agency(url: str, declared: dict[str, str]) -> tuple[Agency, str] | None:
    """The agency that a news library's file name codes; a source declares its own codes."""
    file_name = urlsplit(url).path.rpartition("/")[2]
    match = FILE_NAME.search(file_name) or DAY_AND_CODE.search(file_name)
    if match is None:
        return None
    name = declared.get(match["code"])
    agency = agency_spelled(name) if name else agency_coded(match["code"])
    return (agency, file_name) if agency else None


def host_agency(url: str) -> tuple[Agency, str] | None:
    host = urlsplit(url).hostname or ""
    agency = agency_hosted(host)
    return (agency, host) if agency else None
