"""The same story on several hosts, or twice on one: near-duplicates by MinHash of word triples.

A signature is 128 minima of one permutation of the triples ("one permutation hashing", Li, Owen and
Zhang 2012; empty places filled as by Shrivastava 2017), 16 bits each, packed into 32 integers that
a bigint column holds. The share of equal minima estimates the share of common triples, give or take
.035. Numbers and letters count, case, punctuation and typography do not.
What differs between two copies is `copy_differences.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from tasks.extractors.copy_differences import differences

__all__ = ["differences", "find_clusters", "signature", "similarity", "smallest_alike"]

Words = NDArray[np.uint64]
Minima = NDArray[np.uint16]
Places = NDArray[np.intp]

# Two texts are copies from this share of common triples on. A reprint that drops its last fifth has
# .8; one that changes every twentieth word .75; two reports of one event stay under .2.
THRESHOLD = 0.8
SHINGLE = 3
PLACES = 128
# A pair is compared where one of 21 bands of 6 minima agrees: .998 of the pairs at the threshold
# are, and .02 of those with a third in common.
BANDS, ROWS = 21, 6

_PACKED = PLACES // 4
_EMPTY = np.uint64(2**64 - 1)
_PLACE_MASK, _PLACE_BITS = np.uint64(PLACES - 1), np.uint64(PLACES.bit_length() - 1)
_BASE = 0x9E3779B97F4A7C15 | 1
_INVERSE = pow(_BASE, -1, 2**64)


def signature(text: str) -> tuple[int, ...]:
    """Empty for a text without words; that one is a copy of nothing."""
    shingles = _shingles(text)
    if not len(shingles):
        return ()
    minima = np.full(PLACES, _EMPTY)
    np.minimum.at(minima, (shingles & _PLACE_MASK).astype(np.intp), shingles >> _PLACE_BITS)
    return tuple(_filled(minima).astype("<u2").view("<i8").tolist())


def find_clusters(signatures: Mapping[str, tuple[int, ...]]) -> dict[str, str]:
    """article_id -> the smallest article_id of its cluster; its own where nothing is like it.

    A cluster is what chains of pairs at or over the threshold hold together, so that it depends on
    no order.
    """
    ids = sorted(signatures)
    signed = [each for each in ids if signatures[each]]
    packed = np.array([signatures[each] for each in signed], dtype="<i8").reshape(-1, _PACKED)
    first = smallest_alike(packed)
    return {each: each for each in ids} | {
        each: signed[first[place]] for place, each in enumerate(signed)
    }


def smallest_alike(packed: NDArray[np.int64]) -> list[int]:
    """For each signature (a row) the first row of its cluster."""
    minima = np.ascontiguousarray(packed).view("<u2").reshape(len(packed), PLACES)
    roots = list(range(len(minima)))
    for band in range(BANDS):
        for bucket in _buckets(minima[:, band * ROWS : (band + 1) * ROWS]):
            _join_alike(minima, bucket, roots)
    return [_root(roots, place) for place in range(len(roots))]


def similarity(one: Sequence[int], other: Sequence[int]) -> float:
    """The estimated share of common triples."""
    pair = np.array([one, other], dtype="<i8").view("<u2")
    return float((pair[0] == pair[1]).mean())


def _join_alike(minima: Minima, bucket: Places, roots: list[int]) -> None:
    """All pairs of a bucket, but for those that are already one cluster."""
    own = np.array([_root(roots, place) for place in bucket.tolist()])
    for position in range(len(bucket) - 1):
        later = np.flatnonzero(own[position + 1 :] != own[position]) + position + 1
        if not len(later):
            continue
        equal = (minima[bucket[later]] == minima[bucket[position]]).sum(axis=1)
        for root in np.unique(own[later[equal >= THRESHOLD * PLACES]]).tolist():
            low, high = sorted((int(own[position]), root))
            roots[high] = low
            own[own == high] = low


def _root(roots: list[int], place: int) -> int:
    """The smaller row is always the root, so a cluster is named the same in any order."""
    while roots[place] != place:
        roots[place] = roots[roots[place]]
        place = roots[place]
    return place


def _buckets(band: Minima) -> list[Places]:
    """The rows that agree in every column of the band, two or more together."""
    keys = band.astype(np.uint64) @ _powers(ROWS.bit_length())[0][:ROWS]
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    edges = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1], [True])))
    shared = np.flatnonzero(np.diff(edges) > 1)
    return [order[edges[each] : edges[each + 1]] for each in shared]


def _shingles(text: str) -> Words:
    """One mixed 64-bit number for each three words in a row; a shorter text is one shingle.

    Words are hashed where they stand: a running sum of code times base to the place, of which the
    difference between two places, divided by base to the first, is the same wherever they are.
    """
    codes, starts, ends = _words(text)
    if not len(starts):
        return np.empty(0, dtype=np.uint64)
    size = min(SHINGLE, len(starts))
    powers, inverses = _powers(len(codes).bit_length())
    sums = np.cumsum(codes * powers[: len(codes)])
    first, last = starts[: len(starts) - size + 1], ends[size - 1 :]
    before = np.where(first > 0, sums[first - 1], np.uint64(0))
    return _mixed((sums[last - 1] - before) * inverses[first])


def _words(text: str) -> tuple[Words, Places, Places]:
    """Small letters and digits as codes, all between two words as one zero; starts and ends."""
    raw = np.frombuffer(text.lower().encode("utf-32-le", "surrogatepass"), dtype="<u4")
    is_word = _letters()[np.minimum(raw, len(_letters()) - 1)]
    kept = is_word.copy()
    kept[1:] |= is_word[:-1]
    codes = np.where(is_word, raw, 0)[kept].astype(np.uint64)
    edges = np.diff(np.concatenate(([0], (codes > 0).view(np.int8), [0])))
    return codes, np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)


def _mixed(numbers: Words) -> Words:
    """The finaliser of SplitMix64: every bit of a number moves every bit of the result."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


def _filled(minima: Words) -> Words:
    """A place that no triple fell into takes the minimum of the next of its probes."""
    is_filled = minima != _EMPTY
    empty = np.flatnonzero(~is_filled)
    if len(empty):
        probes = _probes()[empty]
        minima[empty] = minima[probes[np.arange(len(empty)), is_filled[probes].argmax(axis=1)]]
    return minima & np.uint64(0xFFFF)


@cache
def _probes() -> Places:
    """For each place all places, in an order of its own that never changes."""
    numbers = np.arange(PLACES * PLACES, dtype=np.uint64).reshape(PLACES, PLACES)
    return np.argsort(_mixed(numbers + np.uint64(1)), axis=1, kind="stable")


@cache
def _powers(bits: int) -> tuple[Words, Words]:
    """Powers of the base and of its inverse modulo 2**64, for texts of up to 2**bits codes."""
    count = 2**bits + 1
    powers = np.full(count, _BASE, dtype=np.uint64)
    inverses = np.full(count, _INVERSE, dtype=np.uint64)
    powers[0] = inverses[0] = 1
    return np.multiply.accumulate(powers), np.multiply.accumulate(inverses)


@cache
def _letters() -> NDArray[np.bool_]:
    """Which code points are letters or digits; past the first plane all count as one."""
    last = 0xFFFF
    return np.array([chr(code).isalnum() for code in range(last + 1)], dtype=bool)
