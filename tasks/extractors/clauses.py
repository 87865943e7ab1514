"""Subjects of verbs of speech: from the cue back or forward to the words that name who speaks.

Works on word classes (see `cues`); knows nothing of people.
"""

from __future__ import annotations

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
    OPEN,
    POINT,
    PREPOSITION,
    PRONOUN,
    QUOTE,
    RELATIVE,
    STOP,
    THAT,
    TIME,
    VERB,
    WORD,
)
from tasks.extractors.tokens import Tokens

Span = tuple[int, int]

_VERBS = BE + AUXILIARY + VERB + CUE + GERUND
_BEFORE_VERB = ADVERB + AUXILIARY + BE
_PHRASE = NAME + WORD + DETERMINER + POINT
_JOINS = frozenset(("of", "for", "in", "at", "from", "with", "on", "to"))
_NOUN_LINKS = frozenset(("at", "with", "in", "to", "from", "near"))
_CLAUSE_PREPOSITIONS = frozenset(("before", "after", "until", "till", "than", "like", "as"))
_PHRASE_LIMIT = 30
_SHORT = 4
# No sentence is longer: what a rule looks over stays bounded on any input.
_LONGEST = 250
_LONGEST_NAME = 5


def subject_before(tokens: Tokens, verb: int, low: int) -> Span | None:
    """The subject that stands before the verb, not further left than `low`."""
    classes = tokens.classes
    at = _skip_verb_parts(tokens, verb, low)
    if at < low:
        return None
    letter = classes[at]
    if letter in PRONOUN + RELATIVE:
        return at, at + 1
    if letter == THAT and at > low and classes[at - 1] in NAME + WORD:
        # "A message that said": a relative pronoun.
        return at, at + 1
    if letter in COMMA + CLOSE + DASH:
        return _subject_over_apposition(tokens, at, low)
    phrase = phrase_before(tokens, at, low) if letter in _PHRASE else None
    if phrase is None or _is_object(tokens, phrase, low):
        return _antecedent_subject(tokens, verb, low) or _over_participle(tokens, phrase, low)
    return phrase


def _is_object(tokens: Tokens, phrase: Span, low: int) -> bool:
    """A verb or preposition before it governs the phrase: it is no subject."""
    before = phrase[0] - 1
    if before <= low:
        return False
    letter = tokens.classes[before]
    if letter == PREPOSITION:
        return tokens.words[before].lower() not in _CLAUSE_PREPOSITIONS
    return letter in VERB + GERUND and RELATIVE in tokens.classes[low:before]


def _antecedent_subject(tokens: Tokens, verb: int, low: int) -> Span | None:
    """ "One official who spoke to reporters said": the one before "who"."""
    relative = tokens.classes.rfind(RELATIVE, low, verb)
    if relative <= low or relative == verb - 1 or COMMA in tokens.classes[relative:verb]:
        return None
    if tokens.classes[relative - 1] not in NAME + WORD + POINT:
        return None
    return phrase_before(tokens, relative - 1, low)


def _over_participle(tokens: Tokens, phrase: Span | None, low: int) -> Span | None:
    """ "A letter obtained by the paper warns", "Casey in a statement said"."""
    if phrase is None:
        return None
    at = phrase[0] - 2
    while at > low and tokens.classes[at] == ADVERB:
        at -= 1
    if at <= low:
        return None
    if tokens.classes[at] == GERUND or (
        tokens.classes[at] in VERB + WORD and tokens.words[at].endswith(("ed", "ing"))
    ):
        at -= 1
    if tokens.classes[at] not in _PHRASE + PRONOUN:
        return None
    if tokens.classes[at] == PRONOUN:
        return at, at + 1
    outer = phrase_before(tokens, at, low)
    if outer is None or not _is_object(tokens, outer, low):
        return outer
    return _over_participle(tokens, outer, low)


