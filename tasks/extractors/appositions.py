"""Subjects before what stands between commas: "Maria Okello, deputy spokeswoman of the …, said"."""

from __future__ import annotations

from tasks.extractors.cues import (
    AUXILIARY,
    BE,
    CLOSE,
    COMMA,
    CUE,
    DASH,
    DETERMINER,
    GERUND,
    NAME,
    OPEN,
    POINT,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    VERB,
    WORD,
)
from tasks.extractors.name_words import place_openers
from tasks.extractors.openings import clause_subject
from tasks.extractors.phrases import Span, phrase_before
from tasks.extractors.tokens import Tokens

_VERBS = BE + AUXILIARY + VERB + CUE + GERUND
_SHORT_NAME, _LONGEST_NAME = 2, 7


def subject_over_apposition(tokens: Tokens, at: int, low: int) -> Span | None:
    """ "Maria Okello, spokeswoman of the department, said": back over what stands between."""
    classes = tokens.classes
    nearest: Span | None = None
    while at > low:
        mark = _opening_mark(classes, at, low)
        if mark <= low:
            break
        before = mark - 1
        if classes[before] == CLOSE:
            at = before
            continue
        if classes[before] not in NAME + WORD + POINT + PRONOUN:
            break
        phrase = phrase_before(tokens, before, low)
        if phrase is None:
            break
        first = phrase[0]
        if first > low and classes[first - 1] in _VERBS and RELATIVE in classes[low:first]:
            # "A pollster who is working with the party, …, said": back to before "who".
            at = classes.rfind(RELATIVE, low, first)
            continue
        if first > low and classes[first - 1] == PREPOSITION:
            # "Okello, during a visit to Salem, Ohio, said": back to before the preposition.
            at = _mark_before(classes, first - 1, low)
            continue
        if classes[mark] == COMMA and names_it(tokens, phrase, mark + 1, at):
            # "Her adviser, Jan Brandt, said": the name is the better mention.
            return mark + 1, _without_origin(tokens, mark + 1, at)
        nearest = nearest or phrase
        if first > low and classes[first - 1] in COMMA + CLOSE and _goes_on(tokens, phrase, low):
            at = first - 1
            continue
        return phrase
    return clause_subject(tokens, low, at) or nearest


def _opening_mark(classes: str, at: int, low: int) -> int:
    """Where what ends at `at` began: its comma, dash or bracket, or the noun before "who"."""
    if classes[at] == RELATIVE:
        return at if classes[at - 1] not in COMMA + DASH else at - 1
    return classes.rfind(OPEN if classes[at] == CLOSE else classes[at], low, at)


def _mark_before(classes: str, at: int, low: int) -> int:
    while at > low and classes[at] not in COMMA + CLOSE:
        at -= 1
    return at


def names_it(tokens: Tokens, phrase: Span, first: int, end: int) -> bool:
    """ "Her adviser, | Jan Brandt, said": a name beside a noun that has none of its own."""
    end = _without_origin(tokens, first, end)
    if not 0 < end - first <= _LONGEST_NAME or tokens.words[first] in place_openers():
        return False
    if any(letter not in NAME + POINT for letter in tokens.classes[first:end]):
        return False
    if tokens.classes[phrase[1] - 1] == WORD:
        return True
    return end - first > 1 and WORD in tokens.classes[phrase[0] : phrase[1]]


def _without_origin(tokens: Tokens, first: int, end: int) -> int:
    """ "Jan Brandt of Denmark": the end of the name before it."""
    of = tokens.classes.find(PREPOSITION, first, end)
    if of - first < _SHORT_NAME or set(tokens.classes[of + 1 : end]) - {NAME, POINT, DETERMINER}:
        return end
    return of


def _goes_on(tokens: Tokens, phrase: Span, low: int) -> bool:
    """The phrase stands beside an earlier one: an apposition, or the second half of a place."""
    first, end = phrase
    if tokens.classes[first] != NAME:
        return True
    if end - first > 1 or first - 2 <= low:
        return False
    earlier = phrase_before(tokens, first - 2, low)
    if earlier is None:
        return False
    head = tokens.classes[earlier[0] : first - 1]
    return PREPOSITION in head or (
        earlier[0] - 1 > low and tokens.classes[earlier[0] - 1] == PREPOSITION
    )
