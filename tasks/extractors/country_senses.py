"""Which country each name of a text means: refused, decided, or left with its candidates.

Sure names are settled first; they are the evidence by which doubtful ones are judged.
To add a pass, write a function that decides open hits and put it in its place in `PASSES`.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from tasks.extractors import place_context as context
from tasks.extractors.country_choice import choose_by_clues, choose_place, local_sense
from tasks.extractors.country_reading import Reading, begin_reading
from tasks.extractors.country_refusals import is_refused
from tasks.extractors.gazetteer import Hit
from tasks.extractors.place_names import PlaceName, Sense

# A city of this size is named in the news without a word that says it is a city.
FAMOUS = 300_000
# A city of this size may be the only sign of its country where the text speaks of another's life.
LARGE = 100_000

# News copy names a town of these with its state or province after a comma.
WITH_STATES = frozenset(("US", "CA", "AU"))

_BETWEEN = frozenset((", ", " (", ","))


def read_senses(text: str) -> list[tuple[Hit, tuple[Sense, ...]]]:
    reading = begin_reading(text)
    for decide in PASSES:
        decide(reading)
    decided = sorted(reading.decided.items())
    return [(reading.hits[index], senses) for index, senses in decided if senses]


# --- passes ----------------------------------------------------------------------------------


def qualified_places(reading: Reading) -> None:
    """ "Cairo, Ill.": the next name says where the first one lies, here and further on."""
    for index, (hit, outer) in enumerate(pairwise(reading.hits)):
        if reading.plain[hit.end : outer.start] not in _BETWEEN:
            continue
        if found := _within(hit.name, outer.name) or _in_state(reading, hit, outer):
            reading.decide(index, (found[0],))
            reading.decide(index + 1, (found[1],))
            reading.settled.setdefault(hit.name.text, found[0])
            reading.settled.setdefault(outer.name.text, found[1])


def refused_names(reading: Reading) -> None:
    for index, hit in reading.open_hits():
        if hit.name.is_unmistakable:
            reading.decide(index, hit.name.senses)
        elif hit.name.trust == "masked":
            reading.decide(index, ())
        elif is_refused(hit):
            reading.decide(index, ())
            reading.persons.add(hit.name.text)


def sure_names(reading: Reading) -> None:
    for index, hit in reading.open_hits():
        name = hit.name
        if name.trust == "qualifier":
            stands = context.is_qualifying(hit) or _follows_place(reading, index)
            reading.decide(index, name.senses if stands else ())
        elif name.trust in ("sure", "undecided") and not _is_doubtful(reading, hit):
            reading.decide(index, name.senses)


def states(reading: Reading) -> None:
    """Before cities: Alabama tells which Birmingham is meant."""
    for index, hit in reading.open_hits():
        first = hit.name.senses[0] if hit.name.trust == "place" else None
        if first and first.rule == "region" and first.region and not _is_known_person(reading, hit):
            reading.decide(index, choose_place(reading, hit))


def famous_places(reading: Reading) -> None:
    """Together, so that their order in the text decides nothing."""
    famous = [
        (index, hit)
        for index, hit in reading.open_hits()
        if hit.name.trust == "place" and _is_famous(reading, hit)
    ]
    for _, hit in famous:
        if hit.name.text not in reading.settled and (local := local_sense(reading, hit)):
            reading.settled[hit.name.text] = local
    chosen = [(index, choose_place(reading, hit)) for index, hit in famous]
    for index, senses in chosen:
        reading.decide(index, senses)


def clued_names(reading: Reading) -> None:
    chosen: dict[str, tuple[Sense, ...]] = {}
    for index, hit in reading.open_hits():
        if hit.name.trust == "clued":
            if hit.name.text not in chosen:
                chosen[hit.name.text] = choose_by_clues(reading, hit)
            reading.decide(index, chosen[hit.name.text])


def proved_places(reading: Reading) -> None:
    for index, hit in reading.open_hits():
        if hit.name.trust == "place":
            is_proved = _is_proved(reading, hit)
            reading.decide(index, choose_place(reading, hit) if is_proved else ())


def doubted_names(reading: Reading) -> None:
    """ "a Lebanon man" is of the town, "Holland said" a person met before, if nothing denies it."""
    for index, hit in reading.open_hits():
        own = {sense.country_code for sense in hit.name.senses}
        towns = [s for s in hit.name.towns if reading.knows(s.country_code)]
        if own & reading.countries:
            reading.decide(index, hit.name.senses)
        elif hit.name.text in reading.persons:
            reading.decide(index, ())
        else:
            reading.decide(index, tuple(towns[:1]) or hit.name.senses)


PASSES: tuple[Callable[[Reading], None], ...] = (
    qualified_places,
    refused_names,
    sure_names,
    states,
    famous_places,
    clued_names,
    proved_places,
    doubted_names,
)


# --- questions -------------------------------------------------------------------------------


def _within(inner: PlaceName, outer: PlaceName) -> tuple[Sense, Sense] | None:
    """The sense of the inner name that lies in the outer one, and the outer's sense."""
    senses = inner.senses if inner.trust == "place" else inner.towns
    if not senses:
        return None
    for around in outer.senses:
        if around.rule == "city" or around.kind in ("demonym", "metonym"):
            continue
        for sense in senses:
            if sense.country_code == around.country_code and _same_region(sense, around):
                return sense._replace(rule="qualified_place"), around
        if outer.trust == "qualifier" and outer.text.endswith("."):
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


