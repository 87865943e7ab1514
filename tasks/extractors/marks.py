"""Pairs of quotation marks in one paragraph.

Curly marks are trusted unless their neighbours say otherwise: old pages hold wrong-way, mixed
and doubled marks. Straight marks are told apart by their neighbours alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

DOUBLE = re.compile(r"[\"“”„‟«»＂]|'''?|``|’’|‘‘")
_SINGLE = re.compile(r"(?<![^\s(\[—–-])['‘](?=\w)")
_SINGLE_END = re.compile(r"['’](?!\w)")
_SINGLE_LIMIT = 400
_HEADING_LENGTH = 200
_LONG_WORD = re.compile(r"[^\W\d_]{4,}+")
_BEFORE_OPENING = frozenset("([{—–-/‘'’:*>|=\u200b")
_AFTER_CLOSING = frozenset(",.;:!?)]}—–-/’'…<|*\u200b")
_OPENING = frozenset(("“", "„", "‟", "«", "``", "‘‘"))
_CLOSING = frozenset(("”", "»", "’’"))


class _Mark(NamedTuple):
    start: int
    end: int
    opens: bool
    closes: bool
    way: int


def pair_marks(
    text: str, start: int, end: int, *, has_double: bool = True
) -> Iterator[tuple[int, int, bool]]:
    """Start, end and whether the closing mark stands, for each outermost passage."""
    singles = not is_heading(text, start, end)
    free = start
    found = [_read_mark(text, match, start, end) for match in DOUBLE.finditer(text, start, end)]
    for span in _pair(text, found, end) if found else ():
        if singles:
            yield from _pair_single(text, free, span[0], has_double)
        yield span
        free = span[1]
    if singles:
        yield from _pair_single(text, free, end, has_double)


def is_heading(text: str, start: int, end: int) -> bool:
    """A headline or cross-head: short, and set in capitals or without a sentence's end.

    Papers set marks in headlines singly and quote again in full below.
    """
    if end - start > _HEADING_LENGTH:
        return False
    if text[end - 1] not in ".?!\"”'’:;,…)":
        return True
    long_words = _LONG_WORD.findall(text, start, end)
    capital = sum(word[0].isupper() for word in long_words)
    return capital * 4 >= len(long_words) * 3


def _read_mark(text: str, match: re.Match[str], start: int, end: int) -> _Mark:
    """What the neighbours of a mark say: may it open, may it close?"""
    at, after = match.span()
    before_char = text[at - 1] if at > start else " "
    after_char = text[after] if after < end else " "
    space_before, space_after = before_char.isspace(), after_char.isspace()
    opens = (space_before or before_char in _BEFORE_OPENING) and not space_after
    closes = not space_before and (space_after or after_char in _AFTER_CLOSING)
    mark = match[0]
    way = 1 if mark in _OPENING else -1 if mark in _CLOSING else 0
    return _Mark(at, after, opens, closes, way)


def _pair(text: str, found: list[_Mark], end: int) -> Iterator[tuple[int, int, bool]]:
    opening: _Mark | None = None
    depth = 0
    for position, mark in enumerate(found):
        if opening is None:
            if _can_open(text, mark):
                opening, depth = mark, 0
        elif _is_nested(found, position):
            depth += 1
        elif _looks_open(mark) and not _is_last(found, position):
            # The closing mark was lost: this one begins the next passage.
            yield opening.start, _trim(text, opening.end, mark.start), False
            opening, depth = mark, 0
        elif depth:
            depth -= 1
        else:
            yield opening.start, mark.end, True
            opening = None
    if opening is not None:
        closed_at = _trim(text, opening.end, end)
        if closed_at > opening.end:
            yield opening.start, closed_at, False


def _can_open(text: str, mark: _Mark) -> bool:
    if mark.way == 1 or mark.opens:
        return True
    if mark.way == -1 or mark.closes:
        return False
    # 6'2" is a height, not an opening mark.
    return not (mark.start and text[mark.start - 1].isdigit())


def _looks_open(mark: _Mark) -> bool:
    return mark.opens and not mark.closes and mark.way >= 0


def _is_last(found: list[_Mark], position: int) -> bool:
    return position + 1 == len(found)


def _is_nested(found: list[_Mark], position: int) -> bool:
    """An opening mark inside a passage that two closing marks follow."""
    if not _looks_open(found[position]) or position + 2 >= len(found):
        return False
    return not _looks_open(found[position + 1]) and not _looks_open(found[position + 2])


def _trim(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _pair_single(
    text: str, start: int, end: int, has_double: bool
) -> Iterator[tuple[int, int, bool]]:
    """'years of peace' outside double marks; an apostrophe opens nothing."""
    at = start
    while opening := _SINGLE.search(text, at, end):
        closing = _find_single_end(text, opening.end(), min(end, opening.end() + _SINGLE_LIMIT))
        if closing is None:
            at = opening.end()
            continue
        if opening.start() == start and closing == end and has_double:
            # A line that is nothing but a passage in single marks is a cross-head.
            return
        yield opening.start(), closing, True
        at = closing


def _find_single_end(text: str, start: int, end: int) -> int | None:
    for found in _SINGLE_END.finditer(text, start, end):
        if not _is_plural_possessive(text, found):
            return found.end() if " " in text[start : found.start()] else None
    return None


def _is_plural_possessive(text: str, found: re.Match[str]) -> bool:
    """The analysts' view: s, mark, space, small letter."""
    at = found.start()
    following = text[found.end() : found.end() + 2]
    return text[at - 1] == "s" and following[:1] == " " and following[1:].islower()
