"""Words of a paragraph with their word class, its quotations being one token each.

A word class here is what attribution needs to know, not a part of speech.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from schemas.records import Quote
from tasks.extractors.cues import (
    ADVERB,
    AUXILIARY,
    CLOSE,
    COLON,
    COMMA,
    CONJUNCTION,
    CUE,
    DASH,
    DETERMINER,
    GERUND,
    NAME,
    OBJECT,
    OPEN,
    POINT,
    PREPOSITION,
    PRONOUN,
    QUOTE,
    RELATIVE,
    STOP,
    VERB,
    WORD,
    Cue,
    abbreviations,
    cue_nouns,
    cues,
    phrasal_cues,
    word_classes,
)

_PUNCTUATION = {
    ",": COMMA, ".": STOP, "!": STOP, "?": STOP, "…": STOP, ";": COLON, ":": COLON,
    "(": OPEN, "[": OPEN, ")": CLOSE, "]": CLOSE, "—": DASH, "–": DASH, "-": DASH, "―": DASH,
}  # fmt: skip
_TOKEN = re.compile(r"[\w@#$&][\w'’&@$\-]*(?:\.[\w'’&\-]+)*|[^\s\w]")
_POSSESSIVE = ("'s", "’s", "s'", "s’")
_PLURAL = frozenset(("people", "men", "women", "who", "police", "some", "many", "others", "most"))
_BEFORE_CAPITAL_CUE = COMMA + STOP + QUOTE
_MAY_BE_CUE = CUE + GERUND + VERB + WORD
# A capital at the head of a sentence makes no name of these ("Speaking in Geneva").
_VERB_ENDS = ("ing", "ed", "ly")
_SPEECH_FOLLOWS = ([":"], [","], ["Q"])
_ADVERB_LENGTH = 5
_INITIALS_LENGTH = 5


@dataclass(frozen=True, slots=True)
class Tokens:
    """Parallel sequences; `quote_at` maps a token's index to the quote it stands for."""

    words: list[str]
    classes: str
    places: list[re.Match[str] | None]
    quote_at: dict[int, int]
    cues: dict[int, Cue]

    def span(self, first: int, end: int) -> tuple[int, int]:
        """Where the tokens from `first` up to `end` stand in the text; none is a quotation."""
        opening, closing = self.places[first], self.places[end - 1]
        if opening is None or closing is None:
            raise ValueError(f"tokens {first} to {end} hold a quotation: {self.words[first:end]}")
        return opening.start(), closing.end()


def read_tokens(text: str, start: int, end: int, quotes: Sequence[tuple[int, Quote]]) -> Tokens:
    words: list[str] = []
    places: list[re.Match[str] | None] = []
    quote_at: dict[int, int] = {}
    at = start
    for number, quote in quotes:
        found = list(_TOKEN.finditer(text, at, quote.start))
        words += [match[0] for match in found]
        places += found
        quote_at[len(words)] = number
        words.append('"')
        places.append(None)
        at = quote.end
    found = list(_TOKEN.finditer(text, at, end))
    words += [match[0] for match in found]
    places += found
    classes = _classify(words, quote_at)
    cues_at = _find_cues(words, classes)
    return Tokens(words, "".join(classes), places, quote_at, cues_at)


def _classify(words: list[str], quote_at: dict[int, int]) -> list[str]:
    known = _known_classes()
    classes = [known.get(word) or _class_of(word) for word in words]
    for index in quote_at:
        classes[index] = QUOTE
    opens = True
    for index, letter in enumerate(classes):
        if letter == STOP:
            if index and words[index] == "." and classes[index - 1] in "Nw":
                classes[index] = letter = _class_of_point(words, classes, index)
            opens = letter == STOP
            continue
        if opens and letter == NAME and words[index].endswith(_VERB_ENDS):
            lower = words[index].lower()
            classes[index] = known.get(lower) or _class_of(lower)
        opens = False
    return classes


@cache
def _known_classes() -> dict[str, str]:
    return {**word_classes(), **_PUNCTUATION}


