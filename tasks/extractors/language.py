"""The language of a text: what the page states, unless its commonest words say another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from tasks.extractors.reading import Reading
from tasks.extractors.vocabulary import read_table
from tasks.extractors.ways import Way

SAMPLE = 1_000
LEAST_HITS = 5
CODE = re.compile(r"([a-z]{2,3})(?:[-_]|$)")
WORD = re.compile(r"[^\W\d_]+")


def language_ways(reading: Reading, text: str) -> Iterator[Way]:
    """Two-letter codes; none where neither the page nor its words say."""
    if counted := count_language(text):
        yield Way(counted, "common_words", text[:40])
    stated = CODE.match((reading.metadata.language or "").strip().lower())
    if stated:
        yield Way(stated[1], "stated", reading.metadata.language or "")
    if reading.source and reading.source.language_code:
        yield Way(reading.source.language_code, "source", reading.source.name)


def count_language(text: str) -> str | None:
    """The language whose function words are commonest, where it leads clearly."""
    hits: dict[str, int] = {}
    known = _words()
    counts = Counter(WORD.findall(text[:SAMPLE].lower()))
    for word in counts.keys() & known.keys():
        for language in known[word]:
            hits[language] = hits.get(language, 0) + counts[word]
    ranked = sorted(((count, language) for language, count in hits.items()), reverse=True)
    if not ranked or ranked[0][0] < LEAST_HITS:
        return None
    clear = len(ranked) == 1 or ranked[0][0] >= 1.5 * ranked[1][0]
    return ranked[0][1] if clear else None


@cache
def _words() -> dict[str, tuple[str, ...]]:
    words: dict[str, tuple[str, ...]] = {}
    for row in read_table("common_words"):
        for word in row["words"].split():
            words[word] = (*words.get(word, ()), row["language"])
    return words
