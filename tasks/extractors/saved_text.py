"""A whole page saved as text: lines to labelled blocks, by the form of the lines alone.

Above the story stand, in any order and none required: banner, section, date, agency, headline,
subhead, count, byline.
The story begins at a dateline, a paragraph of prose or a turn; below it stands the footer.
A line that no rule knows as furniture stays in the body, in order.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, cast

from schemas.records import BlockLabel
from tasks.extractors.body_lines import body_label
from tasks.extractors.byline import is_person
from tasks.extractors.dateline import find_dateline
from tasks.extractors.labels import LabelledText
from tasks.extractors.line_forms import (
    is_index_line,
    is_place_line,
    is_post_line,
    is_section_name,
    is_turn,
    line_form,
)
from tasks.extractors.saved_lines import ENDS_SENTENCE, split_paragraphs
from tasks.extractors.script_fields import opens_script_part

MIN_PROSE_WORDS = 12
MAX_HEADLINE = 200
MAX_HEAD_LINES = 25


def read_saved_text(text: str, issuers: Iterable[str] = ()) -> list[LabelledText]:
    """`issuers` are the agencies a source declares, whose names alone on a line are no headline."""
    paragraphs = split_paragraphs(text)
    start = _body_start(paragraphs)
    names = frozenset(each.lower() for each in issuers)
    head = [
        LabelledText(each.text, each.label or "paragraph", in_body=each.label is None)
        for each in _label_head(paragraphs[:start], names)
    ]
    return head + _label_body(paragraphs[start:])


# --- above the story ---------------------------------------------------------------------------


class HeadLine(NamedTuple):
    """A line above the story; None is not labelled yet."""

    text: str
    label: BlockLabel | None


def _body_start(paragraphs: list[str]) -> int:
    for index, paragraph in enumerate(paragraphs[:MAX_HEAD_LINES]):
        if opens_story(paragraph):
            return index
    # No story opens: what no form knows is body.
    unknown = (i for i, each in enumerate(paragraphs) if line_form(each) is None)
    return next(unknown, len(paragraphs))


def opens_story(paragraph: str) -> bool:
    if line_form(paragraph) or _is_bracketed(paragraph):
        return False
    if is_turn(paragraph) or opens_script_part(paragraph) or is_index_line(paragraph):
        return True
    if find_dateline(paragraph):
        return True
    words = paragraph.count(" ") + 1
    return len(paragraph) > MAX_HEADLINE or (
        words >= MIN_PROSE_WORDS and ENDS_SENTENCE.search(paragraph) is not None
    )


def _is_bracketed(paragraph: str) -> bool:
    return paragraph[0] + paragraph[-1] in {"()", "[]"} and len(paragraph) <= MAX_HEADLINE


def _label_head(lines: list[str], issuers: frozenset[str]) -> list[HeadLine]:
    """Forms first, then place: see `_title_labels`."""
    labels = [_head_form(line, issuers) for line in lines]
    dates = [index for index, label in enumerate(labels) if label == "date"]
    for index in dates:
        # A place right above the date is the dateline, where a headline stands above both.
        if (
            None in labels[: index - 1]
            and labels[index - 1] is None
            and is_place_line(lines[index - 1])
        ):
            labels[index - 1] = "dateline"
    _label_writer(lines, labels)
    is_titled = "headline" in labels
    free = [index for index, label in enumerate(labels) if label is None and not is_titled]
    labels = _title_labels(labels, free, dates[0] if dates else -1)
    return [HeadLine(line, label) for line, label in zip(lines, labels, strict=True)]


def _label_writer(lines: list[str], labels: list[BlockLabel | None]) -> None:
    """A name alone between headline and date is the writer's, with or without a "By"."""
    for index in range(1, len(lines) - 1):
        is_followed = labels[index + 1] in {"dateline", "date"}
        if labels[index] is None and is_followed and None in labels[:index]:
            labels[index] = "byline" if is_person(lines[index]) else None


def _title_labels(
    labels: list[BlockLabel | None], free: list[int], date_at: int
) -> list[BlockLabel | None]:
    """With lines on both sides of the date, the section stands above it and the headline below;
    else the first line is the headline. The next is the subhead."""
    below = [index for index in free if index > date_at >= 0]
    titles = below or free
    named = dict(zip(titles, ("headline", "subhead"), strict=False))
    above = [index for index in free if below and index < date_at]
    named |= dict.fromkeys(above[:-1], "banner") | dict.fromkeys(above[-1:], "section")
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
    return "banner" if line.startswith("[") and _is_bracketed(line) else None


# --- the story and below -----------------------------------------------------------------------


def _label_body(paragraphs: list[str]) -> list[LabelledText]:
    start = _index_end(paragraphs)
    end = len(paragraphs)
    while end > start and line_form(paragraphs[end - 1]):
        end -= 1
    index = [LabelledText(each, line_form(each) or "navigation") for each in paragraphs[:start]]
    body = [LabelledText(each, body_label(each)) for each in paragraphs[start:end]]
    foot = [
        LabelledText(each, line_form(each) or "unknown", in_body=False) for each in paragraphs[end:]
    ]
    return index + body + foot


def _index_end(paragraphs: list[str]) -> int:
    """A transcript's list of topics runs from "INDEX:" to the first turn or long paragraph."""
    if not paragraphs or not is_index_line(paragraphs[0]):
        return 0
    for index, each in enumerate(paragraphs[1:], start=1):
        if is_turn(each) or len(each) > MAX_HEADLINE:
            return index
    return 0
