"""The names we recognise as countries or as places in one, matched in one pass.

What a name can mean comes from `gazetteer_names`; whether it means that here is decided in
`country_senses`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from tasks.extractors.gazetteer_names import NameTable, read_names
from tasks.extractors.place_names import PlaceName

# One character for one, so that offsets stay those of the text. Replacing them one by one is
# ten times as fast as str.translate, because most of them are absent.
_PLAIN = (
    *((c, "'") for c in "’‘‛ʼ´`"),
    *((c, " ") for c in "\u00a0\u2009\u202f\n\t\r"),
    *((c, "-") for c in "‐‑–"),
)
_SURROGATE = re.compile("[\ud800-\udfff]")
# How far back a word beside a name is looked for.
_LOOK = 32


class Hit(NamedTuple):
    """A name at a place, with the words that stand directly before it ("" where none does)."""

    plain: str
    start: int
    end: int
    name: PlaceName
    before: str = ""
    second_before: str = ""


@dataclass(frozen=True, slots=True)
class Gazetteer:
    automaton: AhoCorasick
    table: NameTable
    met: dict[str, PlaceName] = field(default_factory=dict)

    def name(self, spelling: str) -> PlaceName:
        """Made when a text first holds the spelling, and kept."""
        if spelling not in self.met:
            self.met[spelling] = self.table.name(spelling)
        return self.met[spelling]

    def knows(self, spelling: str) -> bool:
        return spelling in self.table.own or spelling in self.table.places

    def has_spelling(self, plain: str) -> bool:
        """Whether a hit can be all of the text."""
        return self.knows(plain) or plain in self.table.in_capitals

    def hits(self, plain: str) -> list[Hit]:
        """Whole-word matches in order, the longest at each place, none overlapping."""
        found = self.automaton.find_matches_as_indexes(plain, overlapping=True)
        # Most matches lie inside a longer word; they are dropped before anything else is asked.
        whole = [
            (start, -end, index)
            for index, start, end in found
            if not plain[start - 1 : start].isalnum() and _is_whole(plain, start, end)
        ]
        whole.sort()
        spellings = self.table.spellings
        hits = []
        free_from = 0
        for start, negative_end, index in whole:
            if start >= free_from:
                free_from = -negative_end
                hits.append(make_hit(plain, start, free_from, self.name(spellings[index])))
        return hits


def make_hit(plain: str, start: int, end: int, name: PlaceName) -> Hit:
    if name.is_unmistakable:
        return Hit(plain, start, end, name)
    piece = plain[max(0, start - _LOOK) : start]
    # Two blanks are the end of a paragraph.
    if piece[-1:] != " " or piece[-2:] == "  ":
        return Hit(plain, start, end, name)
    words = piece.rsplit(" ", 3)
    return Hit(plain, start, end, name, words[-2], words[-3] if words[-3:-2] else "")


@cache
def gazetteer() -> Gazetteer:
    table = read_names()
    return Gazetteer(AhoCorasick(table.spellings), table)


@cache
def gazetteer_version() -> str:
    """A digest of every name and all it can mean; it tells new vocabulary from new events."""
    table = gazetteer().table
    digest = sha256()
    for spelling in table.spellings:
        digest.update(repr(table.name(spelling)).encode())
    return digest.hexdigest()[:16]


def plain_text(text: str) -> str:
    """The text with one kind of apostrophe, hyphen and space; same length."""
    for character, plain in _PLAIN:
        text = text.replace(character, plain)
    # Half of a broken pair cannot be handed to the automaton.
    return text if text.isascii() else _SURROGATE.sub(" ", text)


def _is_whole(plain: str, start: int, end: int) -> bool:
    after = plain[end : end + 1]
    if after.isalnum() and plain[end - 1] != "-":
        return False
    if start and plain[start - 1] in "_@":
        return False
    # "Canada.com", "U.S" before ".S.R."
    return after != "." or not plain[end + 1 : end + 2].isalnum()
