"""Quotations whose speaker stands in another sentence: chains, introductions, turns.

Walks an article paragraph by paragraph; who "he" is, is for `coreference`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from schemas.records import Attribution, Mention, Quote
from tasks.extractors import paragraphs
from tasks.extractors.acts import find_acts
from tasks.extractors.attribution import link_in_sentence
from tasks.extractors.cues import NAME, PRONOUN, QUOTE, word_classes
from tasks.extractors.dateline import find_dateline
from tasks.extractors.openings import clause_subject
from tasks.extractors.phrases import Span, phrase_after
from tasks.extractors.scenes import Link, Scene
from tasks.extractors.sentences import sentences
from tasks.extractors.speech_acts import Act
from tasks.extractors.terms import is_name_of_thing
from tasks.extractors.tokens import Tokens, read_tokens

_TURN = re.compile(r"\s*[\"“'‘]?((?:[A-Z][A-Z.'’\-]+\s){0,4}[A-Z][A-Z.'’\-]+):\s")
_SIGNED = re.compile(r"[—–―-]{1,2}\s*(?=[A-Z])")
_SIGNATURE_LENGTH = 120
_DATELINE = re.compile(r"[A-Z][A-Z.'’\-]+\b[^\n—–:]*?\s(?:—|–|--|-)\s")
_DATELINE_LENGTH = 80
_ASKING = frozenset(("ask", "asks", "asked", "inquired", "enquired", "queried", "wondered"))


class Linked(NamedTuple):
    """An attribution before its name is resolved; `antecedent` is whom "who" stands for."""

    attribution: Attribution
    mention: Mention
    antecedent: Mention | None = None


@dataclass
class Walk:
    """What the walk has found: attributions by quote number, and the thread it follows."""

    text: str
    quotes: tuple[Quote, ...]
    found: dict[int, Linked] = field(default_factory=dict)
    last: Linked | None = None
    waiting: list[int] = field(default_factory=list)
    before: Span = (0, 0)


def link_quotes(text: str, quotes: tuple[Quote, ...]) -> dict[int, Linked]:
    """The attribution of each quotation that has one, before names are resolved."""
    walk = Walk(text, quotes)
    number = 0
    for start, end in paragraphs.find_paragraphs(text):
        inside: list[tuple[int, Quote]] = []
        while number < len(quotes) and quotes[number].start < end:
            inside.append((number, quotes[number]))
            number += 1
        if inside:
            _read_paragraph(walk, start, end, inside)
        else:
            _read_plain(walk, start, end)
        walk.before = (start, end)
    return walk.found


def _read_plain(walk: Walk, start: int, end: int) -> None:
    """A paragraph without quotations ends a chain; a signature below a quotation signs it."""
    if walk.waiting and end - start < _SIGNATURE_LENGTH:
        sign = _SIGNED.match(walk.text, start, end)
        if sign:
            tokens = read_tokens(walk.text, sign.end(), end, [])
            mention = phrase_after(tokens, 0, len(tokens.words))
            if mention:
                _settle(walk, linked_by(walk.text, tokens, Link(mention, None, "signed", 0.85)))
    walk.waiting = []
    walk.last = None


def _read_paragraph(walk: Walk, start: int, end: int, inside: list[tuple[int, Quote]]) -> None:
    tokens = read_tokens(walk.text, _after_dateline(walk.text, start, inside), end, inside)
    spans = sentences(tokens, [inner_end(quote.text) for _, quote in inside])
    turn = _turn(walk, start, end)
    paragraph = Paragraph(tokens, spans, turn)
    before: Span | None = None
    for low, high in spans:
        if QUOTE in tokens.classes[low:high]:
            paragraph.sentence_before = before
            paragraph.is_before_read = False
            _read_sentence(walk, paragraph, low, high)
        before = low, high
    walk.last = paragraph.last or (walk.last if paragraph.is_open else None)


def _after_dateline(text: str, start: int, inside: list[tuple[int, Quote]]) -> int:
    """GENEVA, March 3 (Agency) -- is no part of the first sentence."""
    limit = min(start + _DATELINE_LENGTH, inside[0][1].start)
    found = _DATELINE.match(text, start, limit)
    if found is None and (label := _TURN.match(text, start, limit)):
        found = label if _is_place(text, label[1], start, limit) else None
    return found.end() if found else start


@dataclass
class Paragraph:
    tokens: Tokens
    spans: list[Span]
    turn: Linked | None
    last: Linked | None = None
    is_open: bool = False
    sentence_before: Span | None = None
    is_before_read: bool = False
    before: Linked | None = None


def _read_sentence(walk: Walk, paragraph: Paragraph, low: int, high: int) -> None:
    tokens = paragraph.tokens
    acts = find_acts(tokens, low, high)
    is_alone = all(letter in QUOTE + ".,-~" for letter in tokens.classes[low:high])
    for at in range(low, high):
        if tokens.classes[at] != QUOTE:
            continue
        number = tokens.quote_at[at]
        quote = walk.quotes[number]
        scene = Scene(tokens, at, low, high, quote, acts, inner_end(quote.text))
        if is_name_of_thing(scene):
            continue
        link = link_in_sentence(scene)
        if paragraph.turn is not None and (link is None or _is_first_person(tokens, link)):
            walk.found[number] = paragraph.last = paragraph.turn
            continue
        if link is not None:
            linked = linked_by(walk.text, tokens, link)
            walk.found[number] = linked
            _settle(walk, linked, number)
            paragraph.last = linked
            continue
        chained = _from_elsewhere(walk, paragraph, scene, is_alone=is_alone)
        if chained is not None:
            walk.found[number] = paragraph.last = chained
        elif is_alone and quote.kind == "direct":
            walk.waiting.append(number)


def _is_first_person(tokens: Tokens, link: Link) -> bool:
    return tokens.words[link.mention[0]].lower() in ("i", "we")


def _settle(walk: Walk, linked: Linked, at: int | None = None) -> None:
    """Quotations that waited for their speaker get the one named next, at quotation `at`.

    One whose closing mark is lost waits for its own statement: else it is an excerpt that ran on.
    """
    statement = None if at is None else walk.quotes[at].statement
    for number in walk.waiting:
        quote = walk.quotes[number]
        if quote.is_closed or statement in (None, quote.statement):
            walk.found[number] = linked
    walk.waiting = []


def _from_elsewhere(
    walk: Walk, paragraph: Paragraph, scene: Scene, *, is_alone: bool
) -> Linked | None:
    number = scene.tokens.quote_at[scene.at]
    inner_turn = _turn_inside(walk, scene.quote)
    if inner_turn is not None:
        return inner_turn
    if number and not walk.quotes[number - 1].is_closed:
        same = walk.quotes[number - 1].statement == scene.quote.statement
        if same and number - 1 in walk.found:
            return walk.found[number - 1]
    if scene.inner_end == ":":
        return None
    if is_alone:
        return (
            paragraph.last
            or paragraph.turn
            or (_introduced(walk) if scene.low == 0 else None)
            or (_chained(walk, scene, number) if scene.low == 0 else None)
            or _before(walk, paragraph)
        )
    opens = scene.at == scene.low and scene.quote.kind == "direct"
    if opens and not any(act.has_own_subject for act in scene.acts):
        return paragraph.last
    return paragraph.turn


def _chained(walk: Walk, scene: Scene, number: int) -> Linked | None:
    """Who spoke last goes on; not after a question asked, nor in an excerpt's other marks."""
    last = walk.last
    if last is None or not number:
        return last
    before = walk.quotes[number - 1]
    if last.attribution.cue in _ASKING and inner_end(before.text) == "?":
        return None
    is_excerpt = not scene.quote.is_closed and before.is_closed
    return None if is_excerpt and before.text[0] != scene.quote.text[0] else last


