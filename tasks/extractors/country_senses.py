"""Which country each name of a text means: refused, decided, or left with its candidates.

Sure names are settled first; they are the evidence by which doubtful ones are judged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache

from tasks.extractors import place_context as context
from tasks.extractors.gazetteer import Hit, gazetteer, plain_text
from tasks.extractors.place_names import PlaceName, Sense
from tasks.extractors.vocabulary import read_table

# A city of this size is named in the news without a word that says it is a city.
FAMOUS = 300_000
# The largest place of one name is meant unless the next has at least a tenth of its people.
DOMINANCE = 10

_DATELINE = re.compile(
    r"(?:^|[.!?] |\n)([A-Z][A-Z.' -]{2,30}?)"
    r"(?:, [^\n(]{1,30}?)? ?(?:\([^)\n]{1,30}\) ?)?(?:--|—|–|-) "
)
_BETWEEN = (", ", " (", ",")


@dataclass(slots=True)
class Reading:
    """One text while it is read. An empty tuple in `decided` refuses a hit."""

    plain: str
    hits: list[Hit]
    datelined: set[int] = field(default_factory=set)
    decided: dict[int, tuple[Sense, ...]] = field(default_factory=dict)
    countries: set[str] = field(default_factory=set)
    regions: set[tuple[str, str]] = field(default_factory=set)
    settled: dict[str, Sense] = field(default_factory=dict)
    persons: set[str] = field(default_factory=set)

    def decide(self, index: int, senses: tuple[Sense, ...]) -> None:
        self.decided[index] = senses
        if len(senses) == 1:
            self.countries.add(senses[0].country_code)
            if senses[0].region:
                self.regions.add((senses[0].country_code, senses[0].region))

    def open_hits(self) -> Iterable[tuple[int, Hit]]:
        return [(i, hit) for i, hit in enumerate(self.hits) if i not in self.decided]


def read_senses(text: str) -> list[tuple[Hit, tuple[Sense, ...]]]:
    reading = _begin(text)
    for decide in PASSES:
        decide(reading)
    decided = sorted(reading.decided.items())
    return [(reading.hits[index], senses) for index, senses in decided if senses]


def _begin(text: str) -> Reading:
    """The hits of the gazetteer, and small towns in capitals at the head of a story."""
    plain = plain_text(text)
    reading = Reading(plain, gazetteer().hits(plain))
    starts = {hit.start for hit in reading.hits}
    for found in _DATELINE.finditer(text):
        start, end = found.span(1)
        reading.datelined.add(start)
        name = gazetteer().by_text.get(found.group(1).title())
        if name and start not in starts:
            reading.hits.append(Hit(start, end, name))
    reading.hits.sort(key=lambda hit: hit.start)
    return reading


# --- passes ----------------------------------------------------------------------------------


def qualified_places(reading: Reading) -> None:
    """ "Cairo, Ill.": the next name says where the first one lies, here and further on."""
    for index, (hit, outer) in enumerate(zip(reading.hits, reading.hits[1:], strict=False)):
        if reading.plain[hit.end : outer.start] not in _BETWEEN:
            continue
        if found := _within(hit.name, outer.name):
            inner_sense, outer_sense = found
            reading.decide(index, (inner_sense,))
            reading.decide(index + 1, (outer_sense,))
            reading.settled.setdefault(hit.name.text, inner_sense)
            reading.settled.setdefault(outer.name.text, outer_sense)


def _within(inner: PlaceName, outer: PlaceName) -> tuple[Sense, Sense] | None:
    senses = inner.senses if inner.trust == "place" else inner.towns
    if not senses:
        return None
    for around in outer.senses:
        if around.rule == "city" or around.kind in ("demonym", "metonym"):
            continue
        for sense in senses:
            if sense.country_code == around.country_code and _same_region(sense, around):
                return sense._replace(rule="qualified_place"), around
        if outer.trust == "qualifier":
            return Sense(around.country_code, "place", "qualified_place"), around
    return None


def _same_region(inner: Sense, outer: Sense) -> bool:
    return not outer.region or not inner.region or inner.region == outer.region


def refused(reading: Reading) -> None:
    for index, hit in reading.open_hits():
        if hit.name.trust == "masked":
            reading.decide(index, ())
        elif any(rule(reading.plain, hit) for rule in REFUSALS):
            reading.decide(index, ())
            reading.persons.add(hit.name.text)


def sure_names(reading: Reading) -> None:
    for index, hit in reading.open_hits():
        name = hit.name
        if name.trust == "qualifier":
            stands = context.is_qualifying(reading.plain, hit) or _follows_place(reading, index)
            reading.decide(index, name.senses if stands else ())
        elif name.trust in ("sure", "undecided") and not (
            name.towns and context.has_town_after(reading.plain, hit)
        ):
            reading.decide(index, name.senses)


def _follows_place(reading: Reading, index: int) -> bool:
    """ "Washington DC", "Vancouver BC": no comma, but a place before it."""
    before, hit = reading.hits[index - 1], reading.hits[index]
    return index > 0 and before.end + 1 == hit.start and before.name.trust == "place"


def famous_places(reading: Reading) -> None:
    waiting = [
        (index, hit)
        for index, hit in reading.open_hits()
        if hit.name.trust == "place"
        and hit.name.senses[0].population >= FAMOUS
        and not hit.name.is_doubtful
        and not _is_known_person(reading, hit)
    ]
    chosen = [(index, _choose(reading, hit)) for index, hit in waiting]
    for index, senses in chosen:
        reading.decide(index, senses)


def clued_names(reading: Reading) -> None:
    for index, hit in reading.open_hits():
        if hit.name.trust == "clued":
            settled = reading.settled.get(hit.name.text)
            reading.decide(index, (settled,) if settled else _by_clues(reading, hit))


def proved_places(reading: Reading) -> None:
    for index, hit in reading.open_hits():
        if hit.name.trust == "place":
            proved = _is_proved(reading, index)
            reading.decide(index, _choose(reading, hit) if proved else ())


def town_names(reading: Reading) -> None:
    """ "a Lebanon man": the town, unless the text speaks of the country."""
    for index, hit in reading.open_hits():
        own = {sense.country_code for sense in hit.name.senses}
        likely = [s for s in hit.name.towns if s.country_code in reading.countries]
        is_town = likely and not own & reading.countries
        reading.decide(index, (likely[0],) if is_town else hit.name.senses)


PASSES: tuple[Callable[[Reading], None], ...] = (
    qualified_places,
    refused,
    sure_names,
    famous_places,
    clued_names,
    proved_places,
    town_names,
)


# --- refusals --------------------------------------------------------------------------------


def _is_person(plain: str, hit: Hit) -> bool:
    if hit.name.trust != "place" and not hit.name.is_personal:
        return False
    return context.is_person(plain, hit)


def _is_ship(plain: str, hit: Hit) -> bool:
    return hit.name.senses[0].kind != "demonym" and context.is_ship(plain, hit)


def _is_street(plain: str, hit: Hit) -> bool:
    return hit.name.trust != "qualifier" and context.is_street(plain, hit)


def _is_language(plain: str, hit: Hit) -> bool:
    return hit.name.senses[0].kind == "demonym" and context.is_language(plain, hit)


def _is_pronoun(plain: str, hit: Hit) -> bool:
    """ "US" in a line of capitals is as likely the word "us"."""
    if hit.name.text != "US":
        return False
    around = plain[max(0, hit.start - 8) : hit.end + 8]
    return around.isupper() and len(around) > len("the US,")


REFUSALS = (_is_person, _is_ship, _is_street, _is_language, _is_pronoun)


# --- choosing --------------------------------------------------------------------------------


def _choose(reading: Reading, hit: Hit) -> tuple[Sense, ...]:
    """One sense, or the best of each country where none wins."""
    if settled := reading.settled.get(hit.name.text):
        return (settled,)
    best: dict[str, Sense] = {}
    for sense in hit.name.senses:
        best.setdefault(sense.country_code, sense)
    senses = tuple(best.values())
    if len(senses) == 1:
        return senses
    first = senses[0]
    if first.country_code not in reading.countries:
        for sense in hit.name.senses[1:]:
            if _is_local(reading, hit, sense, first):
                return (sense._replace(rule="document_sense"),)
    if first.population >= DOMINANCE * senses[1].population:
        return (first,)
    likely = [s for s in senses if s.country_code in reading.countries]
    if len(likely) == 1:
        return (likely[0]._replace(rule="document_sense"),)
    return senses


def _is_local(reading: Reading, hit: Hit, sense: Sense, first: Sense) -> bool:
    """The smaller place of the name lies in a state the text names, or is spoken of as a town."""
    if sense.country_code not in reading.countries:
        return False
    if context.has_town_after(reading.plain, hit):
        return True
    if (sense.country_code, sense.region) not in reading.regions:
        return False
    return first.kind != "capital" or reading.countries == {sense.country_code}


def _is_known_person(reading: Reading, hit: Hit) -> bool:
    return hit.name.text in reading.persons and not context.has_place_before(reading.plain, hit)


def _is_proved(reading: Reading, index: int) -> bool:
    hit, plain = reading.hits[index], reading.plain
    if hit.start in reading.datelined or hit.name.text in reading.settled:
        return True
    before = context.has_place_before(plain, hit)
    if hit.name.text in reading.persons and not before:
        return False
    codes = {sense.country_code for sense in hit.name.senses}
    is_known = not codes.isdisjoint(reading.countries)
    after = context.has_place_after(plain, hit) or context.has_town_after(plain, hit)
    is_word = hit.name.is_doubtful or hit.name.is_personal
    if before or (after and not is_word):
        return is_known or (len(codes) == 1 and not is_word)
    return is_known and not is_word and not context.is_part_of_name(plain, hit)


def _by_clues(reading: Reading, hit: Hit) -> tuple[Sense, ...]:
    """The sense whose clue words stand in the text most often."""
    patterns = _clues()[hit.name.text.upper()]
    scores = {code: len(found.findall(reading.plain)) for code, found in patterns.items()}
    best = max(scores.values())
    backed = tuple(s for s in hit.name.senses if scores[s.country_code] == best)
    if best and len(backed) == 1:
        return backed
    default = _defaults().get(hit.name.text.upper())
    return tuple(s for s in hit.name.senses if s.country_code == default) or hit.name.senses


@cache
def _clues() -> dict[str, dict[str, re.Pattern[str]]]:
    found: dict[str, dict[str, re.Pattern[str]]] = {}
    for row in read_table("ambiguous_names"):
        words = "|".join(re.escape(word) for word in row["clues"].split("|"))
        pattern = re.compile(rf"(?<!\w)(?:{words})(?!\w)")
        found.setdefault(row["name"].upper(), {})[row["country_code"]] = pattern
    return found


@cache
def _defaults() -> dict[str, str]:
    rows = read_table("ambiguous_names")
    return {row["name"].upper(): row["country_code"] for row in rows if row["default"]}
