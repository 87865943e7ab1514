"""Title and affiliation of a person, from the words in front of the name and behind it.

"Trade Ministry deputy spokeswoman Maria Okello" and "Maria Okello, deputy spokeswoman of the Trade
Ministry" say the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from tasks.extractors.cues import cues, word_classes
from tasks.extractors.name_parts import Run
from tasks.extractors.name_words import Title, body_nouns, offices, titles
from tasks.extractors.vocabulary import read_words

_BEFORE = 110
_AFTER = 220
_TITLE_LIMIT = 90
_WORDS = re.compile(r"[\w.'’&\-]+|[,;:()—–\"“”]")
_PARTY = re.compile(r"\s*\([^()\n]{1,24}\)")
_AGE = re.compile(r"\s*\d{1,3},\s*")
_BOUNDARY = re.compile(r"[,;:()—–\"“”\n]|\.(?=\s|$)|\s-+\s")
_SPLIT = re.compile(r"\s(?:at|of|for|with)\s(?:the\s)?(?=(?:U\.S\.\s|[A-Z]))")
_BODY = re.compile(
    r"[A-Z][\w'’.&\-]*+(?:\s(?:[A-Z][\w'’.&\-]*+|(?:of|for|and|on|de)\s(?:the\s)?[A-Z][\w'’.&\-]*+|&))*+"
)
_GOES_ON = re.compile(r"\s(?:and\s)?(?!(?:in|on|at|from|based|since|for|who|and)\b)[a-z]")
_NO_PART = frozenset(("former", "ex", "then", "republican", "democratic", "presumptive", "late"))
_OFFICE_OF = re.compile(
    r"((?:(?:Under|Deputy|Assistant|Vice)\s)*(?:Secretary|Minister|Commissioner))\s(of|for)\s$"
)
_TAIL = re.compile(r"(?:\s(?:of|for|at|with|in|to|on|from|the|and))+$")
_DEPARTMENT = re.compile(r"\sof\s")
_PLACE = re.compile(r"\s(?:in|on|from|based)\s(?=[A-Z]|the\s)")
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
_RELATIVE = re.compile(r"\s(?:who|which|that|whose|and\s(?:a|an|the|one)\s)\b")
_ARTICLE = re.compile(r"^(?:a|an|the|one|another|then|now|currently)\s+", re.IGNORECASE)
_PREPOSITION = re.compile(r"\s(?:of|for|at|with|in|to|on|from|and)\s")
_TITLE_WORDS, _ROLE_LENGTH = 7, 5
_ROLE_ENDS = ("er", "or", "ist", "ian", "man", "woman", "ant")


class Role(NamedTuple):
    title: str | None = None
    affiliation: str | None = None


@cache
def _departments() -> frozenset[str]:
    """Secretary of State, minister of finance: the department belongs to the title."""
    return frozenset(read_words("departments"))


def read_role(text: str, runs: Sequence[Run]) -> Role:
    """The first place that names a title gives it; an affiliation may come from a later one."""
    title: str | None = None
    affiliation: str | None = None
    for run in runs[:4]:
        for role in (_behind(text, run), _in_front(text, run)):
            if role.title and title is None:
                title, affiliation = role.title, role.affiliation or affiliation
            elif role.affiliation and affiliation is None:
                affiliation = role.affiliation
    return Role(title, affiliation)


def _in_front(text: str, run: Run) -> Role:
    """Small letters say more than the rank behind them: "Army spokesman | Col. Jan Brandt"."""
    role = _small_letters_before(text, run)
    if not role.title and run.titles:
        role = _of_department(text, run) or _titles_in_run(run)
    return role if role.title else Role(None, run.affiliation)


def _of_department(text: str, run: Run) -> Role | None:
    """Secretary of | State Maria Okello: the run begins after the preposition."""
    department = run.titles[0]
    if department.lower() not in _departments():
        return None
    found = _OFFICE_OF.search(text, max(0, run.start - _BEFORE), run.start)
    if found is None:
        return None
    return Role(f"{found[1]} {found[2]} {department}", department)


def _titles_in_run(run: Run) -> Role:
    known = titles()
    held = [word for word in run.titles if known[word.rstrip(".").lower()].kind != "honorific"]
    while held and held[0].lower() in _NO_PART:
        held = held[1:]
    if not any(word.rstrip(".").lower() in offices() for word in held):
        return Role(None, run.affiliation)
    return Role(" ".join(held), run.affiliation or _department(held))


def _department(title: list[str]) -> str | None:
    """Defense Secretary: the department stands in the title."""
    if len(title) > 1 and title[-1] == "Secretary" and title[-2].lower() in _departments():
        return title[-2]
    return None


def _small_letters_before(text: str, run: Run) -> Role:
    """Trade Ministry deputy spokeswoman | Maria Okello."""
    low = max(0, run.start - _BEFORE)
    newline = text.rfind("\n", low, run.start)
    words = _WORDS.findall(text, max(low, newline + 1), run.name_start)
    if words and words[-1] == "," and len(words) > 1:
        words = words[:-1]
    known, classes = titles(), word_classes()
    at = len(words)
    while at and words[at - 1][0].isupper() and _is_office(words[at - 1], known):
        at -= 1
    end = at
    while at and words[at - 1][0].islower() and _belongs(words, at - 1, classes):
        at -= 1
    head = words[end - 1].lower() if end else ""
    if end == at or not (head in offices() or words[end - 3 : end] == ["chief", "of", "staff"]):
        return NO_ROLE
    title = " ".join(words[at:])
    whose = at
    while whose and _names_whose(words[whose - 1], classes):
        whose -= 1
    affiliation = " ".join(words[whose:at])
    return Role(title, _POSSESSIVE.sub("", affiliation) or None)


def _names_whose(word: str, classes: dict[str, str]) -> bool:
    """Part of a body's name; "State" is, though to state is also to say."""
    lower = word.lower()
    if not word[0].isupper() or lower in _NO_PART:
        return False
    return lower not in classes or lower in _departments()


