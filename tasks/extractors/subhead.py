"""The subhead of a page whose design nobody declared: the line that sums up under the headline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from schemas.records import BlockLabel
from tasks.extractors.bare_byline import is_bare_byline
from tasks.extractors.dateline import find_dateline
from tasks.extractors.head_lines import is_appeal
from tasks.extractors.headline import SEPARATORS, fold
from tasks.extractors.line_forms import has_day, line_form
from tasks.extractors.metadata import Metadata
from tasks.extractors.outline import Outline
from tasks.extractors.page_marks import mark_roles
from tasks.extractors.presentations import is_post
from tasks.extractors.prose import is_prose

REACH = 14
MIN_LENGTH, MAX_LENGTH = 15, 450
MAX_DATED = 120
SITE_WORDS = 5  # the name of a site is seldom longer
# A year and a time of day make a date line in any language.
YEAR, CLOCK = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)"), re.compile(r"(?<!\d)\d{1,2}:\d\d(?!\d)")
# "Episode picture:", "REPORT OF THE MINISTERS OF": what is said stands in the next line.
UNFINISHED = re.compile(r"(?::|\b(?:of|the|and|an?))$", re.IGNORECASE)
MAX_LINE = 60  # what is longer may be a paragraph
LEAST_SCORE = 2.0
GOES_ON = re.compile(r"(?:…|\.\.\.)\s?[^\W\d_A-Z]")
FEW_SPACES = 3  # "Amazon.com, Inc." in a heading is no sentence
# A name like "social" may stand on the frame around headline and subhead.
POSSIBLE: tuple[BlockLabel | None, ...] = (None, "navigation")
HEADINGS = frozenset(("h2", "h3", "h4", "h5"))


def find_subhead(
    outline: Outline, labels: list[BlockLabel | None], headline: int | None, metadata: Metadata
) -> int | None:
    if headline is None:
        return None
    summaries = {fold(text) for text in stated_summaries(metadata)}
    scored: list[tuple[float, int]] = []
    rank = 0
    for index in range(headline + 1, min(headline + 1 + REACH, len(outline.pieces))):
        text = outline.pieces[index].text
        is_signed = is_bare_byline(text)
        if is_signed or labels[index] not in POSSIBLE or _is_dated(text) or _has_form(text):
            rank += is_signed
            continue
        if not _says_nothing(text, outline.pieces[headline].text, metadata):
            scored.append((_score(outline, index, headline, summaries, rank), -index))
        rank += 1
    score, index = max(scored, default=(0.0, 0))
    return -index if score >= LEAST_SCORE else None


def _is_dated(text: str) -> bool:
    if len(text) > MAX_DATED:
        return False
    return has_day(text) or bool(YEAR.search(text) and CLOCK.search(text))


def _has_form(text: str) -> bool:
    """ "Top Story | Published: 5 hours ago | Written by Maria Okello": one such cell is enough."""
    return any(map(line_form, {text, *text.split("|")}))


def _says_nothing(text: str, headline: str, metadata: Metadata) -> bool:
    """The headline again, the site's name, a credit, or words that only the next completes."""
    folded = fold(text)
    if folded == fold(headline) or "©" in text or UNFINISHED.search(text) or is_post(text):
        return True
    parts = {fold(part) for part in SEPARATORS.split(metadata.title)[1:]}
    return folded in parts and folded.count(" ") < SITE_WORDS


def decks_from(outline: Outline, subhead: int) -> Iterator[int]:
    """The subhead, and the lines below it that go on where it goes on."""
    yield subhead
    if goes_on(outline.pieces[subhead].text):
        below = range(subhead + 1, len(outline.pieces))
        yield from takewhile(lambda index: goes_on(outline.pieces[index].text), below)


def stated_summaries(metadata: Metadata) -> list[str]:
    linked = [
        text
        for key in ("alternativeHeadline", "alternateName", "description")
        for text in metadata.linked_values(key)
    ]
    return linked + [claim.value for claim in metadata.claims("subhead")]


