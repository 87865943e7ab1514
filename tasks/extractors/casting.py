"""The cast of an article from its runs of capitalised words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from tasks.extractors.name_parts import Run
from tasks.extractors.name_words import given_names, place_openers, titles
from tasks.extractors.names import (
    find_long_runs,
    is_full_name,
    names_body,
    shift_run,
    split_words,
    surname,
)
from tasks.extractors.people import Cast, Person, gender_of
from tasks.extractors.portfolios import cut_place, may_hold_place
from tasks.extractors.spellings import merge_spellings

_SMALL_WORDS = ("Will ",)
_INSIDE = re.compile(r"[a-z,]\s$")


def read_cast(text: str) -> Cast:
    people: dict[tuple[str, str], Person] = {}
    titled: list[tuple[Run, list[int]]] = []
    for words, places in find_long_runs(text).items():
        for found in _runs_of_persons(words):
            run = cut_place(text, _with_small_word(text, words, found, places), places[0])
            if is_full_name(run):
                _add_person(people, run, places)
            elif _is_titled(run):
                titled.append((run, places))
    surnames = {last for _, last in people}
    for run, places in titled:
        if run.name[0] not in surnames:
            # "President Okello" alone: nobody gives the first name.
            _add_person(people, run._replace(name=("", *run.name)), places)
    cast = Cast(text, merge_spellings(list(people.values())))
    for person in cast.people:
        person.places.sort(key=lambda place: place[1])
    _learn_gender(cast, [run for run, _ in titled])
    return cast


@lru_cache(maxsize=1 << 14)
def _runs_of_persons(words: str) -> tuple[Run, ...]:
    """The runs of a stretch that may name a person; most names recur, as `split_words` says."""
    if names_body(words):
        return ()
    return tuple(
        run
        for run in split_words(words)
        if is_full_name(run) or _is_titled(run) or may_hold_place(run) or _has_small_word(words)
    )


def _has_small_word(words: str) -> bool:
    return words.startswith(_SMALL_WORDS)


def _is_titled(run: Run) -> bool:
    """ "President Okello"."""
    return len(run.name) == 1 and any(_is_of_person(word) for word in run.titles)


def _is_of_person(word: str) -> bool:
    title = titles().get(word.rstrip(".").lower())
    return title is not None and title.kind != "part"


def _with_small_word(text: str, words: str, run: Run, places: list[int]) -> Run:
    """ "said Will Brandt": inside a sentence the word before the surname is a given name."""
    if len(run.name) > 1 or run.titles or not _has_small_word(words) or run.start == 0:
        return run
    first = words[: words.find(" ")]
    if words[len(first) + 1 :] != run.name[0]:
        return run
    if any(_INSIDE.search(text, max(0, at - 2), at) for at in places):
        return run._replace(start=0, name=(first, *run.name), name_start=0)
    return run


def _add_person(people: dict[tuple[str, str], Person], run: Run, places: list[int]) -> None:
    words = run.name
    key = (words[0], surname(words))
    person = people.get(key)
    if person is None:
        known = given_names()
        gender = gender_of(run) or next((known[word] for word in words[:-1] if word in known), None)
        person = people[key] = Person(" ".join(words).strip(), key[1], key[0], gender)
    person.fullest(words)
    person.count += len(places)
    person.places.extend((run, at) for at in places)
    person.is_certain |= bool(run.titles) or words[0] in given_names()
    person.is_place = words[0] in place_openers() and not run.titles


def _learn_gender(cast: Cast, titled: list[Run]) -> None:
    """Ms. Okello: the honorific before a surname says the gender of the only bearer."""
    for run in titled:
        if gender := gender_of(run):
            found = cast.by_surname.get(run.name[0], [])
            if len(found) == 1 and found[0].gender is None:
                found[0].gender = gender
                found[0].is_certain = True


@dataclass(frozen=True, slots=True)
class FoundPerson:
    name: str
    title: str | None
    affiliation: str | None
    start: int
    end: int


def find_people(text: str) -> tuple[FoundPerson, ...]:
    """The persons named in full, in order of first appearance, with title and affiliation."""
    cast = read_cast(text)
    found = []
    for person in cast.people:
        role = cast.role(person)
        if person.first and (person.is_certain or role.title):
            run = shift_run(*person.places[0])
            found.append(
                FoundPerson(person.name, role.title, role.affiliation, run.name_start, run.end)
            )
    return tuple(found)