def _skip_verb_parts(tokens: Tokens, verb: int, low: int) -> int:
    """Left over adverbs and helping verbs, and over "went on to", "continued to"."""
    words, classes = tokens.words, tokens.classes
    at = verb - 1
    while at >= low:
        if classes[at] in _BEFORE_VERB:
            at -= 1
        elif classes[at] == TIME:
            at = _skip_time(tokens, at, low)
        elif words[at] == "to" and at - 1 >= low and classes[at - 1] in "VMA":
            at -= 1
            while at >= low and classes[at] in ADVERB + CUE + VERB + AUXILIARY:
                at -= 1
        else:
            break
    return at


def _skip_time(tokens: Tokens, at: int, low: int) -> int:
    """ "Casey on Tuesday said", "the report released last year found"."""
    at -= 1
    while at >= low and tokens.classes[at] in TIME + ADVERB + DETERMINER:
        at -= 1
    return at - 1 if at > low and tokens.classes[at] == PREPOSITION else at


def phrase_before(tokens: Tokens, last: int, low: int) -> Span | None:
    """The noun phrase that ends at `last`."""
    classes, words = tokens.classes, tokens.words
    at = last
    stop = max(low, last - _PHRASE_LIMIT)
    while at > stop:
        letter = classes[at - 1]
        if letter in NAME + WORD + POINT:
            at -= 1
        elif letter == DETERMINER:
            at -= 1
            if at - 1 < stop or not _joins(tokens, at - 1, stop):
                break
        elif _joins(tokens, at - 1, stop) or _is_name_list(tokens, at - 1, stop):
            at -= 1
        else:
            break
    while at < last and classes[at] in POINT + PREPOSITION + CONJUNCTION:
        at += 1
    return (at, last + 1) if words[at] != "." else None


def _joins(tokens: Tokens, at: int, low: int) -> bool:
    """A preposition inside a noun phrase: a noun, a name or "one" stands before it."""
    if at <= low or tokens.words[at] not in _JOINS:
        return False
    before = tokens.classes[at - 1]
    return before in NAME + WORD + POINT or (before == DETERMINER and tokens.words[at] == "of")


def _is_name_list(tokens: Tokens, at: int, low: int) -> bool:
    return (
        at > low
        and tokens.words[at] in ("and", "&")
        and tokens.classes[at - 1] == NAME
        and tokens.classes[at + 1] == NAME
    )


def _subject_over_apposition(tokens: Tokens, at: int, low: int) -> Span | None:
    """ "Tom Casey, deputy spokesman of the department, said": back over what stands between."""
    classes = tokens.classes
    nearest: Span | None = None
    while at > low:
        if classes[at] == RELATIVE:
            mark = at if classes[at - 1] not in COMMA + DASH else at - 1
        else:
            mark = classes.rfind(_opening_of(classes[at]), low, at)
        if mark <= low:
            break
        before = mark - 1
        if classes[before] == CLOSE:
            at = before
            continue
        if classes[before] not in NAME + WORD + POINT + PRONOUN:
            break
        phrase = phrase_before(tokens, before, low)
        if phrase is None:
            break
        first = phrase[0]
        if first > low and classes[first - 1] in _VERBS and RELATIVE in classes[low:first]:
            # "A pollster who is working with the party, …, said": back to before "who".
            at = classes.rfind(RELATIVE, low, first)
            continue
        if first > low and classes[first - 1] == PREPOSITION:
            # "Casey, during a visit to Salem, Ohio, said": back to before the preposition.
            at = _mark_before(classes, first - 1, low)
            continue
        if classes[mark] == COMMA and classes[first] != NAME and _is_name(tokens, mark + 1, at):
            # "Her adviser, Jake Sullivan, said": the name is the better mention.
            return mark + 1, at
        nearest = nearest or phrase
        if first > low and classes[first - 1] in COMMA + CLOSE and _goes_on(tokens, phrase, low):
            at = first - 1
            continue
        return phrase
    return clause_subject(tokens, low, at) or nearest


