"""Acts of speech in one sentence: each verb of speech with its subject.

"Maria Okello said the plan would fail, adding that it was late" holds two acts of one subject.
"""

from __future__ import annotations

from tasks.extractors.appositions import names_it
from tasks.extractors.clauses import subject_before
from tasks.extractors.cues import (
    ADVERB,
    AUXILIARY,
    BE,
    COLON,
    COMMA,
    CONJUNCTION,
    CUE,
    DASH,
    NAME,
    POINT,
    PREPOSITION,
    PRONOUN,
    QUOTE,
    RELATIVE,
    STOP,
    THAT,
    TIME,
    WORD,
    Cue,
)
from tasks.extractors.phrases import Span, phrase_after, phrase_before
from tasks.extractors.sharing import by_agent, is_progressive, shared
from tasks.extractors.speech_acts import Act
from tasks.extractors.tokens import Tokens
from tasks.extractors.verbs import STANDING_ALONE

_NOUNS = frozenset((NAME, WORD, PRONOUN, RELATIVE, THAT))
_AFTER_NAME = (
    "",
    *(STOP + COMMA + QUOTE + COLON + RELATIVE + DASH + PREPOSITION + TIME + CONJUNCTION),
)
_NAMING = frozenset(("call", "dub", "entitle", "label", "nickname", "term"))
_STANDING_ALONE = STANDING_ALONE | {"all", "another", "each", "none", "others"}


def find_acts(tokens: Tokens, low: int, high: int) -> list[Act]:
    acts: list[Act] = []
    for at in tokens.cues_within(low, high):
        cue = tokens.cues[at]
        act = _read_act(tokens, at, cue, (low, high), acts)
        if act is not None and _is_somebody(tokens, act.subject):
            acts.append(act)
    return acts


def _is_somebody(tokens: Tokens, subject: Span) -> bool:
    """ "Some said" names a subject, a bare "the" does not."""
    first, end = subject
    if not _NOUNS.isdisjoint(tokens.classes[first:end]):
        return True
    return not _STANDING_ALONE.isdisjoint(
        map(str.lower, (tokens.words[first], tokens.words[end - 1]))
    )


def _read_act(tokens: Tokens, at: int, cue: Cue, sentence: Span, before: list[Act]) -> Act | None:
    low, high = sentence
    classes = tokens.classes
    quote = classes.rfind(QUOTE, low, at)
    start = quote + 1 if quote >= 0 else low
    if cue.form == "gerund" and not is_progressive(tokens, at, start):
        return shared(tokens, at, cue, sentence, before)
    if _is_naming(tokens, at, cue):
        return None
    if _is_passive(tokens, at, cue, start):
        return by_agent(tokens, at, cue, high)
    if cue.kind == "say" and _stands_inverted(tokens, at, start, high):
        inverted = phrase_after(tokens, at + 1, high)
        if inverted is not None:
            return Act(at, cue, _named_behind(tokens, inverted, high), is_inverted=True)
    subject = subject_before(tokens, at, start)
    if subject is None:
        return shared(tokens, at, cue, sentence, before)
    return _with_subject(tokens, Act(at, cue, subject), low)


def _named_behind(tokens: Tokens, phrase: Span, high: int) -> Span:
    """ "…," said the union's director, Jan Brandt: the name is the better mention."""
    first = phrase[1] + 1
    if first >= high or tokens.classes[phrase[1]] != COMMA:
        return phrase
    end = first
    while end < high and tokens.classes[end] in NAME + POINT:
        end += 1
    is_closed = tokens.classes[end : end + 1] in ("", COMMA, STOP, QUOTE)
    if end - first > 1 and is_closed and names_it(tokens, phrase, first, end):
        return first, end
    return phrase


def _with_subject(tokens: Tokens, act: Act, low: int) -> Act | None:
    """A relative pronoun needs its noun; "which" shows or means, it does not think."""
    first = act.subject[0]
    if tokens.classes[first] not in RELATIVE + THAT:
        return act
    word = tokens.words[first].lower()
    if not word.startswith(("who", "that")) and (word != "which" or act.cue.kind == "think"):
        return None
    return act._replace(antecedent=_antecedent(tokens, first, low))


def _is_passive(tokens: Tokens, at: int, cue: Cue, low: int) -> bool:
    """The plan was called "…": who called it is not the plan."""
    if cue.form != "past":
        return False
    before = at - 1
    while before >= low and tokens.classes[before] == ADVERB:
        before -= 1
    if before < low:
        return False
    return tokens.classes[before] == BE or tokens.words[before] in ("when", "as", "been", "being")


def _is_naming(tokens: Tokens, at: int, cue: Cue) -> bool:
    """A play called "…": the participle gives a name, nobody speaks."""
    if cue.kind != "call" or cue.form != "past" or not at:
        return False
    after = at + 1
    if tokens.words[after : after + 1] == ["the"]:
        after += 1
    if tokens.classes[after : after + 1] != QUOTE:
        return False
    before = tokens.classes[at - 1]
    return before == WORD or (before == COMMA and cue.lemma in _NAMING)


def _stands_inverted(tokens: Tokens, at: int, low: int, high: int) -> bool:
    """ "…," said Maria Okello: the verb follows a quotation, a comma or opens the sentence."""
    classes = tokens.classes
    if at > low and classes[at - 1] not in COMMA + DASH:
        return False
    after = phrase_after(tokens, at + 1, high)
    if after is None:
        return False
    following = classes[after[1] : after[1] + 1]
    if at == low and low and classes[low - 1] == QUOTE:
        return following not in (CUE, BE, AUXILIARY) or classes[at + 1] != PRONOUN
    if following == CONJUNCTION and classes[at + 1] != NAME:
        return False
    return following in _AFTER_NAME and (at == low or not _follows_apposition(tokens, at - 1, low))


def _follows_apposition(tokens: Tokens, comma: int, low: int) -> bool:
    """ "Maria Okello, a spokeswoman, said": two commas and a name before them, no verb between."""
    opening = tokens.classes.rfind(COMMA, low, comma)
    if opening <= low:
        return False
    return tokens.classes[opening - 1] in "Nw)" and CUE not in tokens.classes[low:comma]


def _antecedent(tokens: Tokens, relative: int, low: int) -> Span | None:
    at = relative - 1
    while at > low and tokens.classes[at] in COMMA + DASH:
        at -= 1
    if at < low or tokens.classes[at] not in "Nw~":
        return None
    return phrase_before(tokens, at, low)
