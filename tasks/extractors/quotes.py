"""Passages in quotation marks: where they start and end, and what kind they are.

Who said them is for `speakers.py`. A passage inside a passage is part of the outer one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from schemas.records import Quote, QuoteKind
from tasks.extractors import marks, paragraphs
from tasks.extractors.vocabulary import read_words

_JOINT_LIMIT = 160
_WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")
_HAS_WORD = re.compile(r"\w")
_TITLE_WORDS = 2
_TERM_WORDS = 3
_DIRECT_WORDS = 8
_SURELY_DIRECT = 120


def find_quotes(text: str) -> tuple[Quote, ...]:
    """Every passage in quotation marks, in text order."""
    quotes: list[Quote] = []
    for passage in marks.find_passages(text, paragraphs.find_paragraphs(text)):
        if _HAS_WORD.search(text, passage[0], passage[1]):
            quotes.append(_read_quote(text, passage, quotes[-1] if quotes else None))
    return tuple(quotes)


def _read_quote(text: str, passage: marks.Passage, before: Quote | None) -> Quote:
    start, end, is_closed = passage
    words = text[start:end]
    number = 0
    if before is not None:
        number = before.statement + (not _is_one_statement(text, before, start))
    return Quote(words, start, end, _kind(words), is_closed, number)


def _kind(words: str) -> QuoteKind:
    inner = words.strip("\"“”„‟«»'‘’`\x93\x94\ufffd \n\t")
    if len(inner) > _SURELY_DIRECT:
        return "direct"
    found = _WORD.findall(inner)
    if len(found) >= _TITLE_WORDS and _is_title(found) and inner[-1:] not in "?!":
        return "term"
    if len(found) <= _TERM_WORDS and inner[-1:] not in ",.!?…" and found:
        return "term" if len(found) == 1 or _is_title(found) else "partial"
    if len(found) >= _DIRECT_WORDS or (inner[:1].isupper() and inner[-1:] in ",.!?…"):
        return "direct"
    return "partial"


@cache
def _small_words() -> frozenset[str]:
    return frozenset(read_words("title_small_words"))


def _is_title(words: Sequence[str]) -> bool:
    if not words[0][0].isupper():
        return False
    capital = 0
    for word in words:
        if word[0].isupper() or word[0].isdigit():
            capital += 1
        elif word not in _small_words():
            return False
    return capital > 1 or len(words) == 1


def _is_one_statement(text: str, before: Quote, start: int) -> bool:
    """ "We will," she said, "not sign": one sentence of the speaker, cut by its attribution.

    So is a passage that runs over paragraphs with an opening mark on each.
    """
    if start - before.end > _JOINT_LIMIT:
        return False
    gap = text[before.end : start]
    if "\n" in gap:
        # An excerpt in marks of one shape may quote in marks of another.
        return not before.is_closed and not gap.strip() and text[before.start] == text[start]
    inner = text[before.start : before.end].rstrip("\"”“'’ ")
    return inner[-1:] in ",—-" and gap.rstrip()[-1:] in ",—-" and len(gap.strip()) > 1
