"""How much running text a page holds, piece by piece and element by element."""

from __future__ import annotations

import re

from tasks.extractors.outline import Outline, Piece

MAX_LINK_SHARE = 0.4
OWN_WORDS = 80  # characters outside links
MIN_PROSE_WORDS = 8
SENTENCE_END = re.compile(r"""[.!?…。！？]["'”’»)\]」]{0,3}(?:\s|$)""")
WORD_LENGTH = 20
UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]{4}")
# Script that a broken page shows as text.
CODE = re.compile(
    r"document\.write|function\s{0,3}\w{0,40}\(|\bvar \w+\s*=|\)\s?\{|\{[^{}]{0,200};\s?\}"
    r"|//\s?<!\[CDATA"
)


CODE_SIGNS = ("{", "document.write", "function", "var ", "CDATA")


def is_code(piece: Piece) -> bool:
    text = piece.text
    return any(sign in text for sign in CODE_SIGNS) and CODE.search(text) is not None


def is_prose(piece: Piece) -> bool:
    """A sentence or more that is no list of links."""
    words = _word_count(piece.text)
    if words < MIN_PROSE_WORDS or _is_links(piece):
        return False
    is_long = words >= 2 * MIN_PROSE_WORDS
    return (is_long or SENTENCE_END.search(piece.text) is not None) and not is_code(piece)


def _is_links(piece: Piece) -> bool:
    """Mostly links; a sentence with long links in it has words enough of its own, and ends."""
    own = len(piece.text) - piece.link_length
    is_sentence = own >= OWN_WORDS and SENTENCE_END.search(piece.text[-4:]) is not None
    return piece.link_length > MAX_LINK_SHARE * len(piece.text) and not is_sentence


def _word_count(text: str) -> int:
    """Japanese and Chinese write no spaces: two characters count as a word."""
    spaces = text.count(" ")
    if not text.isascii() and len(text) > WORD_LENGTH * (spaces + 1) and UNSPACED.search(text):
        return len(text) // 2
    return spaces + 1


def prose_lengths(outline: Outline) -> list[int]:
    """Characters of prose outside links, for each piece."""
    return [len(x.text) - x.link_length if is_prose(x) else 0 for x in outline.pieces]


def prose_of(outline: Outline, lengths: list[int]) -> list[str]:
    """All running text of the page, wherever it stands."""
    return [x.text for x, length in zip(outline.pieces, lengths, strict=True) if length]


def totals(outline: Outline, weights: list[int]) -> list[int]:
    """For each element what the pieces inside it weigh together."""
    sums = [0] * len(outline.elements)
    for piece, weight in zip(outline.pieces, weights, strict=True):
        sums[piece.holder] += weight
    for index in range(len(sums) - 1, 0, -1):
        sums[outline.elements[index].parent] += sums[index]
    return sums
