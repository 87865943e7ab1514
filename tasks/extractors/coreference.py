"""Whom a mention means: the full name behind "he", "Okello", "the spokesman".

What cannot be told is left open with candidates.
"""

from __future__ import annotations

import re

from schemas.records import Mention, Speaker, SpeakerKind
from tasks.extractors import subjects
from tasks.extractors.bearers import which_of
from tasks.extractors.bodies import body_called, fuller_name
from tasks.extractors.cues import word_classes
from tasks.extractors.name_parts import Run
from tasks.extractors.name_words import Gender, body_nouns, means_person, offices
from tasks.extractors.names import find_runs, is_full_name
from tasks.extractors.offices import NEAR, UNRESOLVED, Resolved, as_person, resolve_role
from tasks.extractors.people import Person
from tasks.extractors.portfolios import cut_place
from tasks.extractors.subjects import Stage

_GOVERNING = frozenset(("of", "for", "to", "with", "from", "at", "in", "by", "and", "the", "like"))
_WORD_OPENS, _WORD_ENDS = re.compile(r"(?<![\w@#/.\-])"), re.compile(r"(?![\w\-])")
_OWNERS = frozenset(("his", "her", "their", "its", "our", "my"))
_HEAD = re.compile(r"\b(?:of|for|from|at|in|with|on|to|who|that)\b|[,(]")
_INDEFINITE = ("a ", "an ", "one ", "some ", "another ", "several ", "many ", "two ", "three ")
_PARTIES = frozenset(("democrats", "republicans"))
_INDEFINITE_WORDS = frozenset(("someone", "somebody", "everyone", "nobody", "others", "multiple"))
_GENDERS: dict[str, Gender] = {"he": "m", "his": "m", "him": "m", "she": "f", "her": "f"}
_NO_PERSON = frozenset(("they", "we", "i", "you", "their", "its", "our", "my", "your", "who"))


def resolve(stage: Stage, mention: Mention, antecedent: Mention | None = None) -> Resolved:
    """Whom a mention means; `antecedent` is the noun before a relative pronoun."""
    if antecedent is not None:
        return _remember(stage, mention, _resolve_phrase(stage, antecedent))
    word = mention.text.lower()
    if word in _GENDERS:
        found = _resolve_pronoun(stage, mention, _GENDERS[word])
    elif word == "it":
        found = _resolve_it(stage, mention)
    elif word in _NO_PERSON:
        found = UNRESOLVED
    else:
        found = _resolve_phrase(stage, mention)
    return _remember(stage, mention, found)


def _remember(stage: Stage, mention: Mention, found: Resolved) -> Resolved:
    if found.person is not None:
        stage.spoken.append((mention.start, found.person))
    elif found.speaker is not None:
        stage.bodies.append((mention.start, found.speaker))
    return found


def _resolve_pronoun(stage: Stage, mention: Mention, gender: Gender) -> Resolved:
    person = subjects.find_subject(stage, mention.start, gender)
    return UNRESOLVED if person is None else as_person(stage, person)


def _resolve_it(stage: Stage, mention: Mention) -> Resolved:
    """The body that spoke last, if nobody spoke since."""
    if stage.bodies and (not stage.spoken or stage.spoken[-1][0] < stage.bodies[-1][0]):
        at, speaker = stage.bodies[-1]
        if mention.start - at < NEAR:
            return Resolved(speaker)
    return UNRESOLVED


def _resolve_phrase(stage: Stage, mention: Mention) -> Resolved:
    cast = stage.cast
    surname = mention.text.split(" ")[-1].title() if mention.text.isupper() else mention.text
    bearers = cast.by_surname.get(surname)
    if bearers is not None and len(bearers) == 1:
        return as_person(stage, bearers[0])
    runs = find_runs(cast.text, mention.start, mention.end)
    runs = [cut_place(cast.text, run, 0) for run in runs]
    words = mention.text
    if runs and _closes_with_name(cast.text, mention, runs[-1]):
        return _resolve_name(stage, runs[-1], mention)
    head = _HEAD.split(words, maxsplit=1)[0].strip()
    head_end = mention.start + len(head)
    inside = [run for run in runs if run.start < head_end and not _is_office(run)]
    if inside and not words.lower().startswith(_INDEFINITE):
        last = inside[-1]
        ends_name = last.end >= head_end - 3
        if ends_name and last.name and not last.is_possessive:
            return _resolve_name(stage, last, mention)
    if words.lower().startswith(_INDEFINITE):
        return UNRESOLVED
    found = resolve_role(stage, mention, head)
    if found.person is not None and words.split(" ", 1)[0].lower() in _OWNERS:
        # "His spokesman": whose, is not told by the title alone.
        return Resolved(None, (found.person.name,))
    return found


