"""A phrase that says what somebody is, taken apart: the title, and the body it belongs to."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from tasks.extractors.cues import DETERMINER, cues, word_classes
from tasks.extractors.name_words import body_nouns, offices, titles
from tasks.extractors.vocabulary import read_words

POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
_SPLIT = re.compile(r"\s(?:at|of|for|with)\s(?:the\s)?(?=(?:U\.S\.\s|[A-Z]))")
# "head of the civil defense office", "head of Russia's consumer agency".
_SMALL_BODY = re.compile(
    r"\s(?:of|for|at|with)\s(?:the\s|an?\s)?((?:[\w'’\-]++\s){0,5}?[a-z]\w++)$"
)
_BODY = re.compile(
    r"[A-Z][\w'’.&\-]*+(?:\s(?:[A-Z][\w'’.&\-]*+|(?:of|for|and|on|de)\s(?:the\s)?[A-Z][\w'’.&\-]*+|&))*+"
)
_GOES_ON = re.compile(r"\s(?:and\s)?(?!(?:in|on|at|from|based|since|for|who|and)\b)[a-z]")
_TAIL = re.compile(r"(?:\s(?:of|for|at|with|in|to|on|from|the|and))+$")
_DEPARTMENT = re.compile(r"\sof\s")
_SECRETARY_OF = re.compile(r"\bsecretary of (\w+)", re.IGNORECASE)
_PLACE = re.compile(r"\s(?:in|on|from|based)\s(?=[A-Z]|the\s)")
_OWNER = re.compile(r"((?:[A-Z][\w.&\-]*\s)*[A-Z][\w.&\-]*|[\w\-]+)['’](?:s\s|(?<=s['’])\s)(.+)")
_PREPOSITION = re.compile(r"\s(?:of|for|at|with|in|to|on|from|and)\s")
_TITLE_LIMIT, _TITLE_WORDS, _ROLE_LENGTH = 90, 7, 5
_ROLE_ENDS = ("er", "or", "ist", "ian", "man", "woman", "ant")
_NO_ROLES = frozenset(("together", "however", "whether", "another", "altogether"))
# "A Western analyst": where from, roughly; no body.
_REGIONS = frozenset(("Western", "Eastern", "Northern", "Southern", "Central"))
# Heads and chiefs are part of longer titles unless something follows that they head.
_HEADS = frozenset(("head", "chief"))


NOT_NOW = frozenset(("former", "ex", "then", "late"))


class Role(NamedTuple):
    title: str | None = None
    affiliation: str | None = None


@cache
def departments() -> frozenset[str]:
    """Secretary of State, minister of finance: the department belongs to the title."""
    return frozenset(read_words("departments"))


def read_phrase(piece: str) -> Role:
    """ "deputy spokeswoman of the Trade Ministry" without its article; no role where it is none."""
    if not piece or not _has_title(piece):
        return NO_ROLE
    title, affiliation = _split_title(piece)
    title = _PLACE.split(_TAIL.sub("", title), maxsplit=1)[0]
    return Role(title[:_TITLE_LIMIT], affiliation or _of_secretary(title) or body_of(title))


def is_finite(word: str) -> bool:
    """A verb that makes a clause: the words around it are no apposition."""
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
    if any(classes.get(word) == DETERMINER for word in words[1:]):
        # "cut the ribbon with …" is what somebody did.
        return False
    if any(word in offices() for word in words[-2:]):
        return True
    if words[-1] in _HEADS:
        return " of " in piece
    return may_be_role(words[-1])


def may_be_role(noun: str) -> bool:
    return len(noun) > _ROLE_LENGTH and noun.endswith(_ROLE_ENDS) and noun not in _NO_ROLES


def _split_title(piece: str) -> tuple[str, str | None]:
    for found in _SPLIT.finditer(piece):
        if _DEPARTMENT.fullmatch(found[0]) and _names_department(piece[found.end() :]):
            continue
        body = _BODY.match(piece, found.end())
        if body and _GOES_ON.match(piece, body.end()):
            # "professor of Middle Eastern and international affairs": a subject, no body.
            continue
        return piece[: found.start()].strip(), POSSESSIVE.sub("", body[0]) if body else None
    small = _SMALL_BODY.search(piece)
    if small and body_nouns().get(small[1].split()[-1]) == "organisation":
        return piece[: small.start()].strip(), small[1]
    owner = _OWNER.match(piece)
    if owner:
        return owner[2], owner[1]
    return _capital_front(piece)


def _names_department(words: str) -> bool:
    """ "minister of Finance", not "of Finance Ministry"."""
    first, *others = words.split(" ", 2)
    return first.lower() in departments() and not (others and others[0][:1].isupper())


def _capital_front(piece: str) -> tuple[str, str | None]:
    """ "Brandt campaign manager": a name in front of small letters is whose."""
    words = piece.split()
    at = 0
    while at < len(words) and words[at][0].isupper() and words[at].lower() not in titles():
        at += 1
    if 0 < at < len(words) and words[at][0].islower():
        if words[0] in _REGIONS:
            return " ".join(words[1:]), None
        return " ".join(words[at:]), " ".join(words[:at])
    return _PLACE.split(piece, maxsplit=1)[0].strip(), None


def _of_secretary(title: str) -> str | None:
    """A deputy under secretary of agriculture serves in the Agriculture Department."""
    found = _SECRETARY_OF.search(title)
    return department_body(found[1]) if found else None


def body_of(title: str) -> str | None:
    """A senator sits in the Senate; a former one does not."""
    words = title.lower().split()
    known = titles().get(words[-1].rstrip(".")) if words else None
    return known.body if known and NOT_NOW.isdisjoint(words) else None


def department_body(name: str) -> str | None:
    """Secretaries of departments are American; a British one is of a ministry or an office."""
    if name.lower() not in departments() or name.lower() in ("foreign", "home", "defence"):
        return None
    return f"{name.capitalize()} Department"


NO_ROLE = Role()
