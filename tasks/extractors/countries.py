"""The countries a text names: every occurrence, with the code valid on the article's day.

Names are matched by the gazetteer. Here each match is refused, decided, or left undecided with
its candidates; what a name may mean at all is vocabulary.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from hashlib import sha256

from schemas.records import CountryMention, MentionField
from tasks.extractors import place_context as context
from tasks.extractors.country_codes import code_on
from tasks.extractors.gazetteer import Hit, gazetteer, plain_text
from tasks.extractors.place_names import PlaceName, Sense
from tasks.extractors.vocabulary import read_table

# A city of this size is named in the news without a word that says it is a city.
FAMOUS = 300_000
# The largest of one name is meant unless the next is at least a tenth of it.
DOMINANCE = 10

_PARTY = re.compile(r"(?:\b[DRI]-|\(|, )$")


@dataclass(slots=True)
class _Reading:
    """One text while it is read: what is settled about it so far."""

    plain: str
    on: date | None
    hits: list[Hit]
    evidenced: set[str] = field(default_factory=set)
    persons: set[str] = field(default_factory=set)
    settled: dict[str, Sense] = field(default_factory=dict)


def find_countries(
    text: str, on: date | None = None, field: MentionField = "text"
) -> tuple[CountryMention, ...]:
    plain = plain_text(text)
    reading = _Reading(plain, on, gazetteer().hits(plain))
    decided = _decide(reading)
    return tuple(_mention(text, hit, senses, on, field) for hit, senses in decided)


def country_of(words: str, on: date | None = None) -> str | None:
    """The one country a dateline place or an affiliation evidences."""
    mentions = find_countries(words, on)
    if not mentions and words.isupper():
        mentions = find_countries(words.title(), on)
    if not mentions:
        mentions = _alone(words, on)
    codes = {mention.country_code for mention in mentions}
    return codes.pop() if len(codes) == 1 else None


def _alone(words: str, on: date | None) -> tuple[CountryMention, ...]:
    """A place that stands alone needs no word beside it that says it is one."""
    return find_countries(f"in {words.strip()}", on)


@cache
def gazetteer_version() -> str:
    """A digest of every name and what it can mean."""
    digest = sha256()
    for name in gazetteer().names:
        digest.update(repr((name.text, name.trust, name.senses)).encode())
    return digest.hexdigest()[:16]


# --- deciding ------------------------------------------------------------------------------


def _decide(  # noqa: C901, PLR0912 - parted into passes in the next change
    reading: _Reading,
) -> list[tuple[Hit, tuple[Sense, ...]]]:
    """Sure names first: they are the evidence by which the others are judged."""
    decided: dict[int, tuple[Sense, ...]] = {}
    waiting: list[int] = []
    for index, hit in enumerate(reading.hits):
        if hit.name.trust in {"sure", "undecided"}:
            if not _is_refused(reading, hit):
                decided[index] = hit.name.senses
        elif hit.name.trust == "qualifier":
            if _PARTY.search(reading.plain, max(0, hit.start - 3), hit.start):
                decided[index] = hit.name.senses
        elif hit.name.trust != "masked":
            waiting.append(index)
    _note(reading, decided)
    weak: list[int] = []
    for index in waiting:
        hit = reading.hits[index]
        if hit.name.trust == "place" and (sense := _qualified(reading, index)):
            decided[index] = (sense,)
            reading.settled[hit.name.text] = sense
        elif _is_refused(reading, hit):
            reading.persons.add(hit.name.text)
        elif hit.name.trust == "place" and _is_famous(hit.name):
            decided[index] = ()
        else:
            weak.append(index)
    for index, senses in decided.items():
        if not senses:
            decided[index] = _choose(reading, reading.hits[index])
    _note(reading, decided)
    for index in weak:
        hit = reading.hits[index]
        if hit.name.trust == "clued":
            decided[index] = _by_clues(reading, hit)
        elif _is_proved(reading, hit):
            decided[index] = _choose(reading, hit)
    return [(reading.hits[index], decided[index]) for index in sorted(decided)]


def _note(reading: _Reading, decided: dict[int, tuple[Sense, ...]]) -> None:
    for senses in decided.values():
        if len(senses) == 1:
            reading.evidenced.add(senses[0].country_code)


def _is_refused(reading: _Reading, hit: Hit) -> bool:
    plain = reading.plain
    if hit.name.senses[0].kind == "demonym":
        return context.is_language(plain, hit)
    if hit.name.text.isupper() and len(hit.name.text) == len("US"):
        return plain[max(0, hit.start - 6) : hit.end + 6].isupper()
    return context.is_person(plain, hit) or context.is_ship(plain, hit)


def _is_famous(name: PlaceName) -> bool:
    return name.senses[0].population >= FAMOUS


def _qualified(reading: _Reading, index: int) -> Sense | None:
    """ "Cairo, Ill.": the next name says where the first one lies."""
    hit = reading.hits[index]
    if index + 1 == len(reading.hits):
        return None
    following = reading.hits[index + 1]
    if reading.plain[hit.end : following.start] not in (", ", " ("):
        return None
    for outer in following.name.senses:
        if outer.rule == "city" or outer.kind == "demonym":
            continue
        for sense in hit.name.senses:
            if sense.country_code == outer.country_code and (
                not outer.region or not sense.region or sense.region == outer.region
            ):
                return sense._replace(rule="qualified_place")
        if following.name.trust == "qualifier":
            return Sense(outer.country_code, "place", "qualified_place")
    return None


def _choose(reading: _Reading, hit: Hit) -> tuple[Sense, ...]:
    """One sense, or the best of each country where no one country wins."""
    if settled := reading.settled.get(hit.name.text):
        return (settled,)
    best: dict[str, Sense] = {}
    for sense in hit.name.senses:
        best.setdefault(sense.country_code, sense)
    senses = list(best.values())
    if len(senses) == 1 or senses[0].population >= DOMINANCE * senses[1].population:
        return (senses[0],)
    likely = [s for s in senses if s.country_code in reading.evidenced]
    if len(likely) == 1:
        return (likely[0]._replace(rule="document_sense"),)
    return tuple(senses)


def _is_proved(reading: _Reading, hit: Hit) -> bool:
    cued = context.has_place_cue(reading.plain, hit)
    if hit.name.text in reading.persons and not cued:
        return False
    known = any(s.country_code in reading.evidenced for s in hit.name.senses)
    return (cued and known) or (known and not context.is_part_of_name(reading.plain, hit))


def _by_clues(reading: _Reading, hit: Hit) -> tuple[Sense, ...]:
    """The sense whose clue words stand in the text, when only one sense has any."""
    scores = {
        code: sum(1 for _ in pattern.finditer(reading.plain))
        for code, pattern in _clues()[hit.name.text.title()].items()
    }
    best = max(scores.values())
    backed = [s for s in hit.name.senses if best and scores[s.country_code] == best]
    if len(backed) == 1:
        return tuple(backed)
    default = [s for s in hit.name.senses if s.country_code == _defaults().get(hit.name.text)]
    return tuple(default) or hit.name.senses


@cache
def _clues() -> dict[str, dict[str, re.Pattern[str]]]:
    found: dict[str, dict[str, re.Pattern[str]]] = {}
    for row in read_table("ambiguous_names"):
        words = "|".join(re.escape(word) for word in row["clues"].split("|"))
        pattern = re.compile(rf"(?<!\w)(?:{words})(?!\w)")
        found.setdefault(row["name"].title(), {})[row["country_code"]] = pattern
    return found


@cache
def _defaults() -> dict[str, str]:
    rows = read_table("ambiguous_names")
    return {row["name"]: row["country_code"] for row in rows if row["default"]}


def _mention(
    text: str, hit: Hit, senses: tuple[Sense, ...], on: date | None, field: MentionField
) -> CountryMention:
    codes = tuple(dict.fromkeys(code_on(sense.country_code, on) for sense in senses))
    first = senses[0]
    return CountryMention(
        text=text[hit.start : hit.end],
        start=hit.start,
        end=hit.end,
        kind=first.kind,
        rule=first.rule,
        country_code=codes[0] if len(codes) == 1 else None,
        field=field,
        candidates=codes if len(codes) > 1 else (),
    )
