"""Sentences of a paragraph as ranges of tokens; a quotation stays with the verb beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tasks.extractors.cues import (
    ADVERB,
    COLON,
    COMMA,
    CONJUNCTION,
    CUE,
    DASH,
    DETERMINER,
    NAME,
    OPEN,
    PREPOSITION,
    PRONOUN,
    QUOTE,
    STOP,
    WORD,
)
from tasks.extractors.phrases import Span
from tasks.extractors.tokens import Tokens

_MAY_END = re.compile(f"[{STOP}{QUOTE}]")
_SHORT = 4
# No sentence is longer: what a rule looks over stays bounded on any input.
_LONGEST = 250


def sentences(tokens: Tokens, inner_ends: list[str]) -> list[Span]:
    """Sentences as token ranges. `inner_ends` is the last sign inside each quote, in order."""
    spans: list[Span] = []
    start = 0
    for end in _ends(tokens, inner_ends):
        while end - start > _LONGEST:
            spans.append((start, start + _LONGEST))
            start += _LONGEST
        if end > start:
            spans.append((start, end))
            start = end
    return spans


def _ends(tokens: Tokens, inner_ends: list[str]) -> Iterator[int]:
    count = len(tokens.words)
    number = 0
    for found in _MAY_END.finditer(tokens.classes):
        after = found.end()
        if found[0] == STOP:
            if after >= count or _may_open(tokens, after):
                yield after
        else:
            if _ends_after_quote(tokens, after, inner_ends[number]):
                yield after
            number += 1
    yield count


def _may_open(tokens: Tokens, at: int) -> bool:
    """What stands after a point can begin a sentence."""
    return tokens.classes[at] in QUOTE + OPEN + DASH or (
        tokens.words[at][0].isalnum() and not tokens.words[at][0].islower()
    )


def _ends_after_quote(tokens: Tokens, at: int, inner_end: str) -> bool:
    if at >= len(tokens.words):
        return True
    if inner_end not in (".", "?", "!", "…"):
        return False
    letter = tokens.classes[at]
    if letter == QUOTE:
        return True
    if letter in STOP + COMMA + COLON + OPEN + DASH + CUE:
        return False
    if not tokens.words[at][0].isupper() and letter != NAME:
        # “Will it hold?” the ambassador asked.
        return inner_end == "." and letter not in PRONOUN + DETERMINER + WORD
    is_strict = inner_end == "." or _is_introduced(tokens, at - 1)
    return not _is_attribution(tokens, at, is_strict=is_strict)


def _is_introduced(tokens: Tokens, quote: int) -> bool:
    """ "Okello asked, “Will it hold?” Brandt said that …": the question has its verb already."""
    if quote < 1 or tokens.classes[quote - 1] not in COMMA + COLON:
        return False
    start = max(tokens.classes.rfind(STOP, 0, quote), tokens.classes.rfind(QUOTE, 0, quote))
    return CUE in tokens.classes[start + 1 : quote]


def _is_attribution(tokens: Tokens, at: int, *, is_strict: bool) -> bool:
    """ "Will it hold?" Maria Okello asked: a subject, a verb of speech, and little after it."""
    cue = tokens.classes.find(CUE, at, at + 12)
    if cue < 0:
        return False
    between = tokens.classes[at:cue]
    if STOP in between or QUOTE in between:
        return False
    end = cue + 1
    while tokens.classes[end : end + 1] == ADVERB:
        end += 1
    if tokens.classes[end : end + 2] in (COMMA + QUOTE, COLON + QUOTE):
        # “Why now?” Okello wrote back, “You look …”: the verb introduces what follows.
        return False
    after = tokens.classes[cue + 1 : cue + 2]
    if is_strict:
        return after in ("", STOP) and cue - at <= _SHORT
    return after in (
        "",
        STOP,
        QUOTE,
        PREPOSITION,
        COMMA,
        ADVERB,
        "Y",
        CONJUNCTION,
        COLON,
        NAME,
        "O",
    )
