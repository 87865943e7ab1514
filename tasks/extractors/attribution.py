"""From a quotation to the words that name its speaker, by named rules over one sentence.

Each rule sees one quotation in its sentence and answers with a link or None; the first answers.
Who "he" is, is for `coreference`; what stands in other sentences, for `chains`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from schemas.records import Quote
from tasks.extractors.acts import Act, is_inside
from tasks.extractors.clauses import Span, phrase_after, phrase_before
from tasks.extractors.cues import (
    ADVERB,
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
    speech_nouns,
)
from tasks.extractors.tokens import Tokens

_NOUN_REACH = 10
_NAME_REACH = 4
# A verb such as "blamed" still governs a quotation this many words on.
_NEAR, _FAR = 20, 30
_POSSESSIVE_PRONOUNS = frozenset(("his", "her", "their", "its", "my", "our"))
_NAMING = frozenset(("as", "him", "her", "it", "them", "me", "us", "himself", "herself", "itself"))


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
        if classes[act.subject[0]] == RELATIVE:
            continue
        if act.cue.kind == "call" and scene.quote.kind != "direct":
            return None
        if not is_parted or act.is_inverted or not act.has_own_subject:
            return None
        if act.subject[0] == first and classes[first] != RELATIVE:
            return _link(act, "name_then_cue", 0.97)
        if act.subject[0] > first and _leads_to(tokens, first, act):
            return Link((first, act.subject[1]), act.at, "name_then_cue", 0.95)
        if act.subject[0] == first + 1 and tokens.words[first] == "as":
            return _link(act, "name_then_cue", 0.9)
        mention = _over_apposition(tokens, first, act)
        return mention and Link(mention, act.at, "name_then_cue", 0.95)
    return None


def _leads_to(tokens: Tokens, first: int, act: Act) -> bool:
    """ "…," retired general Lloyd Newton said: what stands before the subject belongs to it."""
    between = tokens.classes[first : act.subject[0]]
    return len(between) <= 6 and all(letter in "NwD~M" for letter in between)


def _over_apposition(tokens: Tokens, first: int, act: Act) -> Span | None:
    """ "…," Tom Casey, 50, of Salem, Ohio, said: from the name to the verb between commas."""
    if tokens.classes[first] not in "ND":
        return None
    mention = phrase_after(tokens, first, act.at)
    if mention is None or tokens.classes[mention[1]] not in ",(-":
        return None
    before = act.at - 1
    while tokens.classes[before] in "ABX":
        before -= 1
    return mention if before > mention[1] and tokens.classes[before] in ",)-" else None


def cue_before(scene: Scene) -> Link | None:
    """Casey said that the plan was "…"."""
    act = _governing(scene)
    if act is None or act.cue.kind not in ("say", "tell"):
        return None
    return _link(act, "cue_before", 0.92)


def weak_cue_before(scene: Scene) -> Link | None:
    """Casey called the plan "…"."""
    act = _governing(scene)
    if act is None or scene.at - act.at > (_FAR if scene.quote.kind == "direct" else _NEAR):
        return None
    return _link(act, "weak_cue_before", 0.8)


def _governing(scene: Scene) -> Act | None:
    acts = [act for act in scene.acts if act.at < scene.at and _reaches(scene, act)]
    acts = [act for act in acts if not _is_closed(scene, act)] or acts
    return _outermost(scene, acts) if acts else None


def _is_closed(scene: Scene, act: Act) -> bool:
    """The plan, which some called late, was "…": the clause of the act ended before."""
    classes = scene.tokens.classes
    relative = classes.rfind(RELATIVE, scene.low, act.at)
    if relative <= scene.low or classes[relative - 1] != COMMA or relative < act.subject[0] - 1:
        return False
    return COMMA in classes[act.at + 1 : scene.at - 1] and QUOTE not in classes[act.at : scene.at]


def _reaches(scene: Scene, act: Act) -> bool:
    between = scene.tokens.classes[act.at + 1 : scene.at]
    if act.cue.kind == "manner":
        return between in ("", COLON, COMMA) or THAT in between
    if act.is_inverted and not _is_capital(scene.quote.text):
        # "…," said the author of a book that is "…": what follows the name describes it.
        return between[-1:] in COMMA + COLON + THAT or COMMA not in between
    return True


def _outermost(scene: Scene, acts: list[Act]) -> Act:
    """Casey said he thought it was "…": the words are Casey's, by the verb that reports them."""
    last = acts[-1]
    for act in reversed(acts[:-1]):
        if act.cue.kind not in ("say", "tell"):
            continue
        if is_inside(scene.tokens, act, last):
            last = act
    return last


