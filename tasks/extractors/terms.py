"""Marks that nobody speaks in: titles of works, names of things, values in a tag, scene notes."""

from __future__ import annotations

import re
from functools import cache

from tasks.extractors.cues import COLON, CUE, GERUND, NAME, POINT, PREPOSITION, PRONOUN
from tasks.extractors.scenes import Scene, is_capital
from tasks.extractors.speech_acts import Act
from tasks.extractors.vocabulary import read_table, read_words

_NAME_REACH = 4
# "(APPLAUSE.)", "[Laughter]": what a transcript says about the room.
_SCENE_NOTE = re.compile(r"[\"“”'‘’\s]*[(\[][^()\[\]]{1,40}[)\]][.\"“”'‘’\s]*")
_DEFINING, _NAME_WORDS = 4, 6
_TITLE_LEADS = frozenset(("on", "in", "of", "from"))
_NAMING = frozenset(("as", "him", "her", "it", "them", "me", "us", "himself", "herself", "itself"))


def is_name_of_thing(scene: Scene) -> bool:
    """A title or term that nobody speaks: "Morning Hour" after "on", a value in a tag.

    A name that somebody gives ("called him the Old Fox") follows its verb closely.
    """
    tokens, at = scene.tokens, scene.at
    if (at and tokens.words[at - 1] == "=") or _SCENE_NOTE.fullmatch(scene.quote.text):
        return True
    if scene.quote.kind != "direct" and (_is_defined(scene) or _stands_by_noun(scene)):
        return True
    if not _may_be_title(scene) or at == scene.low:
        return False
    return _is_named_by_participle(scene) or not _is_given_by_verb(scene)


def _may_be_title(scene: Scene) -> bool:
    """A title by its capitals; a single word before a comma only after "on", "in", "Okello’s"."""
    if scene.quote.kind == "term":
        return is_capital(scene.quote.text)
    word = scene.quote.text.strip("\"“”'‘’,")
    if not (word.isalpha() and word[0].isupper() and scene.inner_end == ",") or not scene.at:
        return False
    before = scene.tokens.words[scene.at - 1]
    return before in _TITLE_LEADS or before.endswith(("'s", "’s"))


def _stands_by_noun(scene: Scene) -> bool:
    """The film “…”, the “…” button, a file marked “…”."""
    words, at = scene.tokens.words, scene.at
    if at > scene.low and words[at - 1] in _things("before") | _marking():
        return len(scene.quote.text.split()) <= _NAME_WORDS
    is_parted = scene.inner_end in ",.!?"
    return not is_parted and words[at + 1 : at + 2] != [] and words[at + 1] in _things("behind")


@cache
def _things(place: str) -> frozenset[str]:
    return frozenset(row["noun"] for row in read_table("named_things") if row["place"] == place)


@cache
def _marking() -> frozenset[str]:
    return frozenset(read_words("marking_participles"))


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
        # "told Morning Hour": whom he told; "she read The Long Way": a book.
        cue = tokens.cues[before]
        return cue.kind != "tell" and not (cue.lemma == "read" and _is_by_reader(scene, before))
    if letter in GERUND + COLON or tokens.words[before] in _NAMING:
        return True
    return any(_names(scene, act) for act in scene.acts)


def _is_by_reader(scene: Scene, cue: int) -> bool:
    """Who reads is a person; what reads is a sign."""
    subject = next((act.subject for act in scene.acts if act.at == cue), None)
    if subject is None:
        return False
    letters = set(scene.tokens.classes[slice(*subject)])
    return letters <= {PRONOUN, NAME, POINT} and scene.tokens.words[subject[0]].lower() != "it"


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
