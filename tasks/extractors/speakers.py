"""Who said each quotation of an article: the words there, and the full name behind them."""

from __future__ import annotations

from schemas.records import AttributedQuote, Attribution, Mention, Quote
from tasks.extractors.chains import link_quotes
from tasks.extractors.coreference import Resolved, Stage, resolve
from tasks.extractors.people import read_cast


def attribute_quotes(text: str, quotes: tuple[Quote, ...]) -> tuple[AttributedQuote, ...]:
    """The same quotes in the same order, each with its attribution or none."""
    if not quotes:
        return ()
    named = _name_speakers(Stage(read_cast(text), quotes), link_quotes(text, quotes))
    return tuple(AttributedQuote(quote, named.get(i)) for i, quote in enumerate(quotes))


def _name_speakers(stage: Stage, found: dict[int, Attribution]) -> dict[int, Attribution]:
    """In text order, so that each mention is resolved with what stands before it."""
    mentions = {a.mention for a in found.values() if a.mention}
    resolved: dict[Mention, Resolved] = {}
    for mention in sorted(mentions, key=lambda m: (m.start, m.end)):
        resolved[mention] = resolve(stage, mention)
    return {
        number: Attribution(
            attribution.mention,
            attribution.cue,
            attribution.rule,
            attribution.confidence,
            resolved[attribution.mention].speaker,
            resolved[attribution.mention].candidates,
        )
        for number, attribution in found.items()
        if attribution.mention
    }
