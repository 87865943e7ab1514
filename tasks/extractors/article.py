"""One page in, everything it yields out: the order in which the fields are found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache

from schemas.records import (
    AttributedQuote,
    CountryMention,
    Document,
    Extraction,
    PageInput,
    Speaker,
)
from schemas.source import Source
from tasks.extractors.countries import country_of, find_countries, may_be_country
from tasks.extractors.dates import find_dates
from tasks.extractors.governments import government_of
from tasks.extractors.host import find_host
from tasks.extractors.name_words import nationals
from tasks.extractors.page import read_page
from tasks.extractors.quotes import find_quotes
from tasks.extractors.shown_page import own_page
from tasks.extractors.speakers import attribute_quotes

_NAMING_LABELS = frozenset(("headline", "subhead", "section", "byline", "unknown", "paragraph"))


def extract(page: PageInput, source: Source | None = None) -> Extraction:
    """Raises `Unreadable` when the page holds no article; never yields half of one."""
    own = own_page(page)
    document = read_page(own, source)
    host = find_host(own.url, document)
    if host is not None:
        document = replace(document, findings=(*document.findings, host))
    published = document.published_date
    place = document.dateline.place if document.dateline else None
    return Extraction(
        page=replace(page, captured_at=own.captured_at),
        source=source.name if source else None,
        host=host.value if host else None,
        document=document,
        dateline_country_code=country_of(place, published) if place else None,
        quotes=_with_countries(
            attribute_quotes(document.text, find_quotes(document.text), _above(document)), published
        ),
        country_mentions=_countries(document),
        # "Friday" cannot be counted from a month: only a whole day is an anchor.
        date_mentions=find_dates(
            document.text, published if document.published_precision == "day" else None
        ),
    )


def _above(document: Document) -> str:
    """The lines over the body that may name in full who speaks in it."""
    body = next(
        (index for index, block in enumerate(document.blocks) if block.start is not None),
        len(document.blocks),
    )
    above = document.blocks[:body]
    return "\n".join(block.text for block in above if block.label in _NAMING_LABELS)


def _countries(document: Document) -> tuple[CountryMention, ...]:
    """Those of the body, and those that only the headline names."""
    published = document.published_date
    in_body = find_countries(document.text, published)
    known = {mention.country_code for mention in in_body}
    in_headline = find_countries(document.headline or "", published, field="headline")
    return in_body + tuple(each for each in in_headline if each.country_code not in known)


def _with_countries(
    quotes: tuple[AttributedQuote, ...], published: date | None
) -> tuple[AttributedQuote, ...]:
    """A speaker's country is what title and affiliation evidence, never where the story plays."""
    return tuple(_with_country(quote, published) for quote in quotes)


def _with_country(quoted: AttributedQuote, published: date | None) -> AttributedQuote:
    attribution = quoted.attribution
    if attribution is None or attribution.speaker is None:
        return quoted
    speaker = attribution.speaker
    located = _located(speaker, published)
    if located is None:
        # "Iran said": somebody spoke for it, and the page does not say who.
        unresolved = attribution._replace(speaker=None, candidates=(speaker.name,))
        return quoted._replace(attribution=unresolved)
    if located.country_code is None:
        return quoted
    return quoted._replace(attribution=attribution._replace(speaker=located))


@lru_cache(maxsize=4096)
def _located(speaker: Speaker, published: date | None) -> Speaker | None:
    """With the country of the role; None where the name is a country's. Speakers recur."""
    if _is_country(speaker.name, published):
        return None
    role = " ".join(filter(None, (speaker.affiliation, speaker.title)))
    country = _country_of_role(role, published) if role else None
    if country is None:
        return speaker
    body = speaker.affiliation
    if body and (body in nationals() or _is_country(body, published)):
        body = government_of(speaker.title, country) or body
    return speaker._replace(affiliation=body, country_code=country)


def _country_of_role(role: str, published: date | None) -> str | None:
    """Of a country, people, capital or body; the mayor of a Salem may be of any Salem."""
    kinds = {mention.kind for mention in find_countries(role, published)}
    return country_of(role, published) if kinds - {"place"} else None


def _is_country(name: str, published: date | None) -> bool:
    if not may_be_country(name):
        return False
    mentions = find_countries(name, published)
    return any(
        each.kind in {"name", "abbreviation", "capital"} and each.end - each.start == len(name)
        for each in mentions
    )
