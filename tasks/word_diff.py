"""Two readings of one text, the words that differ marked where they stand. Pure.

Unified: what is gone is `[-so-]`, what is new `{+so+}`, and a few words round them are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "gone", "new"]
CONTEXT_WORDS = 6
# Longer paragraphs are shown whole, old and new: comparing them word by word takes too long.
MOST_WORDS = 2_000
_WORD = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, slots=True)
class Piece:
    kind: Kind
    text: str

    def __str__(self) -> str:
        return {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}[self.kind].format(self.text)


def word_diff(old: str, new: str) -> list[list[Piece]]:
    """One list of pieces for each paragraph that changed, in the order of the new text."""
    before, after = old.split("\n\n"), new.split("\n\n")
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return [
        paragraph
        for kind, first, last, start, end in matcher.get_opcodes()
        if kind != "equal"
        for paragraph in _changed(before[first:last], after[start:end])
    ]


def marked(paragraphs: Sequence[Sequence[Piece]]) -> list[str]:
    return ["".join(map(str, pieces)) for pieces in paragraphs]


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[list[Piece]]:
    """As many as there are on both sides are compared; the rest is wholly gone or new."""
    both = min(len(old), len(new))
    for left, right in zip(old, new, strict=False):
        yield _compare(left, right)
    yield from ([Piece("gone", text)] for text in old[both:])
    yield from ([Piece("new", text)] for text in new[both:])


def _compare(old: str, new: str) -> list[Piece]:
    before, after = _WORD.findall(old), _WORD.findall(new)
    if max(len(before), len(after)) > MOST_WORDS:
        return [Piece("gone", old), Piece("new", new)]
    pieces = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    opcodes = matcher.get_opcodes()
    for number, (kind, first, last, start, end) in enumerate(opcodes):
        if kind == "equal":
            words = before[first:last]
            kept = _shorten(words, is_first=number == 0, is_last=number == len(opcodes) - 1)
            pieces.append(Piece("same", kept))
            continue
        if first < last:
            pieces.append(Piece("gone", "".join(before[first:last])))
        if start < end:
            pieces.append(Piece("new", "".join(after[start:end])))
    return pieces


def _shorten(words: list[str], *, is_first: bool, is_last: bool) -> str:
    """Words and the spaces between them; only those beside a difference are kept."""
    kept = 2 * CONTEXT_WORDS
    if is_first and len(words) > kept:
        return "… " + "".join(words[-kept:]).lstrip()
    if is_last and len(words) > kept:
        return "".join(words[:kept]).rstrip() + " …"
    if len(words) > 2 * kept:
        return "".join(words[:kept]).rstrip() + " … " + "".join(words[-kept:]).lstrip()
    return "".join(words)
