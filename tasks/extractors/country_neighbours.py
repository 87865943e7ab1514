"""A name beside another name: within it ("Cairo, Ill."), or in one list ("Cyprus and Georgia")."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from tasks.extractors.country_reading import Reading
from tasks.extractors.country_refusals import is_person
from tasks.extractors.gazetteer import Hit
from tasks.extractors.place_names import PlaceName, Sense

# News copy names a town of these with its state or province after a comma.
WITH_STATES = frozenset(("US", "CA", "AU"))
# A list may join a city of this size to a state's name: "London, New York, Tokyo".
LARGE_CITY = 300_000

_ENDS = frozenset((",", ".", ";", ")"))
_WITHIN = frozenset((", ", " (", ","))
_IN_LIST = frozenset((", ", " and ", ", and ", " or ", ", or "))


def qualified_places(reading: Reading) -> None:
    """ "Cairo, Ill.": the next name says where the first one lies, here and further on."""
    for index, (hit, outer) in enumerate(pairwise(reading.hits)):
        if reading.plain[hit.end : outer.start] not in _WITHIN or is_person(hit):
            continue
        found = _within(hit.name, outer.name) or _in_state(reading, hit, outer)
        if found := found or _namesake(reading, index):
            reading.decide(index, (found[0],))
            reading.decide(index + 1, (found[1],))
            reading.settled.setdefault(hit.name.text, found[0])
            reading.settled.setdefault(outer.name.text, found[1])


def listed_sense(reading: Reading, index: int) -> Sense | None:
    """ "Cyprus, Georgia and India": names in one list are of one kind."""
    hit = reading.hits[index]
    fitting: set[Sense] = set()
    for other, start, end in _neighbours(reading, index):
        if reading.plain[start:end] in _IN_LIST:
            first = other.name.senses[:1]
            fitting.update(s for s in hit.name.senses if first and _is_alike(s, first[0]))
    return fitting.pop() if len(fitting) == 1 else None


def follows_place(reading: Reading, index: int) -> bool:
    """ "Washington DC", "Vancouver BC": a place of that country stands right before it."""
    before, hit = reading.hits[index - 1], reading.hits[index]
    if index == 0 or reading.plain[before.end : hit.start] not in (" ", ", "):
        return False
    code = hit.name.senses[0].country_code
    return any(sense.country_code == code for sense in before.name.senses)


# --- within ----------------------------------------------------------------------------------


def _within(inner: PlaceName, outer: PlaceName) -> tuple[Sense, Sense] | None:
    """The sense of the inner name that lies in the outer one, and the outer's sense."""
    if inner.trust not in ("place", "sure", "clued") or not inner.senses:
        return None
    senses = inner.senses if inner.trust == "place" else inner.towns
    is_abbreviated = outer.trust == "qualifier" and outer.text.endswith(".")
    for around in outer.senses:
        if around.rule == "city" or around.kind in ("demonym", "metonym"):
            continue
        for sense in senses:
            if sense.country_code == around.country_code and _same_region(sense, around):
                return sense._replace(rule="qualified_place"), around
        if is_abbreviated and inner.senses[0].kind in ("name", "place", "capital"):
            return Sense(around.country_code, "place", "qualified_place"), around
    return None


def _in_state(reading: Reading, hit: Hit, outer: Hit) -> tuple[Sense, Sense] | None:
    """ "Cairo, Illinois," when no list knows that town: only a state stands between commas so."""
    after = reading.plain[outer.end : outer.end + 1]
    state = outer.name.senses[0] if outer.name.trust == "place" else None
    if state is None or not state.region or state.rule != "region" or after.isalnum():
        return None
    is_list = after == " " or _is_city(outer.name)
    if is_list or hit.name.trust != "place" or state.country_code not in WITH_STATES:
        return None
    return Sense(state.country_code, "place", "qualified_place", 0, state.region), state


def _namesake(reading: Reading, index: int) -> tuple[Sense, Sense] | None:
    """ "Peru, Indiana, has a circus": towns of a country's name; but "Peru, Indiana, and Ohio"."""
    hit, outer = reading.hits[index], reading.hits[index + 1]
    state = outer.name.senses[0] if outer.name.senses else None
    is_country = hit.name.trust == "sure" and hit.name.senses[0].kind == "name"
    if state is None or not is_country or not state.region or state.rule != "region":
        return None
    ends = reading.plain[outer.end : outer.end + 1] in _ENDS
    gaps = [reading.plain[outer.end : each.start] for each in reading.hits[index + 2 : index + 3]]
    gaps += [reading.plain[each.end : hit.start] for each in reading.hits[:index][-1:]]
    if not ends or any(gap in _IN_LIST for gap in gaps):
        return None
    return Sense(state.country_code, "place", "qualified_place", 0, state.region), state


def _is_city(name: PlaceName) -> bool:
    """ "London, New York, Tokyo" is a list of cities."""
    return any(s.rule != "region" and s.population >= LARGE_CITY for s in name.senses)


def _same_region(inner: Sense, outer: Sense) -> bool:
    return not outer.region or not inner.region or inner.region == outer.region


# --- in a list -------------------------------------------------------------------------------


def _neighbours(reading: Reading, index: int) -> Iterator[tuple[Hit, int, int]]:
    """The names before and after, with the span between."""
    hits = reading.hits
    if index:
        yield hits[index - 1], hits[index - 1].end, hits[index].start
    if index + 1 < len(hits):
        yield hits[index + 1], hits[index].end, hits[index + 1].start


def _is_alike(sense: Sense, other: Sense) -> bool:
    if sense.kind == "name":
        return other.kind == "name" and sense.country_code != ""
    return other.rule == "region" and other.country_code == sense.country_code
