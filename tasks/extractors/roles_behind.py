"""What the words behind a name say: "Maria Okello, | deputy spokeswoman of the Trade Ministry"."""

from __future__ import annotations

import re

from tasks.extractors.name_parts import Run
from tasks.extractors.name_words import body_nouns
from tasks.extractors.role_phrases import NO_ROLE, Role, is_finite, read_phrase

_AFTER = 220
_PARTY = re.compile(r"\s*\([^()\n]{1,24}\)")
_AGE = re.compile(r"\s*\d{1,3},\s*")
_BOUNDARY = re.compile(r"[,;:()—–\"“”\n]|(?<![ .][A-Z])\.(?=\s|$)|\s-+\s")
_RELATIVE = re.compile(r"\s(?:who|which|that|whose|and\s(?:a|an|the|one)\s)\b")
_ARTICLE = re.compile(r"^(?:a|an|the|one|another|then|now|currently)\s+", re.IGNORECASE)
_OF_BODY = re.compile(
    r"\s(?:of|from|at|with)\s(?:the\s)?"
    r"([A-Z][\w'’.&\-]*+(?:\s(?:[A-Z][\w'’.&\-]*+|(?:of|for|and|on)\s(?:the\s)?[A-Z][\w'’.&\-]*+))*+)"
)


def behind(text: str, run: Run) -> Role:
    """Maria Okello, | deputy spokeswoman of the Trade Ministry."""
    at = run.end
    if party := _PARTY.match(text, at):
        at = party.end()
    if text[at : at + 2] != ", ":
        return _of_body(text, at)
    at += 2
    if age := _AGE.match(text, at):
        at = age.end()
    stop = min(len(text), at + _AFTER)
    piece = _ARTICLE.sub("", _piece(text, at, stop))
    role = read_phrase(piece)
    if role.title and role.affiliation is None and role.title[:1].isupper():
        affiliation = _next_piece(text, at + len(_piece(text, at, stop)), stop)
        return Role(role.title, affiliation)
    return role


def _of_body(text: str, at: int) -> Role:
    """ "Maria Okello of the Harbour Forum": a body and no place."""
    found = _OF_BODY.match(text, at)
    if found is None:
        return NO_ROLE
    words = [word.lower().rstrip(".") for word in found[1].split()]
    is_initials = len(words) == 1 and found[1].isalpha() and found[1].isupper()
    if is_initials or any(body_nouns().get(word) == "organisation" for word in words):
        return Role(None, found[1].rstrip("."))
    return NO_ROLE


def _piece(text: str, at: int, stop: int) -> str:
    boundary = _BOUNDARY.search(text, at, stop)
    piece = text[at : boundary.start() if boundary else stop]
    relative = _RELATIVE.search(piece)
    piece = piece[: relative.start()] if relative else piece
    words = piece.split()
    # "…, told a newspaper": what somebody did; "appointed director" is what somebody is.
    if words and is_finite(words[0]) and not words[0].endswith("ed"):
        return ""
    # "…, the minister stated": a new subject, no apposition.
    return "" if any(is_finite(word) for word in words[1:]) else piece


def _next_piece(text: str, at: int, stop: int) -> str | None:
    """Project Engineer, | Naval Surface Warfare Center."""
    if text[at : at + 2] != ", ":
        return None
    piece = re.sub(r"^(?:the|of|at)\s", "", _piece(text, at + 2, stop))
    return piece if piece[:1].isupper() and len(piece) > 1 else None
