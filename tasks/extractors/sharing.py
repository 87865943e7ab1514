"""Acts of speech without a subject of their own: participles, second verbs, passives.

"Okello said the plan would fail, adding that it was late": adding shares the subject of said.
"""

from __future__ import annotations

from tasks.extractors.clauses import subject_before
from tasks.extractors.cues import ADVERB, BE, COMMA, NAME, PREPOSITION, PRONOUN, RELATIVE, Cue
from tasks.extractors.openings import clause_subject
from tasks.extractors.phrases import Span, phrase_after, phrase_before
from tasks.extractors.speech_acts import Act, is_inside
from tasks.extractors.tokens import Tokens

_QUOTED = frozenset(("quoted", "quotes", "cited", "cites", "quoting", "citing"))
_QUOTED_REACH = 10


def is_progressive(tokens: Tokens, at: int, low: int) -> bool:
    """He is predicting, he's predicting: the subject is his own."""
    before = at - 1
    while before >= low and tokens.classes[before] == ADVERB:
        before -= 1
    if before < low:
        return False
    return tokens.classes[before] == BE or (
        tokens.classes[before] == PRONOUN and not tokens.words[before].isalpha()
    )


def by_agent(tokens: Tokens, at: int, cue: Cue, high: int) -> Act | None:
    """ "He was asked by the host": the agent speaks."""
    if at + 2 >= high or tokens.words[at + 1] != "by":
        return None
    agent = phrase_after(tokens, at + 2, high)
    return None if agent is None else Act(at, cue, agent)


def shared(tokens: Tokens, at: int, cue: Cue, sentence: Span, before: list[Act]) -> Act | None:
    """A participle or second verb shares the subject of the act before it, or of its clause."""
    low, _ = sentence
    phrase = _absolute(tokens, at, low) or _quoted_as(tokens, at, low)
    if phrase is not None:
        return Act(at, cue, phrase)
    last = _shared_with(tokens, at, before) if before else None
    if last is not None:
        return Act(at, cue, last.subject, last.antecedent, has_own_subject=False)
    subject = _clause_subject(tokens, at, sentence, is_first=not before)
    return None if subject is None else Act(at, cue, subject, has_own_subject=False)


def _clause_subject(tokens: Tokens, at: int, sentence: Span, *, is_first: bool) -> Span | None:
    """ "After saying so, Okello left": an opening participle has its subject behind the comma."""
    low, high = sentence
    if is_first and at - 1 == low and tokens.classes[low] == PREPOSITION:
        comma = tokens.classes.find(COMMA, at, high)
        return clause_subject(tokens, comma + 1, high) if comma > 0 else None
    return clause_subject(tokens, low, at)


def _quoted_as(tokens: Tokens, at: int, low: int) -> Span | None:
    """ "The agency quoted Okello as saying", "Okello was quoted as saying": Okello says it."""
    if at - 2 <= low or tokens.words[at - 1] != "as":
        return None
    for verb in range(at - 2, max(low, at - _QUOTED_REACH), -1):
        if tokens.words[verb] in _QUOTED:
            is_passive = verb == at - 2 or tokens.words[verb + 1] == "by"
            return subject_before(tokens, verb, low) if is_passive else (verb + 1, at - 1)
    return None


def _shared_with(tokens: Tokens, at: int, before: list[Act]) -> Act | None:
    """The act whose subject goes on; None where only a closed relative clause stands before."""
    last = before[-1]
    if tokens.classes[last.subject[0]] == RELATIVE and COMMA in tokens.classes[last.at : at]:
        plain = [act for act in before if tokens.classes[act.subject[0]] != RELATIVE]
        return plain[-1] if plain else None
    if tokens.classes[at - 1] == COMMA:
        for act in reversed(before[:-1]):
            if act.cue.kind in ("say", "tell") and is_inside(tokens, act, last):
                last = act
    return last


def _absolute(tokens: Tokens, at: int, low: int) -> Span | None:
    """ "… with many marchers chanting", "footage of Okello saying": the noun before it speaks."""
    while at - 1 > low and tokens.classes[at - 1] == ADVERB:
        at -= 1
    if at <= low or tokens.classes[at - 1] not in "Nw":
        return None
    if tokens.classes[at - 1] == NAME:
        first = at - 1
        while first > low and tokens.classes[first - 1] in "N~":
            first -= 1
        return first, at
    phrase = phrase_before(tokens, at - 1, low)
    if phrase is None or phrase[0] <= low or tokens.words[phrase[0] - 1] != "with":
        return None
    return phrase
