"""Who said each quotation of an article: the words there, and the full name behind them."""

from __future__ import annotations

from schemas.records import AttributedQuote, Attribution, Mention, Quote
from tasks.extractors.casting import read_cast
from tasks.extractors.chains import Linked, link_quotes
from tasks.extractors.coreference import resolve
from tasks.extractors.offices import Resolved
from tasks.extractors.subjects import Stage


def attribute_quotes(
    text: str, quotes: tuple[Quote, ...], above: str = ""
) -> tuple[AttributedQuote, ...]:
    """The same quotes in the same order, each with its attribution or none.

    `above` are the lines that stand over the body: they may name in full who speaks below.
    """
    if not quotes:
        return ()
    stage = Stage(read_cast(text), quotes, read_cast(above) if above else None)
    named = _name_speakers(stage, link_quotes(text, quotes))
    return tuple(AttributedQuote(quote, named.get(i)) for i, quote in enumerate(quotes))


def _name_speakers(stage: Stage, links: dict[int, Linked]) -> dict[int, Attribution]:
    """In text order, so that each mention is resolved with what stands before it."""
    resolved: dict[Mention, Resolved] = {}
    for linked in sorted(links.values(), key=lambda link: link.mention.start):
        if linked.mention not in resolved:
            resolved[linked.mention] = resolve(stage, linked.mention, linked.antecedent)
    return {
        number: _with_speaker(linked.attribution, resolved[linked.mention])
        for number, linked in links.items()
    }


def _with_speaker(attribution: Attribution, found: Resolved) -> Attribution:
    return Attribution(
        attribution.mention,
        attribution.cue,
        attribution.rule,
        attribution.confidence,
        found.speaker,
        found.candidates,
    )
