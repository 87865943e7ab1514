"""Quotations of three words or more, who said them, and terms nobody said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from tasks.evaluation.figures import Figure, Miss, Row, Tally, of_f1, share_of
from tasks.evaluation.passages import agree, mention_of, plain_words

LEAST_WORDS = 3
MARKS = "\"“”' ‘’"
CAPITALISED = re.compile(r"\b[A-Z][\w'’-]+")
PRONOUNS = frozenset({"he", "she", "they", "i", "we", "it", "who"})
# Words of a source that many sources share: they prove nothing.
COMMON = (
    frozenset({"the", "a", "an", "of", "for", "in", "on", "at", "and", "to", "from", "with", "by"})
    | {"mr", "mrs", "ms", "dr", "sen", "rep", "gov"}
    | {"president", "spokesman", "spokeswoman", "former"}
)
SOURCES = ("name", "nominal", "pronoun", "none")


@dataclass(slots=True)
class _Counts:
    spans: Tally = field(default_factory=Tally)
    speakers: Tally = field(default_factory=Tally)
    wrong: int = 0
    terms: int = 0
    terms_given: int = 0
    by_group: dict[str, Tally] = field(default_factory=dict)
    span_misses: list[Miss] = field(default_factory=list)
    speaker_misses: list[Miss] = field(default_factory=list)
    term_misses: list[Miss] = field(default_factory=list)


def score_quotes(labels: list[Row], found: dict[str, Row]) -> tuple[Figure, ...]:
    counts = _Counts()
    for label in labels:
        given = found.get(label["doc_id"], {}).get("quotes") or []
        _count_quotes(counts, label, [each for each in given if _is_long(each)])
        _count_terms(counts, label, given)
    return tuple(_figures(counts))


def _figures(counts: _Counts) -> Iterator[Figure]:
    matched = sum(tally.given for name, tally in counts.by_group.items() if name in SOURCES)
    yield of_f1("quotation spans F1", counts.spans, 0.985, tuple(counts.span_misses))
    yield of_f1("right speaker F1", counts.speakers, 0.92, tuple(counts.speaker_misses))
    yield Figure("wrong speaker", matched, share_of(counts.wrong, matched))
    for name in (*SOURCES, "direct", "mixed", "unattributed"):
        if tally := counts.by_group.get(name):
            detail = f"span found {share_of(tally.given, tally.labelled):.4f}"
            yield Figure(f"speaker right, {name}", tally.labelled, tally.recall, detail=detail)
    terms = share_of(counts.terms_given, counts.terms)
    misses = tuple(counts.term_misses)
    yield Figure("terms given a speaker", counts.terms, terms, 0.05, is_ceiling=True, misses=misses)


def _count_quotes(counts: _Counts, label: Row, given: list[Row]) -> None:
    labelled = [each for each in label["quotes"] if _is_long(each)]
    counts.spans.labelled += len(labelled)
    counts.spans.given += len(given)
    counts.speakers.given += sum(_has_speaker(each) for each in given)
    free = list(given)
    for quote in labelled:
        counts.speakers.labelled += quote.get("speaker") is not None
        match = next((each for each in free if _is_same(quote, each)), None)
        if match is None:
            counts.span_misses.append(Miss("quotation", label["doc_id"], quote["text"], None))
        else:
            # By identity: a document may say the same words twice.
            free = [each for each in free if each is not match]
            counts.spans.right += 1
        _count_speaker(counts, label["doc_id"], quote, match)
    counts.span_misses += [Miss("quotation", label["doc_id"], None, each["text"]) for each in free]


def _count_speaker(counts: _Counts, doc_id: str, quote: Row, match: Row | None) -> None:
    expected = quote.get("speaker")
    if expected is None:
        is_right = match is not None and not _has_speaker(match)
    else:
        is_right = match is not None and names_speaker(expected, quote, match)
        counts.speakers.right += is_right
    for group in (quote.get("speaker_type") or "none", quote.get("kind")):
        if group:
            tally = counts.by_group.setdefault(group, Tally())
            tally.labelled += 1
            tally.given += match is not None
            tally.right += is_right
    if match is None or is_right:
        return
    # No speaker where one is labelled is a gap, not an error.
    counts.wrong += _has_speaker(match)
    found = match.get("speaker") or mention_of(match)
    counts.speaker_misses.append(Miss(f"speaker of {quote['text']}", doc_id, expected, found))


def names_speaker(expected: str, quote: Row, given: Row) -> bool:
    """Whether a prediction names the labelled source, by its name or by the words used there."""
    wanted, mention = plain_words(expected), plain_words(mention_of(given))
    candidate = {*plain_words(given.get("speaker")), *mention}
    full = plain_words(quote.get("speaker_full"))
    if not candidate:
        return False
    if (full and full[-1] in candidate) or (wanted and wanted == mention):
        return True
    if len(wanted) == 1 and wanted[0] in PRONOUNS:
        return wanted[0] in mention
    if names := [word for hit in CAPITALISED.findall(expected) for word in _telling(hit)]:
        return not candidate.isdisjoint((names[0], *names[-2:]))
    return not candidate.isdisjoint(_telling(expected) or wanted)


def _telling(text: str) -> list[str]:
    return [word for word in plain_words(text) if word not in COMMON]


def _count_terms(counts: _Counts, label: Row, given: list[Row]) -> None:
    """Word for word; the same words said elsewhere in the document are taken off first."""
    terms, said = Counter[tuple[str, ...]](), Counter[tuple[str, ...]]()
    for quote in label["quotes"]:
        (terms if quote.get("kind") == "unattributed" else said)[_key(quote)] += 1
    spoken = Counter(_key(each) for each in given if each.get("speaker") or each.get("mention"))
    counts.terms += terms.total()
    for words, count in terms.items():
        wrong = min(count, max(0, spoken[words] - said[words])) if words else 0
        counts.terms_given += wrong
        if wrong:
            counts.term_misses.append(Miss("term", label["doc_id"], None, " ".join(words)))


def _key(quote: Row) -> tuple[str, ...]:
    return tuple(plain_words(quote["text"]))


def _is_long(quote: Row) -> bool:
    count = quote.get("n_words") or len((quote["text"] or "").strip(MARKS).split())
    return count >= LEAST_WORDS and bool(plain_words(quote["text"]))


def _is_same(labelled: Row, given: Row) -> bool:
    return agree(plain_words(labelled["text"]), plain_words(given["text"]))


def _has_speaker(quote: Row) -> bool:
    return bool(quote.get("speaker") or mention_of(quote))
