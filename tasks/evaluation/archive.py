"""Archive documents: every field of a page, and everything named in its text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tasks.evaluation.figures import Figure, Miss, Row, Tally, of_f1, share_of
from tasks.evaluation.passages import agree, full_words, mention_of
from tasks.evaluation.people import is_near, is_the_speaker
from tasks.evaluation.sets import countries_of, days_of, iso_days

PAGE_FIELDS = ("published", "headline", "subhead", "section", "dateline_place", "agency")
TEXT_FIELDS = ("quotes", "speaker", "title", "affiliation", "countries", "dates")
ROLE_FIELDS = ("title", "affiliation")
Pair = tuple[Row, Row | None]


@dataclass(slots=True)
class _Counts:
    tallies: dict[str, Tally] = field(
        default_factory=lambda: {name: Tally() for name in (*PAGE_FIELDS, *TEXT_FIELDS)}
    )
    terms: int = 0
    terms_given: int = 0
    misses: list[Miss] = field(default_factory=list)

    def missed(self, what: str, doc_id: str, expected: object, found: object) -> None:
        self.misses.append(Miss(what, doc_id, expected, found))


def score_archive(labels: list[Row], found: dict[str, Row]) -> tuple[Figure, ...]:
    counts = _Counts()
    for label in labels:
        record = found.get(label["doc_id"], {})
        _count_fields(counts, label, record)
        _count_quotes(counts, label, record)
        _count_sets(counts, label, record)
    return tuple(_figures(counts))


def _figures(counts: _Counts) -> Iterator[Figure]:
    used = {name: tally for name, tally in counts.tallies.items() if tally.labelled or tally.given}
    mean = sum(each.f1 for each in used.values()) / max(len(used), 1)
    labelled = sum(tally.labelled for tally in used.values())
    yield Figure("every field, mean F1", labelled, mean, 0.95)
    for name, tally in used.items():
        target = 0.90 if name == "speaker" else 0.95
        misses = tuple(each for each in counts.misses if each.what == name)
        yield of_f1(f"{name} F1", tally, target, misses)
    value = share_of(counts.terms_given, counts.terms)
    misses = tuple(each for each in counts.misses if each.what == "term")
    yield Figure("terms given a speaker", counts.terms, value, 0.05, True, misses=misses)  # noqa: FBT003


def _count_fields(counts: _Counts, label: Row, record: Row) -> None:
    agency = label.get("agency") or {}
    expected: Row = {name: label.get(name) for name in PAGE_FIELDS[:4]} | {
        "dateline_place": (label.get("dateline") or {}).get("place"),
        "agency": agency.get("name") or agency.get("short"),
    }
    found: Row = {name: record.get(name) for name in PAGE_FIELDS} | {
        "published": (record.get("published_date") or "")[:10]
    }
    for name in PAGE_FIELDS:
        wanted, given = expected[name], found[name]
        if name == "published" and not wanted:
            continue
        is_right = bool(wanted and given) and _is_right_field(name, wanted, given, agency)
        counts.tallies[name].add(wanted, given, is_right=is_right)
        if (wanted or given) and not is_right:
            counts.missed(name, label["doc_id"], wanted, given)


def _is_right_field(name: str, wanted: str, given: str, agency: Row) -> bool:
    if name == "published":
        return wanted == given
    if _folded(wanted) == _folded(given):
        return True
    if name == "dateline_place":
        return _folded(wanted) == _folded(given.split(",", maxsplit=1)[0])
    return name == "agency" and any(
        _is_inside(given, each) for each in (agency.get("name"), agency.get("short")) if each
    )


def _is_inside(given: str, wanted: str) -> bool:
    """One as whole words inside the other; a name of one letter is inside everything."""
    one, other = f" {_folded(given)} ", f" {_folded(wanted)} "
    return len(one) > len("  x") and (other in one or one in other)


def _folded(text: str) -> str:
    return " ".join(full_words(text))


def _count_quotes(counts: _Counts, label: Row, record: Row) -> None:
    given = record.get("quotes") or []
    people = {each["id"]: each for each in label["speakers"]}
    pairs = _pairs(label["quotes"], given)
    partner = {id(match): quote for quote, match in pairs if match is not None}
    for each in given:
        _count_given(counts, each, partner.get(id(each)), people)
        if id(each) not in partner:
            counts.missed("quotes", label["doc_id"], None, each["text"])
    for quote, match in pairs:
        if quote.get("ambiguous"):
            continue
        if quote["speaker"] is None:
            _count_term(counts, label["doc_id"], quote, match)
        else:
            _count_said(counts, label["doc_id"], (quote, match), people[quote["speaker"]])


def _pairs(labelled: list[Row], given: list[Row]) -> list[Pair]:
    """Equal words first, so that no near match takes another's partner."""
    matches: dict[int, int] = {}
    words = [full_words(each["text"]) for each in given]
    for is_exact in (True, False):
        for place, quote in enumerate(labelled):
            wanted = full_words(quote["text"])
            fits = (
                number
                for number, found in enumerate(words)
                if number not in matches.values()
                and (wanted == found if is_exact else agree(wanted, found))
            )
            if place not in matches and (first := next(fits, None)) is not None:
                matches[place] = first
    return [
        (quote, given[matches[place]] if place in matches else None)
        for place, quote in enumerate(labelled)
    ]


