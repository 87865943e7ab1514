"""Rules by a verb of speech: beside the quotation, before it, at the end of its sentence."""

from __future__ import annotations

from tasks.extractors.cues import (
    ADVERB,
    COLON,
    COMMA,
    DASH,
    DETERMINER,
    NAME,
    PREPOSITION,
    PRONOUN,
    QUOTE,
    RELATIVE,
    STOP,
    THAT,
    TIME,
)
from tasks.extractors.phrases import Span, phrase_after
from tasks.extractors.scenes import Link, Scene, is_capital, link
from tasks.extractors.speech_acts import Act, is_inside
from tasks.extractors.tokens import Tokens

# A verb such as "blamed" still governs a quotation this many words on.
_NEAR, _FAR = 20, 30
_SUBORDINATING = frozenset(
    "after although as because before if once since though until when while".split()  # noqa: SIM905
)
# "Called it “late”, and the plan itself “dead”": so many words part two objects of one verb.
_COORDINATE = 8
# Words that may lead up to a name: "retired army general".
_LEAD = 6


def cue_beside(scene: Scene) -> Link | None:
    """ "…," said Maria Okello; "…," Okello, who had come from Geneva, told reporters."""
    classes = scene.tokens.classes
    first = scene.at + 1
    while first < scene.high and classes[first] in COMMA + ADVERB + DASH:
        first += 1
    act = _first_act(scene, first)
    if act is None:
        return None
    if act.at == first and act.is_inverted:
        return link(act, "cue_then_name", 0.97)
    if act.is_inverted or not act.has_own_subject or not _is_parted(scene, act):
        return None
    return _by_name_first(scene.tokens, first, act)


def _first_act(scene: Scene, first: int) -> Act | None:
    """The first act after the quotation, those of relative clauses passed over."""
    classes = scene.tokens.classes
    for act in scene.acts:
        if act.at < first:
            continue
        if QUOTE in classes[first : act.at]:
            return None
        if classes[act.subject[0]] != RELATIVE or (act.at == first and act.is_inverted):
            return act
    return None


def _is_parted(scene: Scene, act: Act) -> bool:
    """A comma or another mark parts the words of the quotation from the words about them."""
    if act.cue.kind == "call" and scene.quote.kind != "direct":
        return False
    after = scene.tokens.classes[scene.at + 1 : scene.at + 2]
    return scene.inner_end in ",?!…—–-" or after in (COMMA, DASH)


def _by_name_first(tokens: Tokens, first: int, act: Act) -> Link | None:
    subject = act.subject
    if subject[0] == first:
        return link(act, "name_then_cue", 0.97)
    if subject[0] > first and _leads_to(tokens, first, act):
        return Link((first, subject[1]), act.at, "name_then_cue", 0.95)
    if subject[0] == first + 1 and tokens.words[first] == "as":
        return link(act, "name_then_cue", 0.9)
    mention = _over_apposition(tokens, first, act)
    return mention and Link(mention, act.at, "name_then_cue", 0.95)


def _leads_to(tokens: Tokens, first: int, act: Act) -> bool:
    """ "…," retired general Pavel Horak said: what stands before the subject belongs to it."""
    between = tokens.classes[first : act.subject[0]]
    return len(between) <= _LEAD and all(letter in "NwD~M" for letter in between)


def _over_apposition(tokens: Tokens, first: int, act: Act) -> Span | None:
    """ "…," Maria Okello, 50, of Salem, Ohio, said: from the name to the verb between commas."""
    if tokens.classes[first] not in "ND":
        return None
    mention = phrase_after(tokens, first, act.at)
    if mention is None or tokens.classes[mention[1]] not in ",(-":
        return None
    if act.subject[0] == mention[1] + 1 and tokens.classes[act.subject[0]] == NAME:
        # "…," the spokesman, Pavel Horak, said: the name is the better mention.
        return act.subject
    before = act.at - 1
    while tokens.classes[before] in "ABX":
        before -= 1
    return mention if before > mention[1] and tokens.classes[before] in ",)-" else None


