"""Runs of capitalised words, and what each is made of: title, affiliation, the name itself.

"Harbour Watch President Maria Okello" is one run; "deputy spokesman" in small letters is not
part of it (see `roles`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from tasks.extractors.name_parts import Run, keeps_point, read_run, read_single
from tasks.extractors.name_words import body_nouns, given_names, particles, surname_nouns

_CAPITAL = r"[A-ZÀ-ÖØ-ÞŠŽŁÇĆČĐİŚŞ]"
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv", "jr.", "sr."))
_HEADLINE_WORDS = frozenset(
    ("of", "in", "for", "to", "on", "at", "with", "from", "by", "the", "and")
)
_LONGEST_NAME = 4


def names_body(words: str) -> bool:
    """The run ends in the noun of a body ("Trade Ministry"): no person's name."""
    last = words[words.rfind(" ") + 1 :]
    if last in surname_nouns() and words[: words.find(" ")] in given_names():
        # "Anna Church", a person.
        return False
    return last in _body_endings() or (last[:2].isupper() and last.isalpha())


@cache
def _body_endings() -> frozenset[str]:
    forms = [noun.capitalize() for noun, kind in body_nouns().items() if kind != "group"]
    return frozenset(form + ending for form in forms for ending in ("", "’s", "'s", "."))


def _run_parts() -> tuple[str, str]:
    """The first word of a run, and a further one with the particles before it.

    The look-behind stands after the capital, so that the search can skip to capitals.
    """
    particle = f"(?:{'|'.join(particles())})"
    # Bounded, so that no stretch of letters, points or hyphens is read again from each capital.
    rest = r"[\w'’\-]{0,40}+(?:\.[A-Z]){0,6}+\.?"
    head = rf"{_CAPITAL}(?<![\w@#]{_CAPITAL}){rest}"
    nickname = r"[\"“][A-Z]\w++[\"”](?=[ ][A-Z])"
    return head, rf"(?:[ \u00a0]++(?:(?:{particle}[ \-]){{0,2}}{_CAPITAL}{rest}|{nickname}))"


@cache
def _run_pattern() -> re.Pattern[str]:
    head, following = _run_parts()
    return re.compile(f"{head}{following}*")


@cache
def _long_run_pattern() -> re.Pattern[str]:
    """One capitalised word alone is most often no name: those are read only where asked for."""
    head, following = _run_parts()
    return re.compile(f"{head}{following}+")


def find_runs(text: str, start: int, end: int) -> list[Run]:
    runs: list[Run] = []
    for found in _run_pattern().finditer(text, start, end):
        runs.extend(shift_run(run, found.start()) for run in split_words(found[0]))
    return runs


def find_long_runs(text: str) -> dict[str, list[int]]:
    """Those of two words or more: each spelling with the places where it stands."""
    places: dict[str, list[int]] = {}
    for found in _long_run_pattern().finditer(text):
        places.setdefault(found[0], []).append(found.start())
    return places


@lru_cache(maxsize=1 << 14)
def split_words(words: str) -> tuple[Run, ...]:
    """The runs in one stretch of capitalised words, placed as if it stood at 0.

    A point ends a run unless it belongs to a title or an initial.
    Names recur from article to article: the answer is kept.
    """
    if " " not in words and "\u00a0" not in words:
        run = read_single(words)
        return () if run is None else (run,)
    runs: list[Run] = []
    pieces: list[tuple[str, int]] = []
    at = 0
    for piece in words.replace("\u00a0", " ").split(" "):
        if piece:
            pieces.append((piece, at))
            if piece[-1] == "." and not keeps_point(piece):
                runs.extend(read_run(pieces))
                pieces = []
        at += len(piece) + 1
    runs.extend(read_run(pieces))
    return tuple(runs)


def shift_run(run: Run, distance: int) -> Run:
    """The same words at another place."""
    if not distance:
        return run
    return Run(
        run.start + distance,
        run.end + distance,
        run.name,
        run.name_start + distance,
        run.titles,
        run.affiliation,
        run.body,
        run.is_possessive,
    )


def is_full_name(run: Run) -> bool:
    """Two to four words, none of them of a body, none that only a headline sets in capitals."""
    if run.body is not None or len(run.name) < 2:  # noqa: PLR2004
        return False
    words = [word.lower() for word in run.name]
    count = len(words)
    if not _SUFFIXES.isdisjoint(words):
        count = sum(word not in _SUFFIXES for word in words)
    return 1 < count <= _LONGEST_NAME and _HEADLINE_WORDS.isdisjoint(words)


def surname(name: Sequence[str]) -> str:
    for word in reversed(name):
        if word.lower() not in _SUFFIXES:
            return word
    return name[-1]
