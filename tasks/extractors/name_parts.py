"""What one run of capitalised words is made of: title, affiliation, the name itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tasks.extractors.cues import TIME, abbreviations, word_classes
from tasks.extractors.name_words import BodyKind, body_nouns, given_names, titles

POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
# "South Korean-born", "Geneva-based": where somebody is from is no part of the name.
_ORIGIN = re.compile(r".+-(?:born|based|area|raised|trained|educated|bred|elect|appointed)$")
_SHORT_PARTICIPLE = 6
_SHORT_NAME, _LONGEST_PLAIN = 2, 3


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


def _pointed(word: str) -> str:
    """With its point only where that belongs to the word: "Jr.", not "Okello."."""
    return word if word[-1] != "." or keeps_point(word) else word.rstrip(".")


def _bare(words: str) -> str:
    """Okello for "Okello's"; most words have no apostrophe at all."""
    return POSSESSIVE.sub("", words) if "'" in words or "’" in words else words


def keeps_point(piece: str) -> bool:
    stem = piece[:-1]
    return len(stem) == 1 or "." in stem or stem.lower() in abbreviations()


def read_single(word: str) -> Run | None:
    name = word.rstrip(".")
    bare = _bare(name)
    body = body_nouns().get(bare.lower())
    if name.lower() in word_classes() and body in (None, "group"):
        return None
    body = body or ("organisation" if _is_acronym(bare) else None)
    return Run(0, len(name), (bare,), 0, (), None, body, bare != name)


def read_run(pieces: Sequence[tuple[str, int]]) -> Iterator[Run]:
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
    cut = max(cut, _last_possessor(pieces, cut), _last_origin(pieces, cut))
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
    if cut and len(name) == 1 and _is_department(pieces[cut - 1][0], name[0]):
        cut = _last_possessor(pieces, 0)
        name = [word for word, _ in pieces[cut:]]
    before = [word for word, _ in pieces[:cut]]
    prefix, affiliation = _split_prefix(before)
    if affiliation and _ORIGIN.match(affiliation):
        affiliation = None
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


def _is_department(word: str, noun: str) -> bool:
    """ "State Department": what it deals with is no title of somebody called Department."""
    title = titles().get(word.lower())
    is_part = title is not None and title.kind == "part"
    return is_part and body_nouns().get(noun.lower()) == "organisation"


def _is_time(pieces: Sequence[tuple[str, int]]) -> bool:
    """ "New Hampshire Monday" ends before the day; "Theresa May" is a name."""
    word = pieces[-1][0].rstrip(".").lower()
    return word_classes().get(word) == TIME and pieces[-2][0] not in given_names()


def _opens_sentence(word: str, known: dict[str, str]) -> bool:
    if word.endswith("ing") and len(word) > _SHORT_PARTICIPLE:
        # "Injecting Okello": Ming and Qing are names, long ones are participles.
        return True
    found = known.get(word.lower())
    if found is None or found in "GM" or word == "Jan":
        return False
    # "Stated Okello": a past form opens a sentence; Hope, Mark and Grant are names.
    return found != "V" or word.lower().endswith(("ed", "said", "wrote", "told"))


def _last_title(pieces: Sequence[tuple[str, int]]) -> int:
    """The index after the last title that a name follows."""
    known = titles()
    for index in range(len(pieces) - 1, -1, -1):
        word = pieces[index][0].rstrip(".").lower()
        if index == 0 and len(pieces) == _SHORT_NAME and pieces[0][0] in given_names():
            # "Dean Okello" has a given name, "Dean Maria Okello" a title.
            return 0
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


def _last_origin(pieces: Sequence[tuple[str, int]], low: int) -> int:
    """ "South Korean-born Maria Okello": the index after the word of origin."""
    for index in range(len(pieces) - 2, low - 1, -1):
        if _ORIGIN.match(pieces[index][0]):
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
    has_given_name = len(name) > 1 and name[0] in given_names()
    for word in reversed(name[1:] if has_given_name else name):
        if found := nouns.get(word.lower().rstrip(".")):
            if has_given_name and word == name[-1]:
                return None
            return found
    return "organisation" if len(name) == 1 and _is_acronym(name[0]) else None


def _is_acronym(word: str) -> bool:
    letters = word.replace(".", "").replace("-", "")
    return len(letters) > 1 and letters.isupper() and letters.isalpha()
