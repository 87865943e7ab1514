"""What differs between two copies of one text, paragraph by paragraph, for a person to read.

Typography is no difference: quotation marks, dashes, spaces and line breaks change from host to
host. Where a paragraph stands is none either.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

# A paragraph is changed rather than new where it shares this much of its words with an old one.
_CHANGED_SHARE = 0.5
# Beyond so many lone paragraphs two texts are no copies, and pairing them would take all day.
_MOST_PAIRED = 100
_MOST_SHOWN = 20
_LONGEST = 90

_PARAGRAPH_END = re.compile(r"\n[ \t]*\n")
_FOLDED = str.maketrans("“”„«»‘’‚‐‑‒–—―\u00a0", '"""""\'\'\'------ ')


def differences(old: str, new: str) -> tuple[str, ...]:
    """Lines like `changed: "three" -> "four" in "The three ministers met ..."`, in text order."""
    old_only, new_only = _only_in(old, new), _only_in(new, old)
    pairs = _pairs(old_only, new_only)
    changed = [_changed(before, after) for before, after in pairs.items()]
    dropped = [f"dropped: {_short(each)}" for each in old_only if each not in pairs]
    added = [f"added: {_short(each)}" for each in new_only if each not in pairs.values()]
    lines = [*changed, *dropped, *added]
    if len(lines) > _MOST_SHOWN:
        return (*lines[:_MOST_SHOWN], f"and {len(lines) - _MOST_SHOWN} more")
    return tuple(lines)


def _only_in(one: str, other: str) -> list[str]:
    """The paragraphs that the other text has not, or not so often."""
    counts = Counter(_paragraphs(other))
    lone = []
    for paragraph in _paragraphs(one):
        counts[paragraph] -= 1
        if counts[paragraph] < 0:
            lone.append(paragraph)
    return lone


def _paragraphs(text: str) -> list[str]:
    parts = (" ".join(part.split()) for part in _PARAGRAPH_END.split(text.translate(_FOLDED)))
    return [part for part in parts if part]


def _pairs(old: Sequence[str], new: Sequence[str]) -> dict[str, str]:
    """Each old paragraph with the free new one it shares most words with."""
    free = {each: _word_counts(each) for each in list(dict.fromkeys(new))[:_MOST_PAIRED]}
    pairs: dict[str, str] = {}
    for before in list(dict.fromkeys(old))[:_MOST_PAIRED]:
        counts = _word_counts(before)
        shares = {after: _shared(counts, free[after]) for after in free}
        after = max(shares, key=lambda each: shares[each], default="")
        if after and shares[after] >= _CHANGED_SHARE:
            pairs[before] = after
            del free[after]
    return pairs


def _word_counts(paragraph: str) -> Counter[str]:
    return Counter(paragraph.lower().split())


def _shared(one: Counter[str], other: Counter[str]) -> float:
    return 2 * (one & other).total() / (one.total() + other.total())


def _changed(before: str, after: str) -> str:
    """The words from the first to the last that differ, and the paragraph they stand in."""
    old, new = before.split(), after.split()
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    was = " ".join(old[start : len(old) - end])
    now = " ".join(new[start : len(new) - end])
    return f"changed: {_short(was)} -> {_short(now)} in {_short(after)}"


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _short(words: str) -> str:
    cut = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rstrip()}…"
    return f"“{cut}”" if cut else "nothing"
