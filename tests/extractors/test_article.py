"""What only the whole page decides: whose country, and that a country itself says nothing."""

from __future__ import annotations

import pytest

from schemas.records import PageInput
from tasks.extractors.article import extract

PAGE = """\
Harbour Talks Resume After a Month

3 May 2006

Valletta -- The talks on the harbour resumed on Tuesday.

{sentence}
"""


def quote_of(sentence: str):
    (quoted,) = extract(PageInput("page", text=PAGE.format(sentence=sentence))).quotes
    return quoted.attribution


@pytest.mark.parametrize(
    ("sentence", "name", "country_code"),
    [
        pytest.param(
            "“We have all the time we need,” said Italian Foreign Minister Paola Brandi.",
            "Paola Brandi",
            "IT",
            id="by the title",
        ),
        pytest.param(
            "“We have all the time we need,” said the harbour master, Paola Brandi.",
            "Paola Brandi",
            None,
            id="not by where the story plays",
        ),
    ],
)
def test_the_country_of_a_speaker(sentence, name, country_code):
    speaker = quote_of(sentence).speaker

    assert (speaker.name, speaker.country_code) == (name, country_code)


@pytest.mark.parametrize(
    ("speaker", "affiliation"),
    [
        pytest.param("Italian Foreign Minister Paola Brandi", "Government of Italy", id="people"),
        pytest.param("Haiti’s president, Paola Brandi", "Government of Haiti", id="owner"),
        pytest.param(
            "U.S. President Paola Brandi", "Government of the United States", id="with an article"
        ),
        pytest.param("former Italian Prime Minister Paola Brandi", "Italian", id="no longer"),
        pytest.param("Italian lawmaker Paola Brandi", "Italian", id="not of a government"),
        pytest.param("Palestinian Prime Minister Paola Brandi", "Palestinian", id="of no country"),
        pytest.param("Brandi Foods president Paola Brandi", "Brandi Foods", id="of a company"),
        pytest.param(
            "Italian Foreign Ministry spokesman Paolo Brandi", "Italian Foreign Ministry", id="body"
        ),
    ],
)
def test_a_minister_named_by_the_country_alone_is_of_its_government(speaker, affiliation):
    found = quote_of(f"“We have all the time we need,” said {speaker}.").speaker

    assert found.affiliation == affiliation


def test_a_country_is_no_speaker_but_a_candidate():
    attribution = quote_of("“We have all the time we need,” Malta said in a statement.")

    assert (attribution.speaker, attribution.candidates) == (None, ("Malta",))
