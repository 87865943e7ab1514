"""What holds of every text: nothing raises, offsets are exact, the work stays linear."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.extractors.casting import find_people
from tasks.extractors.quotes import find_quotes
from tasks.extractors.speakers import attribute_quotes

WORDS = """
“ ” " ' ‘ ’ '' `` « » „ ‟ , . : ; ? ! … - -- — ( ) [ ] said says told called according to that who
which he she it they He She The the a an of for at by and but Okello Maria Brandt Peter Kenya
Minister spokesman Sen. Mr. Ms. U.S. Trade Ministry minister, reporters asked adding will not sign
statement Tuesday 1,200 d'Arc O'Dowd al-Amin 😀 \u00a0 \u2028 İ ſ = < > @x #y MS. OKELLO: Q:
""".split(" ")  # noqa: SIM905 - a list of them would fill the page
TEXTS = st.builds(
    lambda words, gap: gap.join(words),
    st.lists(st.sampled_from(WORDS) | st.text(max_size=4), max_size=40),
    st.sampled_from([" ", "", "\n", "\n\n"]),
)


@settings(derandomize=True, max_examples=500, deadline=None, database=None)
@given(TEXTS)
def test_passages_stand_in_order_on_their_own_characters(text):
    quotes = find_quotes(text)

    ends = [0, *(quote.end for quote in quotes)]
    assert all(end <= each.start < each.end for end, each in zip(ends, quotes, strict=False))
    assert all(text[each.start : each.end] == each.text for each in quotes)


@settings(derandomize=True, max_examples=500, deadline=None, database=None)
@given(TEXTS)
def test_mentions_stand_in_the_text(text):
    quotes = find_quotes(text)
    answers = attribute_quotes(text, quotes)

    assert tuple(answer.quote for answer in answers) == quotes
    for answer in answers:
        if answer.attribution is not None:
            mention = answer.attribution.mention
            assert text[mention.start : mention.end] == mention.text != ""
            assert 0 < answer.attribution.confidence <= 1
            assert answer.attribution.speaker is None or answer.attribution.speaker.name.strip()


@settings(derandomize=True, max_examples=300, deadline=None, database=None)
@given(TEXTS)
def test_people_stand_in_the_text(text):
    for person in find_people(text):
        assert 0 <= person.start < person.end <= len(text)


@settings(derandomize=True, max_examples=100, deadline=None, database=None)
@given(TEXTS)
def test_twice_is_the_same(text):
    assert attribute_quotes(text, find_quotes(text)) == attribute_quotes(text, find_quotes(text))


def count_calls(text: str) -> int:
    """Work in calls of Python functions: no clock, so no chance."""
    calls = 0

    def count(_frame, event, _argument):
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        attribute_quotes(text, find_quotes(text))
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param("“a ", id="opening marks that never close"),
        pytest.param('"a" ', id="quotations without end"),
        pytest.param('"', id="nothing but marks"),
        pytest.param("'a b ", id="apostrophes"),
        pytest.param('"No," he said, ', id="one sentence without end"),
        pytest.param("“No,” she said. ", id="pronouns for nobody"),
        pytest.param("“No.”\n\n", id="paragraphs of one quotation"),
        pytest.param("“No.\n\n", id="paragraphs that never close"),
        pytest.param(
            "Envoy Maria Okello left. “No,” the envoy said. ", id="one envoy again and again"
        ),
        pytest.param("Okello who ", id="relative clauses without end"),
        pytest.param("A.", id="initials"),
        pytest.param("A-", id="hyphens"),
        pytest.param("Okello, ", id="commas"),
    ],
)
def test_work_grows_with_the_length(piece):
    count_calls(piece)  # the vocabulary is read on first use

    short, long = count_calls(piece * 500), count_calls(piece * 1000)

    assert long <= 2.3 * short + 100
