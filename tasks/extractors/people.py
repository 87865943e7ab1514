"""The persons of an article: their names, where they stand, what the text says of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property

from tasks.extractors.cues import word_classes
from tasks.extractors.name_parts import Run
from tasks.extractors.name_words import Gender, body_nouns, offices, titles
from tasks.extractors.names import shift_run, surname
from tasks.extractors.pronouns import pronoun_gender
from tasks.extractors.role_phrases import Role
from tasks.extractors.roles import read_role

_PLACES = 3
_SAID = "said|says|told|added|adds|wrote|asked|tweeted|noted|argued|warned"
_SPEAKS = re.compile(rf"([A-Z][\w\-]++) (?:{_SAID})\b")
# The search can skip to capitals; what stands before one is asked from there.
_BEHIND_SAID = re.compile(
    r"[A-Z](?<=[dse] .)(?:(?<=\b(?:said|says|told|adds) .)|(?<=\b(?:added|wrote|asked|noted) .)"
    r"|(?<=\b(?:argued|warned) .)|(?<=\btweeted .))"
)
_NAME_BEHIND = re.compile(r"(?:[A-Z][\w.'’\-]*+ ){0,4}([A-Z][\w\-]++)[,.]")
_PRONOUN = re.compile(r"\b([Hh]e|[Ss]he|[Hh]is|[Hh]er|him)\b")
_GENDER_MENTIONS, _GENDER_REACH = 6, 120


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
    # Other given names this person goes by: Chuck for Charles.
    also: set[str] = field(default_factory=set)

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
    _genders: dict[str, Gender | None] = field(default_factory=dict)
    _lone: dict[str, list[Person]] = field(default_factory=dict)

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
        behind = (
            _NAME_BEHIND.match(self.text, found.start())
            for found in _BEHIND_SAID.finditer(self.text)
        )
        return frozenset((*_SPEAKS.findall(self.text), *(name[1] for name in behind if name)))

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

    def gender_after(self, surname: str) -> Gender | None:
        """With which pronoun the text goes on after a surname that stands alone."""
        if surname not in self._genders:
            self._genders[surname] = pronoun_gender(self.text, surname)
        return self._genders[surname]

    def lone(self, word: str) -> list[Person] | None:
        """Who speaks by a surname alone and is called he or she; nobody gives the first name."""
        if word not in self.speaking or word.isupper() or not _may_be_surname(word):
            return None
        if word in self.by_first or word in self.by_middle:
            return None
        if word not in self._lone:
            gender = self.gender_after(word)
            person = Person(word, word, "", gender, is_certain=True, is_gender_checked=True)
            self._lone[word] = [person] if gender else []
        return self._lone[word] or None

    def role(self, person: Person) -> Role:
        if person.role is None:
            runs = [shift_run(run, at) for run, at in person.places[:_PLACES]]
            person.role = read_role(self.text, sorted(runs, key=lambda run: run.start))
        return person.role

    def is_known(self, person: Person) -> bool:
        """A given name or title makes a person; so does a surname that speaks."""
        if not person.is_certain and not person.is_checked:
            person.is_checked = True
            is_named = person.surname in self.speaking or self._has_office(person)
            person.is_certain = is_named and not person.is_place
        return person.is_certain

    def _has_office(self, person: Person) -> bool:
        title = self.role(person).title
        return title is not None and not offices().isdisjoint(title.lower().split())

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
            return [
                p
                for p in self.by_surname.get(last, ())
                if words[0] == p.first or words[0] in p.also
            ]
        found = self.by_surname.get(last) or self.by_first.get(last) or self.by_middle.get(last, [])
        if len(found) > 1:
            gender = gender_of(run)
            found = [p for p in found if gender is None or p.gender in (None, gender)]
        return found


def _may_be_surname(word: str) -> bool:
    lower = word.lower()
    return lower not in body_nouns() and lower not in word_classes()


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