def _opening_of(mark: str) -> str:
    return OPEN if mark == CLOSE else mark


def _mark_before(classes: str, at: int, low: int) -> int:
    while at > low and classes[at] not in COMMA + CLOSE:
        at -= 1
    return at


def _is_name(tokens: Tokens, first: int, end: int) -> bool:
    return 0 < end - first <= _LONGEST_NAME and all(
        letter in NAME + POINT for letter in tokens.classes[first:end]
    )


def _goes_on(tokens: Tokens, phrase: Span, low: int) -> bool:
    """The phrase stands beside an earlier one: an apposition, or the second half of a place."""
    first, end = phrase
    if tokens.classes[first] != NAME:
        return True
    if end - first > 1 or first - 2 <= low:
        return False
    earlier = phrase_before(tokens, first - 2, low)
    if earlier is None:
        return False
    head = tokens.classes[earlier[0] : first - 1]
    return PREPOSITION in head or (
        earlier[0] - 1 > low and tokens.classes[earlier[0] - 1] == PREPOSITION
    )


def phrase_after(tokens: Tokens, first: int, high: int) -> Span | None:
    """The noun phrase that begins at `first`."""
    classes = tokens.classes
    while first < high and classes[first] == ADVERB:
        first += 1
    if first >= high:
        return None
    if classes[first] == PRONOUN:
        return first, first + 1
    if classes[first] not in _PHRASE:
        return None
    at = first
    high = min(high, first + _PHRASE_LIMIT)
    while at < high:
        if classes[at] in _PHRASE or (classes[at] == ADVERB and classes[at - 1] == DETERMINER):
            at += 1
        elif _links_noun(tokens, first, at) or (
            first < at < high - 1 and _is_name_list(tokens, at, first)
        ):
            at += 1
        else:
            break
    while at > first + 1 and classes[at - 1] in POINT + PREPOSITION:
        at -= 1
    return (first, at) if at > first else None


def _links_noun(tokens: Tokens, first: int, at: int) -> bool:
    """A preposition that goes on with the phrase: "a spokesman for", "an adviser close to"."""
    classes, word = tokens.classes, tokens.words[at]
    after = classes[at + 1 : at + 3]
    if word == "of" or (word == "for" and after[:1] != ""):
        return after[:1] in ("N", "w", "D")
    if word not in _NOUN_LINKS or at == first:
        return False
    # After a name these say where or when it was said; after a noun whose it is.
    return classes[at - 1] == WORD and (after[:1] == NAME or after == DETERMINER + NAME)


def clause_subject(tokens: Tokens, low: int, high: int) -> Span | None:
    """The first noun phrase of the clause between `low` and `high` that no preposition governs.

    Leading adverbials ("On Tuesday,", "Speaking in Geneva,") are passed over.
    """
    classes = tokens.classes
    at = low
    while at < high:
        letter = classes[at]
        if letter == PRONOUN:
            return at, at + 1
        if letter in PREPOSITION + GERUND + VERB:
            at = _skip_adverbial(tokens, at, high)
        elif letter == WORD and tokens.words[at].endswith("ing"):
            at = _skip_adverbial(tokens, at, high)
        elif letter in DETERMINER + WORD and TIME in _before_name(classes, at, high):
            at = _skip_adverbial(tokens, at, high)
        elif letter in NAME + WORD + DETERMINER:
            phrase = phrase_after(tokens, at, high)
            if phrase is not None and letter == NAME:
                return _name_alone(tokens, phrase)
            return phrase
        else:
            at += 1
    return None


