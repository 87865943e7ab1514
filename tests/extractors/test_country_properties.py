"""What holds for any text: offsets, order, linear time, no memory of earlier texts."""

import time
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tasks.extractors.countries import country_of, find_countries

PIECES = st.sampled_from(
    [
        *(
            "Iraq",
            "Iraqi",
            "Georgia",
            "Paris",
            "U.S.",
            "US",
            "London, Ontario",
            "Jordan",
            "D-Calif.",
        ),
        *(
            "Sino-",
            "Côte d’Ivoire",
            "St. ",
            "USS ",
            "Mr. ",
            "in ",
            ", ",
            " and ",
            "\n\n",
            "\n",
            " ",
        ),
        *("“", "’s", "—", "SALINA — ", "Nice", "\ud800", "🎈", "x", "."),
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_offsets_give_back_the_words_in_order(text):
    mentions = find_countries(text)

    assert all(text[m.start : m.end] == m.text for m in mentions)
    assert all(m.end <= n.start for m, n in pairwise(mentions))


@given(st.text(max_size=60))
def test_any_words_have_a_country_or_none(words):
    assert country_of(words) is None or len(country_of(words)) in (2, 4)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_a_mention_has_a_code_or_candidates(text):
    for mention in find_countries(text):
        codes = mention.candidates or (mention.country_code,)
        assert (mention.country_code is None) == (len(codes) > 1)
        assert {len(code) for code in codes} <= {2, 4}


@given(st.lists(PIECES, max_size=20).map("".join))
def test_earlier_texts_change_nothing(text):
    before = find_countries(text)
    find_countries("Georgia and Alabama, in Paris, Texas. Michael Jordan.")

    assert find_countries(text) == before


def test_a_megabyte_takes_no_more_than_its_share():
    """Growth is compared, not time: 16 times the text may cost 16 times, with room for noise."""
    page = (
        "SALINA, Kan. (AP) — Georgia, the USS Iowa, Michael Jordan and Paris, Texas, met "
        "(in Springfield, Ill.) the D-Calif. member of Congo at 12 Dublin Road, in French.\n"
    )
    short, long = page * 400, page * 6400
    find_countries(page)

    # Sixteen times the text: linear work grows 16-fold, quadratic work 256-fold.
    assert _cost(long) < 100 * max(_cost(short), 0.01)


def _cost(text):
    """The least of three: another program on the machine must not fail a test."""
    costs = []
    for _ in range(3):
        began = time.process_time()
        find_countries(text)
        costs.append(time.process_time() - began)
    return min(costs)
