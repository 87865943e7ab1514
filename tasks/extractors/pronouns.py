"""What the pronouns after a surname say of its bearer."""

from __future__ import annotations

import re

from tasks.extractors.name_words import Gender

_MENTIONS, _REACH = 30, 100
_PRONOUN = re.compile(r"[^.!?\n]*?\b(he|she|his|her|him)\b")
_BEFORE = re.compile(r"(?:^|[^\w\s.]|\b[a-z]\w*|[.!?][\"”’)]*|\bThe)\s*$")
_BEFORE_LENGTH = 20


def pronoun_gender(text: str, surname: str) -> Gender | None:
    """Whether the text goes on with "he" or with "she" after a surname that stands alone."""
    counts = {"m": 0, "f": 0}
    at = text.find(surname)
    for _ in range(_MENTIONS):
        if at < 0:
            break
        if _BEFORE.search(text, max(0, at - _BEFORE_LENGTH), at):
            found = _PRONOUN.match(text, at + len(surname), at + _REACH)
            if found:
                counts["f" if found[1] in ("she", "her") else "m"] += 1
        at = text.find(surname, at + len(surname))
    if counts["m"] > 2 * counts["f"]:
        return "m"
    return "f" if counts["f"] > 2 * counts["m"] else None
