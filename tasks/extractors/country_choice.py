"""Which of several countries a name means in its text, or all of them where none wins."""

from __future__ import annotations

import re
from functools import cache

from tasks.extractors import place_context as context
from tasks.extractors.country_reading import Reading
from tasks.extractors.gazetteer import Hit
from tasks.extractors.place_names import Sense, split
from tasks.extractors.vocabulary import read_table

# The largest place of one name is meant unless the next has at least a fifth of its people.
DOMINANCE = 5
# Yet a smaller one of this ratio is meant where the text names its country and not the other's.
RIVALRY = 20


def choose_place(reading: Reading, hit: Hit) -> tuple[Sense, ...]:
    if settled := reading.settled.get(hit.name.text):
        return (settled,)
    best: dict[str, Sense] = {}
    for sense in hit.name.senses:
        best.setdefault(sense.country_code, sense)
    senses = tuple(best.values())
    if len(senses) == 1:
        return senses
    if local := local_sense(reading, hit):
        return (local,)
    if senses[0].population >= DOMINANCE * senses[1].population:
        return (senses[0],)
    likely = [s for s in senses if reading.knows(s.country_code)]
    if len(likely) == 1:
        return (likely[0]._replace(rule="document_sense"),)
    return senses


def local_sense(reading: Reading, hit: Hit) -> Sense | None:
    """The smaller place of the name, where the text is about its country and not the other."""
    first = hit.name.senses[0]
    if reading.knows(first.country_code):
        return None
    for sense in hit.name.senses[1:]:
        if reading.knows(sense.country_code) and _is_spoken_of(reading, hit, sense, first):
            return sense._replace(rule="document_sense")
    return None


def _is_spoken_of(reading: Reading, hit: Hit, sense: Sense, first: Sense) -> bool:
    if context.has_town_after(hit):
        return True
    is_near = (sense.country_code, sense.region) in reading.regions
    if first.kind == "capital":
        is_home = is_near or sense.country_code == reading.hinted
        return is_home and reading.countries <= {sense.country_code}
    is_rival = first.population < RIVALRY * sense.population
    return is_near or is_rival or sense.country_code == reading.hinted


def choose_by_clues(reading: Reading, hit: Hit) -> tuple[Sense, ...]:
    """The sense most of whose clues stand in the text, else the usual one.

    A sense without a country ("turkey" at dinner) refuses the name.
    """
    if settled := reading.settled.get(hit.name.text):
        return (settled,)
    name = hit.name.text.upper()
    scores = {s.country_code: _score(reading, name, s) for s in hit.name.senses}
    best = max(scores.values())
    backed = tuple(s for s in hit.name.senses if scores[s.country_code] == best)
    if best and len(backed) == 1:
        return tuple(s for s in backed if s.country_code)
    usual = _usual().get(name)
    return tuple(s for s in hit.name.senses if s.country_code == usual) or _countries(hit)


def _countries(hit: Hit) -> tuple[Sense, ...]:
    return tuple(sense for sense in hit.name.senses if sense.country_code)


def _score(reading: Reading, name: str, sense: Sense) -> int:
    clues = _clues()[name, sense.country_code]
    plain = reading.plain
    found = sum(1 for word in clues if word in plain and _whole(word).search(plain))
    neighbours = sum(code == sense.country_code for code, _ in reading.regions)
    return found + neighbours + (sense.country_code == reading.hinted)


@cache
def _clues() -> dict[tuple[str, str], tuple[str, ...]]:
    return {
        (row["name"].upper(), row["country_code"]): tuple(split(row["clues"]))
        for row in read_table("ambiguous_names")
    }


@cache
def _whole(word: str) -> re.Pattern[str]:
    """Compiled when a text holds the bare word, which few of the clues ever do."""
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")


@cache
def _usual() -> dict[str, str]:
    rows = read_table("ambiguous_names")
    return {row["name"].upper(): row["country_code"] for row in rows if row["default"]}
