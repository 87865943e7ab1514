"""One quotation where it stands, and the link that a rule finds for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from schemas.records import Quote
from tasks.extractors.phrases import Span
from tasks.extractors.speech_acts import Act
from tasks.extractors.tokens import Tokens


class Link(NamedTuple):
    """Tokens of the mention and of the cue."""

    mention: Span
    cue: int | None
    rule: str
    confidence: float
    antecedent: Span | None = None


class Scene(NamedTuple):
    """One quotation where it stands: its token, its sentence, the acts of speech in it."""

    tokens: Tokens
    at: int
    low: int
    high: int
    quote: Quote
    acts: list[Act]
    inner_end: str


def link(act: Act, rule: str, confidence: float) -> Link:
    return Link(act.subject, act.at, rule, confidence, act.antecedent)


def is_capital(words: str) -> bool:
    return words.lstrip("\"“”‘'«„ ")[:1].isupper()


Rule = Callable[[Scene], Link | None]
