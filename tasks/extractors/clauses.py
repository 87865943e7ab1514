"""Subjects of verbs of speech: from the cue back or forward to the words that name who speaks.

Works on word classes (see `tokens`); knows nothing of people.
"""

from __future__ import annotations

from tasks.extractors.tokens import (
    ADVERB,
    AUXILIARY,
    BE,
    CLOSE,
    COLON,
    COMMA,
    CONJUNCTION,
    CUE,
    DASH,
    DETERMINER,
    GERUND,
    NAME,
    OBJECT,
    OPEN,
    OTHER,
    PREPOSITION,
    PRONOUN,
    QUESTION,
    QUOTE,
    RELATIVE,
    STOP,
    THAT,
    TIME,
    WORD,
    Tokens,
)

Span = tuple[int, int]

_BEFORE_VERB = ADVERB + AUXILIARY + BE
_PHRASE = NAME + WORD + DETERMINER + OTHER
_JOINS = frozenset(("of", "for", "in", "at", "from", "to", "with", "on"))
_PHRASE_LIMIT = 30


def subject_before(tokens: Tokens, verb: int, low: int) -> Span | None:
    """The subject that stands before the verb, not further left than `low`."""
    classes = tokens.classes
    at = _skip_verb_parts(tokens, verb, low)
    if at < low:
        return None
    letter = classes[at]
    if letter in PRONOUN + RELATIVE:
        return at, at + 1
    if letter == OTHER and at > low and classes[at - 1] in _PHRASE:
        return phrase_before(tokens, at, low)
    if letter in _PHRASE:
        return phrase_before(tokens, at, low)
    if letter == CONJUNCTION:
        return clause_subject(tokens, low, at)
    if letter in COMMA + CLOSE + DASH:
        return clause_subject(tokens, low, at)
    return None


def _skip_verb_parts(tokens: Tokens, verb: int, low: int) -> int:
    """Left over adverbs and helping verbs, and over "went on to", "continued to"."""
    at = verb - 1
    while at >= low:
        word = tokens.words[at]
        if tokens.classes[at] in _BEFORE_VERB:
            at -= 1
        elif word == "to" and at - 1 >= low:
            at -= 1
            while at >= low and tokens.classes[at] in _BEFORE_VERB + PREPOSITION + CUE:
                at -= 1
            if at > low and tokens.classes[at] == WORD:
                at -= 1
        else:
            break
    return at


def phrase_before(tokens: Tokens, last: int, low: int) -> Span | None:
    """The noun phrase that ends at `last`."""
    classes, words = tokens.classes, tokens.words
    at = last
    stop = max(low, last - _PHRASE_LIMIT)
    while at > stop:
        letter = classes[at - 1]
        if letter in NAME + WORD + OTHER:
            at -= 1
        elif letter == DETERMINER:
            at -= 1
            if at - 1 < stop or not _joins(tokens, at - 1, stop):
                break
        elif _joins(tokens, at - 1, stop) or (
            words[at - 1] in ("and", "&")
            and classes[at - 2 : at - 1] in ("N", "w")
            and classes[at] in NAME
            and at - 1 > stop
        ):
            at -= 1
        else:
            break
    while at < last and classes[at] in OTHER + PREPOSITION + CONJUNCTION:
        at += 1
    return at, last + 1


def _joins(tokens: Tokens, at: int, low: int) -> bool:
    """A preposition inside a noun phrase: a noun or name stands before it."""
    return at > low and tokens.words[at] in _JOINS and tokens.classes[at - 1] in NAME + WORD + OTHER


def phrase_after(tokens: Tokens, first: int, high: int) -> Span | None:
    """The noun phrase that begins at `first`."""
    classes, words = tokens.classes, tokens.words
    at = first
    while at < high and classes[at] == ADVERB:
        at += 1
    if at >= high:
        return None
    first = at
    if classes[at] in PRONOUN:
        return at, at + 1
    if classes[at] not in _PHRASE:
        return None
    high = min(high, first + _PHRASE_LIMIT)
    while at < high:
        letter = classes[at]
        if letter in _PHRASE:
            at += 1
        elif words[at] in ("of", "for", "at") and at + 1 < high and classes[at + 1] in _PHRASE:
            at += 1
        elif (
            words[at] in ("and", "&")
            and at + 1 < high
            and classes[at + 1] == NAME
            and classes[at - 1] == NAME
        ):
            at += 1
        else:
            break
    return (first, at) if at > first else None


def clause_subject(tokens: Tokens, low: int, high: int) -> Span | None:
    """The first noun phrase of the clause between `low` and `high` that no preposition governs.

    Leading adverbials ("On Tuesday,", "Speaking in Geneva,") are passed over.
    """
    classes = tokens.classes
    at = low
    while at < high:
        letter = classes[at]
        if letter == PRONOUN:
            return at, at + 1
        if letter in (PREPOSITION, GERUND) or (letter == CONJUNCTION and at == low):
            at = _skip_adverbial(tokens, at, high)
        elif letter == WORD and tokens.words[at].endswith(("ing", "ed")):
            at = _skip_adverbial(tokens, at, high)
        elif letter in _PHRASE:
            return phrase_after(tokens, at, high)
        else:
            at += 1
    return None


def _skip_adverbial(tokens: Tokens, at: int, high: int) -> int:
    """Past the comma that ends an opening phrase; one step where there is none."""
    comma = tokens.classes.find(COMMA, at, high)
    return comma + 1 if comma >= 0 else at + 1


def sentences(tokens: Tokens, ends_sentence: tuple[bool, ...]) -> list[Span]:
    """Sentences as token ranges. `ends_sentence` says it of each quote, in order."""
    spans: list[Span] = []
    start, quote_number = 0, 0
    count = len(tokens.words)
    for at, letter in enumerate(tokens.classes):
        ends = False
        if letter == STOP:
            ends = (
                at + 1 >= count
                or tokens.words[at + 1][0].isupper()
                or (tokens.classes[at + 1] == QUOTE)
                or tokens.words[at] != "."
            )
        elif letter == QUOTE:
            ends = ends_sentence[quote_number] and _is_new_sentence(tokens, at + 1)
            quote_number += 1
        if ends and at + 1 > start:
            spans.append((start, at + 1))
            start = at + 1
    if start < count:
        spans.append((start, count))
    return spans


def _is_new_sentence(tokens: Tokens, at: int) -> bool:
    if at >= len(tokens.words):
        return True
    letter = tokens.classes[at]
    if letter == QUOTE:
        return True
    if letter in STOP + COMMA + COLON + OPEN + DASH + CUE:
        return False
    return tokens.words[at][0].isupper()


__all__ = [
    "OBJECT",
    "QUESTION",
    "THAT",
    "TIME",
    "clause_subject",
    "phrase_after",
    "phrase_before",
    "sentences",
    "subject_before",
]