def _introduced(walk: Walk) -> Linked | None:
    """The paragraph before ends in a colon: "Okello continued:"."""
    start, end = walk.before
    if end <= start or walk.text[end - 1] != ":":
        return None
    tokens = read_tokens(walk.text, start, end, [])
    low, high = sentences(tokens, [])[-1]
    acts = find_acts(tokens, low, high)
    if acts and acts[-1].cue.kind in ("say", "tell"):
        return _by_act(walk, tokens, acts[-1], "introduced", 0.85)
    return _by_subject(walk, tokens, (low, high), "introduced", 0.6)


def _before(walk: Walk, paragraph: Paragraph) -> Linked | None:
    """Read once for all quotations of a sentence."""
    if not paragraph.is_before_read:
        paragraph.is_before_read = True
        paragraph.before = _sentence_before(walk, paragraph)
    return paragraph.before


def _sentence_before(walk: Walk, paragraph: Paragraph) -> Linked | None:
    """Okello was not amused. "…" """
    if paragraph.sentence_before is None:
        return None
    tokens = paragraph.tokens
    low, high = paragraph.sentence_before
    acts = find_acts(tokens, low, high)
    if acts:
        return _by_act(walk, tokens, acts[-1], "sentence_before", 0.65)
    return _by_subject(walk, tokens, (low, high), "sentence_before", 0.6)


