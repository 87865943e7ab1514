"""What somebody searches for: words, "phrases", beginnings* and -words that must not occur. Pure.

Case and accents make no difference: `sao` finds `São`. A word is found whole: `port` is not in
`report`. One pattern serves the engine, which counts, and the page, which marks.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from schemas.errors import BadUsage

LONGEST_QUERY = 400
MOST_TERMS = 12
_TERM = re.compile(r'(-?)(?:"([^"]*)"|([^\s"]+))')
# Latin letters with one or two accents stand here.
_ACCENTED = range(0xC0, 0x250), range(0x1E00, 0x1F00)
_SAME_MARK = {"'": "['’ʼ]", "’": "['’ʼ]", "-": "[-‐‑]", '"': '["“”]'}


@dataclass(frozen=True, slots=True)
class Term:
    """`pattern` is read alike by Python and by RE2; letters of any case match it."""

    words: str
    pattern: str
    is_unwanted: bool = False

    def marks(self) -> re.Pattern[str]:
        return re.compile(rf"(?i)(?<!\w)(?:{self.pattern})(?!\w)")

    def for_engine(self) -> str:
        """RE2 looks neither back nor ahead, and its \\b knows ASCII alone."""
        edge = r"[^\p{L}\p{N}_]"
        return rf"(?i)(?:^|{edge})(?:{self.pattern})(?:$|{edge})"


def read_query(query: str) -> tuple[Term, ...]:
    """Raises `BadUsage` where nothing is asked for, or too much."""
    if len(query) > LONGEST_QUERY:
        raise BadUsage(f"expected a search of at most {LONGEST_QUERY} characters: ask for less")
    terms = tuple(
        _term(phrase or word, is_unwanted=bool(minus))
        for minus, phrase, word in _TERM.findall(query)
        if re.search(r"\w", phrase or word)
    )
    if all(term.is_unwanted for term in terms):
        raise BadUsage(f"{query!r}: expected at least one word to look for")
    if len(terms) > MOST_TERMS:
        raise BadUsage(f"expected at most {MOST_TERMS} words and phrases, found {len(terms)}")
    return terms


def _term(words: str, *, is_unwanted: bool) -> Term:
    is_beginning = words.endswith("*")
    kept = words.strip("*").split()
    pattern = r"\s+".join("".join(map(_any_form, word)) for word in kept)
    return Term(" ".join(kept), pattern + (r"\w*" if is_beginning else ""), is_unwanted)


def _any_form(character: str) -> str:
    if character in _SAME_MARK:
        return _SAME_MARK[character]
    plain = _plain(character)
    if plain in _accented():
        return f"[{plain}{_accented()[plain]}]"
    return re.escape(character) if character.isascii() else character


@cache
def _accented() -> dict[str, str]:
    """`e` -> `èéêë...`"""
    forms: dict[str, list[str]] = defaultdict(list)
    for code in (code for codes in _ACCENTED for code in codes):
        character = chr(code).lower()
        plain = _plain(character)
        if plain != character and len(plain) == 1 and character not in forms[plain]:
            forms[plain].append(character)
    return {plain: "".join(found) for plain, found in forms.items()}


def _plain(character: str) -> str:
    decomposed = unicodedata.normalize("NFD", character.lower())
    return "".join(each for each in decomposed if not unicodedata.combining(each)) or character
