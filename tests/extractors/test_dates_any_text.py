"""What holds of every text: nothing raises, mentions stand in order on their own characters."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.extractors.dates import find_dates
from tasks.extractors.printed_date import find_printed_dates, read_printed_date

WORDS = """
May March Sept. JUNE Friday Sun Mon, Thursday last next this past coming previous the of and to -
– through until since by in on at 3 31 32 0 28th 1st eighth twenty-first 2007 1999 2007-05-28
28/5/2007 5/6/2005 (3/22) (31/12) 9/11 attacks today Today yesterday's tomorrow tonight morning
night day before after week weeks month months quarter year years decade ago from now a two 999
about or so fiscal first third year's 1990s '80s ’20s Christmas Easter Eve year-end weekend
Resolution 1701 $1990 2004-05 1998-2002 between . , ; : ( ) " “ ” ' a.m. p.m. EST noon will said
be held had was is due ahead each every Monday-Friday nights \u00a0 \u2028 İ ſ 😀
""".split(" ")  # noqa: SIM905 - a list of them would fill the page
TEXTS = st.builds(
    lambda words, gap: gap.join(words),
    st.lists(st.sampled_from(WORDS) | st.text(max_size=4), max_size=14),
    st.sampled_from([" ", "", "\n", "\n\n"]),
)
DAYS = st.none() | st.dates() | st.sampled_from([date.min, date.max, date(2000, 2, 29)])


@settings(derandomize=True, max_examples=400, deadline=None, database=None)
@given(TEXTS, DAYS)
def test_mentions_stand_on_their_own_characters(text, published):
    mentions = find_dates(text, published)

    ends = [0, *(each.end for each in mentions)]
    assert all(end <= each.start < each.end for end, each in zip(ends, mentions, strict=False))
    assert all(text[each.start : each.end] == each.text for each in mentions)


@settings(derandomize=True, max_examples=400, deadline=None, database=None)
@given(TEXTS, DAYS)
def test_a_mention_has_both_ends_or_none(text, published):
    for each in find_dates(text, published):
        assert (each.date_start is None) == (each.date_end is None)
        assert each.date_start is None or each.date_start <= each.date_end
        assert each.candidates == () or each.date_start is None


@settings(derandomize=True, max_examples=400, deadline=None, database=None)
@given(TEXTS, st.sampled_from([None, "day_first", "month_first"]))
def test_a_printed_date_is_a_value_or_its_candidates(text, order):
    for each in find_printed_dates(text, order):
        assert text[each.start : each.end] == each.evidence == each.evidence.strip()
        assert each.value is None or each.candidates == ()
    found = read_printed_date(text, order)
    assert found is None or text[found.start : found.end] == found.evidence
