"""A whole page saved as text: lines to labelled blocks, by the form of the lines alone.

Above the story stand, in any order and none required: banner, section, date, agency, headline,
subhead, count, byline.
The story begins at a dateline, a paragraph of prose or a turn; below it stands the footer.
A line that no rule knows as furniture stays in the body, in order.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple, cast

from schemas.records import BlockLabel
from tasks.extractors.dateline import find_dateline
from tasks.extractors.furniture_lines import furniture_line
from tasks.extractors.labels import LabelledText
from tasks.extractors.line_forms import (
    is_index_line,
    is_place_line,
    is_post_line,
    is_section_name,
    is_source_footer,
    is_turn,
    line_form,
)

MAX_WRAP = 100
MIN_WRAP = 45
FULL_SHARE = 0.75
MIN_PROSE_WORDS = 12
MAX_HEADLINE = 200
MAX_HEAD_LINES = 25
LIST_MARK = re.compile(r"\s*(?:[-*•·o]|--|[0-9]{1,2}[.)]|\([0-9a-z]\))\s+\S")
ENDS_SENTENCE = re.compile(r"""[.!?…]["'”’»)\]]{0,3}\s*$""")


def read_saved_text(text: str) -> list[LabelledText]:
    paragraphs = split_paragraphs(text)
    start = _body_start(paragraphs)
    head = [
        LabelledText(each.text, each.label or "paragraph", in_body=each.label is None)
        for each in _label_head(paragraphs[:start])
    ]
    return head + _label_body(paragraphs[start:])


# --- paragraphs --------------------------------------------------------------------------------


def split_paragraphs(text: str) -> list[str]:
    """Blank lines part paragraphs; inside, lines wrapped by an editor are joined again."""
    paragraphs: list[str] = []
    group: list[str] = []
    for line in [*text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), ""]:
        if line.strip():
            group.append(line.rstrip())
        elif group:
            paragraphs += _unwrap(group)
            group = []
    return paragraphs


def _unwrap(lines: list[str]) -> list[str]:
    """One paragraph a line where lines are long or short; else the wrapped ones joined."""
    width = max(len(line) for line in lines)
    paragraphs = [lines[0].strip()]
    for before, line in pairwise(lines):
        if _continues(before, line, width):
            paragraphs[-1] += " " + line.strip()
        else:
            paragraphs.append(line.strip())
    return paragraphs


def _continues(before: str, line: str, width: int) -> bool:
    if width > MAX_WRAP or width < MIN_WRAP or LIST_MARK.match(line) or is_turn(line.strip()):
        return False
    indent = len(line) - len(line.lstrip())
    if indent > len(before) - len(before.lstrip()) + 1:
        return False
    is_full = len(before) >= FULL_SHARE * width
    if not is_full or line_form(before.strip()) or line_form(line.strip()):
        return not is_full and line.lstrip()[:1].islower() and not ENDS_SENTENCE.search(before)
    return True


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
    if is_turn(paragraph) or is_index_line(paragraph) or find_dateline(paragraph):
        return True
    words = paragraph.count(" ") + 1
    return len(paragraph) > MAX_HEADLINE or (
        words >= MIN_PROSE_WORDS and ENDS_SENTENCE.search(paragraph) is not None
    )


def _is_bracketed(paragraph: str) -> bool:
    return paragraph[0] + paragraph[-1] in {"()", "[]"} and len(paragraph) <= MAX_HEADLINE


def _label_head(lines: list[str]) -> list[HeadLine]:
    """Forms first, then place: see `_titles`."""
    labels = [_head_form(line) for line in lines]
    dates = [index for index, label in enumerate(labels) if label == "date"]
    for index in dates:
        if index and labels[index - 1] is None and is_place_line(lines[index - 1]):
            labels[index - 1] = "dateline"
    free = [index for index, label in enumerate(labels) if label is None]
    labels = _title_labels(labels, free, dates[0] if dates else -1)
    return [HeadLine(line, label) for line, label in zip(lines, labels, strict=True)]


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


def _head_form(line: str) -> BlockLabel | None:
    if label := line_form(line):
        return label
    if is_section_name(line):
        return "section"
    if is_post_line(line):
        return "byline"
    return "banner" if line.startswith("[") and _is_bracketed(line) else None


# --- the story and below -----------------------------------------------------------------------


def _label_body(paragraphs: list[str]) -> list[LabelledText]:
    end = len(paragraphs)
    while end and line_form(paragraphs[end - 1]):
        end -= 1
    body = [LabelledText(each, _body_label(each)) for each in paragraphs[:end]]
    return body + [LabelledText(each, line_form(each) or "unknown") for each in paragraphs[end:]]


def _body_label(paragraph: str) -> BlockLabel:
    """Inside the story only furniture and footers are told by their form: a date is a cross-head."""
    if is_source_footer(paragraph):
        return "source_footer"
    if found := furniture_line(paragraph):
        return found.label
    if is_turn(paragraph):
        return "turn"
    if LIST_MARK.match(paragraph):
        return "list"
    found_dateline = find_dateline(paragraph)
    is_alone = found_dateline and len(found_dateline.dateline.text) >= len(paragraph)
    return "dateline" if is_alone else "paragraph"
