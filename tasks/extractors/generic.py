"""A page whose design nobody declared: the body is where the prose is densest.

Headline, date and byline are looked for around it; what is left is labelled by its links.
"""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from schemas.errors import Unreadable
from schemas.records import BlockLabel, PageInput
from schemas.source import Source
from tasks.extractors.body_container import (
    densest_parent,
    find_container,
    in_container,
    teaser_boxes,
)
from tasks.extractors.furniture_lines import furniture_line
from tasks.extractors.headline import find_headline
from tasks.extractors.html import Outline, Piece, read_outline
from tasks.extractors.labels import LabelledText
from tasks.extractors.line_forms import line_form
from tasks.extractors.metadata import Metadata, read_metadata
from tasks.extractors.prose import is_code, is_prose, prose_lengths
from tasks.extractors.reading import Reading, reading_of
from tasks.extractors.subhead import find_subhead
from tasks.extractors.surroundings import surrounding_labels

LINKS_ONLY = 0.6
ENOUGH_READ = 0.4
HEAD_ZONE = 12
CROSS_HEADS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

Labels = list[BlockLabel | None]


def read_generic(page: PageInput, tree: LexborHTMLParser, source: Source | None) -> Reading:
    if tree.body is None:
        raise Unreadable("not_a_page", f"{page.page_id}: expected HTML, found none; look at it")
    outline = read_outline(tree.body)
    metadata = read_metadata(tree, page.url)
    labels = label_pieces(outline, metadata)
    texts = [
        LabelledText(piece.text, label or "unknown", in_body=label != "subhead")
        for piece, label in zip(outline.pieces, labels, strict=True)
    ]
    return reading_of(page, source, "generic", texts, metadata)


def label_pieces(outline: Outline, metadata: Metadata) -> Labels:
    prose = prose_lengths(outline)
    around = surrounding_labels(outline, prose)
    labels: Labels = [around[piece.holder] for piece in outline.pieces]
    weights = [0 if label else weight for label, weight in zip(labels, prose, strict=True)]
    core = densest_parent(outline, weights)
    boxes = teaser_boxes(outline, core)
    unboxed = [
        0 if boxes[piece.holder] else weight
        for piece, weight in zip(outline.pieces, weights, strict=True)
    ]
    core_start = _first_under(outline, unboxed, core)
    headline = find_headline(outline, labels, metadata, core_start, boxes)
    for index, piece in enumerate(outline.pieces):
        in_head = headline is not None and headline <= index <= core_start
        if boxes[piece.holder] and not labels[index] and not in_head:
            labels[index], weights[index] = "related", 0
    subhead = find_subhead(outline, labels, headline, metadata)
    if subhead is not None:
        labels[subhead], weights[subhead] = "subhead", 0
    _label_body(outline, labels, weights, headline)
    if headline is not None:
        labels[headline] = "headline"
    _label_rest(outline, labels, headline)
    return labels


def _first_under(outline: Outline, weights: list[int], core: int) -> int:
    """The first paragraph of the densest element."""
    inside = in_container(outline, core)
    for index, piece in enumerate(outline.pieces):
        if weights[index] and inside[piece.holder]:
            return index
    return len(outline.pieces)


def _label_body(outline: Outline, labels: Labels, weights: list[int], headline: int | None) -> None:
    inside = in_container(outline, find_container(outline, weights))
    chosen = [i for i, x in enumerate(outline.pieces) if weights[i] and inside[x.holder]]
    below = [index for index in chosen if headline is None or index > headline]
    if sum(weights[i] for i in below) < ENOUGH_READ * sum(weights[i] for i in chosen):
        below = chosen
    if not below:
        return
    total, read = sum(weights[i] for i in below), 0
    for index in range(below[0], below[-1] + 1):
        piece = outline.pieces[index]
        if labels[index] or not inside[piece.holder] or index == headline:
            continue
        line = furniture_line(piece.text)
        if line and line.ends_article and read >= ENOUGH_READ * total:
            labels[index] = line.label
            break
        labels[index] = line.label if line else _inner_label(outline, piece, has_begun=read > 0)
        if labels[index] == "paragraph":
            read += weights[index]


def _inner_label(outline: Outline, piece: Piece, *, has_begun: bool) -> BlockLabel:
    if piece.link_length > LINKS_ONLY * len(piece.text):
        return "related"
    if is_code(piece):
        return "boilerplate"
    if not has_begun and not is_prose(piece):
        return line_form(piece.text) or "paragraph"
    return "subhead" if outline.elements[piece.holder].tag in CROSS_HEADS else "paragraph"


def _label_rest(outline: Outline, labels: Labels, headline: int | None) -> None:
    for index, piece in enumerate(outline.pieces):
        if labels[index] is None:
            is_near = headline is not None and abs(index - headline) < HEAD_ZONE
            links = piece.link_length > LINKS_ONLY * len(piece.text)
            form = line_form(piece.text) if is_near else None
            labels[index] = form or ("navigation" if links else "unknown")
