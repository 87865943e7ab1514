"""When two passages, names or headlines count as the same."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from tasks.evaluation.figures import Row

ANY_WORD = re.compile(r"\w+")
PLAIN_WORD = re.compile(r"[a-z0-9]+")
LETTERS_WITH_DOTS = re.compile(r"\b((?:[a-z]\.){2,})")
AGREEMENT = 0.8
LENGTH_RATIO = 0.5


def _lowered(text: str | None, *, drops_genitive: bool) -> str:
    lowered = (text or "").lower().replace("’", "'")
    return (lowered.replace("'s", "") if drops_genitive else lowered).replace("'", "")


def plain_words(text: str | None) -> list[str]:
    """Lower-case ASCII words, without a genitive's s."""
    return PLAIN_WORD.findall(_lowered(text, drops_genitive=True))


def full_words(text: str | None) -> list[str]:
    """Lower-case words of any script; the letters of U.S. stay together."""
    lowered = _lowered(text, drops_genitive=True)
    return ANY_WORD.findall(LETTERS_WITH_DOTS.sub(lambda hit: hit[0].replace(".", ""), lowered))


def folded_line(text: str | None) -> str:
    """A headline without case, punctuation and spacing."""
    return " ".join(ANY_WORD.findall(_lowered(text, drops_genitive=False)))


def agree(one: list[str], other: list[str]) -> bool:
    """Whether four words in five stand in both, in order."""
    if not one or not other:
        return False
    if one == other:
        return True
    shorter, longer = sorted((len(one), len(other)))
    if shorter / longer < LENGTH_RATIO:
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= AGREEMENT


def mention_of(quote: Row) -> str | None:
    """The words that name the speaker, given as a string or with offsets."""
    mention = quote.get("mention")
    return mention.get("text") if isinstance(mention, dict) else mention
