"""A labelled page to a document: every field with its findings."""

from __future__ import annotations

import itertools
import re
from datetime import date

from schemas.records import BlockLabel, Dateline, Document, Encoding, Finding
from tasks.extractors.agency import find_agency
from tasks.extractors.byline import names_of
from tasks.extractors.dateline import find_dateline, find_first_dateline, resolve_day, tidy_place
from tasks.extractors.labels import assemble, is_body
from tasks.extractors.language import find_language
from tasks.extractors.printed_date import find_printed_dates
from tasks.extractors.published import find_published
from tasks.extractors.reading import Reading
from tasks.extractors.script_fields import field_value
from tasks.extractors.section import find_section

BRACKETED = re.compile(r"\(([^()]{8,300})\)(?:\s*\([0-9,]{2,6}\))?$")
MAX_EVIDENCE = 200


def document_of(reading: Reading, encoding: Encoding) -> Document:
    text, blocks = assemble(reading.texts)
    published, dates = find_published(reading)
    agency, agencies = find_agency(reading)
    section, sections = find_section(reading)
    headline = read_headline(reading)
    day = published.value if published and published.precision == "day" else None
    return Document(
        layout=reading.layout,
        text=text,
        blocks=blocks,
        findings=(*dates, *_headline_findings(reading, headline), *sections, *agencies),
        published_date=published.value if published else None,
        published_precision=published.precision if published else None,
        published_rule=published.rule if published else None,
        headline=headline,
        subhead=read_subhead(reading),
        section=section,
        byline=read_byline(reading),
        dateline=read_dateline(reading, day),
        agency=agency,
        language_code=find_language(reading, text),
        encoding=encoding,
    )


def read_headline(reading: Reading) -> str | None:
    """Without a printed date that stands in the same line."""
    line = _first(reading, "headline")
    found = find_printed_dates(line) if line else ()
    if line is None or len(found) != 1 or found[0].precision != "day" or not found[0].value:
        return line
    is_edge = found[0].start == 0 or found[0].end == len(line)
    rest = f"{line[: found[0].start]}{line[found[0].end :]}".strip(" ,:|-–—")
    return rest if is_edge and rest else line


def _headline_findings(reading: Reading, headline: str | None) -> list[Finding]:
    """The chosen line, and what the page calls itself elsewhere."""
    claims = [("linked_data", value) for value in reading.metadata.linked_values("headline")]
    claims += [("metadata", claim.value) for claim in reading.metadata.claims("headline")]
    claims += [("title", reading.metadata.title)] if reading.metadata.title else []
    findings = [_finding("headline", headline, "headline_line", is_chosen=True)] if headline else []
    for rule, value in dict.fromkeys(claims):
        findings.append(_finding("headline", value, rule))
    return findings


def _finding(name: str, value: str, rule: str, *, is_chosen: bool = False) -> Finding:
    return Finding(name, value, rule, value[:MAX_EVIDENCE], None, is_chosen)


def read_subhead(reading: Reading) -> str | None:
    """Without its brackets, the word count that may follow them, and a date at its end."""
    # A summary that nothing marks as one may stand above it and count as the first paragraph.
    body = (index for index, each in enumerate(reading.texts) if is_body(each))
    second = next(itertools.islice(body, 1, None), len(reading.texts))
    line = next((each.text for each in reading.texts[:second] if each.label == "subhead"), None)
    if line is None:
        return None
    found = find_printed_dates(line)
    if found and found[-1].end == len(line) and found[-1].precision == "day":
        line = line[: found[-1].start].rstrip(" ,|-–—") or line
    bare = BRACKETED.match(line)
    return bare[1] if bare else line


def read_byline(reading: Reading) -> tuple[str, ...]:
    names = (names_of(field_value(line)) for line in reading.labelled("byline"))
    return next((each for each in names if each), ())


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


def _first(reading: Reading, label: BlockLabel) -> str | None:
    line = next(reading.labelled(label), None)
    return field_value(line) if line else None