def _name_alone(tokens: Tokens, phrase: Span) -> Span:
    """A name that opens a clause ends where small letters begin: what follows is its verb."""
    first, end = phrase
    at = first
    last_name = first
    while at < end and tokens.classes[at] in NAME + POINT + PREPOSITION + CONJUNCTION + DETERMINER:
        if tokens.classes[at] == NAME:
            last_name = at
        at += 1
    is_owner = tokens.words[last_name].endswith(("'s", "’s", "s'", "s’"))
    if at < end and tokens.classes[at] == WORD and (is_owner or NAME in tokens.classes[at:end]):
        # "State Department spokesman Tom Casey": the small letters stand inside the name.
        return first, end
    return first, last_name + 1


def _before_name(classes: str, at: int, high: int) -> str:
    """ "A few days later": the classes up to the next name, comma or pronoun."""
    end = at
    while end < high and end - at < 4 and classes[end] not in NAME + COMMA + PRONOUN + VERB + CUE:
        end += 1
    return classes[at:end]


def _skip_adverbial(tokens: Tokens, at: int, high: int) -> int:
    """Past the comma that ends an opening phrase; one step where there is none."""
    classes = tokens.classes
    comma = classes.find(COMMA, at, high)
    if comma < 0:
        return at + 1
    # "In Aspen, Colo., Casey said": the state belongs to the phrase.
    if classes[comma + 1 : comma + 4] == NAME + POINT + COMMA:
        return comma + 4
    return comma + 1


def sentences(tokens: Tokens, inner_ends: list[str]) -> list[Span]:
    """Sentences as token ranges. `inner_ends` is the last sign inside each quote, in order."""
    spans: list[Span] = []
    start, number = 0, 0
    count = len(tokens.words)
    for at, letter in enumerate(tokens.classes):
        ends = False
        if letter == STOP:
            ends = at + 1 >= count or _may_open(tokens, at + 1)
        elif letter == QUOTE:
            ends = _ends_after_quote(tokens, at + 1, inner_ends[number])
            number += 1
        if ends or at - start >= _LONGEST:
            spans.append((start, at + 1))
            start = at + 1
    if start < count:
        spans.append((start, count))
    return spans


def _may_open(tokens: Tokens, at: int) -> bool:
    """What stands after a point can begin a sentence."""
    return tokens.classes[at] in QUOTE + OPEN + DASH or (
        tokens.words[at][0].isalnum() and not tokens.words[at][0].islower()
    )


def _ends_after_quote(tokens: Tokens, at: int, inner_end: str) -> bool:
    if at >= len(tokens.words):
        return True
    if inner_end not in (".", "?", "!", "…"):
        return False
    letter = tokens.classes[at]
    if letter == QUOTE:
        return True
    if letter in STOP + COMMA + COLON + OPEN + DASH + CUE:
        return False
    if not tokens.words[at][0].isupper() and letter not in "N":
        # “Will it hold?” the ambassador asked.
        return inner_end == "." and letter not in PRONOUN + DETERMINER + WORD
    return not _is_attribution(tokens, at, inner_end == ".")


def _is_attribution(tokens: Tokens, at: int, is_strict: bool) -> bool:
    """ "Will it hold?" Tom Casey asked: a subject, a verb of speech, and little after it."""
    cue = tokens.classes.find(CUE, at, at + 12)
    if cue < 0:
        return False
    between = tokens.classes[at:cue]
    if STOP in between or QUOTE in between:
        return False
    end = cue + 1
    while tokens.classes[end : end + 1] == ADVERB:
        end += 1
    if tokens.classes[end : end + 2] in (COMMA + QUOTE, COLON + QUOTE):
        # “Why now?” Mills wrote back, “You look …”: the verb introduces what follows.
        return False
    after = tokens.classes[cue + 1 : cue + 2]
    if is_strict:
        return after in ("", STOP) and cue - at <= _SHORT
    return after in (
        "",
        STOP,
        QUOTE,
        PREPOSITION,
        COMMA,
        ADVERB,
        "Y",
        CONJUNCTION,
        COLON,
        NAME,
        "O",
    )


__all__ = ["RELATIVE", "Span", "clause_subject", "phrase_after", "phrase_before", "sentences"]
