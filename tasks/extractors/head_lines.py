"""The lines above a story by their form and order: banner, section, date, agency, headline,
subhead, count, byline, place; in any order and none required."""

from __future__ import annotations

from typing import NamedTuple, cast

from schemas.records import BlockLabel
from tasks.extractors.bare_byline import is_bare_byline
from tasks.extractors.byline import is_person
from tasks.extractors.line_forms import (
    is_index_line,
    is_place_line,
    is_post_line,
    is_section_name,
    line_form,
)
from tasks.extractors.vocabulary import read_words

MAX_HEADLINE = 200


class HeadLine(NamedTuple):
    """A line above the story; None is not labelled yet."""

    text: str
    label: BlockLabel | None


def is_bracketed(paragraph: str) -> bool:
    return paragraph[0] + paragraph[-1] in {"()", "[]"} and len(paragraph) <= MAX_HEADLINE


def label_head(lines: list[str], issuers: frozenset[str]) -> list[HeadLine]:
    """Forms first, then place: see `_title_labels`. A list of topics is no part of the head."""
    end = next((i for i, line in enumerate(lines) if is_index_line(line)), len(lines))
    labels = [_head_form(line, issuers) for line in lines[:end]]
    if labels[1:].count(None) and labels[0] is None and is_appeal(lines[0]):
        labels[0] = "banner"
    _label_places(lines, labels)
    _label_writer(lines, labels)
    if "headline" not in labels:
        labels = _title_labels(labels)
    labels += [line_form(line) or "navigation" for line in lines[end:]]
    return [HeadLine(line, label) for line, label in zip(lines, labels, strict=True)]


def is_appeal(line: str) -> bool:
    """The first line of a page that asks for something; other lines may say the same words."""
    words = line.lower()
    return line.endswith("!") or any(phrase in words for phrase in read_words("appeal_phrases"))


def _label_places(lines: list[str], labels: list[BlockLabel | None]) -> None:
    """A place right above the date is the dateline, where a headline stands above both."""
    for index, label in enumerate(labels):
        is_place = label == "date" and index > 1 and labels[index - 1] is None
        line = lines[index - 1]
        if is_place and None in labels[: index - 1] and is_place_line(line):
            labels[index - 1] = "byline" if is_bare_byline(line) else "dateline"


def _label_writer(lines: list[str], labels: list[BlockLabel | None]) -> None:
    """A name alone between headline and date is the writer's, with or without a "By"."""
    for index in range(1, len(labels) - 1):
        is_followed = labels[index + 1] in {"dateline", "date"}
        if labels[index] is None and is_followed and None in labels[:index]:
            labels[index] = "byline" if is_person(lines[index]) else None


def _title_labels(labels: list[BlockLabel | None]) -> list[BlockLabel | None]:
    """With lines on both sides of the date, the section stands above it and the headline below;
    else the first line is the headline. The next is the subhead."""
    free = [index for index, label in enumerate(labels) if label is None]
    date_at = labels.index("date") if "date" in labels else -1
    below = [index for index in free if index > date_at >= 0]
    named = dict(zip(below or free, ("headline", "subhead"), strict=False))
    above = [index for index in free if below and index < date_at]
    sections = [] if "section" in labels else above[-1:]
    named |= dict.fromkeys(above, "banner") | dict.fromkeys(sections, "section")
    return [cast("BlockLabel | None", label or named.get(i)) for i, label in enumerate(labels)]


def _head_form(line: str, issuers: frozenset[str]) -> BlockLabel | None:
    if line.lower() in issuers:
        return "source_footer"
    if label := line_form(line):
        return label
    if is_section_name(line):
        return "section"
    if is_post_line(line):
        return "byline"
    return "banner" if line.startswith("[") and is_bracketed(line) else None
