"""Verbs of speech and the small words around them, read once from the vocabulary."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from tasks.extractors.vocabulary import read_table, read_words

CueKind = Literal["say", "tell", "call", "think", "manner"]
# Word classes, one letter each, so that a sentence's classes are a string.
QUOTE, NAME, PRONOUN, RELATIVE, CUE, GERUND = "Q", "N", "P", "R", "V", "G"
BE, AUXILIARY, ADVERB, PREPOSITION, DETERMINER = "B", "X", "A", "I", "D"
CONJUNCTION, THAT, WORD, TIME, OBJECT = "C", "T", "w", "Y", "O"
QUESTION, VERB = "H", "M"
COMMA, STOP, COLON, OPEN, CLOSE, DASH, POINT = ",", ".", ":", "(", ")", "-", "~"
_LETTERS = {
    "pronoun": PRONOUN,
    "object": OBJECT,
    "relative": RELATIVE,
    "be": BE,
    "auxiliary": AUXILIARY,
    "determiner": DETERMINER,
    "preposition": PREPOSITION,
    "conjunction": CONJUNCTION,
    "that": THAT,
    "adverb": ADVERB,
    "time": TIME,
    "question": QUESTION,
}


@dataclass(frozen=True, slots=True)
class Cue:
    """One form of a verb of speech."""

    lemma: str
    kind: CueKind
    form: Literal["base", "third", "past", "gerund"]


@cache
def cues() -> dict[str, Cue]:
    """The past form wins where two forms are spelled alike ("read", "put")."""
    forms: dict[str, Cue] = {}
    for row in read_table("cues"):
        for form in ("base", "third", "past", "gerund"):
            forms[row[form]] = Cue(row["base"], row["kind"], form)  # type: ignore[arg-type]
    return forms


@cache
def phrasal_cues() -> dict[str, dict[str, Cue]]:
    """Form of a verb -> the word after it -> the cue they make together."""
    found: dict[str, dict[str, Cue]] = {}
    for row in read_table("phrasal_cues"):
        forms = row["forms"].split()
        for position, form in enumerate(forms):
            shape = ("base", "third", "past", "gerund", "past")[position]
            cue = Cue(forms[0], row["kind"], shape)  # type: ignore[arg-type]
            found.setdefault(form, {}).update(dict.fromkeys(row["particles"].split(), cue))
    return found


@cache
def word_classes() -> dict[str, str]:
    classes = dict.fromkeys(read_words("other_verbs"), VERB)
    for form, cue in cues().items():
        classes[form] = GERUND if cue.form == "gerund" else CUE
    for row in read_table("function_words"):
        classes[row["word"]] = _LETTERS[row["word_class"]]
    return classes


@cache
def abbreviations() -> frozenset[str]:
    return frozenset(read_words("abbreviations"))


@cache
def cue_nouns() -> frozenset[str]:
    """Forms of verbs of speech that are spelled like a noun: "the reports of the day"."""
    return frozenset(read_words("cue_nouns"))


@cache
def speech_nouns() -> frozenset[str]:
    """What somebody's words may be called: his claim that, her promise of."""
    return frozenset(read_words("speech_nouns"))