def _is_office(word: str, known: dict[str, Title]) -> bool:
    title = known.get(word.rstrip(".").lower())
    return title is not None and title.kind != "honorific"


def _belongs(words: list[str], at: int, classes: dict[str, str]) -> bool:
    """ "chief of staff" holds a preposition."""
    if words[at] == "of":
        return at > 0 and words[at - 1] in titles()
    return _is_of_title(words[at], classes)


def _is_of_title(word: str, classes: dict[str, str]) -> bool:
    return (
        word in titles()
        or word in body_nouns()
        or (word not in classes and word.isalpha() and (not word.endswith("ed")))
    )


def _behind(text: str, run: Run) -> Role:
    """Maria Okello, | deputy spokeswoman of the Trade Ministry."""
    at = run.end
    if party := _PARTY.match(text, at):
        at = party.end()
    if text[at : at + 2] != ", ":
        return NO_ROLE
    at += 2
    if age := _AGE.match(text, at):
        at = age.end()
    stop = min(len(text), at + _AFTER)
    piece = _ARTICLE.sub("", _piece(text, at, stop))
    if not piece or not _has_title(piece):
        return NO_ROLE
    title, affiliation = _split_title(piece)
    if affiliation is None and title[:1].isupper():
        affiliation = _next_piece(text, at + len(_piece(text, at, stop)), stop)
    title = _PLACE.split(_TAIL.sub("", title), maxsplit=1)[0]
    return Role(title[:_TITLE_LIMIT], affiliation)


def _piece(text: str, at: int, stop: int) -> str:
    boundary = _BOUNDARY.search(text, at, stop)
    piece = text[at : boundary.start() if boundary else stop]
    relative = _RELATIVE.search(piece)
    piece = piece[: relative.start()] if relative else piece
    words = piece.split()
    # "…, told a newspaper": what somebody did; "appointed director" is what somebody is.
    if words and _is_finite(words[0]) and not words[0].endswith("ed"):
        return ""
    # "…, the minister stated": a new subject, no apposition.
    return "" if any(_is_finite(word) for word in words[1:]) else piece


def _is_finite(word: str) -> bool:
    cue = cues().get(word)
    return (cue is not None and cue.form in ("past", "third")) or word_classes().get(word) in (
        "B",
        "X",
    )


def _has_title(piece: str) -> bool:
    """A role noun stands before the first preposition."""
    words = _PREPOSITION.split(piece, maxsplit=1)[0].lower().split()
    classes = word_classes()
    if not words or len(words) > _TITLE_WORDS or classes.get(words[0], "w") not in "wVGM":
        return False
    if any(word in offices() for word in words[-2:]):
        return True
    return len(words[-1]) > _ROLE_LENGTH and words[-1].endswith(_ROLE_ENDS)


def _split_title(piece: str) -> tuple[str, str | None]:
    for found in _SPLIT.finditer(piece):
        if _DEPARTMENT.fullmatch(found[0]) and _names_department(piece[found.end() :]):
            continue
        body = _BODY.match(piece, found.end())
        if body and _GOES_ON.match(piece, body.end()):
            # "professor of Middle Eastern and international affairs": a subject, no body.
            continue
        return piece[: found.start()].strip(), _POSSESSIVE.sub("", body[0]) if body else None
    possessor = re.match(r"((?:[A-Z][\w.&\-]*\s)*[A-Z][\w.&\-]*)['’]s?\s(.+)", piece)
    if possessor:
        return possessor[2], possessor[1]
    return _capital_front(piece)


def _names_department(words: str) -> bool:
    """ "minister of Finance", not "of Finance Ministry"."""
    first, *others = words.split(" ", 2)
    return first.lower() in _departments() and not (others and others[0][:1].isupper())


def _capital_front(piece: str) -> tuple[str, str | None]:
    """ "Brandt campaign manager": a name in front of small letters is whose."""
    words = piece.split()
    at = 0
    while at < len(words) and words[at][0].isupper() and words[at].lower() not in titles():
        at += 1
    if 0 < at < len(words) and words[at][0].islower():
        return " ".join(words[at:]), " ".join(words[:at])
    return _PLACE.split(piece, maxsplit=1)[0].strip(), None


def _next_piece(text: str, at: int, stop: int) -> str | None:
    """Project Engineer, | Naval Surface Warfare Center."""
    if text[at : at + 2] != ", ":
        return None
    piece = re.sub(r"^(?:the|of|at)\s", "", _piece(text, at + 2, stop))
    return piece if piece[:1].isupper() and len(piece) > 1 else None


NO_ROLE = Role()
