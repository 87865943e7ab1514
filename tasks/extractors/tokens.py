"""Words of a paragraph with their word class, its quotations being one token each.

A word class here is what attribution needs to know, not a part of speech.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from schemas.records import Quote
from tasks.extractors.vocabulary import read_table, read_words

# One letter a class, so that patterns over classes are strings.
QUOTE, NAME, PRONOUN, RELATIVE, CUE, GERUND = "Q", "N", "P", "R", "V", "G"
BE, AUXILIARY, ADVERB, PREPOSITION, DETERMINER = "B", "X", "A", "I", "D"
CONJUNCTION, THAT, WORD, TIME, OBJECT, QUESTION = "C", "T", "w", "Y", "O", "H"
COMMA, STOP, COLON, OPEN, CLOSE, DASH, OTHER = ",", ".", ":", "(", ")", "-", "~"

_CLASS_LETTERS = {
    "pronoun": PRONOUN, "object": OBJECT, "relative": RELATIVE, "be": BE,
    "auxiliary": AUXILIARY, "determiner": DETERMINER, "preposition": PREPOSITION,
    "conjunction": CONJUNCTION, "that": THAT, "adverb": ADVERB, "time": TIME,
    "question": QUESTION,
}  # fmt: skip
_PUNCTUATION = {
    ",": COMMA, ".": STOP, "!": STOP, "?": STOP, "…": STOP, ";": COLON, ":": COLON,
    "(": OPEN, "[": OPEN, ")": CLOSE, "]": CLOSE, "—": DASH, "–": DASH, "-": DASH, "―": DASH,
}  # fmt: skip
_TOKEN = re.compile(r"[\w@#$&][\w'’&@$\-]*(?:\.[\w'’&\-]+)*|[^\s\w]")
_POSSESSIVE = ("'s", "’s", "s'", "s’")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Parallel sequences; `quote_at` maps a token's index to the quote it stands for."""

    words: tuple[str, ...]
    classes: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    quote_at: dict[int, int]


@dataclass(frozen=True, slots=True)
class Cue:
    """One form of a verb of speech: `kind` is say, tell, call or think."""

    lemma: str
    kind: str
    is_gerund: bool


@cache
def cues() -> dict[str, Cue]:
    forms: dict[str, Cue] = {}
    for row in read_table("cues"):
        for form in ("base", "third", "past", "gerund"):
            forms[row[form]] = Cue(row["base"], row["kind"], form == "gerund")
    return forms


@cache
def word_classes() -> dict[str, str]:
    classes = {form: GERUND if cue.is_gerund else CUE for form, cue in cues().items()}
    for row in read_table("function_words"):
        classes[row["word"]] = _CLASS_LETTERS[row["word_class"]]
    return classes


@cache
def abbreviations() -> frozenset[str]:
    return frozenset(read_words("abbreviations"))


def read_tokens(text: str, start: int, end: int, quotes: Sequence[tuple[int, Quote]]) -> Tokens:
    words: list[str] = []
    classes: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    quote_at: dict[int, int] = {}
    at = start
    known = word_classes()
    for number, quote in [*quotes, (-1, None)]:
        for found in _TOKEN.finditer(text, at, quote.start if quote else end):
            word = found[0]
            words.append(word)
            starts.append(found.start())
            ends.append(found.end())
            classes.append(_PUNCTUATION.get(word) or _class_of(word, known))
        if quote:
            quote_at[len(words)] = number
            words.append('"')
            classes.append(QUOTE)
            starts.append(quote.start)
            ends.append(quote.end)
            at = quote.end
    _join_abbreviations(words, classes)
    return Tokens(tuple(words), "".join(classes), tuple(starts), tuple(ends), quote_at)


def _class_of(word: str, known: dict[str, str]) -> str:
    first = word[0]
    if first.isupper():
        found = known.get(word.lower())
        # A capital letter makes a verb of speech a name (Hope, Mark, Tell), seldom a small word.
        if found is None or found in (CUE, GERUND) or (found == OBJECT and word == "US"):
            return NAME
        return found
    found = known.get(word)
    if found:
        return found
    if first in "@#":
        return NAME
    if word.endswith("ly") and len(word) > 4:
        return ADVERB
    return WORD


def _join_abbreviations(words: list[str], classes: list[str]) -> None:
    """The point after Mr, Sen or a single letter ends no sentence."""
    for index in range(1, len(words)):
        if words[index] != "." or classes[index - 1] not in "Nw":
            continue
        word = words[index - 1]
        if word.lower() in abbreviations() or (len(word) == 1 and word.isupper()):
            classes[index] = OTHER
        elif "." in word and len(word) <= 5:
            classes[index] = OTHER if not _starts_sentence(words, classes, index + 1) else STOP


def _starts_sentence(words: list[str], classes: list[str], index: int) -> bool:
    return index >= len(words) or (words[index][0].isupper() and classes[index] != NAME)
