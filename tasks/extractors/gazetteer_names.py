"""All names of the gazetteer, each spelling once.

Where two tables know one spelling, the reader that stands first wins; the places of that name
are kept beside a country's name, because Lebanon is also a town.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import chain

from tasks.extractors import package_places, place_names
from tasks.extractors.place_names import KNOWN_CITY, PlaceName, Sense
from tasks.extractors.vocabulary import read_table, read_words

READERS = (
    place_names.masked,
    place_names.policy,
    place_names.ambiguous,
    place_names.historical,
    place_names.country_names,
    package_places.country_names,
    place_names.demonyms,
    place_names.bodies,
    place_names.qualifiers,
    package_places.counties,
    place_names.hints,
)
PLACE_READERS = (
    package_places.states,
    package_places.capitals,
    package_places.cities,
    place_names.regions,
    place_names.cities,
)


def read_names() -> tuple[PlaceName, ...]:
    names: dict[str, PlaceName] = {}
    places = _competing_places()
    for name in chain.from_iterable(reader() for reader in READERS):
        _add(names, replace(name, towns=_towns(name, places)))
    for text, senses in places.items():
        _add(names, PlaceName(text, "place", senses))
    return tuple(names.values())


def _competing_places() -> dict[str, tuple[Sense, ...]]:
    """All meanings of one word as a place, the weightiest first."""
    senses: dict[str, list[Sense]] = {}
    for text, sense in chain.from_iterable(reader() for reader in PLACE_READERS):
        senses.setdefault(text, []).append(sense)
        if not text.isascii():
            # "Los Ángeles" in Chile is one more place called Los Angeles, not the only one.
            senses.setdefault(_unaccented(text), []).append(sense)
    never = frozenset(read_words("never_places"))
    return {text: _weighed(found) for text, found in senses.items() if text not in never}


def _weighed(senses: list[Sense]) -> tuple[Sense, ...]:
    if len(senses) == 1:
        return tuple(senses)
    return tuple(sorted(senses, key=lambda s: (-s.population, s.country_code, s.kind)))


def _towns(name: PlaceName, places: dict[str, tuple[Sense, ...]]) -> tuple[Sense, ...]:
    own = {sense.country_code for sense in name.senses}
    return tuple(s for s in places.get(name.text, ()) if s.country_code not in own)


def _add(names: dict[str, PlaceName], name: PlaceName) -> None:
    is_personal = name.text in _personal()
    is_doubtful = name.text in _doubtful()
    for spelling in _spellings(name):
        if spelling not in names:
            names[spelling] = PlaceName(
                spelling, name.trust, name.senses, name.towns, is_personal, is_doubtful
            )


def _spellings(name: PlaceName) -> Iterator[str]:
    """The name, without accents, and in capitals as headlines and datelines print it."""
    text = name.text.replace("’", "'")
    yield text
    if name.trust != "place" and not text.isascii():
        text = _unaccented(text)
        yield text
    weight = name.senses[0].population if name.senses else 0
    is_known = name.trust not in ("qualifier", "hint") and (not weight or weight >= KNOWN_CITY)
    if is_known and len(text) > len("UAE"):
        yield text.upper()


def _unaccented(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.translate(_STROKES))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


# Letters that Unicode does not take apart.
_STROKES = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i"})


@cache
def _personal() -> frozenset[str]:
    given = (row["name"] for row in read_table("given_names"))
    of_places = (*read_words("given_names_of_places"), *read_words("surnames_of_places"))
    return frozenset((*given, *of_places))


@cache
def _doubtful() -> frozenset[str]:
    return frozenset(read_words("doubtful_names"))
