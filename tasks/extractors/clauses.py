"""Subjects of verbs of speech: from the cue back or forward to the words that name who speaks.

Works on word classes (see `cues`); knows nothing of people.
"""

from __future__ import annotations

from tasks.extractors.appositions import subject_over_apposition
from tasks.extractors.cues import (
    ADVERB,
    AUXILIARY,
    BE,
    CLOSE,
    COMMA,
    CUE,
    DASH,
    DETERMINER,
    GERUND,
    NAME,
    OBJECT,
    POINT,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    THAT,
    TIME,
    VERB,
    WORD,
)
from tasks.extractors.phrases import PHRASE, Span, phrase_before
from tasks.extractors.tokens import Tokens

_BEFORE_VERB = ADVERB + AUXILIARY + BE
_CLAUSE_PREPOSITIONS = frozenset(("before", "after", "until", "till", "than", "like", "as"))


def subject_before(tokens: Tokens, verb: int, low: int) -> Span | None:
    """The subject that stands before the verb, not further left than `low`."""
    classes = tokens.classes
    at = _skip_verb_parts(tokens, verb, low)
    if at < low:
        return None
    letter = classes[at]
    if letter in PRONOUN + RELATIVE:
        return at, at + 1
    if letter == THAT and at > low and classes[at - 1] in NAME + WORD:
        # "A message that said": a relative pronoun.
        return at, at + 1
    if letter in COMMA + CLOSE + DASH:
        return subject_over_apposition(tokens, at, low)
    phrase = phrase_before(tokens, at, low) if letter in PHRASE else _one_of_them(tokens, at)
    if phrase is None or _is_object(tokens, phrase, low):
        return _antecedent_subject(tokens, verb, low) or _over_participle(tokens, phrase, low)
    return phrase


def _one_of_them(tokens: Tokens, at: int) -> Span | None:
    """ "One of them said", "each of us"."""
    is_part = tokens.classes[max(at - 2, 0) : at + 1] == DETERMINER + PREPOSITION + OBJECT
    return (at - 2, at + 1) if is_part and tokens.words[at - 1] == "of" else None


def _is_object(tokens: Tokens, phrase: Span, low: int) -> bool:
    """A verb or preposition before it governs the phrase: it is no subject."""
    before = phrase[0] - 1
    if before <= low:
        return False
    letter = tokens.classes[before]
    if letter == PREPOSITION:
        return tokens.words[before].lower() not in _CLAUSE_PREPOSITIONS
    return letter in VERB + GERUND and RELATIVE in tokens.classes[low:before]


def _antecedent_subject(tokens: Tokens, verb: int, low: int) -> Span | None:
    """ "One official who spoke to reporters said": the one before "who"."""
    relative = tokens.classes.rfind(RELATIVE, low, verb)
    if relative <= low or relative == verb - 1 or COMMA in tokens.classes[relative:verb]:
        return None
    if tokens.classes[relative - 1] not in NAME + WORD + POINT:
        return None
    return phrase_before(tokens, relative - 1, low)


def _over_participle(tokens: Tokens, phrase: Span | None, low: int) -> Span | None:
    """ "A letter obtained by the paper warns", "Okello in a statement said"."""
    if phrase is None:
        return None
    at = phrase[0] - 2
    while at > low and tokens.classes[at] == ADVERB:
        at -= 1
    if at <= low:
        return None
    if tokens.classes[at] == GERUND or (
        tokens.classes[at] in VERB + WORD and tokens.words[at].endswith(("ed", "ing"))
    ):
        at -= 1
    if tokens.classes[at] not in PHRASE + PRONOUN:
        return None
    if tokens.classes[at] == PRONOUN:
        return at, at + 1
    outer = phrase_before(tokens, at, low)
    if outer is None or not _is_object(tokens, outer, low):
        return outer
    return _over_participle(tokens, outer, low)


def _skip_verb_parts(tokens: Tokens, verb: int, low: int) -> int:
    """Left over adverbs and helping verbs, and over "went on to", "continued to"."""
    words, classes = tokens.words, tokens.classes
    at = verb - 1
    while at >= low:
        if classes[at] in _BEFORE_VERB:
            at -= 1
        elif classes[at] == TIME:
            at = _skip_time(tokens, at, low)
        elif words[at] == "to" and at - 1 >= low and classes[at - 1] in "VMA":
            at -= 1
            while at >= low and classes[at] in ADVERB + CUE + VERB + AUXILIARY:
                at -= 1
        else:
            break
    return at


def _skip_time(tokens: Tokens, at: int, low: int) -> int:
    """ "Okello on Tuesday said", "the report released last year found"."""
    at -= 1
    while at >= low and tokens.classes[at] in TIME + ADVERB + DETERMINER:
        at -= 1
    return at - 1 if at > low and tokens.classes[at] == PREPOSITION else at
