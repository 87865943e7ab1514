"""Noun phrases: from their first or last word over what belongs to them.

Works on word classes (see `cues`); knows nothing of people.
"""

from __future__ import annotations

from tasks.extractors.cues import (
    ADVERB,
    CONJUNCTION,
    DETERMINER,
    NAME,
    POINT,
    PREPOSITION,
    PRONOUN,
    WORD,
)
from tasks.extractors.tokens import Tokens

Span = tuple[int, int]
PHRASE = NAME + WORD + DETERMINER + POINT
_JOINS = frozenset(("of", "for", "in", "at", "from", "with", "on", "to"))
_NOUN_LINKS = frozenset(("at", "with", "in", "to", "from", "near"))
_PHRASE_LIMIT = 30


def phrase_before(tokens: Tokens, last: int, low: int) -> Span | None:
    """The noun phrase that ends at `last`."""
    classes, words = tokens.classes, tokens.words
    at = last
    stop = max(low, last - _PHRASE_LIMIT)
    while at > stop:
        letter = classes[at - 1]
        if letter in NAME + WORD + POINT:
            at -= 1
        elif letter == DETERMINER:
            at -= 1
            if at - 1 < stop or not _joins(tokens, at - 1, stop):
                break
        elif _joins(tokens, at - 1, stop) or _is_name_list(tokens, at - 1, stop):
            at -= 1
        else:
            break
    while at < last and classes[at] in POINT + PREPOSITION + CONJUNCTION:
        at += 1
    return (at, last + 1) if words[at] != "." else None


def _joins(tokens: Tokens, at: int, low: int) -> bool:
    """A preposition inside a noun phrase: a noun, a name or "one" stands before it."""
    if at <= low or tokens.words[at] not in _JOINS:
        return False
    before = tokens.classes[at - 1]
    return before in NAME + WORD + POINT or (before == DETERMINER and tokens.words[at] == "of")


def _is_name_list(tokens: Tokens, at: int, low: int) -> bool:
    return (
        at > low
        and tokens.words[at] in ("and", "&")
        and tokens.classes[at - 1] == NAME
        and tokens.classes[at + 1] == NAME
    )


def phrase_after(tokens: Tokens, first: int, high: int) -> Span | None:
    """The noun phrase that begins at `first`."""
    classes = tokens.classes
    while first < high and classes[first] == ADVERB:
        first += 1
    if first >= high:
        return None
    if classes[first] == PRONOUN:
        return first, first + 1
    if classes[first] not in PHRASE:
        return None
    at = first
    high = min(high, first + _PHRASE_LIMIT)
    while at < high:
        if classes[at] not in PHRASE and not _continues(tokens, first, at, high):
            break
        at += 1
    while at > first + 1 and classes[at - 1] in POINT + PREPOSITION:
        at -= 1
    return (first, at) if at > first else None


def _continues(tokens: Tokens, first: int, at: int, high: int) -> bool:
    """ "The newly elected", "a spokesman for", "Okello and Smith"."""
    if tokens.classes[at] == ADVERB:
        return tokens.classes[at - 1] == DETERMINER
    return _links_noun(tokens, first, at) or (at < high - 1 and _is_name_list(tokens, at, first))


def _links_noun(tokens: Tokens, first: int, at: int) -> bool:
    """A preposition that goes on with the phrase: "a spokesman for", "an adviser close to"."""
    classes, word = tokens.classes, tokens.words[at]
    after = classes[at + 1 : at + 3]
    if word == "of" or (word == "for" and after[:1] != ""):
        return after[:1] in ("N", "w", "D")
    if word not in _NOUN_LINKS or at == first:
        return False
    # After a name these say where or when it was said; after a noun whose it is.
    return classes[at - 1] == WORD and (after[:1] == NAME or after == DETERMINER + NAME)
