"""What the words in front of a name say: "Trade Ministry deputy spokeswoman | Maria Okello"."""

from __future__ import annotations

import re

from tasks.extractors.cues import word_classes
from tasks.extractors.name_parts import Run
from tasks.extractors.name_words import Title, body_nouns, nationals, offices, titles
from tasks.extractors.names import find_runs
from tasks.extractors.role_phrases import (
    NO_ROLE,
    NOT_NOW,
    POSSESSIVE,
    Role,
    body_of,
    department_body,
    departments,
    is_finite,
    read_phrase,
)

_BEFORE, _OWNER_REACH = 110, 300
_WORDS = re.compile(r"[\w.'’&\-]+|[,;:()—–\"“”]")
_NO_PART = NOT_NOW | {"republican", "democratic", "presumptive"}
_OFFICE_OF = re.compile(
    r"((?:[A-Z][\w.\-]*\s){0,4}?)"
    r"((?:(?:Under|Deputy|Assistant|Vice|Prime|First)\s)*(?:Secretary|Minister|Commissioner))"
    r"\s(of|for)\s((?:[A-Z]\w+,?\s(?:and\s)?)*)$"
)
# Cheap to look for first: few names follow such an office.
_MAY_BE_OFFICE_OF = re.compile(r"(?:Secretary|Minister|Commissioner)\s(?:of|for)\s")
# Where a phrase that stands before the name and its comma may begin.
_PHRASE_HEAD = re.compile(
    r"(?:^|\s)(?=(?:the|an?|its|his|her|their|our|[\w.\-]+['’]s|\w+s['’])\s)", re.IGNORECASE
)
_ARTICLE = re.compile(r"^(?:the|an?|its|his|her|their|our)\s", re.IGNORECASE)
_PHRASE_BOUNDARY = re.compile(r"[,;:()“”\"—–\n]|[.!?]\s")
_SENTENCE_END = re.compile(r"[.!?][”\"]?\s|\n")
_ACTING = "acting "
_CLOSED = re.compile(r"\s*(?:[,.;)”\"]|$)|\s(?:of|from|with)\s")


def in_front(text: str, run: Run) -> Role:
    """Small letters say more than the rank behind them: "Army spokesman | Col. Jan Brandt"."""
    role = _small_letters_before(text, run)
    if not role.title and run.titles:
        role = _titles_in_run(text, run)
    if not role.title:
        role = _of_portfolio(text, run) or _apposed_before(text, run) or role
    return role if role.title else Role(None, run.affiliation)


def _of_portfolio(text: str, run: Run) -> Role | None:
    """Secretary of | State Maria Okello, Minister of | Sea Affairs Jan Brandt."""
    low = max(0, run.start - _BEFORE)
    found = _MAY_BE_OFFICE_OF.search(text, low, run.start) and _OFFICE_OF.search(
        text, low, run.start
    )
    if found is None:
        return None
    field = f"{found[4]}{text[run.start : run.name_start]}".strip()
    if not field:
        return None
    whose = _national_front(found[1].split())[0]
    department = department_body(field) if found[2].endswith("Secretary") else None
    return Role(f"{found[2]} {found[3]} {field}", " ".join(whose) or department)


def _titles_in_run(text: str, run: Run) -> Role:
    known = titles()
    held = [word for word in run.titles if known[word.rstrip(".").lower()].kind != "honorific"]
    while held and held[0].lower() in _NO_PART:
        held = held[1:]
    if not any(word.rstrip(".").lower() in offices() for word in held):
        return Role(None, run.affiliation)
    whose = (run.affiliation or "").split()
    if held[-1] == "Minister":
        whose, field = _national_front(whose)
        held = [*field, *held]
    if text[max(0, run.start - len(_ACTING)) : run.start].lower() == _ACTING and not whose:
        held = [text[run.start - len(_ACTING) : run.start].strip(), *held]
    if past := _past_word(text, run):
        return Role(f"{past} {' '.join(held)}", " ".join(whose) or None)
    return Role(" ".join(held), " ".join(whose) or _body_of(held))


def _past_word(text: str, run: Run) -> str | None:
    """Former Sen. | then-Defense Secretary: of the words in front of a name, or the one before."""
    before = text[max(0, run.start - 8) : run.start].rstrip(" -")
    words = (*before.replace("-", " ").split()[-1:], *run.titles)
    return next((word.lower() for word in words if word.lower() in NOT_NOW), None)


def _national_front(words: list[str]) -> tuple[list[str], list[str]]:
    """ "South Korean | Fisheries": whose minister, and the minister for what."""
    for count in range(len(words), 0, -1):
        if " ".join(words[:count]) in nationals():
            return words[:count], words[count:]
    return [], words


def _body_of(title: list[str]) -> str | None:
    """Defense Secretary, Sen.: the body stands in the title."""
    if len(title) > 1 and title[-1] == "Secretary":
        return department_body(title[-2])
    return body_of(" ".join(title))


def _apposed_before(text: str, run: Run) -> Role | None:
    """The chairman of the election commission, | Maria Okello, said."""
    if text[max(0, run.start - 2) : run.start] != ", " or not _CLOSED.match(text, run.end):
        return None
    low = max(0, run.start - _BEFORE)
    left = text[low : run.start - 2]
    boundary = [found.end() for found in _PHRASE_BOUNDARY.finditer(left)]
    low += boundary[-1] if boundary else 0
    left = text[low : run.start - 2]
    for head in reversed(list(_PHRASE_HEAD.finditer(left))):
        words = left[head.end() :].strip()
        if _is_inside_name(left[: head.start()], words):
            continue
        phrase = _ARTICLE.sub("", words)
        if any(is_finite(word) for word in phrase.split()):
            return None
        role = read_phrase(phrase)
        if role.title:
            is_owned = words.lower().startswith("its ") and not role.affiliation
            return Role(role.title, _owner_before(text, low)) if is_owned else role
    return None


def _is_inside_name(before: str, words: str) -> bool:
    """ "State | Department's spokeswoman"."""
    is_owner = words[:1].isupper() and not _ARTICLE.match(words)
    return is_owner and before.split()[-1:] != [] and before.rsplit(maxsplit=1)[-1][0].isupper()


def _owner_before(text: str, at: int) -> str | None:
    """ "… the Trade Ministry. Its director": the body named last in the sentence before."""
    before = text[max(0, at - _OWNER_REACH) : at].rstrip().rstrip(".")
    sentence = _SENTENCE_END.split(before)[-1]
    for run in reversed(find_runs(sentence, 0, len(sentence))):
        if run.body == "organisation" and len(run.name) > 1:
            return " ".join(run.name)
    return None


def _small_letters_before(text: str, run: Run) -> Role:
    """Trade Ministry deputy spokeswoman | Maria Okello."""
    low = max(0, run.start - _BEFORE)
    newline = text.rfind("\n", low, run.start)
    words = _WORDS.findall(text, max(low, newline + 1), run.name_start)
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
    return Role(title, POSSESSIVE.sub("", affiliation) or None)


def _names_whose(word: str, classes: dict[str, str]) -> bool:
    """Part of a body's name; "State" is, though to state is also to say."""
    lower = word.lower()
    if not word[0].isupper() or lower in _NO_PART:
        return False
    return lower not in classes or lower in departments()


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
