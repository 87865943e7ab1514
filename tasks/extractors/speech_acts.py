"""One act of speech: a verb with its subject, and how two of them stand to each other."""

from __future__ import annotations

from typing import NamedTuple

from tasks.extractors.cues import COLON, COMMA, CONJUNCTION, DASH, QUOTE, RELATIVE, Cue
from tasks.extractors.phrases import Span
from tasks.extractors.tokens import Tokens

_CLAUSE_WORDS = frozenset(("after", "before", "until", "since"))


class Act(NamedTuple):
    """`subject` is what stands there ("who"); `antecedent` whom a relative pronoun stands for."""

    at: int
    cue: Cue
    subject: Span
    antecedent: Span | None = None
    is_inverted: bool = False
    has_own_subject: bool = True


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
        # "The plan, Okello said, many believe to be …": the report stands in brackets.
        return True
    if between[-1:] in (COMMA, CONJUNCTION) or tokens.words[start - 1] in _CLAUSE_WORDS:
        return False
    return COMMA + CONJUNCTION not in between
