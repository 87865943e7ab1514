"""Verbs of speech among the tokens, told from nouns and names of the same spelling."""

from __future__ import annotations

import re

from tasks.extractors.cues import (
    ADVERB,
    AUXILIARY,
    BE,
    CLOSE,
    COLON,
    COMMA,
    CONJUNCTION,
    CUE,
    DASH,
    DETERMINER,
    GERUND,
    NAME,
    PREPOSITION,
    PRONOUN,
    QUOTE,
    RELATIVE,
    STOP,
    THAT,
    TIME,
    VERB,
    WORD,
    Cue,
    cue_nouns,
    cues,
    phrasal_cues,
)

_POSSESSIVE = ("'s", "’s", "s'", "s’")
_PLURAL = frozenset(("people", "men", "women", "who", "police", "some", "many", "others", "most"))
_SINGLE = NAME + CUE + GERUND
# A capital verb ("Said Maria Okello") only where a sentence, comma or quotation ends before it.
_MAY_BE_CUE = re.compile(f"[{CUE}{GERUND}{VERB}{WORD}]|^{NAME}|(?<=[{COMMA}{STOP}{QUOTE}]){NAME}")
_AFTER_NOUN = DASH + TIME + PREPOSITION + CONJUNCTION + STOP + COMMA + CUE + VERB + AUXILIARY + BE
_AFTER_SAID = STOP + COMMA + COLON + QUOTE + PREPOSITION + THAT + TIME + PRONOUN
STANDING_ALONE = frozenset(
    ("both", "few", "many", "most", "one", "several", "some", "two", "three", "four", "five")
)
_SPEECH_FOLLOWS = ([":"], [","], ["Q"])


def find_cues(words: list[str], classes: list[str]) -> dict[int, Cue]:
    """The verbs of speech; a noun of the same spelling ("the report") loses its class."""
    found: dict[int, Cue] = {}
    phrasal = phrasal_cues()
    for match in _MAY_BE_CUE.finditer("".join(classes)):
        index = match.start()
        letter = classes[index]
        cue = None
        if letter in _SINGLE:
            cue = _single_cue(words, classes, index)
        if cue is None and words[index] in phrasal:
            cue = _phrasal_cue(words, classes, index)
        if cue is not None:
            found[index] = cue
            classes[index] = GERUND if cue.form == "gerund" else CUE
        elif letter == VERB and index and classes[index - 1] in DETERMINER + PREPOSITION:
            classes[index] = WORD
    return found


def _single_cue(words: list[str], classes: list[str], index: int) -> Cue | None:
    if classes[index] == NAME:
        return _capital_cue(words[index])
    cue = cues()[words[index].lower()]
    if _is_verb(words, classes, index, cue):
        if index > 1:
            _mend_name(words, classes, index - 1)
        return cue
    classes[index] = WORD
    return None


def _phrasal_cue(words: list[str], classes: list[str], index: int) -> Cue | None:
    """ "went on", "fired back": the two words make the cue."""
    if classes[index] == NAME or index + 1 == len(words):
        return None
    pair = phrasal_cues().get(words[index])
    cue = pair.get(words[index + 1]) if pair else None
    if cue is None or (cue.lemma == "go" and classes[index + 2 : index + 3] not in _SPEECH_FOLLOWS):
        return None
    classes[index + 1] = ADVERB
    return cue


def _mend_name(words: list[str], classes: list[str], index: int) -> None:
    """Will wrote, May said: a small word as a name, straight after a quotation or comma."""
    if classes[index] in "XI" and words[index][0].isupper() and classes[index - 1] in "Q,":
        classes[index] = NAME


def _capital_cue(word: str) -> Cue | None:
    """ "Said Maria Okello:" and "…" Okello, the spokesman, Tweeted."""
    cue = cues().get(word.lower())
    return cue if cue is not None and cue.form == "past" and not word.isupper() else None


def _is_verb(words: list[str], classes: list[str], index: int, cue: Cue) -> bool:
    if index == 0 or classes[index - 1] == STOP:
        return cue.form in ("past", "gerund")
    before, word = classes[index - 1], words[index - 1]
    if before == DETERMINER or (word.endswith(_POSSESSIVE) and before in "Nw"):
        return before == DETERMINER and _stands_alone(words, classes, index, cue)
    may_be_noun = cue.form in ("base", "third") or words[index] in cue_nouns()
    if may_be_noun and _is_noun(words, classes, index, cue):
        return False
    if cue.form == "base":
        return (
            before in PRONOUN + RELATIVE + AUXILIARY + ADVERB
            or (word == "to" and cue.kind in ("say", "tell"))
            or word in _PLURAL
            or (before in "Nw" and word.endswith("s") and not word.endswith(("ss", "us", "is")))
            or (before in CLOSE + COMMA + CONJUNCTION and words[index] not in cue_nouns())
        )
    if cue.form == "third":
        return before not in PREPOSITION + CONJUNCTION or cue.kind in ("say", "tell")
    return cue.form == "gerund" or before != PREPOSITION or cue.kind in ("say", "tell")


def _stands_alone(words: list[str], classes: list[str], index: int, cue: Cue) -> bool:
    """ "Both said", "the two write": no noun follows, as in "some reported cases"."""
    if cue.kind not in ("say", "tell") or words[index] in cue_nouns():
        return False
    after = classes[index + 1] if index + 1 < len(classes) else STOP
    return words[index - 1].lower() in STANDING_ALONE and after in _AFTER_SAID


def _is_noun(words: list[str], classes: list[str], index: int, cue: Cue) -> bool:
    """ "His recent attacks on", "the talk radio": no object follows, as one would a verb."""
    if words[index] not in cue_nouns() and cue.kind in ("say", "tell"):
        return False
    after = classes[index + 1] if index + 1 < len(classes) else STOP
    before = classes[index - 1]
    if before == PRONOUN or (before == NAME and after in STOP + COMMA + COLON):
        return False
    if words[index - 1][0].isdigit():
        return True
    if cue.form == "third" and _closes_quotation(classes, index) and after in STOP + COMMA:
        return False
    if cue.form == "gerund" and before == WORD and classes[index - 2] == DETERMINER:
        # "A press briefing today": the noun of an event.
        return True
    return after in _AFTER_NOUN


def _closes_quotation(classes: list[str], index: int) -> bool:
    """ "…," the document states: between the quotation and the word is one noun phrase."""
    at = index - 1
    while at > 0 and classes[at] in WORD + NAME:
        at -= 1
    return at > 0 and classes[at] == DETERMINER and classes[at - 1] == QUOTE
