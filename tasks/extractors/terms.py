"""Marks that nobody speaks in: titles of works, names of things, values in a tag, scene notes."""

from __future__ import annotations

import re

from tasks.extractors.cues import COLON, CUE, GERUND, PREPOSITION
from tasks.extractors.scenes import Scene, is_capital
from tasks.extractors.speech_acts import Act

_NAME_REACH = 4
# "(APPLAUSE.)", "[Laughter]": what a transcript says about the room.
_SCENE_NOTE = re.compile(r"[\"“”'‘’\s]*[(\[][^()\[\]]{1,40}[)\]][.\"“”'‘’\s]*")
_DEFINING = 4
_NAMING = frozenset(("as", "him", "her", "it", "them", "me", "us", "himself", "herself", "itself"))


def is_name_of_thing(scene: Scene) -> bool:
    """A title or term that nobody speaks: "Morning Hour" after "on", a value in a tag.

    A name that somebody gives ("called him the Old Fox") follows its verb closely.
    """
    tokens, at = scene.tokens, scene.at
    if (at and tokens.words[at - 1] == "=") or _SCENE_NOTE.fullmatch(scene.quote.text):
        return True
    if scene.quote.kind != "direct" and _is_defined(scene):
        return True
    if scene.quote.kind != "term" or not is_capital(scene.quote.text) or at == scene.low:
        return False
    return _is_named_by_participle(scene) or not _is_given_by_verb(scene)


def _is_defined(scene: Scene) -> bool:
    """A “lean season”, which is defined as …: a term of a law or report."""
    words = scene.tokens.words
    after = scene.at + 1 + (words[scene.at + 1 : scene.at + 2] == [","])
    ahead = [word.lower() for word in words[after : after + _DEFINING]]
    return len(ahead) > 1 and ahead[0] in ("which", "that") and "defined" in ahead


def _is_given_by_verb(scene: Scene) -> bool:
    tokens, before = scene.tokens, scene.at - 1
    letter = tokens.classes[before]
    if letter == CUE:
        # "told Morning Hour": whom he told.
        return tokens.cues[before].kind != "tell"
    if letter in GERUND + COLON or tokens.words[before] in _NAMING:
        return True
    return any(_names(scene, act) for act in scene.acts)


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
