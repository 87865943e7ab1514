"""The cast of an article: every person and body named in it, and where.

`find_people` is for callers who want the persons with their roles; `read_cast` is what
coreference asks.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from tasks.extractors.name_words import Gender, given_names, place_openers, titles
from tasks.extractors.names import (
    Run,
    find_long_runs,
    is_full_name,
    names_body,
    shift_run,
    split_words,
    surname,
)
from tasks.extractors.roles import Role, read_role

_PLACES, _SHORT_NAME = 3, 2
_SAID = "said|says|told|added|adds|wrote|asked|tweeted|noted|argued|warned"
_SPEAKS = re.compile(rf"([A-Z][\w\-]++) (?:{_SAID})\b")
_SPEAKS_BEHIND = re.compile(rf"\b(?:{_SAID}) (?:[A-Z][\w.'’\-]*+ ){{0,4}}([A-Z][\w\-]++)[,.]")
_PRONOUN = re.compile(r"\b([Hh]e|[Ss]he|[Hh]is|[Hh]er|him)\b")
_GENDER_MENTIONS, _GENDER_REACH = 6, 120
_OF = (" of ", " to ", " for ", " in ", " at ")


@dataclass(slots=True, eq=False)
class Person:
    """One person of the article. Filled while the article is read, fixed afterwards."""

    name: str
    surname: str
    first: str
    gender: Gender | None
    places: list[tuple[Run, int]] = field(default_factory=list)
    is_certain: bool = False
    is_place: bool = False
    count: int = 0
    is_checked: bool = False
    is_gender_checked: bool = False
    role: Role | None = None

    def fullest(self, words: tuple[str, ...]) -> None:
        name = " ".join(words).strip()
        if len(name) > len(self.name):
            self.name = name

    def last_before(self, at: int) -> int | None:
        """Where the full name stands last before a place."""
        index = bisect_left(self.places, at, key=lambda place: place[1]) - 1
        return self.places[index][1] if index >= 0 else None


@dataclass
class Cast:
    text: str
    people: list[Person]

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
    def by_middle(self) -> dict[str, list[Person]]:
        """The first of two surnames: Ms. Duarte for Elena Duarte Reyes."""
        found: dict[str, list[Person]] = {}
        for person in self.people:
            for word in person.name.split()[1:-1]:
                found.setdefault(word, []).append(person)
        return found

    @cached_property
    def speaking(self) -> frozenset[str]:
        """The words that stand before a verb of speech, or end the name behind it."""
        names = [*_SPEAKS.findall(self.text), *_SPEAKS_BEHIND.findall(self.text)]
        return frozenset(names)

    @cached_property
    def holders(self) -> dict[str, list[Person]]:
        """Who holds a title, by each word of it."""
        found: dict[str, list[Person]] = {}
        for person in self.people:
            title = self.role(person).title
            if not title or not self.is_known(person):
                continue
            for word in dict.fromkeys(title.lower().replace(".", "").split()):
                found.setdefault(word, []).append(person)
        return found

    def role(self, person: Person) -> Role:
        if person.role is None:
            runs = [shift_run(run, at) for run, at in person.places[:_PLACES]]
            person.role = read_role(self.text, sorted(runs, key=lambda run: run.start))
        return person.role

    def is_known(self, person: Person) -> bool:
        """A given name or title makes a person; so does a surname that speaks."""
        if not person.is_certain and not person.is_checked:
            person.is_checked = True
            person.is_certain = person.surname in self.speaking and not person.is_place
        return person.is_certain

    def gender(self, person: Person) -> Gender | None:
        """From the name or title; else from the first pronoun after each mention of the surname."""
        if person.gender is None and not person.is_gender_checked:
            person.is_gender_checked = True
            person.gender = _gender_by_pronouns(self.text, person)
        return person.gender

    def named(self, run: Run) -> list[Person]:
        """The persons a run can stand for; one full name is one person."""
        words = run.name
        if not words:
            return []
        last = surname(words)
        if len(words) > 1:
            return [p for p in self.by_surname.get(last, ()) if p.first == words[0]]
        found = self.by_surname.get(last) or self.by_first.get(last) or self.by_middle.get(last, [])
        if len(found) > 1:
            gender = gender_of(run)
            found = [p for p in found if gender is None or p.gender in (None, gender)]
        return found


def _gender_by_pronouns(text: str, person: Person) -> Gender | None:
    counts = {"m": 0, "f": 0}
    at = person.places[0][1]
    for _ in range(_GENDER_MENTIONS):
        if at < 0:
            break
        found = _PRONOUN.search(text, at, at + _GENDER_REACH)
        if found:
            counts["m" if found[1].lower() in ("he", "his", "him") else "f"] += 1
        at = text.find(person.surname, at + _GENDER_REACH)
    # One pronoun may be another's.
    if counts["m"] > 1 + counts["f"]:
        return "m"
    return "f" if counts["f"] > 1 + counts["m"] else None


def gender_of(run: Run) -> Gender | None:
    for word in run.titles:
        title = titles().get(word.rstrip(".").lower())
        if title and title.gender:
            return title.gender
    return None


def read_cast(text: str) -> Cast:
    people: dict[tuple[str, str], Person] = {}
    titled: list[tuple[Run, list[int]]] = []
    for words, places in find_long_runs(text).items():
        for found in _runs_of_persons(words):
            run = _cut_place(text, found, places[0])
            if is_full_name(run):
                _add_person(people, run, places)
            elif _is_titled(run):
                titled.append((run, places))
    surnames = {last for _, last in people}
    for run, places in titled:
        if run.name[0] not in surnames:
            # "President Okello" alone: nobody gives the first name.
            _add_person(people, run._replace(name=("", *run.name)), places)
    for person in people.values():
        person.places.sort(key=lambda place: place[1])
    cast = Cast(text, list(people.values()))
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
        if is_full_name(run) or _is_titled(run) or _may_hold_place(run)
    )


def _is_titled(run: Run) -> bool:
    """ "President Okello"."""
    return len(run.name) == 1 and any(_is_of_person(word) for word in run.titles)


def _is_of_person(word: str) -> bool:
    title = titles().get(word.rstrip(".").lower())
    return title is not None and title.kind != "part"


def _cut_place(text: str, run: Run, at: int) -> Run:
    """ "ambassador to Chad Jana Novak": the place belongs to the title before it."""
    if not _may_hold_place(run):
        return run
    at += run.start
    if not text[max(0, at - 5) : at].endswith(_OF):
        return run
    known = given_names()
    for index in range(1, len(run.name) - 1):
        if run.name[index] in known:
            skipped = sum(len(word) + 1 for word in run.name[:index])
            start = run.name_start + skipped
            return Run(start, run.end, run.name[index:], start, is_possessive=run.is_possessive)
    return run


def _may_hold_place(run: Run) -> bool:
    return len(run.name) > _SHORT_NAME and not run.titles


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
