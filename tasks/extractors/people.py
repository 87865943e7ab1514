"""The cast of an article: every person and body named in it, and where.

`find_people` is for callers who want the persons with their roles; `read_cast` is what
coreference asks.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property

from tasks.extractors.names import (
    Gender,
    Run,
    find_runs,
    given_names,
    is_full_name,
    surname,
    titles,
)
from tasks.extractors.roles import Role, read_role

_OF = (" of ", " to ", " for ", " in ", " at ")


@dataclass(slots=True)
class Person:
    """One person of the article. Filled while the article is read, fixed afterwards."""

    name: str
    surname: str
    first: str
    gender: Gender | None
    runs: list[Run] = field(default_factory=list)
    is_certain: bool = False

    def fullest(self, words: tuple[str, ...]) -> None:
        if len(" ".join(words)) > len(self.name):
            self.name = " ".join(words)


@dataclass
class Cast:
    text: str
    people: list[Person]
    runs: list[Run]

    @cached_property
    def by_surname(self) -> dict[str, list[Person]]:
        found: dict[str, list[Person]] = {}
        for person in self.people:
            found.setdefault(person.surname, []).append(person)
        return found

    @cached_property
    def by_first(self) -> dict[str, list[Person]]:
        found: dict[str, list[Person]] = {}
        for person in self.people:
            found.setdefault(person.first, []).append(person)
        return found

    @cached_property
    def starts(self) -> list[int]:
        return [run.start for run in self.runs]

    @cached_property
    def roles(self) -> dict[str, Role]:
        return {person.name: read_role(self.text, person.runs) for person in self.people}

    def runs_within(self, start: int, end: int) -> list[Run]:
        low = bisect_left(self.starts, start)
        return self.runs[low : bisect_left(self.starts, end)]

    def named(self, run: Run) -> list[Person]:
        """The persons a run can stand for; one full name is one person."""
        words = run.name
        if not words:
            return []
        last = surname(words)
        if len(words) > 1:
            return [p for p in self.by_surname.get(last, ()) if p.first == words[0]]
        found = self.by_surname.get(last) or self.by_first.get(words[0], [])
        if len(found) > 1:
            gender = gender_of(run)
            found = [p for p in found if gender is None or p.gender in (None, gender)]
        return found


def gender_of(run: Run) -> Gender | None:
    for word in run.titles:
        title = titles().get(word.rstrip(".").lower())
        if title and title.gender:
            return title.gender
    return None


def read_cast(text: str) -> Cast:
    runs: list[Run] = []
    people: dict[tuple[str, str], Person] = {}
    for run in find_runs(text):
        if len(run.name) > 2 and not run.titles:
            run = _cut_place(text, run)
        runs.append(run)
        if is_full_name(run):
            _add_person(people, run)
    cast = Cast(text, list(people.values()), runs)
    _learn_gender(cast)
    return cast


def _cut_place(text: str, run: Run) -> Run:
    """ "ambassador to Iraq Ryan Crocker": the place belongs to the title before it."""
    if not text[max(0, run.start - 5) : run.start].endswith(_OF):
        return run
    known = given_names()
    for index in range(1, len(run.name) - 1):
        if run.name[index] in known:
            skipped = sum(len(word) + 1 for word in run.name[:index])
            start = run.name_start + skipped
            return Run(start, run.end, run.name[index:], start, is_possessive=run.is_possessive)
    return run


def _add_person(people: dict[tuple[str, str], Person], run: Run) -> None:
    words = run.name
    key = (words[0], surname(words))
    person = people.get(key)
    if person is None:
        gender = gender_of(run) or given_names().get(words[0])
        person = people[key] = Person(" ".join(words), key[1], key[0], gender)
    person.fullest(words)
    person.runs.append(run)
    person.is_certain |= bool(run.titles) or words[0] in given_names()


def _learn_gender(cast: Cast) -> None:
    """Mr. Casey: the honorific before a surname says the gender of the only bearer."""
    for run in cast.runs:
        if run.titles and len(run.name) == 1 and (gender := gender_of(run)):
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
    certain = [p for p in cast.people if p.is_certain or cast.roles[p.name].title]
    return tuple(
        FoundPerson(
            person.name,
            cast.roles[person.name].title,
            cast.roles[person.name].affiliation,
            person.runs[0].name_start,
            person.runs[0].end,
        )
        for person in certain
    )
