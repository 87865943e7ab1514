"""What else on a page proves which day a date in figures means; nothing here guesses.

05/06/2007 has two readings. Another statement of the page, the figures of its address, the day of
its dateline, the day it was captured or changed, or the order of its other dates leaves one of
them; else it stays open.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import islice

from schemas.source import DateOrder
from tasks.extractors.calendar_words import full_year
from tasks.extractors.dateline import find_dateline
from tasks.extractors.printed_date import find_printed_dates
from tasks.extractors.published_value import Published
from tasks.extractors.reading import Reading
from tasks.extractors.url_facts import figure_days
from tasks.extractors.vocabulary import read_table

MAX_LINE = 200
FILED_BEFORE = timedelta(days=7)  # how long before it appears a story may have been filed
AHEAD = timedelta(days=1)  # a dateline east of the publisher
DECEMBER = 12
UPDATES = frozenset(("printed_update", "updated_below"))
FIGURES = re.compile(
    r"(?<![\w./-])([0-3]?[0-9])[/.-]([0-3]?[0-9])[/.-](?:[12][0-9])?[0-9]{2}(?![\w])"
)
TWO_FIGURES = re.compile(
    r"(?<![0-9])(?P<first>[0-9]{1,2})[/.-](?P<second>[0-9]{1,2})[/.-][0-9]{2}$"
)
YEAR = re.compile(r"(?<!\d)(?:19|20)[0-9]{2}(?!\d)")

Proof = Callable[[Published, list[Published], Reading], tuple[date, ...]]


def settle(found: list[Published], reading: Reading) -> list[Published]:
    """Each reading, with its day where the page proves it, and each proof beside it."""
    if not any(each.value is None and each.candidates for each in found):
        return found
    proofs: list[Published] = []
    settled: list[Published] = []
    for each in found:
        one, proof = _settle(each, found, reading)
        settled.append(one)
        proofs += [proof] if proof else []
    return settled + proofs


def _settle(
    one: Published, others: list[Published], reading: Reading
) -> tuple[Published, Published | None]:
    if one.value or not one.candidates:
        return one, None
    for name, prove in PROOFS.items():
        left = prove(one, others, reading)
        if len(left) == 1 and (name == "other_date" or _has_century(one, left[0], reading)):
            proof = one._replace(value=left[0], rule=f"proved_by_{name}", candidates=())
            return one._replace(value=left[0]), proof
    return one, None


def _only_one(one: Published, _: list[Published], __: Reading) -> tuple[date, ...]:
    return one.candidates


def _other_date(one: Published, others: list[Published], _: Reading) -> tuple[date, ...]:
    """Another reading says one of the days."""
    said = {x.value for x in others if x.precision == "day"}
    return tuple(day for day in one.candidates if day in said)


def _url_figures(one: Published, _: list[Published], reading: Reading) -> tuple[date, ...]:
    """The figures of the address can mean one of the days: "...-bridge-070605"."""
    days = figure_days(reading.url or "")
    return tuple(day for day in one.candidates if day in days)


def _dateline(one: Published, _: list[Published], reading: Reading) -> tuple[date, ...]:
    """The story was filed on the day or in the week before: "LIMA, May 5 --"."""
    found = next(filter(None, map(find_dateline, islice(reading.body(), 2))), None)
    if found is None or not found.day_text:
        return ()
    return tuple(day for day in one.candidates if _is_filed(found.day_text, day))


def _is_filed(day_text: str, published: date) -> bool:
    texts = (day_text, *(f"{day_text}, {year}" for year in (published.year, published.year - 1)))
    days = [x.value for text in texts for x in find_printed_dates(text) if x.precision == "day"]
    return any(day and -AHEAD <= published - day <= FILED_BEFORE for day in days)


def _capture(one: Published, _: list[Published], reading: Reading) -> tuple[date, ...]:
    """Nothing appears after it was captured."""
    limit = reading.captured_on
    return tuple(day for day in one.candidates if limit and day <= limit)


def _update(one: Published, others: list[Published], _: Reading) -> tuple[date, ...]:
    """Nothing appears after it was changed."""
    changed = [x.value for x in others if x.value and x.rule in UPDATES and x.precision == "day"]
    return tuple(day for day in one.candidates if changed and day <= max(changed))


def _order(one: Published, _: list[Published], reading: Reading) -> tuple[date, ...]:
    """The order that the source declares, else the page's other dates, else its language."""
    order = reading.date_order or _proven_order(reading) or _order_of_language(reading)
    found = find_printed_dates(one.evidence, order) if order else ()
    days = (found[0].value, *found[0].candidates) if found else ()
    return tuple(day for day in days if day in one.candidates)


PROOFS: dict[str, Proof] = {
    "other_date": _other_date,
    "url_figures": _url_figures,
    "form": _only_one,
    "declared_order": _order,
    "dateline": _dateline,
    "capture": _capture,
    "update": _update,
}


def _order_of_language(reading: Reading) -> DateOrder | None:
    """Only where every country that writes the language has the one order."""
    language = (reading.metadata.language or "").lower().replace("_", "-")
    orders = {row["language"]: row["order"] for row in read_table("date_orders")}
    order = orders.get(language) or orders.get(language.split("-")[0])
    return "day_first" if order == "day_first" else None


def _proven_order(reading: Reading) -> DateOrder | None:
    """The order that every unambiguous date in figures on the page has: 25/05 is day-first."""
    first = second = 0
    for each in reading.texts:
        if len(each.text) <= MAX_LINE and (match := FIGURES.search(each.text)):
            first += int(match[1]) > DECEMBER
            second += int(match[2]) > DECEMBER
    if bool(first) == bool(second):
        return None
    return "day_first" if first else "month_first"


def _has_century(one: Published, day: date, reading: Reading) -> bool:
    """25/05/07 is of 2007 where the page says 2007, and does not say 2025 too.

    01/13/08 cannot begin with its year: there a neighbouring year will do, as rights lines of last
    year stand on pages of January.
    """
    match = TWO_FIGURES.search(one.evidence)
    if match is None:
        return True
    years = {int(year) for year in YEAR.findall(reading.url or "")}
    for each in reading.texts:
        if len(each.text) <= MAX_LINE:
            years.update(int(year) for year in YEAR.findall(each.text))
    if int(match["second"]) > DECEMBER:
        return any(abs(year - day.year) <= 1 for year in years)
    return day.year in years and full_year(match["first"]) not in years - {day.year}
