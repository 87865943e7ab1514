"""Who is being talked about at a place of the text: the subject that "he" or "she" goes on with.

Sentences are read backwards. A sentence that opens with the same pronoun goes on with the same
person; a name that a preposition or verb governs is passed over while a subject can be found.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from schemas.records import Quote, Speaker
from tasks.extractors.cues import abbreviations
from tasks.extractors.name_words import SAME_OFFICE, Gender, offices
from tasks.extractors.people import Cast, Person
from tasks.extractors.standing import ASKED, GOVERNED, rank_of

_NEAR_WINDOW, _WINDOW, _SENTENCES, _NEAR_SENTENCES = 400, 1500, 12, 4
_NAME = re.compile(r"([A-ZÀ-ÖØ-ÞŠŽ](?:['’][A-Z])?[\w\-]*+)(['’]s?(?=\s))?")
_SENTENCE_END = re.compile(r"[.!?][\"”'’)]*+\s|\n")
_LAST_WORD = re.compile(r"(\w+)$")
# The pronoun is the subject: at the head, after "But", or after an opening phrase and its comma.
_OPENING = re.compile(r"[\W_]*(?:\w+,?\s)?([Hh]e|[Ss]he)\b")
_OPENING_PHRASE = re.compile(
    r"(?:In|At|On|As|After|Before|During|For|With|When|While|By)\b[^.]*?,\s(he|she)\b"
)
_DESCRIPTION = re.compile(r"(?:(\w+),\s)?[Tt]he\s((?:[\w\-]+(?:['’]s)?\s){1,4})")
_CAPITAL_FOLLOWS = re.compile(r"\s[A-Z]")
_WORD_LENGTH = 8


@dataclass
class Stage:
    """The cast, the quotations, and who has spoken so far."""

    cast: Cast
    quotes: tuple[Quote, ...]
    above: Cast | None = None
    spoken: list[tuple[int, Person]] = field(default_factory=list)
    bodies: list[tuple[int, Speaker]] = field(default_factory=list)
    quote_starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.quote_starts = [quote.start for quote in self.quotes]

    def speaker_within(self, start: int, end: int, gender: Gender | None) -> Person | None:
        """The first who spoke between two places; `spoken` is in text order."""
        index = bisect_left(self.spoken, start, key=lambda pair: pair[0])
        while index < len(self.spoken) and self.spoken[index][0] < end:
            if _fits(self.spoken[index][1].gender, gender):
                return self.spoken[index][1]
            index += 1
        return None

    def is_quoted(self, at: int) -> bool:
        index = bisect_right(self.quote_starts, at) - 1
        return index >= 0 and at < self.quotes[index].end


class Named(NamedTuple):
    person: Person
    rank: int


def find_subject(stage: Stage, before: int, gender: Gender | None) -> Person | None:
    """`gender` None accepts anyone."""
    governed: Person | None = None
    for number, (start, end) in enumerate(_sentences_backwards(stage, before)):
        named = _most_likely(_names_in(stage, start, end, gender), is_near=number == 0)
        speaker = stage.speaker_within(start, end, gender)
        if speaker is not None:
            # "Okello was asked by Brandt whether": Brandt spoke, Okello answers.
            return named.person if named is not None and named.rank == ASKED else speaker
        if number and _goes_on(stage, start, end, gender):
            holder = _described(stage, start, end, gender)
            if holder is not None:
                return holder
            continue
        if named is not None and named.rank > GOVERNED:
            return named.person
        governed = governed or (named.person if named is not None else None)
        if number >= _SENTENCES:
            break
        if governed and stage.cast.text[start - 1 : start] == "\n":
            # The paragraph names one person and no other subject: "he" is that one.
            return governed
        if governed and number == 0 and not stage.is_quoted(start):
            # "That left Jan Brandt in the middle, so that he …": in one sentence an object serves.
            return governed
    return governed


def near_subject(stage: Stage, before: int, gender: Gender | None) -> Person | None:
    """The subject of the last few sentences; nobody who is only governed by their words."""
    for number, (start, end) in enumerate(_sentences_backwards(stage, before)):
        if number > _NEAR_SENTENCES:
            return None
        named = _most_likely(_names_in(stage, start, end, gender), is_near=False)
        speaker = stage.speaker_within(start, end, gender)
        if speaker is not None:
            return named.person if named is not None and named.rank == ASKED else speaker
        if named is not None and named.rank > GOVERNED and not _goes_on(stage, start, end, gender):
            return named.person
    return None


def has_subject_beside(stage: Stage, before: int) -> bool:
    """The same sentence names a subject already: another description means somebody else."""
    for start, end in _sentences_backwards(stage, before):
        return any(named.rank > GOVERNED for named in _names_in(stage, start, end, None))
    return False


def _most_likely(names: Iterator[Named], *, is_near: bool) -> Named | None:
    """The first of the highest rank; beside the pronoun, first those whose gender is known."""
    found = list(names)
    if is_near:
        found = [named for named in found if named.person.gender] or found
    return max(found, key=lambda named: named.rank, default=None)


def _goes_on(stage: Stage, start: int, end: int, gender: Gender | None) -> bool:
    """A pronoun or "the envoy" is the subject of the sentence, so its names are others."""
    text = stage.cast.text
    start += len(text[start:end]) - len(text[start:end].lstrip())
    opening = _OPENING.match(text, start, end) or _OPENING_PHRASE.match(text, start, end)
    if opening is not None and not stage.is_quoted(opening.start(1)):
        return _fits("m" if opening[1].lower() == "he" else "f", gender)
    described = _DESCRIPTION.match(text, start, end)
    if described is None or described[1] in stage.cast.by_surname:
        # "Okello, the envoy, …" names its subject.
        return False
    return not offices().isdisjoint(re.findall(r"[\w\-]+", described[2]))


def _described(stage: Stage, start: int, end: int, gender: Gender | None) -> Person | None:
    """ "The general would not say": the only one who holds the rank, by any of its names."""
    opening = _DESCRIPTION.match(stage.cast.text, start, end)
    nouns = re.findall(r"[\w\-]+", opening[2]) if opening else []
    for noun in [noun for noun in nouns if noun in offices()][:1]:
        words = (noun, *SAME_OFFICE.get(noun, ()))
        holders = {p for word in words for p in stage.cast.holders.get(word, ())}
        fitting = [
            p for p in holders if _fits(p.gender, gender) and p.last_before(start) is not None
        ]
        return fitting[0] if len(fitting) == 1 else None
    return None


def _fits(one: Gender | None, other: Gender | None) -> bool:
    return one is None or other is None or one == other


def _sentences_backwards(stage: Stage, before: int) -> Iterator[tuple[int, int]]:
    """The near sentences first; the far window is read only if they name nobody."""
    end = before
    for reach in (_NEAR_WINDOW, _WINDOW):
        low = max(0, before - reach)
        cuts = list(_cuts(stage, low, end))
        if low == 0 or reach == _WINDOW:
            cuts.insert(0, low)
        for start in reversed(cuts):
            if start < end:
                yield start, end
                end = start
        if low == 0:
            return


def _cuts(stage: Stage, low: int, end: int) -> Iterator[int]:
    text = stage.cast.text
    for found in _SENTENCE_END.finditer(text, low, end):
        if stage.is_quoted(found.start()) and not _ends_quote(stage, found):
            continue
        if found[0][0] == "." and _is_abbreviation(text, found.start()):
            continue
        yield found.end()


def _is_abbreviation(text: str, point: int) -> bool:
    word = _LAST_WORD.search(text, max(0, point - _WORD_LENGTH), point)
    return word is not None and (len(word[1]) == 1 or word[1].lower() in abbreviations())


def _ends_quote(stage: Stage, found: re.Match[str]) -> bool:
    return not stage.is_quoted(found.end() - 1)


def _names_in(stage: Stage, start: int, end: int, gender: Gender | None) -> Iterator[Named]:
    cast = stage.cast
    previous = ""
    for found in _NAME.finditer(cast.text, start, end):
        word = found[1]
        people = cast.by_surname.get(word) or _lone(cast, found)
        if people is not None and not stage.is_quoted(found.start()):
            person = _bearer(people, previous, gender)
            if person is not None and _fits(cast.gender(person), gender) and cast.is_known(person):
                rank = rank_of(cast.text, start, found)
                if rank:
                    yield Named(person, rank)
        previous = word


def _lone(cast: Cast, name: re.Match[str]) -> list[Person] | None:
    """Not "Security" of a "Security Council"."""
    return None if _CAPITAL_FOLLOWS.match(cast.text, name.end()) else cast.lone(name[1])


def _bearer(people: list[Person], word_before: str, gender: Gender | None) -> Person | None:
    """Which of one surname: the one whose given name stands before it, else the only one."""
    fitting = [p for p in people if _fits(p.gender, gender)]
    if len(people) > 1:
        named = [p for p in people if word_before and word_before in p.name.split()[:-1]]
        fitting = [p for p in named if p in fitting] if named else fitting
        fitting = [p for p in fitting if p.is_certain] or fitting
    return max(fitting, key=lambda person: person.count, default=None)
