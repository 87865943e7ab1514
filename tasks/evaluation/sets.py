"""Countries and days: what a document names, each once, whatever the place."""

from __future__ import annotations

import re

from tasks.evaluation.figures import Figure, Miss, Row, Tally, of_f1

ISO_DAY = re.compile(r"^\d{4}-\d\d-\d\d")


def score_countries(labels: list[Row], found: dict[str, Row]) -> tuple[Figure, ...]:
    pairs = [
        (each["doc_id"], set(each["countries"]), countries_of(found.get(each["doc_id"], {})))
        for each in labels
    ]
    return (_score("countries F1", pairs),)


def score_days(labels: list[Row], found: dict[str, Row]) -> tuple[Figure, ...]:
    """The document's own day is left out of both sides."""
    pairs = []
    for label in labels:
        own = {label.get("dct_day")}
        given = days_of(found.get(label["doc_id"], {}))
        pairs.append((label["doc_id"], _labelled_days(label) - own, given - own))
    return (_score("days F1", pairs),)


def countries_of(record: Row) -> set[str]:
    mentions = record.get("country_mentions") or []
    return {each["country_code"] for each in mentions if each.get("country_code")}


def days_of(record: Row) -> set[str]:
    """First and last day of every date that is exact to the day."""
    mentions = [m for m in record.get("date_mentions") or [] if m.get("precision") == "day"]
    ends = [each.get(end) for each in mentions for end in ("date_start", "date_end")]
    return {end[:10] for end in ends if end}


def iso_days(values: list[str]) -> set[str]:
    return {value[:10] for value in values if ISO_DAY.match(value)}


def _labelled_days(label: Row) -> set[str]:
    if "days" in label:
        return iso_days(label["days"])
    timexes = [each for each in label["timexes"] if each["type"] in {"DATE", "TIME"}]
    return {each["day"] for each in timexes if each.get("day")}


def _score(what: str, pairs: list[tuple[str, set[str], set[str]]]) -> Figure:
    tally = Tally()
    for _, labelled, given in pairs:
        tally.add_sets(labelled, given)
    misses = tuple(
        Miss(what, doc_id, sorted(labelled - given), sorted(given - labelled))
        for doc_id, labelled, given in pairs
        if labelled != given
    )
    return of_f1(what, tally, 0.90, misses)