def _is_office(run: Run) -> bool:
    """ "The President" names an office, not a body."""
    return len(run.name) == 1 and run.name[0].lower() in offices()


def _closes_with_name(text: str, mention: Mention, run: Run) -> bool:
    """ "Organising director for the union Jana Novak": the name at the end is who speaks."""
    if run.end < mention.end or not is_full_name(run):
        return False
    is_indefinite = mention.text.lower().startswith(_INDEFINITE)
    if (run.titles or run.affiliation) and run.start > mention.start and not is_indefinite:
        # "Commissioner for Trade Jana Novak": the department ends her title.
        return True
    before = text[mention.start : run.start].split()[-1:]
    return not before or before[0].lower() not in _GOVERNING


def _resolve_name(stage: Stage, run: Run, mention: Mention) -> Resolved:
    people = stage.cast.named(run)
    has_article = mention.text.lower().startswith("the ")
    if (
        run.body is None
        and len(people) == 1
        and _may_be_meant(stage, people[0], has_article=has_article)
    ):
        return as_person(stage, people[0])
    if run.body is None and len(people) > 1:
        person = which_of(stage.cast, run.start, people)
        if person is not None:
            return as_person(stage, person)
        return Resolved(None, tuple(sorted(p.name for p in people)))
    if run.body or has_article:
        return _resolve_named_body(stage, run, mention, has_article=has_article)
    return _resolve_alone(stage, run)


def _resolve_alone(stage: Stage, run: Run) -> Resolved:
    """A name that the body gives no fuller form of; a common word with a capital is no name."""
    word = run.name[-1]
    if len(run.name) == 1:
        if named := _named_above(stage, word):
            return named
        if lone := stage.cast.lone(word):
            return as_person(stage, lone[0])
        if _is_common(stage.cast.text, word):
            return UNRESOLVED
    return Resolved(Speaker(" ".join(run.name), "unknown"))


def _named_above(stage: Stage, word: str) -> Resolved | None:
    """MR. CASEY below "Tom Casey, Deputy Spokesman": the only one of the surname."""
    surname = word.title() if word.isupper() else word
    people = stage.above.by_surname.get(surname, []) if stage.above else []
    if stage.above is None or len(people) != 1 or not people[0].first:
        return None
    if not people[0].is_certain:
        # A headline sets any word in capitals: "Rival Okello Waits".
        return None
    role = stage.above.role(people[0])
    return Resolved(Speaker(people[0].name, "person", role.title, role.affiliation), (), people[0])


def _is_common(text: str, word: str) -> bool:
    """ "Aides", "Nuclear", "Wait": a noun of people, or a word the text has in small letters."""
    lower = word.lower()
    if lower in word_classes() or lower in _INDEFINITE_WORDS:
        return True
    if lower.endswith("s") and means_person(lower):
        return True
    return _holds_word(text, lower)


def _holds_word(text: str, word: str) -> bool:
    """Asked of other words in every article: to compile a pattern for each costs more."""
    at = text.find(word)
    while at >= 0:
        if _WORD_OPENS.match(text, at) and _WORD_ENDS.match(text, at + len(word)):
            return True
        at = text.find(word, at + 1)
    return False


def _resolve_named_body(stage: Stage, run: Run, mention: Mention, *, has_article: bool) -> Resolved:
    """ "The Department" alone is the one named before, "the Post" the Harbour Post."""
    noun = " ".join(run.name).lower()
    if run.body == "group" and noun in body_nouns() and noun not in _PARTIES:
        # "Residents said": others than the residents of the next article.
        return UNRESOLVED
    if has_article and noun in body_nouns() and body_nouns()[noun] == "organisation":
        called = body_called(stage, noun, mention.start)
        if called is not None:
            return Resolved(called)
    name = _without_article(mention.text) if has_article else stage.cast.text[run.start : run.end]
    return Resolved(Speaker(fuller_name(stage, _bare(name), mention.start), _body_kind(run)))


def _may_be_meant(stage: Stage, person: Person, *, has_article: bool) -> bool:
    """ "New Hampshire" has the form of a name; "the Harbour Gazette" has one too."""
    return not (has_article or person.is_place) or stage.cast.is_known(person)


def _body_kind(run: Run) -> SpeakerKind:
    if run.body in ("document", "group"):
        return run.body
    return "organisation"


def _without_article(words: str) -> str:
    return words[4:] if words.lower().startswith("the ") else words


def _bare(words: str) -> str:
    return words.removesuffix("'s").removesuffix("’s").strip()
