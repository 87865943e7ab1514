"""Rules without a verb of speech: according to, a label, a signature, a noun of speech."""

from __future__ import annotations

from tasks.extractors.cues import (
    COLON,
    COMMA,
    CUE,
    DASH,
    NAME,
    PREPOSITION,
    PRONOUN,
    QUOTE,
    STOP,
    WORD,
    speech_nouns,
)
from tasks.extractors.name_words import body_nouns, means_person
from tasks.extractors.phrases import Span, phrase_after, phrase_before
from tasks.extractors.scenes import Link, Scene
from tasks.extractors.tokens import Tokens

_NOUN_REACH, _COPULA_REACH = 10, 25
_COPULAS = frozenset(("was", "is", "were", "are", "reads", "read"))
_POSSESSIVE_PRONOUNS = frozenset(("his", "her", "their", "its", "my", "our"))


def according_to(scene: Scene) -> Link | None:
    """According to the ministry, the plan is "…"."""
    tokens = scene.tokens
    for at in tokens.sources_within(scene.low, scene.high):
        if QUOTE in tokens.classes[at : scene.at]:
            continue
        first = at + 1 if tokens.words[at] == "per" else at + 2
        if first == at + 2 and tokens.words[at + 1 : first] != ["to"]:
            continue
        mention = phrase_after(tokens, first, scene.high)
        if mention is not None and _may_speak(tokens, mention):
            return Link(mention, at, "according_to", 0.92)
    return None


def label(scene: Scene) -> Link | None:
    """Okello: "…", at the head of a sentence or after a dash."""
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
    if _is_section(scene, tokens.words[first : mention[1]]):
        return None
    return Link((first, mention[1]), at, "label", 0.9)


def _is_section(scene: Scene, words: list[str]) -> bool:
    """ "GERMANY: “…,” wrote Brandt": a heading in capitals, and the sentence names who spoke."""
    is_heading = all(word.isupper() for word in words)
    return is_heading and NAME in scene.tokens.classes[scene.at + 1 : scene.high]


def noun_by(scene: Scene) -> Link | None:
    """ "…" ran the headline of a commentary by Okello; in a letter by Okello, "…"."""
    tokens = scene.tokens
    if scene.acts:
        return None
    for at in range(scene.low + 1, scene.high - 1):
        if tokens.words[at] != "by" or tokens.classes[at + 1] != NAME:
            continue
        noun = tokens.words[at - 1]
        if noun in speech_nouns() or body_nouns().get(noun) == "document":
            mention = phrase_after(tokens, at + 1, scene.high)
            return mention and Link(mention, at - 1, "noun_of_speech", 0.7)
    return None


def dash_and_name(scene: Scene) -> Link | None:
    """ "…" — Maria Okello, deputy spokeswoman."""
    tokens, at = scene.tokens, scene.at + 1
    if at + 1 >= scene.high or tokens.classes[at] != DASH or tokens.classes[at + 1] != NAME:
        return None
    mention = phrase_after(tokens, at + 1, scene.high)
    if mention is None or tokens.classes[mention[1] : mention[1] + 1] not in ("", COMMA, STOP, "("):
        return None
    return Link(mention, None, "dash_and_name", 0.85)


def noun_of_speech(scene: Scene) -> Link | None:
    """Okello's claim that the plan was "…"; their chants of "…"."""
    tokens = scene.tokens
    nouns = speech_nouns()
    for at in range(scene.at - 1, max(scene.low, scene.at - _NOUN_REACH), -1):
        if tokens.classes[at] in QUOTE + CUE or (tokens.classes[at] == COLON and at + 1 < scene.at):
            return None
        if tokens.words[at] in nouns and tokens.classes[at] == WORD:
            owner = _owner(tokens, at, scene.low)
            return owner and Link(owner, at, "noun_of_speech", 0.7)
    return None


def noun_is(scene: Scene) -> Link | None:
    """Okello's phrase, and a good one it is, was "…": the noun of speech is what is quoted."""
    tokens = scene.tokens
    if scene.at - 1 <= scene.low or tokens.words[scene.at - 1] not in _COPULAS:
        return None
    for at in range(scene.at - 2, max(scene.low, scene.at - _COPULA_REACH), -1):
        if tokens.classes[at] == QUOTE:
            return None
        if tokens.words[at] in speech_nouns() and tokens.classes[at] == WORD:
            between = tokens.classes[at + 1 : scene.at - 1]
            if COMMA in between and between[:1] + between[-1:] != COMMA + COMMA:
                return None
            owner = _owner(tokens, at, scene.low)
            return owner and Link(owner, at, "noun_of_speech", 0.75)
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


def _can_say(tokens: Tokens, first: int, end: int) -> bool:
    """A name, or a noun of a person, body or document before any preposition."""
    prepositions = [at for at in range(first, end) if tokens.classes[at] == PREPOSITION]
    noun = tokens.words[(prepositions[0] if prepositions else end) - 1].lower()
    return (
        NAME in tokens.classes[first:end]
        or noun in body_nouns()
        or noun in speech_nouns()
        or means_person(noun)
    )


def _may_speak(tokens: Tokens, mention: Span) -> bool:
    """ "According to their taste" names no source; "according to his lawyer" does."""
    first, end = mention
    if tokens.words[first].lower() in _POSSESSIVE_PRONOUNS and not _can_say(tokens, first, end):
        return False
    return any(letter in NAME + PRONOUN + WORD for letter in tokens.classes[slice(*mention)])
