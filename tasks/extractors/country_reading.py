"""One text while its countries are read: the hits, and what is settled about them so far."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tasks.extractors.gazetteer import Hit, gazetteer, make_hit, plain_text
from tasks.extractors.place_names import Sense

# Where a dateline may also follow the headline on its line.
_HEAD = 300
_DASHES = ("- ", "— ", "– ")
_DATELINE = re.compile(
    r"(?<![A-Za-z] )(?<![\w,'-])([A-Z][A-Z.' -]{2,30}?)"
    r"(?:, [^\n(]{1,30}?)? ?(?:\([^)\n]{1,30}\) ?)?(?:--|—|–|-) "
)


@dataclass(slots=True)
class Reading:
    """An empty tuple in `decided` refuses a hit.

    `hinted` is the one country whose words of public life the text uses; it is never a mention.
    """

    plain: str
    hits: list[Hit]
    hinted: str | None = None
    datelined: set[int] = field(default_factory=set)
    decided: dict[int, tuple[Sense, ...]] = field(default_factory=dict)
    countries: set[str] = field(default_factory=set)
    regions: set[tuple[str, str]] = field(default_factory=set)
    settled: dict[str, Sense] = field(default_factory=dict)
    persons: set[str] = field(default_factory=set)

    def decide(self, index: int, senses: tuple[Sense, ...]) -> None:
        self.decided[index] = senses
        if len(senses) == 1:
            self.countries.add(senses[0].country_code)
            if senses[0].region:
                self.regions.add((senses[0].country_code, senses[0].region))

    def knows(self, country_code: str) -> bool:
        return country_code in self.countries or country_code == self.hinted

    def open_hits(self) -> list[tuple[int, Hit]]:
        return [(i, hit) for i, hit in enumerate(self.hits) if i not in self.decided]


def begin_reading(text: str) -> Reading:
    plain = plain_text(text)
    found = gazetteer().hits(plain)
    hits = [hit for hit in found if hit.name.trust != "hint"]
    reading = Reading(plain, hits)
    if len(hits) < len(found):
        hints = {h.name.senses[0].country_code for h in found if h.name.trust == "hint"}
        reading.hinted = hints.pop() if len(hints) == 1 else None
    _add_datelines(reading, text)
    return reading


def _add_datelines(reading: Reading, text: str) -> None:
    """Small towns in capitals at the head of a story are not among the hits."""
    starts = {hit.start for hit in reading.hits}
    for start, end in _datelines(text):
        reading.datelined.add(start)
        spelling = reading.plain[start:end].title()
        if start not in starts and gazetteer().knows(spelling):
            reading.hits.append(make_hit(reading.plain, start, end, gazetteer().name(spelling)))
    reading.hits.sort(key=lambda hit: hit.start)


def _datelines(text: str) -> Iterator[tuple[int, int]]:
    """At the head of the text, perhaps after a headline, and at the start of any line."""
    head = text[:_HEAD]
    if any(dash in head for dash in _DASHES):
        for found in _DATELINE.finditer(head):
            yield found.span(1)
    line_start = text.find("\n", _HEAD) + 1
    while line_start:
        if line := _DATELINE.match(text, line_start):
            yield line.span(1)
        line_start = text.find("\n", line_start) + 1
