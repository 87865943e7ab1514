"""Whom "the newspaper", "the agency" or "the Post" means: bodies named again by less."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from schemas.records import Speaker
from tasks.extractors.cues import word_classes
from tasks.extractors.name_parts import Run
from tasks.extractors.name_words import body_nouns
from tasks.extractors.names import find_runs
from tasks.extractors.people import Cast
from tasks.extractors.subjects import Stage
from tasks.extractors.vocabulary import read_table

_PAPERS = frozenset(("newspaper", "paper", "magazine", "website", "outlet", "blog"))
_FAR_BACK = 4000
_NAMES_ON = re.compile(
    r"(?:\s(?:of|for|and|on|de)\s(?:the\s)?[A-Z][\w'’.&\-]*+(?:\s[A-Z][\w'’.&\-]*+)*+){1,3}"
)
_SHORT_INITIALS = 2
_INITIALS = "*"
_PARTIES = frozenset(("GOP",))


def body_called(stage: Stage, noun: str, before: int) -> Speaker | None:
    """The last body before a place that the noun may name again."""
    kind = body_nouns()[noun]
    if kind in ("group", "document") or (kind == "publication" and noun not in _PAPERS):
        return None
    for run in _bodies_before(stage, before):
        if kind == "publication":
            is_meant = run.body == "publication" and run.name[0].lower() not in word_classes()
        else:
            is_meant = run.body == "organisation" and _may_be_called(stage.cast, run, noun)
        if is_meant and (name := full_body_name(stage.cast.text, run)).lower() != noun:
            return Speaker(name, "organisation")
    return None


def fuller_name(stage: Stage, name: str, before: int) -> str:
    """ "The Post" where the text has named the Harbour Post."""
    ending = f" {name}"
    for run in _bodies_before(stage, before):
        full = full_body_name(stage.cast.text, run)
        if run.body != "group" and full.endswith(ending):
            return full.rsplit("The ", 1)[-1]
    return name


def full_body_name(text: str, run: Run) -> str:
    """With "of Elections" behind a body's noun."""
    if run.is_possessive or _is_initials(run):
        return " ".join(run.name)
    going_on = _NAMES_ON.match(text, run.end)
    # "… and Brandt" goes on with the list, not with the name.
    end = going_on.end() if going_on and " and " not in going_on[0][:5] else run.end
    return text[run.start : end].rstrip(".,") if going_on else text[run.start : end]


def _bodies_before(stage: Stage, before: int) -> Iterator[Run]:
    runs = find_runs(stage.cast.text, max(0, before - _FAR_BACK), before)
    for run in reversed(runs):
        if run.body and run.name and not stage.is_quoted(run.start):
            yield run


def _may_be_called(cast: Cast, run: Run, noun: str) -> bool:
    ends = _called_so(noun)
    if _is_initials(run):
        has_article = cast.text[max(0, run.start - 4) : run.start].lower() == "the "
        return (
            run.name[0] != "GOP"
            and _INITIALS in ends
            and (has_article or run.name[0] in cast.speaking)
        )
    words = [word.lower().rstrip(".") for word in run.name]
    return noun in words or words[-1] in ends or (len(words) == 1 and words[0] in ends)


def _is_initials(run: Run) -> bool:
    word = run.name[0]
    return len(run.name) == 1 and word.isalpha() and word.isupper() and len(word) > _SHORT_INITIALS


@cache
def _called_so(noun: str) -> frozenset[str]:
    rows = [row["ends"].split() for row in read_table("body_descriptions") if row["noun"] == noun]
    return frozenset(word for ends in rows for word in ends)
