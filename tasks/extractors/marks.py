"""Pairs of quotation marks, paragraph by paragraph.

Curly marks are trusted unless their neighbours say otherwise: old pages hold wrong-way, mixed
and doubled marks. Straight marks are told apart by their neighbours alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

Passage = tuple[int, int, bool]
# Old wire and database copies set a double mark as two single ones: ''…'' and ``…''.
_DOUBLED = frozenset(("''", "'''", "``", "‘‘", "’’"))
_DOUBLE = frozenset('"“”„‟«»＂\x93\x94')
_MARKS = re.compile("[\"“”„‟«»＂\x93\x94'`‘’]+")
# A mark that no encoding could tell became "?" or U+FFFD; only where it opens a word or follows
# the sign that stands before a closing mark is it one.
_LOST_OPENING = re.compile(r"(?:(?<=\s)|^)[?\ufffd](?=[\w\[])")
_LOST_SIGNS = (" ?", "\n?", "\ufffd")
_LOST_CLOSING = re.compile(r"(?<=[,.!…])[?\ufffd](?=\s|$)")
_SINGLE_END = re.compile(r"['’](?!\w)")
_SINGLE = re.compile("['‘]")
_SINGLE_LIMIT = 400
_HEADING_LENGTH = 200
_LONG_WORD = re.compile(r"[^\W\d_]{4,}+")
_BEFORE_OPENING = frozenset("([{—–-/‘'’:*>|=\u200b")
_BEFORE_SINGLE = frozenset("([—–-")
_AFTER_CLOSING = frozenset(",.;:!?)]}—–-/’'…<|*\u200b")
# C1 controls are what windows-1252 marks become when nobody decodes them.
_OPENING = frozenset(("“", "„", "‟", "«", "``", "‘‘", "\x93"))
_CLOSING = frozenset(("”", "»", "’’", "\x94"))


class _Mark(NamedTuple):
    start: int
    end: int
    opens: bool
    closes: bool
    way: int


def find_passages(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[Passage]:
    """Start, end and whether the closing mark stands, for each outermost passage.

    `spans` are the paragraphs: a passage ends with its paragraph at the latest.
    """
    doubles, singles = _find_marks(text)
    double = single = 0
    for start, end in spans:
        first = double
        while double < len(doubles) and doubles[double][0] < end:
            double += 1
        has_single = False
        while single < len(singles) and singles[single] < end:
            has_single = has_single or singles[single] >= start
            single += 1
        if double == first and not has_single:
            continue
        found = [_read_mark(text, at, start, end) for at in doubles[first:double]]
        passages = list(_pair(text, found, end)) if found else []
        if has_single and not is_heading(text, start, end):
            yield from _with_singles(text, (start, end), passages, has_double=bool(doubles))
        else:
            yield from passages


def _find_marks(text: str) -> tuple[list[tuple[int, int]], list[int]]:
    """Where double marks stand, and where a single one may open."""
    doubles: list[tuple[int, int]] = []
    singles: list[int] = []
    for found in _MARKS.finditer(text):
        marks = found[0]
        at = found.start()
        if len(marks) == 1:
            if marks in _DOUBLE:
                doubles.append((at, at + 1))
            elif marks in "'‘" and _may_open_single(text, at):
                singles.append(at)
        elif marks in _DOUBLED:
            doubles.append((at, found.end()))
        else:
            doubles.extend(
                (at + index, at + index + 1) for index, mark in enumerate(marks) if mark in _DOUBLE
            )
    may_be_lost = text.startswith("?") or any(sign in text for sign in _LOST_SIGNS)
    if may_be_lost and _LOST_OPENING.search(text):
        doubles = sorted((*doubles, *_find_lost(text)))
    return doubles, singles


def _find_lost(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (_LOST_OPENING, _LOST_CLOSING):
        yield from (found.span() for found in pattern.finditer(text))


def _may_open_single(text: str, at: int) -> bool:
    before = text[at - 1] if at else " "
    return (before.isspace() or before in _BEFORE_SINGLE) and text[at + 1 : at + 2].isalnum()


def _with_singles(
    text: str, paragraph: tuple[int, int], passages: list[Passage], *, has_double: bool
) -> Iterator[Passage]:
    """The passages in double marks, and those in single marks between them."""
    free, end = paragraph
    for passage in passages:
        yield from _pair_single(text, free, passage[0], has_double=has_double)
        yield passage
        free = passage[1]
    yield from _pair_single(text, free, end, has_double=has_double)


def is_heading(text: str, start: int, end: int) -> bool:
    """A headline or cross-head: short, and set in capitals or without a sentence's end.

    Papers set marks in headlines singly and quote again in full below.
    """
    if end - start > _HEADING_LENGTH:
        return False
    if text[end - 1] not in ".?!\"”'’:;,…)":
        return True
    long_words: list[str] = _LONG_WORD.findall(text, start, end)
    capital = sum(word[0].isupper() for word in long_words)
    return capital * 4 >= len(long_words) * 3


def _read_mark(text: str, place: tuple[int, int], start: int, end: int) -> _Mark:
    """What the neighbours of a mark say: may it open, may it close?"""
    at, after = place
    before_char = text[at - 1] if at > start else " "
    after_char = text[after] if after < end else " "
    space_before, space_after = before_char.isspace(), after_char.isspace()
    opens = (space_before or before_char in _BEFORE_OPENING) and not space_after
    closes = not space_before and (space_after or after_char in _AFTER_CLOSING)
    mark = text[at:after]
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


def _pair_single(text: str, start: int, end: int, *, has_double: bool) -> Iterator[Passage]:
    """'years of peace' outside double marks; an apostrophe opens nothing."""
    at = start
    while (opening := _next_single(text, at, end)) is not None:
        closing = _find_single_end(text, opening + 1, min(end, opening + _SINGLE_LIMIT))
        if closing is None:
            at = opening + 1
            continue
        if opening == start and closing == end and has_double:
            # A line that is nothing but a passage in single marks is a cross-head.
            return
        yield opening, closing, True
        at = closing


def _next_single(text: str, start: int, end: int) -> int | None:
    at = start
    while found := _SINGLE.search(text, at, end):
        if _may_open_single(text, found.start()):
            return found.start()
        at = found.end()
    return None


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
