"""Who said each quotation of an article: the words there, and the full name behind them."""

from __future__ import annotations

import re

from schemas.records import AttributedQuote, Attribution, Mention, Quote
from tasks.extractors import paragraphs
from tasks.extractors.acts import find_acts
from tasks.extractors.attribution import Link, Scene, is_name_of_thing, link_in_sentence
from tasks.extractors.clauses import clause_subject, sentences
from tasks.extractors.coreference import Resolved, Stage, resolve
from tasks.extractors.cues import PRONOUN, QUOTE
from tasks.extractors.people import read_cast
from tasks.extractors.tokens import Tokens, read_tokens


def attribute_quotes(text: str, quotes: tuple[Quote, ...]) -> tuple[AttributedQuote, ...]:
    """The same quotes in the same order, each with its attribution or none."""
    found: dict[int, Attribution] = {}
    stage = Stage(read_cast(text), quotes)
    last: Attribution | None = None
    before = (0, 0)
    number = 0
    for start, end in paragraphs.find_paragraphs(text):
        inside = []
        while number < len(quotes) and quotes[number].start < end:
            inside.append((number, quotes[number]))
            number += 1
        if inside:
            tokens = read_tokens(text, start, end, inside)
            intro = _introduction(text, *before) or last
            last = _attribute_paragraph(text, quotes, tokens, found, intro)
        else:
            last = None
        before = (start, end)
    named = _name_speakers(stage, found)
    return tuple(AttributedQuote(quote, named.get(i)) for i, quote in enumerate(quotes))


def _name_speakers(stage: Stage, found: dict[int, Attribution]) -> dict[int, Attribution]:
    """In text order, so that each mention is resolved with what stands before it."""
    resolved: dict[tuple[int, int], Resolved] = {}
    mentions = sorted({(a.mention.start, a.mention.end, a.mention.text) for a in found.values()})
    for start, end, words in mentions:
        resolved[start, end] = resolve(stage, Mention(words, start, end))
    named = {}
    for number, attribution in found.items():
        answer = resolved[attribution.mention.start, attribution.mention.end]
        named[number] = Attribution(
            attribution.mention,
            attribution.cue,
            attribution.rule,
            attribution.confidence,
            answer.speaker,
            answer.candidates,
        )
    return named


def _introduction(text: str, start: int, end: int) -> Attribution | None:
    """The paragraph before ends in a colon: "Casey continued:"."""
    if end <= start or text[end - 1] != ":":
        return None
    tokens = read_tokens(text, start, end, [])
    low, high = sentences(tokens, [])[-1]
    acts = find_acts(tokens, low, high)
    if acts:
        act = acts[-1]
        return _attribution(text, tokens, Link(act.subject, act.at, "introduced", 0.85))
    subject = clause_subject(tokens, low, high)
    if subject is None:
        return None
    return _attribution(text, tokens, Link(subject, None, "introduced", 0.6))


def _attribute_paragraph(text, quotes, tokens, found, last):
    ends = [_inner_end(quotes[n].text) for n in tokens.quote_at.values()]
    previous: Attribution | None = None
    pending: list[int] = []
    spans = sentences(tokens, ends)
    for low, high in spans:
        if QUOTE not in tokens.classes[low:high]:
            continue
        acts = find_acts(tokens, low, high)
        for at in range(low, high):
            if tokens.classes[at] != QUOTE:
                continue
            number = tokens.quote_at[at]
            quote = quotes[number]
            scene = Scene(tokens, at, low, high, quote, acts, _inner_end(quote.text))
            if is_name_of_thing(scene):
                continue
            link = link_in_sentence(scene)
            if link is not None:
                attribution = _attribution(text, tokens, link)
                for early in pending:
                    found[early] = attribution
                pending = []
            elif scene.inner_end != ":" and all(
                c in QUOTE + ".,-~" for c in tokens.classes[low:high]
            ):
                attribution = previous
                if attribution is None and low == 0:
                    attribution = last
                if attribution is None and low > 0:
                    attribution = _sentence_before(text, tokens, spans, low)
            elif at == low and quote.kind == "direct" and not any(a.has_own_subject for a in acts):
                attribution = previous
            else:
                attribution = None
            if attribution:
                found[number] = attribution
                previous = attribution
    return previous


def _sentence_before(text, tokens, spans, at):
    low, high = next(span for span in spans if span[1] == at)
    acts = find_acts(tokens, low, high)
    subject = acts[-1].subject if acts else clause_subject(tokens, low, high)
    if subject is None or not any(c in "NP" for c in tokens.classes[slice(*subject)]):
        return None
    return _attribution(text, tokens, Link(subject, None, "sentence_before", 0.6))


def _inner_end(words: str) -> str:
    return words.rstrip("\"”“'’‘» ")[-1:] or " "


def _attribution(text: str, tokens: Tokens, link: Link) -> Attribution:
    start, end = tokens.starts[link.mention[0]], tokens.ends[link.mention[1] - 1]
    if tokens.classes[link.mention[0]] == PRONOUN:
        # "He's" is "he" and a verb.
        end = start + len(re.split("['’]", text[start:end], maxsplit=1)[0])
    mention = Mention(text[start:end], start, end)
    cue = None if link.cue is None else tokens.words[link.cue]
    return Attribution(mention, cue, link.rule, link.confidence)
