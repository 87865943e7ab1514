"""Who said each quotation of an article: the words there, and the full name behind them."""

from __future__ import annotations

from collections.abc import Iterator

from schemas.records import AttributedQuote, Attribution, Mention, Quote, Speaker
from tasks.extractors import paragraphs
from tasks.extractors.attribution import Link, Scene, link_in_sentence
from tasks.extractors.clauses import sentences
from tasks.extractors.tokens import QUOTE, Tokens, read_tokens

_ENDS = (".", "?", "!", "…")


def attribute_quotes(text: str, quotes: tuple[Quote, ...]) -> tuple[AttributedQuote, ...]:
    """The same quotes in the same order, each with its attribution or none."""
    found: dict[int, Attribution] = {}
    last: Attribution | None = None
    for tokens in _paragraphs_with_quotes(text, quotes):
        last = _attribute_paragraph(text, quotes, tokens, found, last)
    return tuple(AttributedQuote(quote, found.get(i)) for i, quote in enumerate(quotes))


def _paragraphs_with_quotes(text: str, quotes: tuple[Quote, ...]) -> Iterator[Tokens]:
    number = 0
    for start, end in paragraphs.find_paragraphs(text):
        inside = []
        while number < len(quotes) and quotes[number].start < end:
            inside.append((number, quotes[number]))
            number += 1
        if inside:
            yield read_tokens(text, start, end, inside)


def _attribute_paragraph(text, quotes, tokens, found, last):
    ends = tuple(_inner_end(quotes[n].text) in _ENDS for n in tokens.quote_at.values())
    previous: Attribution | None = None
    pending: list[int] = []
    for low, high in sentences(tokens, ends):
        for at in range(low, high):
            if tokens.classes[at] != QUOTE:
                continue
            number = tokens.quote_at[at]
            link = link_in_sentence(Scene(tokens, at, low, high, quotes[number].text))
            if link is not None:
                attribution = _attribution(text, tokens, link)
                for early in pending:
                    found[early] = attribution
                pending = []
            elif all(c in QUOTE + ".,-~" for c in tokens.classes[low:high]):
                attribution = previous
                if attribution is None and low == 0:
                    attribution = last
            else:
                attribution = None
            if attribution:
                found[number] = attribution
                previous = attribution
    return previous


def _inner_end(words: str) -> str:
    return words.rstrip("\"”“'’‘» ")[-1:]


def _attribution(text: str, tokens: Tokens, link: Link) -> Attribution:
    start, end = tokens.starts[link.mention[0]], tokens.ends[link.mention[1] - 1]
    mention = Mention(text[start:end], start, end)
    cue = None if link.cue is None else tokens.words[link.cue]
    return Attribution(mention, cue, link.rule, link.confidence)
