"""The lines around the story of an undeclared page: date, byline, section, place, agency."""

from __future__ import annotations

import re

from schemas.records import BlockLabel
from tasks.extractors.bare_byline import is_bare_byline
from tasks.extractors.countries import country_of
from tasks.extractors.generic_body import LINKS_ONLY, Labels
from tasks.extractors.head_lines import is_bracketed, label_head
from tasks.extractors.line_forms import (
    count_running_words,
    is_place_line,
    is_section_name,
    line_form,
)
from tasks.extractors.outline import Outline, Piece
from tasks.extractors.page_marks import NO_ROLES, mark_roles
from tasks.extractors.printed_date import find_printed_dates
from tasks.extractors.prose import is_prose

ABOVE, BELOW = 6, 4  # how many pieces around the story belong to it
JUST_ABOVE = 3
MAX_DATED = 200
MAX_HEAD = 15
RUNNING_WORDS = 3  # so many in front of a date, with nothing between, tell of it
STATES_DATE = re.compile(
    r"publish|posted|updated|last edited|last modified|last revis", re.IGNORECASE
)
OPEN_LABELS: tuple[BlockLabel | None, ...] = (None, "navigation", "related")
STORY_LINES: tuple[BlockLabel | None, ...] = ("date", "byline", "source_footer", "section")


def label_by_order(
    outline: Outline, labels: Labels, headline: int | None, *, is_sure: bool
) -> None:
    """Pages without headings are plain text in a frame: their head is read as saved text is.

    Where the headline is sure, the order only adds what the forms name beside it.
    """
    head = _plain_head(outline, labels)
    named = label_head([outline.pieces[index].text for index in head], frozenset())
    for index, line in zip(head, named, strict=True):
        if not is_sure or (labels[index] is None and _adds(line.text, line.label)):
            labels[index] = line.label
    if is_sure and headline is not None:
        labels[headline] = "headline"


def _adds(text: str, label: BlockLabel | None) -> bool:
    """What a line's order may say beside a headline that is sure."""
    if label == "section":
        return is_section_name(text)
    return label in {"byline", "dateline"} or (label == "subhead" and is_bracketed(text))


def _plain_head(outline: Outline, labels: Labels) -> list[int]:
    """The lines right above the story, up to the next furniture or links."""
    first = next((i for i, label in enumerate(labels) if label == "paragraph"), 0)
    head: list[int] = []
    for index in range(first - 1, max(first - MAX_HEAD, 0) - 1, -1):
        piece = outline.pieces[index]
        if labels[index] not in {None, "headline", "subhead", "banner"}:
            break
        if piece.link_length > LINKS_ONLY * len(piece.text):
            break
        head.insert(0, index)
    return head


def label_rest(outline: Outline, labels: Labels, headline: int | None) -> None:
    """Lines near the story by their form; what is left is navigation if it is links."""
    body = [index for index, label in enumerate(labels) if label == "paragraph"]
    first, last = (body[0], body[-1]) if body else (0, 0)
    second = body[1] if len(body) > 1 else first
    top = min(first, headline if headline is not None else first)
    for index, piece in enumerate(outline.pieces):
        label = labels[index]
        if label in OPEN_LABELS:
            if top - ABOVE <= index < second:
                roles = _roles(outline, piece)
                label = _story_line(piece, label, roles, in_head=index > top - JUST_ABOVE)
                if label is None and headline is not None and headline < index < second:
                    label = _signature(piece, roles, outline.pieces[headline].text)
            elif index > last and STATES_DATE.search(piece.text[:MAX_DATED]):
                label = _story_line(piece, label, NO_ROLES, in_head=True)
            elif label == "related":
                pass  # the dates of other stories
            elif last < index <= last + BELOW or _is_date_marked(outline, piece, index > top):
                label = _story_line(piece, label, NO_ROLES, in_head=False)
        links = piece.link_length > LINKS_ONLY * len(piece.text)
        labels[index] = label or ("navigation" if links else "unknown")
    _label_places(outline, labels, range(max(top, 1), min(second, len(labels) - 1)))


def _story_line(
    piece: Piece, label: BlockLabel | None, roles: frozenset[str], *, in_head: bool
) -> BlockLabel | None:
    """What a line beside the story is. Between headline and story any date is the story's own."""
    form = line_form(piece.text)
    if form in STORY_LINES:
        return form
    if "section" in roles and len(piece.text) <= MAX_DATED:
        return "section"
    if (
        in_head
        and len(piece.text) <= MAX_DATED
        and not _is_paragraph(piece)
        and _prints_day(piece.text)
    ):
        return "date"
    return form if label is None else label


def _signature(piece: Piece, roles: frozenset[str], headline: str) -> BlockLabel | None:
    """Names that link to a list of stories, or that the headline has, are those of topics."""
    is_link = piece.link_length > LINKS_ONLY * len(piece.text) and "byline" not in roles
    if is_link or not is_bare_byline(piece.text):
        return None
    return None if piece.text.split(",", maxsplit=1)[0] in headline else "byline"


def _label_places(outline: Outline, labels: Labels, indices: range) -> None:
    """A place on a line of its own beside the date is the dateline."""
    for index in indices:
        beside = "date" in (labels[index - 1], labels[index + 1])
        text = outline.pieces[index].text
        if beside and labels[index] == "unknown" and is_place_line(text) and country_of(text):
            labels[index] = "dateline"


def _roles(outline: Outline, piece: Piece) -> frozenset[str]:
    return mark_roles(f"{outline.elements[piece.holder].marks} {piece.inline_marks}")


def _is_paragraph(piece: Piece) -> bool:
    return len(piece.text) > MAX_DATED // 2 and is_prose(piece)


def _prints_day(text: str) -> bool:
    """Whether the line prints a day, and does not tell of one ("the act became law on May 25")."""
    found = find_printed_dates(text)
    if all(each.precision != "day" for each in found):
        return False
    before = re.split(r"[-–—|•·():,]", text[: found[0].start])
    return count_running_words(before[-1]) < RUNNING_WORDS


def _is_date_marked(outline: Outline, piece: Piece, is_below: bool) -> bool:  # noqa: FBT001
    return is_below and len(piece.text) < MAX_DATED and "date" in _roles(outline, piece)