@lru_cache(maxsize=1 << 15)
def _class_of(word: str) -> str:
    """Words recur from article to article: the answer is kept."""
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


def _find_cues(words: list[str], classes: list[str]) -> dict[int, Cue]:
    """The verbs of speech; a noun of the same spelling ("the report") loses its class."""
    found: dict[int, Cue] = {}
    known, phrasal = cues(), phrasal_cues()
    last = len(words) - 1
    for index, letter in enumerate(classes):
        if letter == NAME:
            if index and classes[index - 1] not in _BEFORE_CAPITAL_CUE:
                continue
            if not _is_capital_cue(words, classes, index, known):
                continue
            letter = CUE
        elif letter not in _MAY_BE_CUE:
            continue
        if letter in "VG":
            cue = known[words[index].lower()]
            if _is_verb(words, classes, index, cue):
                found[index] = cue
                if index > 1:
                    _mend_name(words, classes, index - 1)
                continue
            classes[index] = WORD
            letter = WORD
        if letter in "MwVG" and index < last:
            pair = phrasal.get(words[index])
            cue = pair and pair.get(words[index + 1])
            if cue and (cue.lemma != "go" or classes[index + 2 : index + 3] in _SPEECH_FOLLOWS):
                found[index] = cue
                classes[index] = GERUND if cue.form == "gerund" else CUE
                classes[index + 1] = ADVERB
                continue
        if letter == VERB and index and classes[index - 1] in DETERMINER + PREPOSITION:
            classes[index] = WORD
    return found


def _mend_name(words: list[str], classes: list[str], index: int) -> None:
    """Will wrote, From said: a small word as a name, straight after a quotation or comma."""
    if classes[index] in "XI" and words[index][0].isupper() and classes[index - 1] in "Q,":
        classes[index] = NAME


def _is_capital_cue(
    words: list[str], classes: list[str], index: int, known: dict[str, Cue]
) -> bool:
    """ "Said Tom Casey:" and "…" Casey, the spokesman, Tweeted."""
    cue = known.get(words[index].lower())
    if cue is None or cue.form != "past" or words[index].isupper():
        return False
    classes[index] = CUE
    return True


def _is_verb(words: list[str], classes: list[str], index: int, cue: Cue) -> bool:
    if index == 0 or classes[index - 1] == STOP:
        return cue.form in ("past", "gerund")
    before, word = classes[index - 1], words[index - 1]
    if before == DETERMINER or (word.endswith(_POSSESSIVE) and before in "Nw"):
        return False
    if cue.form in ("base", "third") and _is_noun(words, classes, index, cue):
        return False
    if cue.form == "base":
        return (
            before in PRONOUN + RELATIVE + AUXILIARY + ADVERB
            or (word == "to" and cue.kind in ("say", "tell"))
            or word in _PLURAL
            or (before in "Nw" and word.endswith("s") and not word.endswith(("ss", "us", "is")))
            or (before in CLOSE + COMMA + CONJUNCTION and words[index] not in cue_nouns())
        )
    if cue.form == "third":
        return before not in PREPOSITION + CONJUNCTION or cue.kind in ("say", "tell")
    return cue.form == "gerund" or before != PREPOSITION or cue.kind in ("say", "tell")


def _is_noun(words: list[str], classes: list[str], index: int, cue: Cue) -> bool:
    """ "His recent attacks on", "the talk radio": no object follows, as one would a verb."""
    if words[index] not in cue_nouns() and cue.kind in ("say", "tell"):
        return False
    after = classes[index + 1] if index + 1 < len(classes) else STOP
    before = classes[index - 1]
    if before == PRONOUN or (before == NAME and after in STOP + COMMA + COLON):
        return False
    if words[index - 1][0].isdigit():
        return True
    return after in DASH + PREPOSITION + CONJUNCTION + STOP + COMMA + CUE + VERB + AUXILIARY + "B"


__all__ = ["COMMA", "DASH", "OBJECT", "Tokens", "read_tokens"]