def _by_act(walk: Walk, tokens: Tokens, act: Act, rule: str, confidence: float) -> Linked | None:
    link = Link(act.subject, act.at, rule, confidence, act.antecedent)
    return linked_by(walk.text, tokens, link)


def _by_subject(
    walk: Walk, tokens: Tokens, sentence: Span, rule: str, confidence: float
) -> Linked | None:
    """The subject of a sentence without a verb of speech, if it is a name or pronoun."""
    subject = clause_subject(tokens, *sentence)
    if subject is None:
        return None
    first, end = subject
    classes = tokens.classes[first:end]
    if tokens.words[first].lower() not in ("he", "she") and NAME not in classes:
        return None
    if end - first == 1 and tokens.words[first].lower() in word_classes():
        # "Continue digging.": an order, not a name.
        if classes[0] == NAME:
            return None
    elif NAME in classes and end - first == 1 and first == sentence[0]:
        # One capitalised word at the head of a sentence may be any word.
        confidence -= 0.1
    return linked_by(walk.text, tokens, Link(subject, None, rule, confidence))


def _turn(walk: Walk, start: int, end: int) -> Linked | None:
    """MS. OKELLO: in a transcript: the label speaks what stands in its turn."""
    found = _TURN.match(walk.text, start, end)
    if found is None or _is_place(walk.text, found[1], start, end):
        return None
    mention = Mention(found[1], found.start(1), found.end(1))
    return Linked(Attribution(mention, None, "turn", 0.8), mention)


def _is_place(text: str, label: str, start: int, end: int) -> bool:
    """ "NEW DELHI: The minister said ..." is filed from there; in a conversation it comes again."""
    return find_dateline(text[start:end]) is not None and text.count(f"\n{label}:") < 2  # noqa: PLR2004


def _turn_inside(walk: Walk, quote: Quote) -> Linked | None:
    """ "OKELLO: We will." with the label inside the marks."""
    return _turn(walk, quote.start, quote.end)


def inner_end(words: str) -> str:
    """The last sign before the closing mark."""
    return words.rstrip("\"”“'’‘»\x94\ufffd ")[-1:] or " "


def linked_by(text: str, tokens: Tokens, link: Link) -> Linked:
    mention = _mention(text, tokens, link.mention)
    if link.rule == "noun_of_speech" and mention.text.endswith(("'s", "’s")):
        mention = Mention(mention.text[:-2], mention.start, mention.end - 2)
    cue = None if link.cue is None else tokens.words[link.cue]
    antecedent = link.antecedent and _mention(text, tokens, link.antecedent)
    return Linked(Attribution(mention, cue, link.rule, link.confidence), mention, antecedent)


def _mention(text: str, tokens: Tokens, span: Span) -> Mention:
    start, end = tokens.span(*span)
    if tokens.classes[span[0]] == PRONOUN:
        # "He's" is "he" and a verb.
        end = start + len(re.split("['’]", text[start:end], maxsplit=1)[0])
    return Mention(text[start:end], start, end)
