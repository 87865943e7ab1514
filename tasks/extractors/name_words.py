"""What words of a name mean: titles, given names, nouns of bodies; read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from tasks.extractors.vocabulary import read_table, read_words

Gender = Literal["m", "f"]
_SHORT_NOUN = 5
_PERSON_ENDS = ("er", "or", "ist", "ian", "man", "woman", "ant")
BodyKind = Literal["organisation", "publication", "document", "group"]


# What else a title may have been called where it was given.
SAME_OFFICE = {
    "senator": ("sen",),
    "governor": ("gov",),
    "representative": ("rep",),
    "congressman": ("rep", "representative"),
    "congresswoman": ("rep", "representative"),
    "lawmaker": ("sen", "senator", "rep", "representative", "congressman", "congresswoman"),
    "general": ("gen",),
    "colonel": ("col",),
    "admiral": ("adm",),
    "professor": ("prof",),
    "pontiff": ("pope",),
    "premier": ("minister",),
    "leader": ("chancellor", "minister", "premier"),
}


@dataclass(frozen=True, slots=True)
class Title:
    kind: Literal["honorific", "office", "part"]
    gender: Gender | None
    body: str | None = None


@cache
def titles() -> dict[str, Title]:
    return {
        row["word"]: Title(row["kind"], row["gender"] or None, row["body"] or None)  # type: ignore[arg-type]
        for row in read_table("titles")
    }


@cache
def offices() -> frozenset[str]:
    """Titles that name a role by themselves: "the spokesman", not "the senior"."""
    return frozenset(word for word, title in titles().items() if title.kind == "office")


@cache
def descriptions() -> frozenset[str]:
    """Nouns by which a text names a person again: "the senator", "the businessman"."""
    return frozenset(read_words("descriptions"))


@cache
def relations() -> frozenset[str]:
    """Nouns of people by whom they belong to: "his widow", "her colleagues"."""
    return frozenset(read_words("relations"))


def means_person(noun: str) -> bool:
    """A noun in small letters, singular or plural, that names somebody who can speak."""
    if noun in body_nouns():
        return False
    single = noun.removesuffix("s")
    known = noun in offices() or noun in descriptions() or noun in relations()
    return (
        known
        or single in relations()
        or (len(single) > _SHORT_NOUN and single.endswith(_PERSON_ENDS))
    )


@cache
def given_names() -> dict[str, Gender | None]:
    known = {"m": "m", "f": "f", "u": None}
    return {row["name"]: known[row["gender"]] for row in read_table("given_names")}  # type: ignore[misc]


@cache
def body_nouns() -> dict[str, BodyKind]:
    return {row["word"]: row["kind"] for row in read_table("body_nouns")}  # type: ignore[misc]


@cache
def nationals() -> frozenset[str]:
    """Whose minister: "Japanese", "South Korean"."""
    known = {word for row in read_table("demonyms") for word in row["words"].split("|")}
    return frozenset((*known, "U.S.", "US", "UK", "EU"))


@cache
def surname_nouns() -> frozenset[str]:
    """Nouns of bodies that are surnames too: Anna Church, Paul Banks."""
    return frozenset(read_words("surname_nouns"))


@cache
def short_names() -> dict[str, frozenset[str]]:
    """Given name -> the names it may stand for or be shortened to: Chuck and Charles."""
    found: dict[str, set[str]] = {}
    for row in read_table("short_given_names"):
        for short in row["short"].split():
            found.setdefault(row["name"], set()).add(short)
            found.setdefault(short, set()).add(row["name"])
    return {name: frozenset(others) for name, others in found.items()}


@cache
def place_openers() -> frozenset[str]:
    """New, San, Cape: the first words of places, not of persons."""
    return frozenset(read_words("place_openers"))


@cache
def particles() -> tuple[str, ...]:
    """Longest first, so that "del" is not read as "de"."""
    return tuple(sorted(read_words("name_particles"), key=lambda word: (-len(word), word)))