def goes_on(text: str) -> bool:
    """ "…as villages cry foul": a deck that takes the sentence of the headline further."""
    return GOES_ON.match(text) is not None


def _score(outline: Outline, index: int, headline: int, summaries: set[str], rank: int) -> float:
    """Marks, heading tags and the page's own summary are signs; place alone is none."""
    piece = outline.pieces[index]
    element = outline.elements[piece.holder]
    above = outline.elements[max(element.parent, 0)]
    is_marked = "subhead" in mark_roles(f"{element.marks} {piece.inline_marks}")
    score = 3.0 * is_marked
    score += 2.0 * any("subhead" in mark_roles(marks) for marks in _frame_marks(outline, index))
    score += 2.0 * (fold(piece.text) in summaries)
    is_heading = element.tag in HEADINGS or above.tag in HEADINGS
    is_heading = is_heading and piece.text.count(" ") >= FEW_SPACES
    # A heading that the page calls a deck goes before the summary it gives to machines.
    score += 2.5 * is_heading + 2.0 * (is_heading and is_marked)
    score += 1.5 * (piece.bold_length > 0.9 * len(piece.text) and rank < 2)  # noqa: PLR2004
    score += (0.5, 0.3)[rank] if rank < 2 else 0.0  # noqa: PLR2004
    score += 0.5 * (element.parent == outline.elements[outline.pieces[headline].holder].parent)
    is_deck = goes_on(piece.text)
    score += 2.0 * is_deck
    is_alone = rank == 0 and _precedes_dateline(outline, index)
    score += 2.0 * is_alone
    score += 1.5 * (rank == 0 and not is_appeal(piece.text) and _stands_apart(outline, index))
    is_shown = is_marked or is_deck or is_alone
    score -= 2.0 * (not is_shown and _opens_a_run(outline, index))
    score -= 4.0 * (piece.link_length > 0.6 * len(piece.text))
    return score - 4.0 * (not MIN_LENGTH <= len(piece.text) <= MAX_LENGTH)


def _frame_marks(outline: Outline, index: int) -> Iterator[str]:
    """Of the frame around the line, and of further frames that hold nothing else."""
    beside = {
        frame
        for piece in outline.pieces[max(index - 1, 0) : index + 2]
        if piece is not outline.pieces[index]
        for frame in _frames(outline, piece.holder)
    }
    first = outline.elements[outline.pieces[index].holder].parent
    for frame in _frames(outline, first):
        if outline.elements[frame].parent < 0 or (frame != first and frame in beside):
            return
        yield outline.elements[frame].marks


def _frames(outline: Outline, element: int) -> Iterator[int]:
    """The element and those around it, the innermost first."""
    while element >= 0:
        yield element
        element = outline.elements[element].parent


def _stands_apart(outline: Outline, index: int) -> bool:
    """Whether the next running text is in another frame than this sentence."""
    here = outline.elements[outline.pieces[index].holder]
    for piece in outline.pieces[index + 1 : index + 1 + REACH]:
        there = outline.elements[piece.holder]
        if there.within != "figcaption" and is_prose(piece) and not line_form(piece.text):
            return here.parent not in {there.parent, piece.holder} and there.tag in {"p", "div"}
    return False


def _precedes_dateline(outline: Outline, index: int) -> bool:
    """One line alone between headline and dateline is the subhead, as governments set it."""
    for piece in outline.pieces[index + 1 : index + 1 + REACH]:
        if line_form(piece.text) is None:
            return find_dateline(piece.text) is not None
    return False


def _opens_a_run(outline: Outline, index: int) -> bool:
    """Whether the next paragraphs stand beside or below it: then it is the first of many."""
    holder = outline.pieces[index].holder
    here = outline.elements[holder]
    following = [
        piece for piece in outline.pieces[index + 1 : index + 4] if len(piece.text) > MAX_LINE
    ]
    for piece in following[:1]:
        there = outline.elements[piece.holder]
        if holder == there.parent or (there.parent, there.tag) == (here.parent, here.tag):
            return True
    return False
