"""Words of a paragraph with their word class, its quotations being one token each.

A word class here is what attribution needs to know, not a part of speech.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import islice
from typing import NamedTuple

from schemas.records import Quote
from tasks.extractors.cues import (
    ADVERB,
    CLOSE,
    COLON,
    COMMA,
    CONJUNCTION,
    CUE,
    DASH,
    NAME,
    OPEN,
    POINT,
    QUOTE,
    STOP,
    VERB,
    WORD,
    Cue,
    abbreviations,
    word_classes,
)
from tasks.extractors.verbs import find_cues

_PUNCTUATION = {
    ",": COMMA, ".": STOP, "!": STOP, "?": STOP, "…": STOP, ";": COLON, ":": COLON,
    "(": OPEN, "[": OPEN, ")": CLOSE, "]": CLOSE, "—": DASH, "–": DASH, "-": DASH, "―": DASH,
}  # fmt: skip
_TOKEN = re.compile(r"[\w@#$&][\w'’&@$\-]*(?:\.[\w'’&\-]+)*|[^\s\w]")
_VERB_ENDS = ("ing", "ed", "ly")
_SOURCES = frozenset(("according", "According", "per"))
# "In May Okello left", "Will Okello leave?": a month after a preposition, a verb at the head.
_BEFORE_GIVEN_NAME = frozenset((CUE, QUOTE, COMMA, DASH, WORD, NAME, CONJUNCTION, VERB))
_SMALL_GIVEN_NAMES = frozenset(("Will", "Jan", "April", "June", "Drew", "Rose"))
_ADVERB_LENGTH = 5
_INITIALS_LENGTH = 5
_MOST_KEPT = 1 << 16


class Piece(NamedTuple):
    """A stretch of text without a quotation, and the number of its first token."""

    first: int
    start: int
    end: int


class Tokens(NamedTuple):
    """Parallel sequences; `quote_at` maps a token's index to the quote it stands for.

    `sources` are the places of "according" and "per". Where a token stands is found when it is
    asked: few are ever part of a mention.
    """

    words: list[str]
    classes: str
    pieces: list[Piece]
    text: str
    quote_at: dict[int, int]
    cues: dict[int, Cue]
    cue_positions: list[int]
    sources: list[int]

    def cues_within(self, low: int, high: int) -> list[int]:
        positions = self.cue_positions
        return positions[bisect_left(positions, low) : bisect_left(positions, high)]

    def sources_within(self, low: int, high: int) -> list[int]:
        return self.sources[bisect_left(self.sources, low) : bisect_left(self.sources, high)]

    def span(self, first: int, end: int) -> tuple[int, int]:
        """Where the tokens from `first` up to `end` stand in the text; none is a quotation."""
        piece = self.pieces[bisect_right(self.pieces, first, key=_first_of) - 1]
        found = _TOKEN.finditer(self.text, piece.start, piece.end)
        places = list(islice(found, first - piece.first, end - piece.first))
        if len(places) < end - first:
            raise ValueError(f"tokens {first} to {end} hold a quotation: {self.words[first:end]}")
        return places[0].start(), places[-1].end()


def _first_of(piece: Piece) -> int:
    return piece.first


def read_tokens(text: str, start: int, end: int, quotes: Sequence[tuple[int, Quote]]) -> Tokens:
    words: list[str] = []
    pieces: list[Piece] = []
    quote_at: dict[int, int] = {}
    at = start
    for number, quote in quotes:
        pieces.append(Piece(len(words), at, quote.start))
        words += _TOKEN.findall(text, at, quote.start)
        quote_at[len(words)] = number
        words.append('"')
        at = quote.end
    pieces.append(Piece(len(words), at, end))
    words += _TOKEN.findall(text, at, end)
    classes = _classify(words, quote_at)
    cues_at = find_cues(words, classes)
    sources = []
    if not _SOURCES.isdisjoint(words):
        sources = [index for index, word in enumerate(words) if word in _SOURCES]
    return Tokens(words, "".join(classes), pieces, text, quote_at, cues_at, list(cues_at), sources)


def _classify(words: list[str], quote_at: dict[int, int]) -> list[str]:
    classes = list(map(_class_of_words().__getitem__, words))
    for index in quote_at:
        classes[index] = QUOTE
    _mend_under(words, classes)
    _mend_given_names(words, classes)
    stops = [index for index, letter in enumerate(classes) if letter == STOP]
    for index in stops:
        if words[index] == "." and index and classes[index - 1] in "Nw":
            classes[index] = _class_of_point(words, classes, index)
    for index in (-1, *stops):
        if index < 0 or classes[index] == STOP:
            _lower_head(words, classes, index + 1)
    return classes


def _lower_head(words: list[str], classes: list[str], index: int) -> None:
    """A capital at the head of a sentence makes no name of "Speaking in Geneva"."""
    if index < len(words) and classes[index] == NAME and words[index].endswith(_VERB_ENDS):
        lower = words[index].lower()
        classes[index] = _class_of_words()[lower]


def _mend_under(words: list[str], classes: list[str]) -> None:
    """Under Secretary, deputy under secretary: no preposition there."""
    for under in ("Under", "under"):
        if under in words:
            index = words.index(under)
            if words[index + 1 : index + 2] in (["Secretary"], ["secretary"]):
                classes[index] = NAME if under == "Under" else WORD


def _mend_given_names(words: list[str], classes: list[str]) -> None:
    """ "said Will Okello", "governor Jan Brandt": a small word or month as a given name."""
    if _SMALL_GIVEN_NAMES.isdisjoint(words):
        return
    for index, word in enumerate(words):
        if word not in _SMALL_GIVEN_NAMES or classes[index + 1 : index + 2] != [NAME]:
            continue
        before = classes[index - 1] if index else STOP
        if before in _BEFORE_GIVEN_NAME or word == "Jan":
            classes[index] = NAME


class _WordClasses(dict[str, str]):
    """Words recur from article to article: what one is, is kept, up to a limit."""

    def __missing__(self, word: str) -> str:
        found = _class_of(word)
        if len(self) < _MOST_KEPT:
            self[word] = found
        return found


@cache
def _class_of_words() -> _WordClasses:
    return _WordClasses({**word_classes(), **_PUNCTUATION})


def _class_of(word: str) -> str:
    known = word_classes()
    first = word[0]
    if first.isupper():
        found = known.get(word.lower())
        # A capital letter makes a verb of speech a name (Hope, Mark, Tell), seldom a small word.
        return NAME if found is None or found in "VGM" or word in ("US", "IT") else found
    if not first.isalpha():
        return NAME if first in "@#" else WORD if first.isalnum() or first == "$" else POINT
    if word.endswith("ly") and len(word) >= _ADVERB_LENGTH:
        return ADVERB
    return VERB if word.endswith("ed") else WORD


def _class_of_point(words: list[str], classes: list[str], index: int) -> str:
    """The point after Mr, Sen or a single letter ends no sentence."""
    word = words[index - 1]
    if word.lower() in abbreviations() or (len(word) == 1 and word.isupper()):
        return POINT
    if "." in word and len(word) <= _INITIALS_LENGTH:
        after = index + 1
        ends = after >= len(words) or (words[after][0].isupper() and classes[after] != NAME)
        return STOP if ends else POINT
    return STOP
