"""Where paragraphs of a body begin and end, in texts with wrapped lines and without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_BREAK = re.compile(r"\n[^\S\n]*(?:\n\s*)?")
# Old archives wrap paragraphs at 65 to 80 columns; a shorter or longer line is a paragraph.
_WRAPPED_AT_LEAST, _WRAPPED_AT_MOST = 45, 90
_SENTENCE_END = ".?!:;\"”’'»…"


@lru_cache(maxsize=1)
def find_paragraphs(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of each paragraph. A single line break inside a wrapped paragraph is none.

    Whoever reads an article asks for its paragraphs again, hence the cache.
    """
    return tuple(_paragraphs(text))


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = line_start = 0
    for found in _BREAK.finditer(text):
        if not _is_soft(text, line_start, found):
            if found.start() > start:
                yield start, found.start()
            start = found.end()
        line_start = found.end()
    if start < len(text):
        yield start, len(text)


def _is_soft(text: str, line_start: int, found: re.Match[str]) -> bool:
    """The line before runs to the margin and its sentence goes on in the next one."""
    if found.end() >= len(text):
        return False
    if "\n" in found[0][1:]:
        return _breaks_sentence(text, line_start, found)
    length = found.start() - line_start
    if not _WRAPPED_AT_LEAST <= length <= _WRAPPED_AT_MOST:
        return False
    last = text[found.start() - 1]
    return last not in _SENTENCE_END and (last in ",-" or text[found.end()].islower())


def _breaks_sentence(text: str, line_start: int, found: re.Match[str]) -> bool:
    """A page may break a line between two words: "to enable the", a blank line, "new leaders"."""
    if found.start() - line_start < _WRAPPED_AT_LEAST:
        return False
    last = text[found.start() - 1]
    return (last.islower() or last == ",") and text[found.end()].islower()
