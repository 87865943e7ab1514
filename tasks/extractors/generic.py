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
    in_container,
    link_heavy,
    teaser_boxes,
)
from tasks.extractors.body_lines import story_label
from tasks.extractors.furniture_lines import furniture_line
from tasks.extractors.generic_body import Labels, label_body
from tasks.extractors.headline import find_headline
from tasks.extractors.labels import LabelledText
from tasks.extractors.metadata import Metadata, read_metadata
from tasks.extractors.outline import Outline, Piece
from tasks.extractors.presentations import find_presentations
from tasks.extractors.prose import prose_lengths, prose_of
from tasks.extractors.reading import Reading, reading_of
from tasks.extractors.refusals import refuse_non_articles, titles_of
from tasks.extractors.saved_text import read_saved_text
from tasks.extractors.story_edges import trim_edges
from tasks.extractors.story_lines import label_by_order, label_rest
from tasks.extractors.subhead import decks_from, find_subhead
from tasks.extractors.surroundings import surrounding_labels
from tasks.extractors.walk import read_outline

LITTLE_PROSE = 200
SOME_LINES = 4
SURE = 3.0  # a headline with less rests on its place alone


def read_generic(
    page: PageInput, tree: LexborHTMLParser, markup: str, source: Source | None
) -> Reading:
    if tree.body is None:
        raise Unreadable("not_a_page", f"{page.page_id}: expected HTML, found none; look at it")
    outline = read_outline(tree.body)
    prose = prose_lengths(outline)
    if sum(prose) < LITTLE_PROSE:
        hidden = read_outline(tree.body, show_hidden=True)
        if sum(prose_lengths(hidden)) > LITTLE_PROSE:
            outline, prose = hidden, prose_lengths(hidden)
    metadata = read_metadata(tree, page.url, markup)
    refuse_non_articles(page.url or page.page_id, titles_of(tree), prose_of(outline, prose))
    labels = label_pieces(outline, metadata, prose)
    if "paragraph" not in labels:
        raise Unreadable(
            "no_body_text",
            f"{page.url or page.page_id}: expected running text, found only lines and links; "
            "if this is an article, declare its layout in tasks/sources",
        )
    texts = [
        text
        for piece, label in zip(outline.pieces, labels, strict=True)
        for text in _texts(outline, piece, label)
    ]
    return reading_of(page, source, "generic", trim_edges(texts), metadata)


def _texts(outline: Outline, piece: Piece, label: BlockLabel | None) -> list[LabelledText]:
    """Body blocks get their kind; a page set as <pre> is read by its lines."""
    if label != "paragraph":
        return [LabelledText(piece.text, label or "unknown", in_body=False)]
    if outline.elements[piece.holder].tag == "pre" and piece.text.count("\n") > SOME_LINES:
        return read_saved_text(piece.text)
    return [
        LabelledText(piece.text, story_label(piece.text, outline.elements[piece.holder].within))
    ]


def label_pieces(outline: Outline, metadata: Metadata, prose: list[int]) -> Labels:
    around = surrounding_labels(outline, prose)
    labels: Labels = [around[piece.holder] for piece in outline.pieces]
    prose = [
        0 if weight and furniture_line(piece.text) else weight
        for piece, weight in zip(outline.pieces, prose, strict=True)
    ]
    weights = [0 if label else weight for label, weight in zip(labels, prose, strict=True)]
    if not any(weights):
        # Names of elements cannot all be right: only comments stay out.
        labels = [label if label == "boilerplate" else None for label in labels]
        weights = [0 if label else weight for label, weight in zip(labels, prose, strict=True)]
    heavy = link_heavy(outline)
    core = densest_parent(outline, weights, heavy)
    boxes = teaser_boxes(outline, core, heavy)
    unboxed = [
        0 if boxes[piece.holder] else weight
        for piece, weight in zip(outline.pieces, weights, strict=True)
    ]
    core_start = _first_under(outline, unboxed, core)
    best = find_headline(outline, labels, metadata, core_start, boxes)
    headline = best.place if best else None
    for index, piece in enumerate(outline.pieces):
        in_head = headline is not None and headline <= index <= core_start
        if boxes[piece.holder] and not labels[index] and not in_head:
            labels[index], weights[index] = "related", 0
    if headline is not None:
        for index in find_presentations(outline, headline):
            labels[index], weights[index] = "boilerplate", 0
    subhead = find_subhead(outline, labels, headline, metadata)
    if subhead is not None and any(weights[:subhead] + weights[subhead + 1 :]):
        for index in decks_from(outline, subhead):
            labels[index], weights[index] = "subhead", 0
    label_body(outline, labels, weights, headline)
    if headline is not None:
        labels[headline] = "headline"
    label_by_order(outline, labels, headline, is_sure=best is not None and best.score >= SURE)
    label_rest(outline, labels, headline)
    return labels


def _first_under(outline: Outline, weights: list[int], core: int) -> int:
    """The first paragraph of the densest element."""
    inside = in_container(outline, core)
    for index, piece in enumerate(outline.pieces):
        if weights[index] and inside[piece.holder]:
            return index
    return len(outline.pieces)
