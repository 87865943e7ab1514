"""All names of the gazetteer, each spelling once.

Where two tables know one spelling, the reader that stands first wins; the places of that name
are kept beside a country's name, because Lebanon is also a town.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain

from tasks.extractors import package_places, place_names
from tasks.extractors.place_names import PROMINENT, PlaceName, PlainSense, Sense
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
    place_names.city_spellings,
)


@dataclass(frozen=True, slots=True)
class NameTable:
    """Every spelling, by number. Few of them are met in a text, so the rest stay plain tuples.

    `own` are the names of `READERS`, `places` the competing meanings of a word as a place,
    `in_capitals` leads from a spelling in capitals to the word.
    """

    spellings: list[str]
    own: dict[str, PlaceName]
    places: dict[str, tuple[PlainSense, ...]]
    in_capitals: dict[str, str]

    def name(self, spelling: str) -> PlaceName:
        own = self.own.get(spelling)
        word = self.in_capitals.get(spelling, spelling)
        senses = _weighed(self.places.get(word, ()))
        if own is None:
            return _flagged(PlaceName(spelling, "place", senses), word)
        codes = {sense.country_code for sense in own.senses}
        towns = tuple(s for s in senses if s.country_code not in codes)
        return _flagged(own._replace(text=spelling, towns=towns), word)


def read_names() -> NameTable:
    own: dict[str, PlaceName] = {}
    in_capitals: dict[str, str] = {}
    for name in chain.from_iterable(reader() for reader in READERS):
        for spelling in _spellings(name.text):
            own.setdefault(spelling, name)
            if name.trust not in ("qualifier", "hint"):
                _add_capitals(in_capitals, spelling)
    places = _competing_places(in_capitals)
    for spelling, word in in_capitals.items():
        if word in own:
            own.setdefault(spelling, own[word])
    spellings = dict.fromkeys(chain(own, places, in_capitals))
    return NameTable(list(spellings), own, places, in_capitals)


def _competing_places(in_capitals: dict[str, str]) -> dict[str, tuple[PlainSense, ...]]:
    never = frozenset(read_words("never_places"))
    places: dict[str, tuple[PlainSense, ...]] = {}
    for text, sense in chain.from_iterable(reader() for reader in PLACE_READERS):
        _, _, _, population, _ = sense
        # "Los Ángeles" in Chile is one more place called Los Angeles, not another name.
        for spelling in _spellings(text):
            if spelling in never:
                continue
            places[spelling] = (*places.get(spelling, ()), sense)
            if population >= PROMINENT:
                _add_capitals(in_capitals, spelling)
    return places


def _spellings(text: str) -> Iterator[str]:
    text = text.replace("’", "'")
    yield text
    if not text.isascii():
        yield _unaccented(text)
    for long, short in _SHORTENED:
        if text.startswith(long):
            yield from (text.replace(long, other, 1) for other in short)


def _add_capitals(in_capitals: dict[str, str], spelling: str) -> None:
    """As headlines and datelines print it; three letters in capitals are too often initials."""
    if len(spelling) > len("UAE"):
        in_capitals.setdefault(spelling.upper(), spelling)


def _unaccented(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.translate(_STROKES))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _weighed(senses: tuple[PlainSense, ...]) -> tuple[Sense, ...]:
    found = [Sense(*sense) for sense in senses]
    return tuple(sorted(found, key=lambda s: (-s.population, s.country_code, s.kind)))


def _flagged(name: PlaceName, word: str) -> PlaceName:
    is_personal = word in _personal()
    return name._replace(
        is_personal=is_personal,
        is_doubtful=word in _doubtful(),
        is_unmistakable=not is_personal and _is_unmistakable(name, word),
    )


def _is_unmistakable(name: PlaceName, word: str) -> bool:
    if name.trust != "sure" or name.towns or word == "US" or word in read_words("languages"):
        return False
    return name.senses[0].kind in ("demonym", "abbreviation", "metonym")


# Letters that Unicode does not take apart.
_STROKES = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i"})
_SHORTENED = (
    ("Saint ", ("St. ", "St ")),
    ("St. ", ("Saint ", "St ")),
    ("Fort ", ("Ft. ", "Ft ")),
    ("Mount ", ("Mt. ", "Mt ")),
)


@cache
def _personal() -> frozenset[str]:
    given = (row["name"] for row in read_table("given_names"))
    of_places = (*read_words("given_names_of_places"), *read_words("surnames_of_places"))
    return frozenset((*given, *of_places))


@cache
def _doubtful() -> frozenset[str]:
    return frozenset(read_words("doubtful_names"))
