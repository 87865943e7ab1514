"""From a quotation to the words that name its speaker, by named rules over one sentence.

Each rule sees one quotation in its sentence and answers with a link or None; the first answers.
Who "he" is, is for `coreference`; what stands in other sentences, for `chains`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from schemas.records import Quote
from tasks.extractors.acts import Act
from tasks.extractors.clauses import Span, phrase_after, phrase_before
from tasks.extractors.cues import (
    ADVERB,
    COLON,
    COMMA,
    CONJUNCTION,
    DASH,
    NAME,
    PREPOSITION,
    PRONOUN,
    QUOTE,
    RELATIVE,
    STOP,
    THAT,
    TIME,
    WORD,
)
from tasks.extractors.tokens import Tokens

_TITLE_PLACES = frozenset(("on", "in", "of", "at", "for", "from", "the", "with", "and", "to"))


@dataclass(frozen=True, slots=True)
class Link:
    """Tokens of the mention and of the cue."""

    mention: Span
    cue: int | None
    rule: str
    confidence: float
    antecedent: Span | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """One quotation where it stands: its token, its sentence, the acts of speech in it."""

    tokens: Tokens
    at: int
    low: int
    high: int
    quote: Quote
    acts: list[Act]
    inner_end: str


Rule = Callable[[Scene], Link | None]


def cue_beside(scene: Scene) -> Link | None:
    """ "…," said Tom Casey; "…," Casey, who had come from Geneva, told reporters."""
    tokens = scene.tokens
    classes = tokens.classes
    first = scene.at + 1
    while first < scene.high and classes[first] in COMMA + ADVERB + DASH:
        first += 1
    if first >= scene.high:
        return None
    is_parted = scene.inner_end in ",?!…—–-" or classes[scene.at + 1] in COMMA + DASH
    for act in scene.acts:
        if act.at < first or QUOTE in classes[first : act.at]:
            continue
        if act.at == first and act.is_inverted:
            return _link(act, "cue_then_name", 0.97)
        if not is_parted or act.is_inverted or not act.has_own_subject:
            return None
        if act.subject[0] == first and classes[first] != RELATIVE:
            return _link(act, "name_then_cue", 0.97)
        if act.subject[0] == first + 1 and classes[first] == CONJUNCTION:
            return _link(act, "name_then_cue", 0.9)
        return None
    return None


def cue_before(scene: Scene) -> Link | None:
    """Casey said that the plan was "…"."""
    acts = [act for act in scene.acts if act.at < scene.at and _reaches(scene, act)]
    if not acts:
        return None
    act = _outermost(scene, acts)
    return _link(act, "cue_before", 0.92 if act.cue.kind in ("say", "tell") else 0.8)


def _reaches(scene: Scene, act: Act) -> bool:
    if act.cue.kind != "manner":
        return True
    between = scene.tokens.classes[act.at + 1 : scene.at]
    return between in ("", COLON, COMMA)


def _outermost(scene: Scene, acts: list[Act]) -> Act:
    """Casey said he thought it was "…": the words are Casey's, by the verb that reports them."""
    last = acts[-1]
    for act in reversed(acts[:-1]):
        if act.cue.kind not in ("say", "tell"):
            continue
        if _is_inside(scene.tokens, act, last):
            last = act
    return last


def _is_inside(tokens: Tokens, outer: Act, inner: Act) -> bool:
    """The inner clause is what the outer verb reports, not a second clause beside it."""
    if not inner.has_own_subject:
        return False
    start = inner.subject[0]
    between = tokens.classes[outer.at + 1 : start]
    if QUOTE in between or COLON in between:
        return False
    if outer.subject[0] >= start:
        return False
    return not (CONJUNCTION in between and COMMA in between) and COMMA not in between[-1:]


def cue_at_end(scene: Scene) -> Link | None:
    """The plan is "…" and will not help, Casey said."""
    tokens = scene.tokens
    for act in scene.acts:
        if act.at < scene.at or act.cue.kind not in ("say", "tell"):
            continue
        first = act.at if act.is_inverted else act.subject[0]
        if first <= scene.at or not act.has_own_subject:
            continue
        if tokens.classes[first - 1] not in COMMA + QUOTE + DASH:
            continue
        after = tokens.classes[act.at + 1 : act.at + 2]
        if act.is_inverted or after in ("", STOP, COMMA, PREPOSITION, TIME, QUOTE, ADVERB, NAME):
            return _link(act, "cue_at_end", 0.85)
    return None


def according_to(scene: Scene) -> Link | None:
    """According to the ministry, the plan is "…"."""
    tokens = scene.tokens
    words = tokens.words
    for at in range(scene.low, scene.high - 2):
        if words[at] in ("according", "According") and words[at + 1] == "to":
            if QUOTE in tokens.classes[at:scene.at]:
                continue
            mention = phrase_after(tokens, at + 2, scene.high)
            if mention is not None and _may_speak(tokens, mention):
                return Link(mention, at, "according_to", 0.92)
    return None


def name_and_colon(scene: Scene) -> Link | None:
    """Casey: "…" """
    tokens, at = scene.tokens, scene.at - 1
    if at <= scene.low or tokens.words[at] != ":":
        return None
    mention = phrase_before(tokens, at - 1, scene.low)
    if mention is None or tokens.classes[mention[0]] not in NAME + PRONOUN:
        return None
    return Link(mention, at, "name_and_colon", 0.75)


def dash_and_name(scene: Scene) -> Link | None:
    """ "…" — Tom Casey, deputy spokesman."""
    tokens, at = scene.tokens, scene.at + 1
    if at + 1 >= scene.high or tokens.classes[at] != DASH or tokens.classes[at + 1] != NAME:
        return None
    mention = phrase_after(tokens, at + 1, scene.high)
    if mention is None or tokens.classes[mention[1] : mention[1] + 1] not in ("", COMMA, STOP, "("):
        return None
    return Link(mention, None, "dash_and_name", 0.85)


RULES: tuple[Rule, ...] = (
    cue_beside,
    cue_before,
    according_to,
    cue_at_end,
    dash_and_name,
    name_and_colon,
)


def link_in_sentence(scene: Scene) -> Link | None:
    for rule in RULES:
        if link := rule(scene):
            return link
    return None


def _link(act: Act, rule: str, confidence: float) -> Link:
    return Link(act.subject, act.at, rule, confidence, act.antecedent)


def _may_speak(tokens: Tokens, mention: Span) -> bool:
    return any(letter in NAME + PRONOUN + WORD for letter in tokens.classes[slice(*mention)])


def is_name_of_thing(scene: Scene) -> bool:
    """A title or term that nobody speaks: "Meet the Press" after "on", a mark in a tag."""
    return scene.quote.kind == "term" and (
        scene.tokens.words[scene.at - 1] == "=" if scene.at else False
    )


__all__ = ["RULES", "THAT", "Link", "Scene", "is_name_of_thing", "link_in_sentence"]
