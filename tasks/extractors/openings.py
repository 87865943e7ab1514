"""The subject of a clause from its head, past "On Tuesday," and "Speaking in Geneva,"."""

from __future__ import annotations

from tasks.extractors.cues import (
    COMMA,
    CONJUNCTION,
    CUE,
    DETERMINER,
    GERUND,
    NAME,
    POINT,
    PREPOSITION,
    PRONOUN,
    TIME,
    VERB,
    WORD,
)
from tasks.extractors.phrases import Span, phrase_after
from tasks.extractors.tokens import Tokens

# How far "a few days later" is looked at.
_REACH = 4


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
        if _opens_adverbial(tokens, at, high):
            at = _skip_adverbial(tokens, at, high)
        elif letter in NAME + WORD + DETERMINER:
            phrase = phrase_after(tokens, at, high)
            if phrase is not None and letter == NAME:
                return _name_alone(tokens, phrase)
            return phrase
        else:
            at += 1
    return None


def _name_alone(tokens: Tokens, phrase: Span) -> Span:
    """A name that opens a clause ends where small letters begin: what follows is its verb."""
    first, end = phrase
    at = first
    last_name = first
    while at < end and tokens.classes[at] in NAME + POINT + PREPOSITION + CONJUNCTION + DETERMINER:
        if tokens.classes[at] == NAME:
            last_name = at
        at += 1
    is_owner = tokens.words[last_name].endswith(("'s", "’s", "s'", "s’"))
    if at < end and tokens.classes[at] == WORD and (is_owner or NAME in tokens.classes[at:end]):
        # "Trade Ministry spokeswoman Maria Okello": the small letters stand inside the name.
        return first, end
    return first, last_name + 1


def _opens_adverbial(tokens: Tokens, at: int, high: int) -> bool:
    """ "On Tuesday", "Speaking in Geneva", "A few days later"."""
    letter = tokens.classes[at]
    if letter in PREPOSITION + GERUND + VERB:
        return True
    if letter == WORD and tokens.words[at].endswith("ing"):
        return True
    return letter in DETERMINER + WORD and TIME in _before_name(tokens.classes, at, high)


def _before_name(classes: str, at: int, high: int) -> str:
    """ "A few days later": the classes up to the next name, comma or pronoun."""
    end = at
    while (
        end < high and end - at < _REACH and classes[end] not in NAME + COMMA + PRONOUN + VERB + CUE
    ):
        end += 1
    return classes[at:end]


def _skip_adverbial(tokens: Tokens, at: int, high: int) -> int:
    """Past the comma that ends an opening phrase; one step where there is none."""
    classes = tokens.classes
    comma = classes.find(COMMA, at, high)
    if comma < 0:
        return at + 1
    # "In Salem, Ore., Okello said": the state belongs to the phrase.
    if classes[comma + 1 : comma + 4] == NAME + POINT + COMMA:
        return comma + 4
    return comma + 1
