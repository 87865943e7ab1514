"""The names we recognise as countries or as places in one, matched in one pass.

What a name can mean comes from `gazetteer_names`; whether it means that here is decided in
`country_senses`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from tasks.extractors.gazetteer_names import read_names
from tasks.extractors.place_names import PlaceName

# One character for one, so that offsets stay those of the text. Replacing them one by one is
# ten times as fast as str.translate, because most of them are absent.
_PLAIN = (
    *((c, "'") for c in "’‘‛ʼ´`"),
    *((c, " ") for c in "\u00a0\u2009\u202f\n\t\r"),
    *((c, "-") for c in "‐‑–"),
)


class Hit(NamedTuple):
    start: int
    end: int
    name: PlaceName


@dataclass(frozen=True, slots=True)
class Gazetteer:
    automaton: AhoCorasick
    names: tuple[PlaceName, ...]
    by_text: dict[str, PlaceName]

    def hits(self, plain: str) -> list[Hit]:
        """Whole-word matches in order, the longest at each place, none overlapping."""
        found = self.automaton.find_matches_as_indexes(plain, overlapping=True)
        whole = [(s, -e, n) for n, s, e in found if _is_whole(plain, s, e)]
        whole.sort()
        return list(_longest(whole, self.names))


@cache
def gazetteer() -> Gazetteer:
    names = read_names()
    automaton = AhoCorasick([name.text for name in names])
    return Gazetteer(automaton, names, {name.text: name for name in names})


@cache
def gazetteer_version() -> str:
    """A digest of every name and all it can mean; it tells new vocabulary from new events."""
    digest = sha256()
    for name in gazetteer().names:
        digest.update(repr((name.text, name.trust, name.senses, name.towns)).encode())
    return digest.hexdigest()[:16]


def plain_text(text: str) -> str:
    """The text with one kind of apostrophe, hyphen and space; same length."""
    for character, plain in _PLAIN:
        text = text.replace(character, plain)
    return text


def _longest(whole: list[tuple[int, int, int]], names: tuple[PlaceName, ...]) -> Iterator[Hit]:
    free_from = 0
    for start, negative_end, index in whole:
        if start >= free_from:
            free_from = -negative_end
            yield Hit(start, free_from, names[index])


def _is_whole(plain: str, start: int, end: int) -> bool:
    before = plain[start - 1 : start]
    after = plain[end : end + 1]
    if before.isalnum() or before in ("_", "@"):
        return False
    if after.isalnum() and plain[end - 1] != "-":
        return False
    # "Canada.com", "U.S" before ".S.R."
    return not (after == "." and plain[end + 1 : end + 2].isalnum())
