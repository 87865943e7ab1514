"""The published date as the lines around the story print it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from tasks.extractors.date_forms import YearlessDay, read_age, read_yearless_day
from tasks.extractors.date_lines import date_lines, lines_around
from tasks.extractors.dateline import find_dateline
from tasks.extractors.printed_date import find_printed_dates
from tasks.extractors.published_value import Published, read_line
from tasks.extractors.reading import Reading
from tasks.extractors.url_facts import figure_days

DAY = timedelta(days=1)


def from_printed_line(reading: Reading) -> Iterator[Published]:
    """Dates between headline and story, the byline's included."""
    for line in date_lines(reading).between:
        yield from read_line(line, "printed_date")


def from_line_above(reading: Reading) -> Iterator[Published]:
    """A date line above the headline; a page may print the day of the visit there.

    Beside a story that is "18 hours ago" it is that day.
    """
    lines = date_lines(reading)
    if any(read_age(line) for line in lines.between):
        return
    for line in reversed(lines.above):
        yield from read_line(line, "printed_date")


def from_update_line(reading: Reading) -> Iterator[Published]:
    """Where a page prints only when it was last changed, that is the day it appeared as it is."""
    for line in date_lines(reading).between:
        yield from read_line(line, "printed_update", is_update=True)


def from_line_below(reading: Reading) -> Iterator[Published]:
    """Date lines below the story, where they agree: the dates of other stories stand there too."""
    lines = date_lines(reading)
    found = [x for line in lines.below for x in read_line(line, "printed_below")]
    if len({each.value for each in found}) == 1:
        yield from found
    for line in (*lines.above, *lines.below):
        yield from read_line(line, "updated_below", is_update=True)


def from_line_and_url(reading: Reading) -> Iterator[Published]:
    """A day in a frame of the page, or a day without its year, that the address has in figures.

    Each alone may be the day of the visit or a number; together they are the story's day.
    """
    days = figure_days(reading.url or "")
    if not days:
        return
    read = date_lines(reading)
    for line in lines_around(reading):
        if line not in read.above and line not in read.between:
            for found in find_printed_dates(line):
                if found.value in days and found.precision == "day":
                    yield Published(found.value, "day", "printed_and_url", found.evidence)
        if (yearless := read_yearless_day(line)) and len(fitting := _on(days, yearless)) == 1:
            yield Published(fitting[0], "day", "printed_and_url", yearless.evidence)


def _on(days: frozenset[date], yearless: YearlessDay) -> list[date]:
    wanted = (yearless.month, yearless.day)
    on_day = [day for day in days if (day.month, day.day) == wanted]
    return [day for day in on_day if yearless.weekday in {None, day.weekday()}]


def from_age(reading: Reading) -> Iterator[Published]:
    """ "18 hours ago" is a day where the page was made when it was captured: it prints that day.

    A page kept in an archive may say "18 hours ago" for years. Days are those of UTC.
    """
    ages = [age for line in date_lines(reading).between if (age := read_age(line))]
    made_at = reading.captured_at
    if not ages or made_at is None or not _prints(reading, made_at.date()):
        return
    for age in ages:
        latest = made_at - age.least
        days = tuple(sorted({(latest - age.unit).date(), latest.date()}))
        value = days[0] if len(days) == 1 else None
        yield Published(value, "day", "age_at_capture", age.evidence, () if value else days)


def _prints(reading: Reading, day: date) -> bool:
    return any(
        found.value and found.precision == "day" and abs(found.value - day) <= DAY
        for line in lines_around(reading)
        for found in find_printed_dates(line)
    )


def from_dateline(reading: Reading) -> Iterator[Published]:
    first = next(reading.body(), "")
    found = find_dateline(first)
    if found and found.dateline.day:
        yield Published(found.dateline.day, "day", "dateline", found.dateline.text)
