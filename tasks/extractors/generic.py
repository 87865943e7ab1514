"""A page whose design nobody declared: the body is where the prose is densest.

Headline, date and byline are looked for around it; what is left is labelled by its links.
"""

from __future__ import annotations

import re

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
from tasks.extractors.body_lines import story_label
from tasks.extractors.countries import country_of
from tasks.extractors.furniture_lines import furniture_line
from tasks.extractors.headline import find_headline
from tasks.extractors.labels import LabelledText
from tasks.extractors.line_forms import has_day, is_place_line, line_form
from tasks.extractors.metadata import Metadata, read_metadata
from tasks.extractors.outline import Outline, Piece, read_outline
from tasks.extractors.page_marks import NO_ROLES, mark_roles
from tasks.extractors.prose import is_code, is_prose, prose_lengths, prose_of
from tasks.extractors.reading import Reading, reading_of
from tasks.extractors.refusals import refuse_non_articles, titles_of
from tasks.extractors.saved_text import read_saved_text
from tasks.extractors.story_edges import trim_edges
from tasks.extractors.subhead import find_subhead
from tasks.extractors.surroundings import surrounding_labels

LINKS_ONLY = 0.6
LITTLE_PROSE = 200
SOME_LINES = 4
ENOUGH_READ = 0.4
ABOVE, BELOW = 6, 4  # how many pieces around the story belong to it
JUST_ABOVE = 3
MAX_DATED = 200
STATES_DATE = re.compile(
    r"publish|posted|updated|last edited|last modified|last revis", re.IGNORECASE
)
OPEN_LABELS: tuple[BlockLabel | None, ...] = (None, "navigation", "related")
STORY_LINES: tuple[BlockLabel | None, ...] = ("date", "byline", "source_footer")
CROSS_HEADS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

Labels = list[BlockLabel | None]


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
    return [LabelledText(piece.text, story_label(piece.text, outline.tags_above(piece.holder)))]


def label_pieces(outline: Outline, metadata: Metadata, prose: list[int]) -> Labels:
    around = surrounding_labels(outline, prose)
    labels: Labels = [around[piece.holder] for piece in outline.pieces]
    weights = [0 if label else weight for label, weight in zip(labels, prose, strict=True)]
    if not any(weights):
        # Names of elements cannot all be right: only comments stay out.
        labels = [label if label == "boilerplate" else None for label in labels]
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
            elif index > last and STATES_DATE.search(piece.text[:MAX_DATED]):
                label = _story_line(piece, label, NO_ROLES, in_head=True)
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
        and has_day(piece.text)
    ):
        return "date"
    return form if label is None else label


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


def _is_date_marked(outline: Outline, piece: Piece, is_below: bool) -> bool:  # noqa: FBT001
    return is_below and len(piece.text) < MAX_DATED and "date" in _roles(outline, piece)