def _count_given(counts: _Counts, given: Row, quote: Row | None, people: dict[str, Row]) -> None:
    is_ambiguous = bool(quote and quote.get("ambiguous"))
    is_free = quote is not None and (is_ambiguous or quote["kind"] == "term")
    counts.tallies["quotes"].given += not is_free
    # The words alone name a person whom the article leaves without a name.
    is_nameless = bool(quote and quote["speaker"] and not people[quote["speaker"]]["name"])
    names = bool(given.get("speaker") or (mention_of(given) and is_nameless))
    counts.tallies["speaker"].given += names and not is_ambiguous


def _count_term(counts: _Counts, doc_id: str, quote: Row, match: Row | None) -> None:
    counts.terms += 1
    if match is not None and match.get("speaker"):
        counts.terms_given += 1
        counts.missed("term", doc_id, quote["text"], match["speaker"])


def _count_said(counts: _Counts, doc_id: str, pair: Pair, person: Row) -> None:
    quote, match = pair
    is_term = quote["kind"] == "term"
    counts.tallies["quotes"].labelled += not is_term
    counts.tallies["quotes"].right += match is not None and not is_term
    is_right = match is not None and is_the_speaker(match, person, quote)
    counts.tallies["speaker"].labelled += 1
    counts.tallies["speaker"].right += is_right
    if match is None:
        counts.missed("quotes", doc_id, quote["text"], None)
    elif not is_right:
        found = match.get("speaker") or mention_of(match)
        counts.missed("speaker", doc_id, person["name"] or person.get("description"), found)
    for name in ROLE_FIELDS:
        if wanted := person.get(name):
            role = match.get(f"speaker_{name}") if match else None
            is_same = is_right and is_near(role, wanted)
            counts.tallies[name].add(wanted, role, is_right=is_same)
            if is_right and not is_same:
                counts.missed(name, doc_id, wanted, role)


def _count_sets(counts: _Counts, label: Row, record: Row) -> None:
    sets = {"countries": (set(label["countries"]), countries_of(record))}
    if own := label["published"]:
        values = [end for each in label["dates"] for end in each["value"].split("/")]
        sets["dates"] = (iso_days(values) - {own}, days_of(record) - {own})
    for name, (wanted, given) in sets.items():
        counts.tallies[name].add_sets(wanted, given)
        if wanted != given:
            counts.missed(name, label["doc_id"], sorted(wanted - given), sorted(given - wanted))
