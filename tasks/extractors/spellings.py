"""Spellings of one person in an article: Chuck and Charles, with the second surname and without."""

from __future__ import annotations

from tasks.extractors.cues import word_classes
from tasks.extractors.name_words import given_names, short_names
from tasks.extractors.people import Person

_INITIALS = 3


def merge_spellings(people: list[Person]) -> list[Person]:
    """One person for spellings that can only be one; two bearers of a short name part them."""
    by_surname: dict[str, list[Person]] = {}
    for person in people:
        by_surname.setdefault(person.surname, []).append(person)
    gone: set[int] = set()
    for bearers in by_surname.values():
        if len(bearers) > 1:
            _merge_bearers(bearers, gone)
    return [person for person in people if id(person) not in gone]


def _merge_bearers(bearers: list[Person], gone: set[int]) -> None:
    for person in bearers:
        others = [
            other for other in bearers if id(other) not in gone and _is_spelling(person, other)
        ]
        if len(others) == 1:
            _absorb(others[0], person)
            gone.add(id(person))


def _is_spelling(person: Person, other: Person) -> bool:
    """Whether `person` is a lesser spelling of `other`; never true both ways."""
    if person is other or not person.first or not other.first:
        return False
    if person.gender and other.gender and person.gender != other.gender:
        return False
    if other.first in short_names().get(person.first, ()):
        return _standing(person) < _standing(other)
    if _is_tail(person, other) and not person.is_place:
        return _is_given(other) or not _is_given(person)
    if not _is_given(other) or _is_given(person):
        return False
    return _is_tail(other, person) or _is_no_name(person.first)


def _standing(person: Person) -> tuple[int, int]:
    """The spelling found more often stands, else the first."""
    return person.count, -min(at for _, at in person.places)


def _is_given(person: Person) -> bool:
    return person.first in given_names()


def _is_tail(person: Person, other: Person) -> bool:
    """ "Duarte Reyes" ends "Elena Duarte Reyes"."""
    return other.name.endswith(f" {person.name}")


def _is_no_name(word: str) -> bool:
    """A rank in capitals (AG) or a word that opened its sentence (See)."""
    return (word.isupper() and 1 < len(word) <= _INITIALS) or word.lower() in word_classes()


def _absorb(person: Person, spelling: Person) -> None:
    person.count += spelling.count
    person.places.extend(spelling.places)
    person.gender = person.gender or spelling.gender
    person.is_certain |= spelling.is_certain
    person.also |= {spelling.first, *spelling.also}
