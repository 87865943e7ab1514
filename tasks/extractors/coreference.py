"""Whom a mention means: the full name behind "he", "Casey", "the spokesman".

What cannot be told is left open with candidates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from schemas.records import Mention, Speaker, SpeakerKind
from tasks.extractors import subjects
from tasks.extractors.names import Gender, Run, body_nouns, find_runs, is_full_name, offices, titles
from tasks.extractors.people import Person
from tasks.extractors.subjects import Stage

_OCCUPATION_ENDS = ("geon", "ologist", "ician", "preneur", "ionaire", "mogul", "tycoon")
# What else a title may have been called where it was given.
_SAME_OFFICE = {
    "senator": ("sen",),
    "governor": ("gov",),
    "representative": ("rep",),
    "congressman": ("rep", "representative"),
    "congresswoman": ("rep", "representative"),
    "lawmaker": ("sen", "senator", "rep", "representative", "congressman", "congresswoman"),
    "general": ("gen",),
    "colonel": ("col",),
    "admiral": ("adm",),
    "professor": ("prof",),
    "pontiff": ("pope",),
    "premier": ("minister",),
    "leader": ("chancellor", "minister", "premier"),
}
_MANY = 50
_GOVERNING = frozenset(("of", "for", "to", "with", "from", "at", "in", "by", "and", "the", "like"))
_JUST_NAMED = 300
_FAR_BACK, _NEAR = 4000, 700
_HEAD = re.compile(r"\b(?:of|for|from|at|in|with|on|to|who|that)\b|[,(]")
_INDEFINITE = ("a ", "an ", "one ", "some ", "another ", "several ", "many ", "two ", "three ")
_GENDERS: dict[str, Gender] = {"he": "m", "his": "m", "him": "m", "she": "f", "her": "f"}
_NO_PERSON = frozenset(("they", "we", "i", "you", "their", "its", "our", "my", "your", "who"))


@dataclass(frozen=True, slots=True)
class Resolved:
    speaker: Speaker | None = None
    candidates: tuple[str, ...] = ()
    person: Person | None = None


UNRESOLVED = Resolved()


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
    return UNRESOLVED if person is None else _as_person(stage, person)


def _resolve_it(stage: Stage, mention: Mention) -> Resolved:
    """The body that spoke last, if nobody spoke since."""
    if stage.bodies and (not stage.spoken or stage.spoken[-1][0] < stage.bodies[-1][0]):
        at, speaker = stage.bodies[-1]
        if mention.start - at < _NEAR:
            return Resolved(speaker)
    return UNRESOLVED


def _resolve_phrase(stage: Stage, mention: Mention) -> Resolved:
    cast = stage.cast
    bearers = cast.by_surname.get(mention.text)
    if bearers is not None and len(bearers) == 1:
        return _as_person(stage, bearers[0])
    runs = find_runs(cast.text, mention.start, mention.end)
    words = mention.text
    if runs and _closes_with_name(cast.text, mention, runs[-1]):
        return _resolve_name(stage, runs[-1], mention)
    head = _HEAD.split(words, maxsplit=1)[0].strip()
    head_end = mention.start + len(head)
    inside = [run for run in runs if run.start < head_end]
    if inside and not words.lower().startswith(_INDEFINITE):
        last = inside[-1]
        ends_name = last.end >= head_end - 3
        if ends_name and last.name and not last.is_possessive:
            return _resolve_name(stage, last, mention)
    if words.lower().startswith(_INDEFINITE):
        return UNRESOLVED
    return _resolve_role(stage, mention, head)


def _closes_with_name(text: str, mention: Mention, run: Run) -> bool:
    """ "Organizing director for the union Kendall Fells": the name at the end is who speaks."""
    if run.end < mention.end or not is_full_name(run):
        return False
    before = text[mention.start : run.start].split()[-1:]
    return not before or before[0].lower() not in _GOVERNING


def _resolve_name(stage: Stage, run: Run, mention: Mention) -> Resolved:
    people = stage.cast.named(run)
    has_article = mention.text.lower().startswith("the ")
    if run.body is None and len(people) == 1 and not (has_article and not people[0].is_certain):
        return _as_person(stage, people[0])
    if run.body is None and len(people) > 1:
        person = _which_of(stage, run.start, people)
        if person is not None:
            return _as_person(stage, person)
        return Resolved(None, tuple(sorted(p.name for p in people)))
    if run.body or has_article:
        name = (
            _without_article(mention.text) if has_article else stage.cast.text[run.start : run.end]
        )
        return Resolved(Speaker(_bare(name), _body_kind(run)))
    return Resolved(Speaker(" ".join(run.name), "unknown"))


def _which_of(stage: Stage, before: int, people: list[Person]) -> Person | None:
    """Of two people of one surname: the one just named in full, else the one most often so."""
    last = [(person.last_before(before), person) for person in people]
    near = [(at, person) for at, person in last if at is not None and before - at < _JUST_NAMED]
    if near:
        return max(near, key=lambda pair: pair[0])[1]
    ranked = sorted(people, key=lambda person: person.count, reverse=True)
    return ranked[0] if ranked[0].count > ranked[1].count else None


def _body_kind(run: Run) -> SpeakerKind:
    if run.body in ("document", "group"):
        return run.body
    return "organisation"


def _without_article(words: str) -> str:
    return words[4:] if words.lower().startswith("the ") else words


def _bare(words: str) -> str:
    return words.removesuffix("'s").removesuffix("’s").strip()


def _resolve_role(stage: Stage, mention: Mention, head: str) -> Resolved:
    """ "The spokesman": the person before it who holds such a title."""
    words = head.lower().split()
    if not words:
        return UNRESOLVED
    noun = words[-1].strip(".,")
    if noun in offices() or noun.endswith(_OCCUPATION_ENDS):
        return _resolve_title(stage, mention, noun)
    if noun in body_nouns():
        return _resolve_body(stage, mention, noun)
    return UNRESOLVED


def _resolve_title(stage: Stage, mention: Mention, noun: str) -> Resolved:
    holders = [
        person
        for word in (noun, *_SAME_OFFICE.get(noun, ()))
        for person in stage.cast.holders.get(word, ())[:_MANY]
        if person.last_before(mention.start) is not None and _names_same(stage, person, mention)
    ]
    if len(holders) == 1:
        return _as_person(stage, holders[0])
    for _, person in reversed(stage.spoken[-_MANY:]):
        if person in holders:
            return _as_person(stage, person)
    if holders:
        return Resolved(None, tuple(sorted({person.name for person in holders})))
    return _resolve_description(stage, mention, noun)


def _names_same(stage: Stage, person: Person, mention: Mention) -> bool:
    """ "Grayson's spokeswoman": the names in the mention stand in the role too."""
    role = stage.cast.role(person)
    known = f"{person.name} {role.title} {role.affiliation}"
    names = re.findall(r"[A-Z]\w+", mention.text[1:])
    return all(name in known for name in names)


def _resolve_description(stage: Stage, mention: Mention, noun: str) -> Resolved:
    """ "The retired surgeon": another way to name the person the text is about.

    Not where the text brought in "a surgeon" without a name.
    """
    if not mention.text.lower().startswith("the ") or noun.endswith("s"):
        return UNRESOLVED
    text = stage.cast.text[max(0, mention.start - _NEAR) : mention.start].lower()
    if re.search(rf"\b(?:an?|one|another)\s(?:[\w\-]+\s){{0,4}}{re.escape(noun)}\b", text):
        return UNRESOLVED
    title = titles().get(noun)
    person = subjects.find_subject(stage, mention.start, title.gender if title else None)
    return UNRESOLVED if person is None else _as_person(stage, person)


def _resolve_body(stage: Stage, mention: Mention, noun: str) -> Resolved:
    """ "The newspaper": the last body of that kind before it."""
    kind = body_nouns()[noun]
    if kind in ("group", "document"):
        return UNRESOLVED
    cast = stage.cast
    runs = find_runs(cast.text, max(0, mention.start - _FAR_BACK), mention.start)
    for run in reversed(runs):
        if run.body != kind or not run.name or stage.is_quoted(run.start):
            continue
        is_named = noun in " ".join(run.name).lower().split()
        if is_named or kind == "publication" or noun in ("group", "organization", "company"):
            return Resolved(Speaker(cast.text[run.start : run.end], "organisation"))
    return UNRESOLVED


def _as_person(stage: Stage, person: Person) -> Resolved:
    role = stage.cast.role(person)
    speaker = Speaker(person.name, "person", role.title, role.affiliation)
    return Resolved(speaker, (), person)
