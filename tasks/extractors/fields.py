"""A labelled page to a document: every field with its findings."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from datetime import date

from schemas.records import BlockLabel, Dateline, Document, Encoding
from tasks.extractors.agency import find_agency
from tasks.extractors.bare_byline import is_bare_byline
from tasks.extractors.byline import names_of
from tasks.extractors.dateline import find_dateline, find_first_dateline, resolve_day, tidy_place
from tasks.extractors.labels import assemble, is_body
from tasks.extractors.language import language_ways
from tasks.extractors.printed_date import find_printed_dates
from tasks.extractors.published import find_published
from tasks.extractors.published_value import Published
from tasks.extractors.reading import Reading
from tasks.extractors.script_fields import field_value
from tasks.extractors.section import section_ways
from tasks.extractors.subhead import goes_on
from tasks.extractors.ways import Way, findings_of

BETWEEN = "; "
BRACKETED = re.compile(r"\(([^()]{8,300})\)(?:\s*\([0-9,]{2,6}\))?$")

# What a headline cannot end with.
OPEN_END = re.compile(r"\b(?:for|of|on|from|to|until|since|in|at|by|and|the)$", re.IGNORECASE)


def document_of(reading: Reading, encoding: Encoding) -> Document:
    text, blocks = assemble(reading.texts)
    published, dates = find_published(reading)
    agency, agencies = find_agency(reading)
    headlines = list(headline_ways(reading))
    subhead = read_subhead(reading)
    sections = list(section_ways(reading))
    bylines = list(byline_ways(reading))
    dateline = read_dateline(reading, _day(published))
    languages = list(language_ways(reading, text))
    return Document(
        layout=reading.layout,
        text=text,
        blocks=blocks,
        findings=(
            *dates,
            *findings_of("headline", headlines),
            *findings_of("subhead", [Way(subhead, "subhead_line", subhead)] if subhead else ()),
            *findings_of("section", sections),
            *findings_of("byline", bylines),
            *findings_of("dateline_place", _dateline_ways(dateline)),
            *agencies,
            *findings_of("language_code", languages),
        ),
        published_date=published.value if published else None,
        published_precision=published.precision if published else None,
        published_rule=published.rule if published else None,
        headline=headlines[0].value if headlines else None,
        subhead=subhead,
        section=sections[0].value if sections else None,
        byline=tuple(bylines[0].value.split(BETWEEN)) if bylines else (),
        dateline=dateline,
        agency=agency,
        language_code=languages[0].value if languages else None,
        encoding=encoding,
    )


def _day(published: Published | None) -> date | None:
    return published.value if published and published.precision == "day" else None


def headline_ways(reading: Reading) -> Iterator[Way]:
    """The line of the page; without one, nothing: what a page calls itself is no headline."""
    line = read_headline(reading)
    if line is None:
        return
    yield Way(line, "headline_line", line)
    for value in reading.metadata.linked_values("headline"):
        yield Way(value, "linked_data", value)
    for claim in reading.metadata.claims("headline"):
        yield Way(claim.value, "metadata", claim.value)
    if reading.metadata.title:
        yield Way(reading.metadata.title, "title", reading.metadata.title)


def read_headline(reading: Reading) -> str | None:
    """Without a printed date that stands in the same line."""
    line = _first(reading, "headline")
    found = find_printed_dates(line) if line else ()
    if line is None or len(found) != 1 or found[0].precision != "day" or not found[0].value:
        return line
    is_edge = found[0].start == 0 or found[0].end == len(line)
    rest = f"{line[: found[0].start]}{line[found[0].end :]}".strip(" ,:|-–—")
    # "Weekly Edition for May 25, 2007": the day is the end of the sentence.
    return rest if is_edge and rest and not OPEN_END.search(rest) else line


def read_subhead(reading: Reading) -> str | None:
    """Without its brackets, the word count that may follow them, and a date at its end."""
    # A summary that nothing marks as one may stand above it and count as the first paragraph.
    body = (index for index, each in enumerate(reading.texts) if is_body(each))
    second = next(itertools.islice(body, 1, None), len(reading.texts))
    decks = [each.text for each in reading.texts[:second] if each.label == "subhead"]
    if not decks:
        return None
    line = " ".join((decks[0], *itertools.takewhile(goes_on, decks[1:])))
    found = find_printed_dates(line)
    if found and found[-1].end == len(line) and found[-1].precision == "day":
        line = line[: found[-1].start].rstrip(" ,|-–—") or line
    bare = BRACKETED.match(line)
    return bare[1] if bare else line


def byline_ways(reading: Reading) -> Iterator[Way]:
    """The lines of the page, then what it tells machines; only names, never posts.

    Of an undeclared page, a name that nothing calls the writer's comes last.
    """
    lines = [("byline_line", field_value(line)) for line in reading.labelled("byline")]
    bare = [each for each in lines if reading.layout == "generic" and is_bare_byline(each[1])]
    lines = [each for each in lines if each not in bare]
    stated = [("linked_data", value) for value in reading.metadata.linked_values("author")]
    stated += [("metadata", claim.value) for claim in reading.metadata.claims("author")]
    for rule, line in (*lines, *stated, *bare):
        if names := names_of(line):
            yield Way(BETWEEN.join(names), rule, line)


def read_dateline(reading: Reading, published: date | None) -> Dateline | None:
    """The one that opens the story, else the line of its own above it."""
    found = find_first_dateline(reading.body())
    if found:
        return resolve_day(found, published)
    line = _first(reading, "dateline")
    if line is None:
        return None
    alone = find_dateline(f"{line} --")
    return Dateline(line, alone.dateline.place if alone else tidy_place(line))


def _dateline_ways(dateline: Dateline | None) -> Iterator[Way]:
    if dateline and dateline.place:
        yield Way(dateline.place, "dateline", dateline.text)


def _first(reading: Reading, label: BlockLabel) -> str | None:
    line = next(reading.labelled(label), None)
    return field_value(line) if line else None
