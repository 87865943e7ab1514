"""A whole page saved as text: lines to labelled blocks, by the form of the lines alone.

What stands above the story is read by `head_lines.py`.
The story begins at a dateline, a paragraph of prose or a turn; below it stands the footer.
A line that no rule knows as furniture stays in the body, in order.
"""

from __future__ import annotations

from collections.abc import Iterable

from tasks.extractors.body_lines import body_label
from tasks.extractors.dateline import find_dateline
from tasks.extractors.head_lines import MAX_HEADLINE, is_bracketed, label_head
from tasks.extractors.labels import LabelledText
from tasks.extractors.line_forms import is_index_line, is_turn, line_form
from tasks.extractors.saved_lines import ENDS_SENTENCE, split_paragraphs
from tasks.extractors.script_fields import opens_script_part

MIN_PROSE_WORDS = 12
MAX_HEAD_LINES = 25
MAX_DATE_LINES = 7
MAX_SHORT = 150


def read_saved_text(text: str, issuers: Iterable[str] = ()) -> list[LabelledText]:
    """`issuers` are the agencies a source declares, whose names alone on a line are no headline."""
    paragraphs = split_paragraphs(text)
    start = _body_start(paragraphs)
    names = frozenset(each.lower() for each in issuers)
    head = [
        LabelledText(each.text, each.label or "paragraph", in_body=each.label is None)
        for each in label_head(paragraphs[:start], names)
    ]
    return head + _label_body(paragraphs[start:])


# --- above the story ---------------------------------------------------------------------------


def _body_start(paragraphs: list[str]) -> int:
    date_at = _date_in_head(paragraphs)
    for index, paragraph in enumerate(paragraphs[:MAX_HEAD_LINES]):
        if index > date_at and opens_story(paragraph):
            return index
    # No story opens: what no form knows is body.
    unknown = (i for i, each in enumerate(paragraphs) if line_form(each) is None)
    return next(unknown, len(paragraphs))


def _date_in_head(paragraphs: list[str]) -> int:
    """Where a date line stands among short first lines, the story begins below it."""
    for index, paragraph in enumerate(paragraphs[:MAX_DATE_LINES]):
        if line_form(paragraph) == "date":
            return index
        if len(paragraph) > MAX_SHORT:
            break
    return -1


def opens_story(paragraph: str) -> bool:
    if line_form(paragraph) or is_bracketed(paragraph):
        return False
    if is_turn(paragraph) or opens_script_part(paragraph) or is_index_line(paragraph):
        return True
    if find_dateline(paragraph):
        return True
    words = paragraph.count(" ") + 1
    return len(paragraph) > MAX_HEADLINE or (
        words >= MIN_PROSE_WORDS and ENDS_SENTENCE.search(paragraph) is not None
    )


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
        if (is_turn(each) and not line_form(each)) or len(each) > MAX_HEADLINE:
            return index
    return 0
