"""Headline and subhead of a page whose design nobody declared.

The headline stands in the page; <title>, metadata and JSON-LD say which line it is.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from schemas.records import BlockLabel
from tasks.extractors.html import Outline, Piece
from tasks.extractors.line_forms import line_form
from tasks.extractors.metadata import Metadata
from tasks.extractors.page_marks import mark_roles

MAX_HEADLINE = 250
FOLD = re.compile(r"\w+")
SEPARATORS = re.compile(r"\s+[-–—|•·:»«<>/\\~]+\s+|\s*\|\s*|\s*::\s*|\s*»\s*")
HEADING_SCORES = {"h1": 3.0, "h2": 2.0, "h3": 1.2, "h4": 0.6, "h5": 0.3}


class Candidate(NamedTuple):
    index: int
    score: float


def fold(text: str) -> str:
    return " ".join(FOLD.findall(text.lower().replace("’", "'").replace("'", "")))


def find_headline(
    outline: Outline, labels: list[BlockLabel | None], metadata: Metadata, core_start: int
) -> int | None:
    """The index of the piece that is the headline; `core_start` is where the story surely runs."""
    titles = stated_titles(metadata)
    candidates = [
        Candidate(index, _score(outline, index, core_start, titles))
        for index in range(min(core_start + 3, len(labels)))
        if _can_be(outline.pieces[index])
    ]
    best = max(candidates, key=lambda each: (each.score, each.index), default=None)
    return best.index if best and best.score >= 2 else None  # noqa: PLR2004


def stated_titles(metadata: Metadata) -> list[str]:
    """What the page calls itself, folded: JSON-LD, metadata, and the parts of <title>."""
    stated = [*metadata.linked_values("headline")]
    stated += [claim.value for claim in metadata.claims("headline")]
    parts = [metadata.title, *SEPARATORS.split(metadata.title)]
    return [folded for each in (*stated, *parts) if len(folded := fold(each)) > 8]  # noqa: PLR2004


def _can_be(piece: Piece) -> bool:
    return 8 <= len(piece.text) <= MAX_HEADLINE and " " in piece.text  # noqa: PLR2004


def _score(outline: Outline, index: int, start: int, titles: list[str]) -> float:
    piece = outline.pieces[index]
    element = outline.elements[piece.holder]
    score = _title_score(fold(piece.text), titles)
    score += HEADING_SCORES.get(element.tag, 0.0)
    roles = mark_roles(f"{element.marks} {piece.inline_marks}")
    score += 2.0 * ("headline" in roles) - 3.0 * bool(roles & {"related", "comments", "furniture"})
    score += 0.7 * (piece.bold_length > 0.9 * len(piece.text))
    score -= 2.0 * (piece.link_length > 0.8 * len(piece.text))
    distance = abs(start - 1 - index)
    score += max(0.0, 1.5 - 0.15 * distance) - (1.5 if index >= start else 0)
    if line_form(piece.text):
        score -= 4.0
    return score


def _title_score(text: str, titles: list[str]) -> float:
    """How far the page's own titles say this line; whole ones count most."""
    if text in titles:
        return 5.0
    words = set(text.split())
    best = 0.0
    for title in titles:
        shared = words & set(title.split())
        share = 2 * len(shared) / (len(words) + len(set(title.split())))
        if text in title and len(text) > 20:  # noqa: PLR2004
            share = max(share, 0.8)
        best = max(best, share)
    return 4.5 * best if best > 0.5 else best  # noqa: PLR2004
