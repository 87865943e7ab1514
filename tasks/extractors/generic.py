"""The body of a page whose design nobody declared: where the prose is densest.

Every element gets the prose it holds; the body is the deepest element that still holds most of it.
Inside, prose and what stands between prose is body; links, captions and known furniture are not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from schemas.errors import Unreadable
from schemas.records import BlockLabel, PageInput
from schemas.source import Source
from tasks.extractors.furniture_lines import furniture_line
from tasks.extractors.headline import find_headline
from tasks.extractors.html import Outline, Piece, read_outline
from tasks.extractors.labels import LabelledText
from tasks.extractors.line_forms import line_form
from tasks.extractors.metadata import read_metadata
from tasks.extractors.page_marks import mark_roles
from tasks.extractors.reading import Reading, reading_of

MOST = 0.7
MAX_LINK_SHARE = 0.4
MIN_PROSE_WORDS = 8
FURNITURE_TAGS = frozenset(("nav", "footer", "aside", "menu", "dialog", "form"))
CAPTION_TAGS = frozenset(("figcaption", "caption", "figure"))
HEADING_TAGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
FURNITURE_ROLES: dict[str, BlockLabel] = {
    "comments": "boilerplate",
    "related": "related",
    "furniture": "navigation",
    "caption": "caption",
}
SENTENCE_END = re.compile(r"""[.!?…]["'”’»)\]]{0,3}(?:\s|$)""")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What each element inherits: the furniture label it stands under, and the prose inside."""

    labels: list[BlockLabel | None]
    prose: list[int]


def is_prose(piece: Piece) -> bool:
    words = piece.text.count(" ") + 1
    if words < MIN_PROSE_WORDS or piece.link_length > MAX_LINK_SHARE * len(piece.text):
        return False
    return words >= 2 * MIN_PROSE_WORDS or bool(SENTENCE_END.search(piece.text))


def label_pieces(outline: Outline) -> list[BlockLabel | None]:
    """A label for each piece; None where the page's fields must be looked for."""
    prose = [len(x.text) - x.link_length if is_prose(x) else 0 for x in outline.pieces]
    around = _surroundings(outline, prose)
    weights = [
        0 if around.labels[piece.holder] else weight
        for piece, weight in zip(outline.pieces, prose, strict=True)
    ]
    totals = _totals(outline, weights)
    container = _container(outline, totals)
    inside = _is_inside(outline, container)
    labels: list[BlockLabel | None] = [around.labels[piece.holder] for piece in outline.pieces]
    first, last = _range(outline, weights, inside)
    ended = False
    for index in range(first, last + 1):
        piece = outline.pieces[index]
        if labels[index] or not inside[piece.holder]:
            continue
        line = furniture_line(piece.text)
        if line:
            labels[index] = line.label
        elif piece.link_length > 0.6 * len(piece.text):
            labels[index] = "related"
        else:
            labels[index] = "paragraph"
    return labels


def _surroundings(outline: Outline, prose: list[int]) -> Surroundings:
    totals = _totals(outline, prose)
    labels: list[BlockLabel | None] = []
    for index, element in enumerate(outline.elements):
        label = labels[element.parent] if index else None
        # A frame that holds most of the prose is no furniture, whatever its name says.
        if label is None and totals[index] < 0.4 * totals[0]:
            label = _own_label(element.tag, element.marks)
        labels.append(label)
    return Surroundings(labels, totals)


def _own_label(tag: str, marks: str) -> BlockLabel | None:
    if tag in CAPTION_TAGS:
        return "caption"
    if tag in FURNITURE_TAGS:
        return "navigation"
    if marks:
        roles = mark_roles(marks)
        for role, label in FURNITURE_ROLES.items():
            if role in roles:
                return label
    return None


def _totals(outline: Outline, weights: list[int]) -> list[int]:
    totals = [0] * len(outline.elements)
    for piece, weight in zip(outline.pieces, weights, strict=True):
        totals[piece.holder] += weight
    for index in range(len(totals) - 1, 0, -1):
        totals[outline.elements[index].parent] += totals[index]
    return totals


def _container(outline: Outline, totals: list[int]) -> int:
    best: dict[int, int] = {}
    for index in range(1, len(totals)):
        parent = outline.elements[index].parent
        if totals[index] > totals[best.get(parent, 0)] or parent not in best:
            best[parent] = index
    current = 0
    while current in best and totals[best[current]] >= MOST * totals[current] > 0:
        current = best[current]
    return current


def _is_inside(outline: Outline, container: int) -> list[bool]:
    inside: list[bool] = []
    for index, element in enumerate(outline.elements):
        inside.append(index == container or (element.parent >= 0 and inside[element.parent]))
    return inside


def _range(outline: Outline, weights: list[int], inside: list[bool]) -> tuple[int, int]:
    prose = [
        index
        for index, (piece, weight) in enumerate(zip(outline.pieces, weights, strict=True))
        if weight and inside[piece.holder]
    ]
    return (prose[0], prose[-1]) if prose else (0, -1)


def read_generic(page: PageInput, tree: LexborHTMLParser, source: Source | None) -> Reading:
    if tree.body is None:
        raise Unreadable("not_a_page", f"{page.page_id}: expected HTML, found none")
    outline = read_outline(tree.body)
    metadata = read_metadata(tree)
    labels = label_pieces(outline)
    headline = find_headline(outline, labels, metadata)
    if headline is not None:
        labels[headline] = "headline"
    texts = []
    seen_body = False
    for index, (piece, label) in enumerate(zip(outline.pieces, labels, strict=True)):
        here = label
        if here is None:
            near = headline is not None and abs(index - headline) < 12
            form = line_form(piece.text) if near else None
            here = form or (
                "navigation" if piece.link_length > 0.5 * len(piece.text) else "unknown"
            )
        seen_body = seen_body or here == "paragraph"
        texts.append(LabelledText(piece.text, here))
    return reading_of(page, source, "generic", texts, metadata)
