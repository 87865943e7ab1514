"""From a quotation to the words that name its speaker, by named rules over one paragraph.

Each rule sees one quotation in its sentence and answers with a link or None; the first answers.
Who "he" is, is for `coreference`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from tasks.extractors.clauses import (
    Span,
    clause_subject,
    phrase_after,
    sentences,
    subject_before,
)
from tasks.extractors.tokens import (
    ADVERB,
    BE,
    COLON,
    COMMA,
    CONJUNCTION,
    CUE,
    DASH,
    DETERMINER,
    GERUND,
    NAME,
    OTHER,
    PREPOSITION,
    PRONOUN,
    QUOTE,
    STOP,
    THAT,
    TIME,
    WORD,
    Tokens,
    cues,
)

_FAR = 25
_SPOKEN_END = re.compile(r"[,?!…—–-]\W*$")


@dataclass(frozen=True, slots=True)
class Link:
    """Tokens of the mention and of the cue."""

    mention: Span
    cue: int | None
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Scene:
    """One quotation where it stands: its token, its sentence, and how the passage ends."""

    tokens: Tokens
    at: int
    low: int
    high: int
    text: str


Rule = Callable[[Scene], Link | None]


def cue_then_name(scene: Scene) -> Link | None:
    """ "…," said Tom Casey."""
    tokens, at = scene.tokens, scene.at + 1
    while at < scene.high and tokens.classes[at] in COMMA + ADVERB + DASH:
        at += 1
    if at >= scene.high or tokens.classes[at] != CUE:
        return None
    if cues()[tokens.words[at]].kind not in ("say", "think"):
        return None
    mention = phrase_after(tokens, at + 1, scene.high)
    if mention is None or not _may_speak(tokens, mention):
        return None
    return Link(mention, at, "cue_then_name", 0.97)


def name_then_cue(scene: Scene) -> Link | None:
    """ "…," Casey said; "…," Casey, who had come from Geneva, told reporters."""
    tokens = scene.tokens
    follows = tokens.classes[scene.at + 1 : scene.at + 2]
    if not (_SPOKEN_END.search(scene.text) or follows == COMMA):
        return None
    first = scene.at + 1
    while first < scene.high and tokens.classes[first] in COMMA + ADVERB + DASH + CONJUNCTION:
        first += 1
    cue = _next_cue(tokens, first, min(scene.high, first + _FAR))
    if cue is None or _is_passive(tokens, cue, first):
        return None
    mention = subject_before(tokens, cue, first)
    if mention is None or mention[0] > first + 1:
        mention = clause_subject(tokens, first, cue)
    if mention is None or mention[0] > first + 1 or not _may_speak(tokens, mention):
        return None
    return Link(mention, cue, "name_then_cue", 0.97)


def cue_before(scene: Scene) -> Link | None:
    """Casey said that the plan was "…"."""
    tokens = scene.tokens
    cue = scene.at
    while (found := _last_cue(tokens, scene.low, cue)) is not None:
        cue = found
        low = _clause_low(tokens, scene.low, cue)
        if _is_passive(tokens, cue, low):
            continue
        mention = _subject_of(tokens, cue, low, scene.low)
        if mention is not None and _may_speak(tokens, mention):
            return Link(mention, cue, "cue_before", 0.9)
    return None


def cue_at_end(scene: Scene) -> Link | None:
    """The plan is "…" and will not help, Casey said."""
    tokens = scene.tokens
    cue = _next_cue(tokens, scene.at + 1, scene.high)
    while cue is not None:
        kind = cues()[tokens.words[cue]].kind
        comma = tokens.classes.rfind(COMMA, scene.at, cue)
        quote = tokens.classes.rfind(QUOTE, scene.at + 1, cue)
        first = max(comma, quote) + 1
        if kind in ("say", "tell") and first > 0:
            after = tokens.classes[cue + 1 : cue + 2]
            if tokens.classes[first : first + 1] == CUE and first == cue:
                mention = phrase_after(tokens, cue + 1, scene.high)
            elif after in ("", STOP, COMMA, PREPOSITION, TIME, QUOTE, ADVERB, NAME):
                mention = subject_before(tokens, cue, first)
            else:
                mention = None
            if (
                mention is not None
                and mention[0] <= max(first, cue + 1)
                and _may_speak(tokens, mention)
            ):
                return Link(mention, cue, "cue_at_end", 0.85)
        cue = _next_cue(tokens, cue + 1, scene.high)
    return None


def according_to(scene: Scene) -> Link | None:
    """According to the ministry, the plan is "…"."""
    tokens = scene.tokens
    words = tokens.words
    for at in range(scene.low, scene.high - 2):
        if words[at] in ("according", "According") and words[at + 1] == "to":
            mention = phrase_after(tokens, at + 2, scene.high)
            if mention is not None:
                return Link(mention, at, "according_to", 0.9)
    return None


RULES: tuple[tuple[str, Rule], ...] = (
    ("cue_then_name", cue_then_name),
    ("name_then_cue", name_then_cue),
    ("cue_before", cue_before),
    ("according_to", according_to),
    ("cue_at_end", cue_at_end),
)


def link_in_sentence(scene: Scene) -> Link | None:
    for _, rule in RULES:
        if link := rule(scene):
            return link
    return None


def _may_speak(tokens: Tokens, mention: Span) -> bool:
    return any(letter in NAME + PRONOUN + WORD + "R" for letter in tokens.classes[slice(*mention)])


def _next_cue(tokens: Tokens, first: int, high: int) -> int | None:
    found = tokens.classes.find(CUE, first, high)
    return found if found >= 0 else None


def _last_cue(tokens: Tokens, low: int, before: int) -> int | None:
    found = max(tokens.classes.rfind(CUE, low, before), tokens.classes.rfind(GERUND, low, before))
    return found if found >= 0 else None


def _is_passive(tokens: Tokens, cue: int, low: int) -> bool:
    """The plan was called "…": who called it is not the plan."""
    at = cue - 1
    while at >= low and tokens.classes[at] == ADVERB:
        at -= 1
    return (
        at >= low
        and tokens.classes[at] == BE
        and tokens.words[cue].endswith(("ed", "told", "written", "quoted"))
    )


def _clause_low(tokens: Tokens, low: int, cue: int) -> int:
    """A clause begins after the last quotation, colon or conjunction before the cue."""
    start = low
    for at in range(low, cue):
        if tokens.classes[at] in QUOTE + COLON + THAT:
            start = at + 1
    return start


def _subject_of(tokens: Tokens, cue: int, low: int, sentence_low: int) -> Span | None:
    if tokens.classes[cue] == GERUND:
        return clause_subject(tokens, sentence_low, cue)
    mention = subject_before(tokens, cue, low)
    if mention is None and low > sentence_low:
        mention = clause_subject(tokens, sentence_low, cue)
    return mention


__all__ = ["DETERMINER", "OTHER", "RULES", "WORD", "Link", "Scene", "link_in_sentence", "sentences"]
