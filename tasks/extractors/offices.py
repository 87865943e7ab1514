"""Whom "the spokesman" or "the senator" means: roles without a name."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from schemas.records import Mention, Speaker
from tasks.extractors import subjects
from tasks.extractors.bodies import body_called
from tasks.extractors.name_words import (
    SAME_OFFICE,
    body_nouns,
    descriptions,
    nationals,
    offices,
    titles,
)
from tasks.extractors.people import Person
from tasks.extractors.subjects import Stage

_OCCUPATION_ENDS = ("geon", "ologist", "ician", "preneur", "ionaire", "mogul", "tycoon")
_MANY = 50
_FAR, NEAR = 1500, 700


class Resolved(NamedTuple):
    speaker: Speaker | None = None
    candidates: tuple[str, ...] = ()
    person: Person | None = None


def resolve_role(stage: Stage, mention: Mention, head: str) -> Resolved:
    """ "The spokesman": the person before it who holds such a title."""
    words = head.lower().split()
    if not words:
        return UNRESOLVED
    noun = words[-1].strip(".,")
    if noun in offices() or noun in descriptions() or noun.endswith(_OCCUPATION_ENDS):
        return _resolve_title(stage, mention, noun)
    if noun in body_nouns() and mention.text.lower().startswith("the "):
        return Resolved(body_called(stage, noun, mention.start))
    return UNRESOLVED


def _resolve_title(stage: Stage, mention: Mention, noun: str) -> Resolved:
    holders = [
        person
        for word in (noun, *SAME_OFFICE.get(noun, ()))
        for person in stage.cast.holders.get(word, ())[:_MANY]
        if person.last_before(mention.start) is not None and _names_same(stage, person, mention)
    ]
    described = _resolve_description(stage, mention, noun)
    if described.person is not None and described.person not in holders:
        # Holders whom the text has long left are not who the last sentences are about.
        holders = [each for each in holders if _is_near(stage, each, mention.start)]
    if len(holders) == 1:
        return as_person(stage, holders[0])
    for _, person in reversed(stage.spoken[-_MANY:]):
        if person in holders:
            return as_person(stage, person)
    if holders:
        return Resolved(None, tuple(sorted({person.name for person in holders})))
    return described


def _is_near(stage: Stage, person: Person, before: int) -> bool:
    return stage.cast.text.rfind(person.surname, max(0, before - _FAR), before) >= 0


def _names_same(stage: Stage, person: Person, mention: Mention) -> bool:
    """ "Brandt's spokeswoman": the names in the mention stand in the role too."""
    role = stage.cast.role(person)
    if "vice" in (role.title or "").lower() and "vice" not in mention.text.lower():
        return False
    if " former " in mention.text.lower() and not _is_former(stage, person):
        return False
    known = f"{person.name} {role.title} {role.affiliation}"
    names = re.findall(r"[A-Z]\w+", mention.text[1:])
    return all(name in known for name in names)


def _is_former(stage: Stage, person: Person) -> bool:
    """Somewhere the text calls the person former."""
    pattern = rf"\b[Ff]ormer\s(?:[\w.]+\s){{0,5}}{re.escape(person.surname)}\b"
    return re.search(pattern, stage.cast.text) is not None


def _resolve_description(stage: Stage, mention: Mention, noun: str) -> Resolved:
    """ "The retired surgeon": another way to name the person the text is about.

    Not where the text brought in "a surgeon" without a name.
    """
    words = mention.text.lower()
    if not words.startswith("the ") or noun.endswith("s"):
        return UNRESOLVED
    if noun in offices() and noun not in descriptions() and " former " not in words:
        # "The judge" without a name is more often somebody new.
        return UNRESOLVED
    text = stage.cast.text[max(0, mention.start - NEAR) : mention.start].lower()
    if _brought_in(noun).search(text):
        return UNRESOLVED
    if subjects.has_subject_beside(stage, mention.start):
        return UNRESOLVED
    title = titles().get(noun)
    gender = title.gender if title else None
    person = subjects.near_subject(stage, mention.start, gender)
    person = person or subjects.find_subject(stage, mention.start, gender)
    if person is None or _is_of_another_country(stage, person, mention):
        return UNRESOLVED
    return as_person(stage, person)


@lru_cache(maxsize=1 << 10)
def _brought_in(noun: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:an?|one|another)\s(?:[\w\-]+\s){{0,4}}{re.escape(noun)}\b")


def _is_of_another_country(stage: Stage, person: Person, mention: Mention) -> bool:
    """ "The Sudanese ambassador" is not the envoy whose role says nothing of Sudan."""
    role = stage.cast.role(person)
    known = f"{role.title} {role.affiliation}"
    countries = [word for word in mention.text.split() if word in nationals()]
    return role.title is not None and any(word not in known for word in countries)


def as_person(stage: Stage, person: Person) -> Resolved:
    role = stage.cast.role(person)
    speaker = Speaker(person.name, "person", role.title, role.affiliation)
    return Resolved(speaker, (), person)


UNRESOLVED = Resolved()
