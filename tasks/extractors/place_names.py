"""What each name of the gazetteer can mean: the shapes, and the names of our own tables.

Names that come with packages are read in `package_places`; both meet in `gazetteer_names`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from schemas.records import MentionKind
from tasks.extractors.vocabulary import read_table, read_words

# How far a name is to be trusted:
# sure: it means its country wherever it stands (persons, ships and streets apart);
# place: it may be a place, and its senses compete;
# clued: one of several countries, by the words of its text;
# qualifier: an abbreviated state, only after a place or a party ("Bath, Me.", "D-Calif.");
# undecided: no single country by policy;
# masked: it holds a country's name and means none;
# hint: no name at all, but a word of one country's public life ("sheriff", "Crown Court").
Trust = Literal["sure", "place", "clued", "qualifier", "undecided", "masked", "hint"]

# What a region or a city of our own tables weighs against other places, in inhabitants: they are
# listed because the news knows them, whatever their size.
KNOWN_PLACE = 5_000_000
# From this weight on a place is also looked for in capitals.
PROMINENT = 1_000_000


class Sense(NamedTuple):
    """One meaning of a name. `population` is its weight against other meanings, 0 for none.

    `region` is the state or province (GeoNames first-order code) where one is known.
    """

    country_code: str
    kind: MentionKind
    rule: str
    population: int = 0
    region: str = ""


# The fields of a Sense before a text needs it: plain tuples cost the collector nothing.
PlainSense = tuple[str, MentionKind, str, int, str]


class PlaceName(NamedTuple):
    """One spelling. `towns` are the smaller places that bear a country's name.

    `is_unmistakable`: no person, ship, street or language bears it, so nobody needs to look.
    """

    text: str
    trust: Trust
    senses: tuple[Sense, ...]
    towns: tuple[Sense, ...] = ()
    is_personal: bool = False
    is_doubtful: bool = False
    is_unmistakable: bool = False


def sure_name(text: str, country_code: str, kind: MentionKind, rule: str) -> PlaceName:
    return PlaceName(text, "sure", (Sense(country_code, kind, rule),))


# --- names that mean one country -------------------------------------------------------------


def masked() -> Iterator[PlaceName]:
    for text in read_words("masked_names"):
        yield PlaceName(text, "masked", ())


def policy() -> Iterator[PlaceName]:
    for row in read_table("territory_policy"):
        codes = split(row["country_code"]) or split(row["candidates"])
        trust: Trust = "sure" if row["country_code"] else "undecided"
        kind = to_kind(row["kind"])
        for text in split(row["names"]):
            yield PlaceName(text, trust, tuple(Sense(c, kind, "policy") for c in codes))
        for text in peoples(row["demonyms"]):
            yield PlaceName(text, trust, tuple(Sense(c, "demonym", "policy") for c in codes))


def ambiguous() -> Iterator[PlaceName]:
    rows: dict[str, list[Sense]] = {}
    for row in read_table("ambiguous_names"):
        sense = Sense(row["country_code"], to_kind(row["kind"]), "context_words", 0, row["region"])
        rows.setdefault(row["name"], []).append(sense)
    for text, senses in rows.items():
        yield PlaceName(text, "clued", tuple(senses))


def historical() -> Iterator[PlaceName]:
    for row in read_table("historical_states"):
        for text in split(row["names"]):
            yield sure_name(text, row["former_code"], "name", "historical_state")
        for text in peoples(row["demonyms"]):
            yield sure_name(text, row["former_code"], "demonym", "historical_state")


def country_names() -> Iterator[PlaceName]:
    for row in read_table("country_names"):
        kind = to_kind(row["kind"])
        rule = "abbreviation" if kind == "abbreviation" else "country_name"
        for text in split(row["names"]):
            yield sure_name(text, row["country_code"], kind, rule)


def demonyms() -> Iterator[PlaceName]:
    for table in ("demonyms", "regional_peoples"):
        for row in read_table(table):
            for text in peoples(row["words"]):
                yield sure_name(text, row["country_code"], "demonym", "demonym")


def bodies() -> Iterator[PlaceName]:
    for table, rule in (("seats_of_power", "seat_of_power"), ("national_bodies", "national_body")):
        for row in read_table(table):
            for text in split(row["names"]):
                yield sure_name(text, row["country_code"], "metonym", rule)


def qualifiers() -> Iterator[PlaceName]:
    for row in read_table("state_abbreviations"):
        for text in split(row["abbreviations"]):
            sense = Sense(row["country_code"], "place", "state_abbreviation", 0, row["region"])
            yield PlaceName(text, "qualifier", (sense,))


def hints() -> Iterator[PlaceName]:
    for row in read_table("national_words"):
        for text in split(row["words"]):
            sense = Sense(row["country_code"], "metonym", "national_word")
            yield PlaceName(text, "hint", (sense,))


# --- places that compete ---------------------------------------------------------------------


def regions() -> Iterator[tuple[str, PlainSense]]:
    for row in read_table("regions"):
        for text in split(row["names"]):
            yield text, (row["country_code"], "place", "region", KNOWN_PLACE, row["region"])


def cities() -> Iterator[tuple[str, PlainSense]]:
    for row in read_table("exonyms"):
        kind = to_kind(row["kind"])
        rule = "capital" if kind == "capital" else "city"
        for text in split(row["names"]):
            yield text, (row["country_code"], kind, rule, KNOWN_PLACE, "")


def city_spellings() -> Iterator[tuple[str, PlainSense]]:
    for row in read_table("city_spellings"):
        for text in split(row["spellings"]):
            yield text, (row["country_code"], "place", "city", int(row["population"]), "")


# --- cells -----------------------------------------------------------------------------------


def split(cell: str) -> list[str]:
    return [text for text in cell.split("|") if text]


def peoples(cell: str) -> Iterable[str]:
    """Demonyms, with the plurals that English makes of them."""
    for word in split(cell):
        yield word
        if not word.endswith(("s", "sh", "ch", "ese", "-", "men", "x")):
            yield word + "s"


def to_kind(word: str) -> MentionKind:
    kinds: dict[str, MentionKind] = {
        "name": "name",
        "demonym": "demonym",
        "capital": "capital",
        "place": "place",
        "abbreviation": "abbreviation",
        "metonym": "metonym",
    }
    if word not in kinds:
        raise ValueError(f"vocabulary: expected a mention kind, one of {list(kinds)}, got {word!r}")
    return kinds[word]
