"""Which country each name of a text means: refused, decided, or left with its candidates.

Sure names are settled first; they are the evidence by which doubtful ones are judged.
To add a pass, write a function that decides open hits and put it in its place in `PASSES`.
"""

from __future__ import annotations

from collections.abc import Callable

from tasks.extractors import place_context as context
from tasks.extractors.country_choice import choose_by_clues, choose_place, local_sense
from tasks.extractors.country_neighbours import follows_place, listed_sense, qualified_places
from tasks.extractors.country_reading import Reading, begin_reading
from tasks.extractors.country_refusals import find_refusal, is_person
from tasks.extractors.gazetteer import Hit
from tasks.extractors.place_names import Sense

# A city of this size is named in the news without a word that says it is a city.
FAMOUS = 300_000
# A city of this size may be the only sign of its country where the text speaks of another's life.
LARGE = 100_000


def read_senses(text: str) -> list[tuple[Hit, tuple[Sense, ...]]]:
    reading = begin_reading(text)
    if not reading.hits:
        return []
    for decide in PASSES:
        decide(reading)
    decided = sorted(reading.decided.items())
    return [(reading.hits[index], senses) for index, senses in decided if senses]


# --- passes ----------------------------------------------------------------------------------


def refused_names(reading: Reading) -> None:
    for index, hit in reading.open_hits():
        if hit.name.is_unmistakable:
            reading.decide(index, hit.name.senses)
        elif hit.name.trust == "masked":
            reading.decide(index, ())
        elif refusal := find_refusal(hit):
            reading.decide(index, ())
            if refusal is is_person:
                reading.persons.add(hit.name.text)


def sure_names(reading: Reading) -> None:
    doubted = {h.name.text for h in reading.hits if h.name.towns and context.has_town_after(h)}
    doubted |= reading.settled.keys()
    for index, hit in reading.open_hits():
        name = hit.name
        if name.trust == "qualifier":
            stands = context.is_qualifying(hit) or follows_place(reading, index)
            reading.decide(index, name.senses if stands else ())
        elif name.trust not in ("sure", "undecided") or name.text in doubted:
            continue
        elif context.may_be_surname(hit):
            reading.persons.add(name.text)
        elif not _is_known_person(reading, hit):
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
        if hit.name.trust != "clued":
            continue
        if listed := listed_sense(reading, index):
            reading.decide(index, (listed,))
        elif context.may_be_surname(hit):
            reading.persons.add(hit.name.text)
        elif not _is_known_person(reading, hit):
            if hit.name.text not in chosen:
                chosen[hit.name.text] = choose_by_clues(reading, hit)
            reading.decide(index, chosen[hit.name.text])


def proved_places(reading: Reading) -> None:
    for index, hit in reading.open_hits():
        if hit.name.trust == "place":
            is_proved = _is_proved(reading, hit)
            reading.decide(index, choose_place(reading, hit) if is_proved else ())


def doubted_names(reading: Reading) -> None:
    """ "a Lebanon man" is of the town, "Holland said" a person met before.

    Unless the text speaks of the country under another name.
    """
    for index, hit in reading.open_hits():
        own = tuple(s for s in hit.name.senses if s.country_code in reading.countries)
        towns = [s for s in hit.name.towns if reading.knows(s.country_code)]
        if hit.name.text in reading.settled:
            towns = [reading.settled[hit.name.text]]
        if own:
            reading.decide(index, own)
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


def _is_known_person(reading: Reading, hit: Hit) -> bool:
    return (
        hit.name.is_personal
        and hit.name.text in reading.persons
        and not context.has_place_before(hit)
    )


def _is_famous(reading: Reading, hit: Hit) -> bool:
    is_large = hit.name.senses[0].population >= FAMOUS and not hit.name.is_doubtful
    return is_large and not _is_known_person(reading, hit) and not context.may_be_surname(hit)


def _is_proved(reading: Reading, hit: Hit) -> bool:
    """A word of place beside it, or a country that the text knows or that no other shares."""
    name = hit.name
    if hit.start in reading.datelined or name.text in reading.settled:
        return True
    if context.has_place_before(hit):
        return _is_proved_before(reading, hit)
    if name.is_doubtful or name.is_personal or name.text in reading.persons:
        return False
    if context.has_any_after(hit):
        return _is_known(reading, hit) or (_is_only(hit) and _is_plausible(reading, hit))
    is_likely = _is_known(reading, hit) or (_is_only(hit) and _is_large(hit))
    return is_likely and not context.is_part_of_name(hit)


def _is_proved_before(reading: Reading, hit: Hit) -> bool:
    """ "in Nice", but not "in Reading Skills"."""
    name = hit.name
    if name.is_doubtful and context.is_followed_by_name(hit):
        return False
    if _is_known(reading, hit):
        return True
    if name.is_doubtful or name.is_personal:
        is_city = name.senses[0].population >= FAMOUS or (_is_large(hit) and context.is_inside(hit))
        return is_city and _is_plausible(reading, hit)
    return _is_plausible(reading, hit)


def _is_known(reading: Reading, hit: Hit) -> bool:
    return any(reading.knows(sense.country_code) for sense in hit.name.senses)


def _is_only(hit: Hit) -> bool:
    return len({sense.country_code for sense in hit.name.senses}) == 1


def _is_large(hit: Hit) -> bool:
    return hit.name.senses[0].population >= LARGE


def _is_plausible(reading: Reading, hit: Hit) -> bool:
    """The only sign of its country: not within a longer name, not in a text of another country."""
    if context.is_followed_by_name(hit):
        return False
    return reading.hinted is None or _is_large(hit)
