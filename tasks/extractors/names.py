"""Runs of capitalised words, and what each is made of: title, affiliation, the name itself.

"Harbour Watch President Maria Okello" is one run; "deputy spokesman" in small letters is not
part of it (see `roles`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from tasks.extractors.cues import TIME, abbreviations, word_classes
from tasks.extractors.name_words import BodyKind, body_nouns, given_names, particles, titles

_CAPITAL = r"[A-ZÀ-ÖØ-ÞŠŽŁÇĆČĐİŚŞ]"
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv", "jr.", "sr."))
_HEADLINE_WORDS = frozenset(
    ("of", "in", "for", "to", "on", "at", "with", "from", "by", "the", "and")
)
_SHORT_PARTICIPLE = 6
_LONGEST_NAME, _LONGEST_PLAIN = 4, 3


class Run(NamedTuple):
    """One run of capitalised words; `name` is its last part, after titles and possessors."""

    start: int
    end: int
    name: tuple[str, ...]
    name_start: int
    titles: tuple[str, ...] = ()
    affiliation: str | None = None
    body: BodyKind | None = None
    is_possessive: bool = False


def names_body(words: str) -> bool:
    """The run ends in the noun of a body ("Trade Ministry"): no person's name."""
    last = words[words.rfind(" ") + 1 :]
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
        run = _read_single(words)
        return () if run is None else (run,)
    runs: list[Run] = []
    pieces: list[tuple[str, int]] = []
    at = 0
    for piece in words.replace("\u00a0", " ").split(" "):
        if piece:
            pieces.append((piece, at))
            if piece[-1] == "." and not _keeps_point(piece):
                runs.extend(_read_run(pieces))
                pieces = []
        at += len(piece) + 1
    runs.extend(_read_run(pieces))
    return tuple(runs)


def _pointed(word: str) -> str:
    """With its point only where that belongs to the word: "Jr.", not "Okello."."""
    return word if word[-1] != "." or _keeps_point(word) else word.rstrip(".")


def _bare(words: str) -> str:
    """Okello for "Okello's"; most words have no apostrophe at all."""
    return _POSSESSIVE.sub("", words) if "'" in words or "’" in words else words


def _keeps_point(piece: str) -> bool:
    stem = piece[:-1]
    return len(stem) == 1 or "." in stem or stem.lower() in abbreviations()


def _read_single(word: str) -> Run | None:
    name = word.rstrip(".")
    if name.lower() in word_classes():
        return None
    bare = _bare(name)
    body = body_nouns().get(bare.lower()) or ("organisation" if _is_acronym(bare) else None)
    return Run(0, len(name), (bare,), 0, (), None, body, bare != name)


def _read_run(pieces: Sequence[tuple[str, int]]) -> Iterator[Run]:
    known = word_classes()
    first = 0
    while first < len(pieces) and _opens_sentence(pieces[first][0], known):
        first += 1
    pieces = pieces[first:]
    while len(pieces) > 1 and _is_time(pieces):
        pieces = pieces[:-1]
    if not pieces:
        return
    last_word, last_at = pieces[-1]
    end = last_at + len(_pointed(last_word))
    cut = _last_title(pieces)
    cut = max(cut, _last_possessor(pieces, cut))
    if len(pieces) - cut > _LONGEST_PLAIN:
        cut = _given_name_after(pieces, cut)
    name = [word for word, _ in pieces[cut:]]
    if not name:
        # "the Prime Minister": a title without a name.
        yield Run(pieces[0][1], end, (), end, tuple(word for word, _ in pieces))
        return
    bare = _bare(_pointed(last_word))
    is_possessive = bare != last_word.rstrip(".") and bare != last_word
    name[-1] = bare
    before = [word for word, _ in pieces[:cut]]
    prefix, affiliation = _split_prefix(before)
    yield Run(
        pieces[0][1],
        end,
        tuple(name),
        pieces[cut][1],
        prefix,
        affiliation,
        _body_of(name) if not prefix else None,
        is_possessive,
    )


def _is_time(pieces: Sequence[tuple[str, int]]) -> bool:
    """ "New Hampshire Monday" ends before the day; "Theresa May" is a name."""
    word = pieces[-1][0].rstrip(".").lower()
    return word_classes().get(word) == TIME and pieces[-2][0] not in given_names()


def _opens_sentence(word: str, known: dict[str, str]) -> bool:
    if word.endswith("ing") and len(word) > _SHORT_PARTICIPLE:
        # "Injecting Okello": Ming and Qing are names, long ones are participles.
        return True
    found = known.get(word.lower())
    if found is None or found in "GM":
        return False
    # "Stated Okello": a past form opens a sentence; Hope, Mark and Grant are names.
    return found != "V" or word.lower().endswith(("ed", "said", "wrote", "told"))


def _last_title(pieces: Sequence[tuple[str, int]]) -> int:
    """The index after the last title that a name follows."""
    known = titles()
    for index in range(len(pieces) - 1, -1, -1):
        word = pieces[index][0].rstrip(".").lower()
        if word in known and not (index == len(pieces) - 1 and index and _is_name_like(pieces)):
            return index + 1
    return 0


def _given_name_after(pieces: Sequence[tuple[str, int]], cut: int) -> int:
    """ "Cape Town Public Advocate Jana Novak": the name begins at the given name."""
    known = given_names()
    if pieces[cut][0] in known:
        return cut
    for index in range(cut + 1, len(pieces) - 1):
        if pieces[index][0] in known:
            return index
    return cut


def _is_name_like(pieces: Sequence[tuple[str, int]]) -> bool:
    """Steve King, Judy Judge: a title word as surname after a given name."""
    return pieces[-2][0] in given_names()


def _last_possessor(pieces: Sequence[tuple[str, int]], low: int) -> int:
    for index in range(len(pieces) - 2, low - 1, -1):
        if _bare(pieces[index][0]) != pieces[index][0]:
            return index + 1
    return low


def _split_prefix(words: list[str]) -> tuple[tuple[str, ...], str | None]:
    """Titles are the last words in front of the name; what stands before them is whose."""
    known = titles()
    at = len(words)
    while at and words[at - 1].rstrip(".").lower() in known:
        at -= 1
    body = " ".join(words[:at])
    return tuple(words[at:]), _bare(body) or None


def _body_of(name: Sequence[str]) -> BodyKind | None:
    nouns = body_nouns()
    for word in reversed(name):
        if found := nouns.get(word.lower().rstrip(".")):
            if len(name) > 1 and name[0] in given_names() and word == name[-1]:
                return None
            return found
    return "organisation" if len(name) == 1 and _is_acronym(name[0]) else None


def _is_acronym(word: str) -> bool:
    letters = word.replace(".", "").replace("-", "")
    return len(letters) > 1 and letters.isupper() and letters.isalpha()


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
