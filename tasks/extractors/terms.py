"""Marks that nobody speaks in: titles of works, names of things, values in a tag."""

from __future__ import annotations

from tasks.extractors.cues import COLON, CUE, GERUND, PREPOSITION
from tasks.extractors.scenes import Scene, is_capital
from tasks.extractors.speech_acts import Act

_NAME_REACH = 4
_NAMING = frozenset(("as", "him", "her", "it", "them", "me", "us", "himself", "herself", "itself"))


def is_name_of_thing(scene: Scene) -> bool:
    """A title or term that nobody speaks: "Meet the Press" after "on", a mark in a tag.

    A name that somebody gives ("called him Honest Abe") follows its verb closely.
    """
    tokens, at = scene.tokens, scene.at
    if at and tokens.words[at - 1] == "=":
        return True
    if scene.quote.kind != "term" or not is_capital(scene.quote.text):
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
