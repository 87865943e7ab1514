"""Acts of speech in one sentence: each verb of speech with its subject.

"Tom Casey said the plan would fail, adding that it was late" holds two acts of one subject.
"""

from __future__ import annotations

from dataclasses import dataclass

from tasks.extractors.clauses import (
    Span,
    clause_subject,
    phrase_after,
    phrase_before,
    subject_before,
)
from tasks.extractors.cues import (
    ADVERB,
    BE,
    COLON,
    COMMA,
    CONJUNCTION,
    CUE,
    DASH,
    GERUND,
    NAME,
    PREPOSITION,
    PRONOUN,
    QUOTE,
    RELATIVE,
    STOP,
    THAT,
    TIME,
    WORD,
    Cue,
)
from tasks.extractors.tokens import Tokens


_NOUNS = NAME + WORD + PRONOUN + RELATIVE + THAT
_STANDING_ALONE = frozenset(
    ("one", "some", "many", "several", "most", "both", "two", "three", "another", "others")
)
_CLAUSE_WORDS = frozenset(("after", "before", "until", "since"))


@dataclass(frozen=True, slots=True)
class Act:
    """`subject` is what stands there ("who"); `antecedent` whom a relative pronoun stands for."""

    at: int
    cue: Cue
    subject: Span
    antecedent: Span | None = None
    is_inverted: bool = False
    has_own_subject: bool = True


def find_acts(tokens: Tokens, low: int, high: int) -> list[Act]:
    acts: list[Act] = []
    for at, cue in tokens.cues.items():
        if not low <= at < high:
            continue
        act = _read_act(tokens, at, cue, (low, high), acts)
        if act is not None and _is_somebody(tokens, act.subject):
            acts.append(act)
    return acts


def _is_somebody(tokens: Tokens, subject: Span) -> bool:
    """ "Some said" names a subject, a bare "the" does not."""
    first, end = subject
    if any(letter in _NOUNS for letter in tokens.classes[first:end]):
        return True
    return tokens.words[end - 1].lower() in _STANDING_ALONE


def _read_act(tokens: Tokens, at: int, cue: Cue, sentence: Span, before: list[Act]) -> Act | None:
    low, high = sentence
    classes = tokens.classes
    quote = classes.rfind(QUOTE, low, at)
    start = quote + 1 if quote >= 0 else low
    if cue.form == "gerund" and not _is_progressive(tokens, at, start):
        return _shared(tokens, at, cue, sentence, before)
    if _is_naming(tokens, at, cue):
        return None
    if _is_passive(tokens, at, cue, start):
        return _by_agent(tokens, at, cue, high)
    if cue.kind == "say" and _stands_inverted(tokens, at, start, high):
        subject = phrase_after(tokens, at + 1, high)
        if subject is not None:
            return Act(at, cue, subject, is_inverted=True)
    subject = subject_before(tokens, at, start)
    if subject is None:
        return _shared(tokens, at, cue, sentence, before)
    if classes[subject[0]] in RELATIVE + THAT:
        word = tokens.words[subject[0]].lower()
        word = "who" if word.startswith("who") or word == "that" else word
        if word != "who" and (word != "which" or cue.kind == "think"):
            return None
        return Act(at, cue, subject, _antecedent(tokens, subject[0], low))
    return Act(at, cue, subject)


def _is_progressive(tokens: Tokens, at: int, low: int) -> bool:
    """He is predicting, he's predicting: the subject is his own."""
    before = at - 1
    while before >= low and tokens.classes[before] == ADVERB:
        before -= 1
    if before < low:
        return False
    return tokens.classes[before] == BE or (
        tokens.classes[before] == PRONOUN and not tokens.words[before].isalpha()
    )


def _by_agent(tokens: Tokens, at: int, cue: Cue, high: int) -> Act | None:
    """ "He was asked by the host": the agent speaks."""
    if at + 2 >= high or tokens.words[at + 1] != "by":
        return None
    agent = phrase_after(tokens, at + 2, high)
    return None if agent is None else Act(at, cue, agent)


