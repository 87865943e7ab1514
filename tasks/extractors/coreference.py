"""Whom a mention means: the full name behind "he", "Casey", "the spokesman".

What cannot be told is left open with candidates.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from schemas.records import Mention, Quote, Speaker
from tasks.extractors.names import Run, body_nouns, titles
from tasks.extractors.people import Cast, Person
from tasks.extractors.roles import NO_ROLE

_LOOK_BACK = 14
_SENTENCE_END = re.compile(r"[.!?][\"”'’)]*\s|\n")
_HEAD = re.compile(r"\b(?:of|for|from|at|in|with|on|to|who|that)\b|[,(]")
_INDEFINITE = ("a ", "an ", "one ", "some ", "another ", "several ", "many ", "two ", "three ")
_GENDERS = {"he": "m", "his": "m", "him": "m", "she": "f", "her": "f"}
_NO_PERSON = frozenset(("it", "they", "we", "i", "you", "their", "its", "our", "my", "your", "who"))


@dataclass(frozen=True, slots=True)
class Resolved:
    speaker: Speaker | None = None
    candidates: tuple[str, ...] = ()
    person: Person | None = None


UNRESOLVED = Resolved()


@dataclass
class Stage:
    """The cast, and who has spoken so far."""

    cast: Cast
    quotes: tuple[Quote, ...]
    spoken: list[tuple[int, Person]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.quote_starts = [quote.start for quote in self.quotes]

    def is_quoted(self, at: int) -> bool:
        index = bisect_right(self.quote_starts, at) - 1
        return index >= 0 and at < self.quotes[index].end


def resolve(stage: Stage, mention: Mention) -> Resolved:
    word = mention.text.lower()
    if word in _GENDERS:
        found = _resolve_pronoun(stage, mention, _GENDERS[word])
    elif word in _NO_PERSON:
        found = UNRESOLVED
    else:
        found = _resolve_phrase(stage, mention)
    if found.person is not None:
        stage.spoken.append((mention.start, found.person))
    return found


def _resolve_pronoun(stage: Stage, mention: Mention, gender: str) -> Resolved:
    """The subject of the nearest sentence before it, or who spoke last, whichever is nearer."""
    nearest = _nearest_subject(stage, mention.start, gender)
    for at, person in reversed(stage.spoken):
        if at < mention.start and person.gender in (None, gender):
            if nearest is None or at >= nearest[0]:
                nearest = at, person
            break
    if nearest is None:
        return UNRESOLVED
    return _as_person(stage, nearest[1])


def _nearest_subject(stage: Stage, before: int, gender: str) -> tuple[int, Person] | None:
    cast = stage.cast
    last = bisect_left(cast.starts, before)
    chosen: tuple[int, Person] | None = None
    for run in reversed(cast.runs[max(0, last - _LOOK_BACK) : last]):
        if run.is_possessive or stage.is_quoted(run.start):
            continue
        people = cast.named(run)
        if len(people) != 1 or people[0].gender not in (None, gender):
            continue
        if people[0].gender is None and not people[0].is_certain:
            continue
        if chosen and _SENTENCE_END.search(cast.text, run.end, chosen[0]):
            break
        chosen = run.start, people[0]
    return chosen


def _resolve_phrase(stage: Stage, mention: Mention) -> Resolved:
    cast = stage.cast
    runs = cast.runs_within(mention.start, mention.end)
    words = mention.text
    head = _HEAD.split(words, maxsplit=1)[0].strip()
    head_end = mention.start + len(head)
    inside = [run for run in runs if run.start < head_end]
    if inside and not words.lower().startswith(_INDEFINITE):
        last = inside[-1]
        ends_name = last.end >= head_end - 3
        if ends_name and last.name and not last.is_possessive:
            return _resolve_name(stage, last, mention)
    if words.lower().startswith(_INDEFINITE):
        return UNRESOLVED
    return _resolve_role(stage, mention, head)


def _resolve_name(stage: Stage, run: Run, mention: Mention) -> Resolved:
    people = stage.cast.named(run)
    has_article = mention.text.lower().startswith("the ")
    if run.body is None and len(people) == 1 and not (has_article and not people[0].is_certain):
        return _as_person(stage, people[0])
    if run.body is None and len(people) > 1:
        recent = [p for _, p in stage.spoken if p in people]
        near = _nearest_of(stage, run.start, people)
        if near is not None and (not recent or recent[-1] is near):
            return _as_person(stage, near)
        return Resolved(None, tuple(sorted(p.name for p in people)))
    if run.body or has_article:
        name = _without_article(mention.text) if has_article else stage.cast.text[run.start : run.end]
        return Resolved(Speaker(_bare(name), _body_kind(run)))
    return Resolved(Speaker(" ".join(run.name), "unknown"))


def _nearest_of(stage: Stage, before: int, people: list[Person]) -> Person | None:
    found: list[tuple[int, Person]] = []
    for person in people:
        starts = [run.start for run in person.runs if run.start < before]
        if starts:
            found.append((starts[-1], person))
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _body_kind(run: Run) -> str:
    if run.body in ("document", "group"):
        return run.body
    return "organisation"


def _without_article(words: str) -> str:
    return words[4:] if words.lower().startswith("the ") else words


def _bare(words: str) -> str:
    return words.removesuffix("'s").removesuffix("’s").strip()


def _resolve_role(stage: Stage, mention: Mention, head: str) -> Resolved:
    """ "The spokesman": the person before it who holds such a title."""
    words = head.lower().split()
    if not words:
        return UNRESOLVED
    noun = words[-1].strip(".,")
    if noun in titles():
        return _resolve_title(stage, mention, noun)
    if noun in body_nouns():
        return _resolve_body(stage, mention, noun)
    return UNRESOLVED


def _resolve_title(stage: Stage, mention: Mention, noun: str) -> Resolved:
    holders: list[tuple[int, Person]] = []
    for person in stage.cast.people:
        role = stage.cast.roles.get(person.name, NO_ROLE)
        if role.title and noun in role.title.lower().split():
            before = [run.start for run in person.runs if run.start < mention.start]
            if before:
                holders.append((before[-1], person))
    if len(holders) == 1:
        return _as_person(stage, holders[0][1])
    spoken = [person for _, person in stage.spoken if any(person is h for _, h in holders)]
    if spoken:
        return _as_person(stage, spoken[-1])
    return Resolved(None, tuple(sorted(person.name for _, person in holders)))


def _resolve_body(stage: Stage, mention: Mention, noun: str) -> Resolved:
    """ "The newspaper": the last body of that kind before it."""
    kind = body_nouns()[noun]
    if kind in ("group", "document"):
        return UNRESOLVED
    cast = stage.cast
    last = bisect_left(cast.starts, mention.start)
    for run in reversed(cast.runs[:last]):
        if run.body != kind or not run.name or stage.is_quoted(run.start):
            continue
        is_named = noun in " ".join(run.name).lower().split()
        if is_named or kind == "publication" or noun in ("group", "organization", "company"):
            return Resolved(Speaker(cast.text[run.start : run.end], "organisation"))
    return UNRESOLVED


def _as_person(stage: Stage, person: Person) -> Resolved:
    role = stage.cast.roles.get(person.name, NO_ROLE)
    speaker = Speaker(person.name, "person", role.title, role.affiliation)
    return Resolved(speaker, (), person)
