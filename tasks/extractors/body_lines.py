"""What a block inside the story is: paragraph, quote, list, turn, a dateline of its own, or
furniture that the page put between."""

from __future__ import annotations

import re

from schemas.records import BlockLabel
from tasks.extractors.dateline import find_dateline
from tasks.extractors.furniture_lines import furniture_line
from tasks.extractors.line_forms import is_source_footer, is_turn
from tasks.extractors.script_fields import script_label

LIST_MARK = re.compile(r"\s*(?:[-*•·o]|--|[0-9]{1,2}[.)]|\([0-9a-z]\))\s+\S")
MAX_DATELINE = 110


def body_label(text: str, within: str = "") -> BlockLabel:
    """`within` is the tag of the list item, quotation or caption around it.

    A date inside the story is a cross-head, no date line.
    """
    return furniture_label(text) or story_label(text, within)


def furniture_label(text: str) -> BlockLabel | None:
    if is_source_footer(text):
        return "source_footer"
    found = furniture_line(text)
    return found.label if found else script_label(text)


def story_label(text: str, within: str) -> BlockLabel:
    if within in {"figcaption", "caption"}:
        return "caption"
    if is_turn(text):
        return "turn"
    if within == "blockquote":
        return "quote"
    if within == "li" or LIST_MARK.match(text):
        return "list"
    return "dateline" if is_dateline_alone(text) else "paragraph"


def is_dateline_alone(text: str) -> bool:
    """ "WASHINGTON, August 11 (Xinhua) --" on a line of its own."""
    if len(text) > MAX_DATELINE:
        return False
    found = find_dateline(text + " A")
    return found is not None and len(found.dateline.text) >= len(text.strip())
