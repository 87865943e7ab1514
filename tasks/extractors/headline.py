"""Headline and subhead of a page whose design nobody declared.

The headline stands in the page; <title>, metadata and JSON-LD say which line it is.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from schemas.records import BlockLabel
from tasks.extractors.line_forms import line_form
from tasks.extractors.metadata import Metadata
from tasks.extractors.outline import Outline, Piece
from tasks.extractors.page_marks import mark_roles
from tasks.extractors.url_facts import url_slug, url_titles

MAX_HEADLINE = 250
FOLD = re.compile(r"\w+")
SEPARATORS = re.compile(r"\s+[-–—|•·:»«<>/\\~]+\s+|\s*\|\s*|\s*::\s*|\s*»\s*")
HEADING_SCORES = {"h1": 3.0, "h2": 2.0, "h3": 1.2, "h4": 0.6, "h5": 0.3}


WHOLE_TITLE = 5.0
LEAST_LETTERS = 7
MAX_TITLES = 30
LETTERS = re.compile(r"[\W\d_]+")
LEAST_SCORE = 1.9
NEAREST = (2.0, 1.4, 1.0, 0.6, 0.3)
NO_HEADLINE = frozenset(("related", "boilerplate", "caption"))


class Candidate(NamedTuple):
    """`place` is the piece's index in the outline."""

    place: int
    score: float


class Clues(NamedTuple):
    """What else the page says about its headline. `titles` are folded, `core_start` is the first
    paragraph of the densest part, `near` the lines that could be a headline above it, nearest
    first."""

    titles: list[str]
    slug: str
    title_words: list[frozenset[str]]
    site: str
    core_start: int
    near: list[int]
    boxes: list[bool]


def fold(text: str) -> str:
    return " ".join(FOLD.findall(text.lower().replace("’", "'").replace("'", "")))


def find_headline(
    outline: Outline,
    labels: list[BlockLabel | None],
    metadata: Metadata,
    core_start: int,
    boxes: list[bool],
) -> Candidate | None:
    """The piece that is the headline; `core_start` is where the story surely runs."""
    titles = stated_titles(metadata)[:MAX_TITLES]
    clues = Clues(
        titles,
        fold(url_slug(metadata.url)),
        [frozenset(title.split()) for title in titles],
        _site(metadata),
        core_start,
        _near(outline, labels, core_start, boxes),
        boxes,
    )
    scored = [
        (_score(outline, labels, index, clues), index)
        for index in range(min(core_start + 3, len(labels)))
        if _can_be(outline.pieces[index])
    ]
    score, index = max(scored, default=(0.0, 0))
    return Candidate(index, score) if score >= LEAST_SCORE else None


def stated_titles(metadata: Metadata) -> list[str]:
    """What the page calls itself: JSON-LD, metadata, the parts of <title>, the address."""
    stated = [*metadata.linked_values("headline")]
    stated += [claim.value for claim in metadata.claims("headline")]
    parts = [metadata.title, *SEPARATORS.split(metadata.title), *url_titles(metadata.url)]
    return [folded for each in (*stated, *parts) if len(folded := fold(each)) > 8]  # noqa: PLR2004


def _site(metadata: Metadata) -> str:
    host = (urlsplit(metadata.url or "").hostname or "").removeprefix("www.")
    return host.split(".")[0]


def _near(
    outline: Outline, labels: list[BlockLabel | None], core_start: int, boxes: list[bool]
) -> list[int]:
    found: list[int] = []
    for index in range(min(core_start, len(labels)) - 1, -1, -1):
        piece = outline.pieces[index]
        links = piece.link_length > 0.5 * len(piece.text) or boxes[piece.holder]
        if labels[index] is None and not links and _can_be(piece) and not line_form(piece.text):
            found.append(index)
            if len(found) == len(NEAREST):
                break
    return found


def _can_be(piece: Piece) -> bool:
    text = piece.text
    if len(text) > MAX_HEADLINE or (" " not in text and text.isascii()):
        return False
    return len(LETTERS.sub("", text)) >= LEAST_LETTERS


def _score(outline: Outline, labels: list[BlockLabel | None], index: int, clues: Clues) -> float:
    piece = outline.pieces[index]
    element = outline.elements[piece.holder]
    text = fold(piece.text)
    roles = mark_roles(f"{element.tag} {element.marks} {piece.inline_marks}")
    score = _title_score(text, clues) + HEADING_SCORES.get(element.tag, 0.0)
    score += 2.0 * ("headline" in roles) - 3.0 * (labels[index] in NO_HEADLINE)
    # A blog's own name may be the larger heading.
    score += 2.0 * (" " in text and text == clues.slug)
    score += 0.7 * (piece.bold_length > 0.9 * len(piece.text))
    score -= 1.5 * clues.boxes[piece.holder]
    score -= 2.0 * (piece.link_length > 0.8 * len(piece.text))
    score -= 1.5 * (text.count(" ") > 12 and piece.text.endswith("."))  # noqa: PLR2004
    score -= 4.0 * (line_form(piece.text) is not None)
    score -= 3.0 * (len(clues.site) > 3 and _is_site(text, clues.site))  # noqa: PLR2004
    if index in clues.near:
        score += NEAREST[clues.near.index(index)]
    return score - 1.5 * (index >= clues.core_start)


def _is_site(text: str, site: str) -> bool:
    bare = text.replace(" ", "")
    return bare.startswith(site) or site.startswith(bare)


def _title_score(text: str, clues: Clues) -> float:
    """How far the page's own titles say this line; a short part may be a section's name."""
    words = set(text.split())
    if text in clues.titles:
        return WHOLE_TITLE if clues.titles[0] == text else _weight(len(words))
    best = 0.0
    for title, others in zip(clues.titles, clues.title_words, strict=True):
        if words.isdisjoint(others):
            continue
        share = 2 * len(words & others) / (len(words) + len(others))
        if text in title and len(text) > 20:  # noqa: PLR2004
            share = max(share, 0.8)
        best = max(best, share * _weight(len(others)) / WHOLE_TITLE)
    return 0.9 * WHOLE_TITLE * best if best > 0.5 else best  # noqa: PLR2004


def _weight(word_count: int) -> float:
    return 0.6 * word_count if word_count <= 3 else WHOLE_TITLE  # noqa: PLR2004