def cue_at_end(scene: Scene) -> Link | None:
    """The plan is "…" and will not help, Casey said."""
    tokens = scene.tokens
    nearer = _governing(scene)
    if nearer is not None and COMMA not in tokens.classes[nearer.at : scene.at]:
        return None
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
        word = words[at].lower()
        if word == "per" or (word == "according" and words[at + 1] == "to"):
            if QUOTE in tokens.classes[at : scene.at]:
                continue
            mention = phrase_after(tokens, at + 1 + (word != "per"), scene.high)
            if mention is not None and _may_speak(tokens, mention):
                return Link(mention, at, "according_to", 0.92)
    return None


def label(scene: Scene) -> Link | None:
    """Casey: "…", at the head of a sentence or after a dash."""
    tokens, at = scene.tokens, scene.at - 1
    if at <= scene.low or tokens.words[at] != ":" or tokens.classes[at - 1] not in "Nw~)":
        return None
    mention = phrase_before(tokens, at - 1, scene.low)
    if mention is None:
        return None
    first = tokens.classes.find(NAME, *mention)
    if first < 0 or WORD in tokens.classes[tokens.classes.rfind(NAME, *mention) : mention[1]]:
        return None
    if first > scene.low and tokens.classes[first - 1] not in DASH + "~)":
        return None
    return Link((first, mention[1]), at, "label", 0.9)


def dash_and_name(scene: Scene) -> Link | None:
    """ "…" — Tom Casey, deputy spokesman."""
    tokens, at = scene.tokens, scene.at + 1
    if at + 1 >= scene.high or tokens.classes[at] != DASH or tokens.classes[at + 1] != NAME:
        return None
    mention = phrase_after(tokens, at + 1, scene.high)
    if mention is None or tokens.classes[mention[1] : mention[1] + 1] not in ("", COMMA, STOP, "("):
        return None
    return Link(mention, None, "dash_and_name", 0.85)


def noun_of_speech(scene: Scene) -> Link | None:
    """Casey's claim that the plan was "…"; their chants of "…"."""
    tokens = scene.tokens
    nouns = speech_nouns()
    for at in range(scene.at - 1, max(scene.low, scene.at - _NOUN_REACH), -1):
        if tokens.classes[at] in QUOTE + CUE or (tokens.classes[at] == COLON and at + 1 < scene.at):
            return None
        if tokens.words[at] in nouns and tokens.classes[at] == WORD:
            owner = _owner(tokens, at, scene.low)
            return owner and Link(owner, at, "noun_of_speech", 0.7)
    return None


def _owner(tokens: Tokens, noun: int, low: int) -> Span | None:
    at = noun - 1
    while at > low and tokens.classes[at] == WORD and not _is_possessive(tokens.words[at]):
        at -= 1
    if at < low:
        return None
    if tokens.words[at].lower() in _POSSESSIVE_PRONOUNS:
        return at, at + 1
    if tokens.classes[at] in NAME + WORD and _is_possessive(tokens.words[at]):
        return phrase_before(tokens, at, low)
    return None


def _is_possessive(word: str) -> bool:
    return word.endswith(("'s", "’s", "s'", "s’"))


RULES: tuple[Rule, ...] = (
    label,
    cue_beside,
    cue_before,
    according_to,
    cue_at_end,
    weak_cue_before,
    noun_of_speech,
    dash_and_name,
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
    """A title or term that nobody speaks: "Meet the Press" after "on", a mark in a tag.

    A name that somebody gives ("called him Honest Abe") follows its verb closely.
    """
    tokens, at = scene.tokens, scene.at
    if at and tokens.words[at - 1] == "=":
        return True
    if scene.quote.kind != "term" or not _is_capital(scene.quote.text):
        return False
    if at == scene.low:
        return False
    before = tokens.classes[at - 1]
    if _is_named_by_participle(scene):
        return True
    if before == CUE and tokens.cues[at - 1].kind == "tell":
        return True
    if before in CUE + GERUND + COLON or tokens.words[at - 1] in _NAMING:
        return False
    return not any(_names(scene, act) for act in scene.acts)


def _is_named_by_participle(scene: Scene) -> bool:
    """A show called "…", the man known as "…": no act of speech stands there."""
    tokens, before = scene.tokens, scene.at - 1
    if tokens.words[before] == "as" and tokens.words[before - 1] == "known":
        return True
    return before in tokens.cues and all(act.at != before for act in scene.acts)


def _names(scene: Scene, act: Act) -> bool:
    if not scene.at - _NAME_REACH <= act.at < scene.at or act.cue.kind != "call":
        return False
    return PREPOSITION not in scene.tokens.classes[act.at + 1 : scene.at]


def _is_capital(words: str) -> bool:
    return words.lstrip("\"“”‘'«„ ")[:1].isupper()


__all__ = ["RULES", "THAT", "Link", "Scene", "is_name_of_thing", "link_in_sentence"]