def cue_before(scene: Scene) -> Link | None:
    """Okello said that the plan was "…"."""
    act = _governing(scene)
    if act is None or act.cue.kind not in ("say", "tell"):
        return None
    return link(act, "cue_before", 0.92)


def weak_cue_before(scene: Scene) -> Link | None:
    """Okello called the plan "…"."""
    act = _governing(scene)
    if act is None or scene.at - act.at > (_FAR if scene.quote.kind == "direct" else _NEAR):
        return None
    if act.cue.kind == "call" and _is_past_object(scene, act):
        return None
    return link(act, "weak_cue_before", 0.8)


def _is_past_object(scene: Scene, act: Act) -> bool:
    """She called it a “game”, so that they could do “…”: the verb has had its words."""
    classes = scene.tokens.classes
    last = classes.rfind(QUOTE, act.at, scene.at)
    if last < 0 or scene.at - last <= _COORDINATE:
        return False
    return any(letter in DASH + THAT + RELATIVE for letter in classes[last : scene.at])


def _governing(scene: Scene) -> Act | None:
    acts = [act for act in scene.acts if act.at < scene.at and _reaches(scene, act)]
    acts = [act for act in acts if not _is_subordinate(scene, act)]
    acts = [act for act in acts if not _is_closed(scene, act)] or acts
    return _outermost(scene, acts) if acts else None


def _is_subordinate(scene: Scene, act: Act) -> bool:
    """When Okello spoke, Brandt became the “favourite”: her clause ended with its comma."""
    tokens, low = scene.tokens, scene.low
    opening = tokens.words[low].lower()
    if opening not in _SUBORDINATING or (opening == "as" and act.cue.kind in ("say", "tell")):
        return False
    classes = tokens.classes
    if COMMA in classes[low : act.at] or QUOTE in classes[low : act.at]:
        return False
    comma = classes.find(COMMA, act.at, scene.at)
    if comma < 0 or QUOTE in classes[act.at : comma] or comma + 2 >= scene.at:
        return False
    return classes[comma + 1] in NAME + PRONOUN + DETERMINER


def _is_closed(scene: Scene, act: Act) -> bool:
    """The plan, which some called late, was "…": the clause of the act ended before."""
    classes = scene.tokens.classes
    relative = classes.rfind(RELATIVE, scene.low, act.at)
    if relative <= scene.low or classes[relative - 1] != COMMA or relative < act.subject[0] - 1:
        return False
    return COMMA in classes[act.at + 1 : scene.at - 1] and QUOTE not in classes[act.at : scene.at]


def _reaches(scene: Scene, act: Act) -> bool:
    between = scene.tokens.classes[act.at + 1 : scene.at]
    if act.cue.kind == "manner":
        return between in ("", COLON, COMMA) or THAT in between
    if act.is_inverted and not is_capital(scene.quote.text):
        # "…," said the author of a book that is "…": what follows the name describes it.
        return between[-1:] in COMMA + COLON + THAT or COMMA not in between
    return True


def _outermost(scene: Scene, acts: list[Act]) -> Act:
    """Okello said he thought it was "…": the words are Okello's, by the verb that reports them."""
    last = acts[-1]
    for act in reversed(acts[:-1]):
        if act.cue.kind not in ("say", "tell") or act.cue.lemma in ("quote", "cite"):
            continue
        if is_inside(scene.tokens, act, last):
            last = act
    return last


def cue_at_end(scene: Scene) -> Link | None:
    """The plan is "…" and will not help, Okello said."""
    tokens = scene.tokens
    nearer = _governing(scene)
    if nearer is not None and COMMA not in tokens.classes[nearer.at : scene.at]:
        return None
    for act in scene.acts:
        if act.at < scene.at or act.cue.kind not in ("say", "tell"):
            continue
        first = act.at if act.is_inverted else act.subject[0]
        if first <= scene.at or not act.has_own_subject:
            continue
        if tokens.classes[first - 1] not in COMMA + QUOTE + DASH:
            continue
        after = tokens.classes[act.at + 1 : act.at + 2]
        if act.is_inverted or after in ("", STOP, COMMA, PREPOSITION, TIME, QUOTE, ADVERB, NAME):
            return link(act, "cue_at_end", 0.85)
    return None
