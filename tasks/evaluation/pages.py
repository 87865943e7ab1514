"""Pages: body as shingles and as a bag of words, headline, subhead, published day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from tasks.evaluation.figures import Figure, Miss, Row, harmonic, share_of
from tasks.evaluation.passages import ANY_WORD, folded_line

SHINGLE = 4


def score_pages(labels: list[Row], found: dict[str, Row]) -> tuple[Figure, ...]:
    """Figures of every set in turn; a field that no page of a set labels has no row."""
    names = sorted({each["set"] for each in labels})
    return tuple(
        figure
        for name in names
        for figure in _score_set(name, [each for each in labels if each["set"] == name], found)
    )


def _score_set(name: str, labels: list[Row], found: dict[str, Row]) -> Iterator[Figure]:
    yield from _score_body(name, [each for each in labels if each.get("body") is not None], found)
    for field, target in (("headline", 0.90), ("subhead", None)):
        lined = [each for each in labels if each.get(field)]
        pairs = [(each, _right_lines(each, field)) for each in lined]
        given = {i: folded_line(record.get(field)) for i, record in found.items()}
        yield from _score_exact(f"{name}: {field} exact", pairs, given, target)
    dated = [each for each in labels if isinstance(each.get("date"), str)]
    days = {i: (record.get("published_date") or "")[:10] for i, record in found.items()}
    what = f"{name}: published day exact"
    for figure in _score_exact(what, [(each, {each["date"][:10]}) for each in dated], days, 0.95):
        yield figure
        wrong = sum(bool(miss.found) for miss in figure.misses)
        share = share_of(wrong, figure.count)
        yield Figure(f"{name}: published day wrong", figure.count, share, 0.02, is_ceiling=True)


def _right_lines(label: Row, field: str) -> set[str]:
    return {folded_line(each) for each in (label[field], *(label.get(f"{field}_any") or []))}


def _score_exact(
    what: str, pairs: list[tuple[Row, set[str]]], given: dict[str, str], target: float | None
) -> Iterator[Figure]:
    misses = []
    for label, right in pairs:
        value = given.get(label["doc_id"], "")
        if not value or value not in right:
            misses.append(Miss(what, label["doc_id"], sorted(right), value or None))
    if pairs:
        count, empty = len(pairs), sum(not miss.found for miss in misses)
        detail = f"none {empty / count:.4f} wrong {(len(misses) - empty) / count:.4f}"
        exact = (count - len(misses)) / count
        yield Figure(what, count, exact, target, detail=detail, misses=tuple(misses))


def _score_body(name: str, labels: list[Row], found: dict[str, Row]) -> Iterator[Figure]:
    if not labels:
        return
    texts = [(each["doc_id"], each["body"], _text(found, each["doc_id"])) for each in labels]
    bags = [(doc_id, bag_f1(body, text)) for doc_id, body, text in texts]
    mean = sum(score for _, score in bags) / len(bags)
    worst = sorted(bags, key=lambda pair: pair[1])
    misses = tuple(Miss("body", doc_id, 1.0, round(score, 4)) for doc_id, score in worst)
    yield Figure(f"{name}: body bag of words F1", len(bags), mean, 0.93, misses=misses)
    precision, recall = shingle_shares([(body, text) for _, body, text in texts])
    value, detail = harmonic(precision, recall), f"P {precision:.4f} R {recall:.4f}"
    yield Figure(f"{name}: body 4-gram F1", len(bags), value, detail=detail)


def bag_f1(body: str, text: str) -> float:
    """An empty page read as empty is right."""
    if not body and not text:
        return 1.0
    labelled, given = (Counter(ANY_WORD.findall(each.lower())) for each in (body, text))
    return 2 * (labelled & given).total() / max(labelled.total() + given.total(), 1)


def shingle_shares(pairs: Sequence[tuple[str, str]]) -> tuple[float, float]:
    """Precision and recall of runs of four words; every page weighs the same."""
    right = extra = lost = 0.0
    for body, text in pairs:
        labelled, given = _shingles(body), _shingles(text)
        counts = [(a).total() for a in (labelled & given, given - labelled, labelled - given)]
        if whole := sum(counts):
            right += counts[0] / whole
            extra += counts[1] / whole
            lost += counts[2] / whole
    return right / max(right + extra, 1e-9), right / max(right + lost, 1e-9)


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    """A text of fewer than four words is one shingle."""
    words = ANY_WORD.findall(text)
    count = max(len(words) - SHINGLE + 1, 1) if words else 0
    return Counter(tuple(words[start : start + SHINGLE]) for start in range(count))


def _text(found: dict[str, Row], doc_id: str) -> str:
    return found.get(doc_id, {}).get("text") or ""
