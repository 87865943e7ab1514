"""Which pieces of an undeclared page are its body, once headline and weights are known."""

from __future__ import annotations

import re

from schemas.records import BlockLabel
from tasks.extractors.body_container import find_container, in_container
from tasks.extractors.furniture_lines import furniture_line
from tasks.extractors.line_forms import is_turn, line_form
from tasks.extractors.outline import Outline, Piece
from tasks.extractors.prose import SENTENCE_END, is_code, is_prose

# Heads of the readers' part; "Comments" alone may be a button above or inside the story.
COMMENTS = re.compile(
    r"comments (?:are|have)|(?:readers?|users?|following)\b[^.]{0,12} comments", re.IGNORECASE
)
A_SHORT_STORY, A_LEAD, A_LONG_LINE = 600, 200, 120  # characters
LINKS_ONLY = 0.6
ENOUGH_READ = 0.4
LAST_WORDS = 3
REACH = 40  # pieces; a transcript may end with many short turns
CROSS_HEADS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

Labels = list[BlockLabel | None]


def label_body(outline: Outline, labels: Labels, weights: list[int], headline: int | None) -> None:
    inside = in_container(outline, find_container(outline, weights))
    chosen = [i for i, x in enumerate(outline.pieces) if weights[i] and inside[x.holder]]
    below = [index for index in chosen if headline is None or index > headline]
    if sum(weights[i] for i in below) < ENOUGH_READ * sum(weights[i] for i in chosen):
        below = chosen
    if not below:
        return
    total, read = sum(weights[i] for i in below), 0
    _take_lead(outline, labels, weights, range((headline or below[0]) + 1, below[0]))
    last = _last(outline, labels, below[-1])
    for index in range(below[0], last + 1):
        piece = outline.pieces[index]
        if labels[index] or not inside[piece.holder] or index == headline:
            continue
        line = furniture_line(piece.text)
        if line and line.ends_article and _may_end(outline, index, last, read, total):
            labels[index] = line.label
            break
        labels[index] = line.label if line else _inner_label(outline, piece, has_begun=read > 0)
        if labels[index] == "paragraph":
            read += weights[index]


def _take_lead(outline: Outline, labels: Labels, weights: list[int], head: range) -> None:
    """Long paragraphs between headline and story belong to it, though another frame holds them."""
    for index in head:
        text = outline.pieces[index].text
        if labels[index] is None and weights[index] >= A_LEAD and not furniture_line(text):
            labels[index] = "paragraph"


def _may_end(outline: Outline, index: int, last: int, read: int, total: int) -> bool:
    """Whether the story ends at a line that says so: most of it is read, or comments follow, which
    may be longer; and it does not go on below as it did above."""
    if COMMENTS.search(outline.pieces[index].text):
        return read >= A_SHORT_STORY or read >= ENOUGH_READ * total
    return read >= ENOUGH_READ * total and not _goes_on(outline, index, last)


def _goes_on(outline: Outline, index: int, last: int) -> bool:
    """Paragraphs without links beside those above: the line stood between, as adverts do."""
    above = [outline.elements[x.holder] for x in outline.pieces[max(index - REACH, 0) : index]]
    beside = {(x.parent, x.tag) for x in above if x.tag == "p"}
    below = [
        piece
        for piece in outline.pieces[index + 1 : last + 1]
        if len(piece.text) >= A_LONG_LINE and not piece.link_length and is_prose(piece)
    ]
    held = [outline.elements[piece.holder] for piece in below]
    return sum((each.parent, each.tag) in beside for each in held) > 1


def _inner_label(outline: Outline, piece: Piece, *, has_begun: bool) -> BlockLabel:
    if piece.link_length > LINKS_ONLY * len(piece.text) and not is_prose(piece):
        return "related"
    if is_code(piece):
        return "boilerplate"
    if not has_begun and not is_prose(piece):
        return line_form(piece.text) or "paragraph"
    return "subhead" if outline.elements[piece.holder].tag in CROSS_HEADS else "paragraph"


def _last(outline: Outline, labels: Labels, index: int) -> int:
    """Beyond the last prose stand short paragraphs and turns in the same element and form."""
    here = outline.elements[outline.pieces[index].holder]
    last = index
    for place in range(index + 1, min(index + 1 + REACH, len(outline.pieces))):
        piece = outline.pieces[place]
        there = outline.elements[piece.holder]
        if furniture_line(piece.text) or piece.link_length == len(piece.text):
            continue
        is_beside = (there.parent, there.tag) == (here.parent, here.tag)
        is_open = labels[place] is None and not piece.link_length
        if not (is_beside and is_open and _is_last_word(piece)):
            break
        last = place
    return last


def _is_last_word(piece: Piece) -> bool:
    text = piece.text
    if line_form(text):
        return False
    is_sentence = text.count(" ") >= LAST_WORDS and SENTENCE_END.search(text[-4:]) is not None
    return is_turn(text) or is_sentence
