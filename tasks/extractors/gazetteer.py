"""The names we recognise as countries or as places in one, matched in one pass.

What a name can mean is data from `place_names`; whether it means that here is decided in
`countries`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from tasks.extractors.place_names import PlaceName, read_place_names

# One character for one, so that offsets stay those of the text.
_PLAIN = str.maketrans("’‘‛ʼ´`\u00a0\u2009\u202f\n\t\r‐‑–", "''''''      ---")


class Hit(NamedTuple):
    start: int
    end: int
    name: PlaceName


@dataclass(frozen=True, slots=True)
class Gazetteer:
    automaton: AhoCorasick
    names: tuple[PlaceName, ...]

    def hits(self, plain: str) -> list[Hit]:
        """Whole-word matches in order, the longest at each place, none overlapping."""
        found = self.automaton.find_matches_as_indexes(plain, overlapping=True)
        whole = [(s, -e, n) for n, s, e in found if _is_whole(plain, s, e)]
        whole.sort()
        return list(_longest(whole, self.names))


@cache
def gazetteer() -> Gazetteer:
    names = read_place_names()
    return Gazetteer(AhoCorasick([name.text for name in names]), names)


def plain_text(text: str) -> str:
    """The text with one kind of apostrophe, hyphen and space; same length."""
    return text.translate(_PLAIN)


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