def _is_city(name: PlaceName) -> bool:
    """ "London, New York, Tokyo" is a list of cities."""
    return any(s.rule != "region" and s.population >= FAMOUS for s in name.senses)


def _same_region(inner: Sense, outer: Sense) -> bool:
    return not outer.region or not inner.region or inner.region == outer.region


def _follows_place(reading: Reading, index: int) -> bool:
    """ "Washington DC", "Vancouver BC": a place of that country stands right before it."""
    before, hit = reading.hits[index - 1], reading.hits[index]
    if index == 0 or reading.plain[before.end : hit.start] not in (" ", ", "):
        return False
    code = hit.name.senses[0].country_code
    return any(sense.country_code == code for sense in before.name.senses)


def _is_doubtful(reading: Reading, hit: Hit) -> bool:
    """A country's name that this text may use for a town or a person."""
    if hit.name.towns and context.has_town_after(hit):
        return True
    return _is_known_person(reading, hit)


def _is_known_person(reading: Reading, hit: Hit) -> bool:
    return (
        hit.name.is_personal
        and hit.name.text in reading.persons
        and not context.has_place_before(hit)
    )


def _is_famous(reading: Reading, hit: Hit) -> bool:
    is_large = hit.name.senses[0].population >= FAMOUS and not hit.name.is_doubtful
    return is_large and not _is_known_person(reading, hit)


def _is_proved(reading: Reading, hit: Hit) -> bool:
    """A word of place beside it, and a country that the text knows or that no other shares."""
    name = hit.name
    if hit.start in reading.datelined or name.text in reading.settled:
        return True
    before = context.has_place_before(hit)
    if name.text in reading.persons and not before:
        return False
    codes = {sense.country_code for sense in name.senses}
    is_known = any(map(reading.knows, codes))
    is_word = (name.is_doubtful and not before) or name.is_personal
    is_word = is_word or (name.is_doubtful and name.senses[0].population < FAMOUS)
    if before or (not is_word and context.has_any_after(hit)):
        return is_known or (len(codes) == 1 and not is_word and _is_plausible(reading, hit))
    is_only = len(codes) == 1 and name.senses[0].population >= LARGE
    return (is_known or is_only) and not is_word and not context.is_part_of_name(hit)


def _is_plausible(reading: Reading, hit: Hit) -> bool:
    """The only sign of its country: not within a longer name, not in a text of another country."""
    if context.is_followed_by_name(hit):
        return False
    return reading.hinted is None or hit.name.senses[0].population >= LARGE