def _shared(tokens: Tokens, at: int, cue: Cue, sentence: Span, before: list[Act]) -> Act | None:
    """A participle or second verb shares the subject of the act before it, or of its clause."""
    low, high = sentence
    phrase = _absolute(tokens, at, low)
    if phrase is not None:
        return Act(at, cue, phrase)
    if not before and at - 1 == low and tokens.classes[low] == PREPOSITION:
        comma = tokens.classes.find(COMMA, at)
        subject = clause_subject(tokens, comma + 1, high) if 0 < comma < high else None
        return None if subject is None else Act(at, cue, subject, has_own_subject=False)
    if before:
        last = _shared_with(tokens, at, before)
        if last is None:
            subject = clause_subject(tokens, low, at)
            return None if subject is None else Act(at, cue, subject, has_own_subject=False)
        return Act(at, cue, last.subject, last.antecedent, has_own_subject=False)
    subject = clause_subject(tokens, low, at)
    return None if subject is None else Act(at, cue, subject, has_own_subject=False)


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
    """ "… with many marchers chanting", "footage of Casey saying": the noun before it speaks."""
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


def _is_passive(tokens: Tokens, at: int, cue: Cue, low: int) -> bool:
    """The plan was called "…": who called it is not the plan."""
    if cue.form != "past":
        return False
    before = at - 1
    while before >= low and tokens.classes[before] == ADVERB:
        before -= 1
    if before < low:
        return False
    return tokens.classes[before] == BE or tokens.words[before] in ("when", "as", "been", "being")


def _is_naming(tokens: Tokens, at: int, cue: Cue) -> bool:
    """A play called "…": the participle gives a name, nobody speaks."""
    if cue.kind != "call" or cue.form != "past" or not at:
        return False
    after = at + 1
    if tokens.words[after : after + 1] == ["the"]:
        after += 1
    return tokens.classes[after : after + 1] == QUOTE and tokens.classes[at - 1] in WORD + COMMA


def _stands_inverted(tokens: Tokens, at: int, low: int, high: int) -> bool:
    """ "…," said Tom Casey: the verb follows a quotation, a comma or opens the sentence."""
    if at + 1 >= high or tokens.classes[at + 1] not in "NDwP":
        return False
    if at > low and tokens.classes[at - 1] not in COMMA + DASH:
        return False
    after = phrase_after(tokens, at + 1, high)
    if after is None:
        return False
    ends = tokens.classes[after[1] : after[1] + 1]
    if at == low and low and tokens.classes[low - 1] == QUOTE:
        return ends not in ("V", "B", "X") or tokens.classes[at + 1] != PRONOUN
    if ends == CONJUNCTION and tokens.classes[at + 1] != NAME:
        return False
    if ends not in ("", STOP, COMMA, QUOTE, COLON, RELATIVE, DASH, PREPOSITION, TIME, CONJUNCTION):
        return False
    return at == low or not _follows_apposition(tokens, at - 1, low)


def _follows_apposition(tokens: Tokens, comma: int, low: int) -> bool:
    """ "Tom Casey, a spokesman, said": two commas and a name before them, no verb between."""
    opening = tokens.classes.rfind(COMMA, low, comma)
    if opening <= low:
        return False
    return tokens.classes[opening - 1] in "Nw)" and CUE not in tokens.classes[low:comma]


def _antecedent(tokens: Tokens, relative: int, low: int) -> Span | None:
    at = relative - 1
    while at > low and tokens.classes[at] in COMMA + DASH:
        at -= 1
    if at < low or tokens.classes[at] not in "Nw~":
        return None
    return phrase_before(tokens, at, low)


def is_inside(tokens: Tokens, outer: Act, inner: Act) -> bool:
    """The inner clause is what the outer verb reports, not a second clause beside it."""
    if not inner.has_own_subject:
        return False
    start = inner.subject[0]
    between = tokens.classes[outer.at + 1 : start]
    if outer.subject[0] >= start:
        return False
    if QUOTE in between or COLON in between or RELATIVE in between or DASH in between:
        return False
    if between == COMMA and tokens.classes[outer.subject[0] - 1 : outer.subject[0]] in ("", COMMA):
        # "The plan, Casey said, many believe to be …": the report stands in brackets.
        return True
    if between[-1:] in (COMMA, CONJUNCTION) or tokens.words[start - 1] in _CLAUSE_WORDS:
        return False
    return COMMA + CONJUNCTION not in between


__all__ = ["GERUND", "NAME", "PRONOUN", "THAT", "Act", "find_acts"]
