import time
from datetime import date
from itertools import pairwise

import pytest

from schemas.records import DateMention
from tasks.extractors.dates import RULES, find_dates

FRIDAY = date(2007, 5, 25)


def case(text, *days):
    """A sentence of an article of Friday 25 May 2007, and each date as text, first, last day."""
    return pytest.param(text, list(days), id=text)


def found(text, published=FRIDAY):
    return [
        (each.text, str(each.date_start), str(each.date_end), each.precision)
        for each in find_dates(text, published)
    ]


def day(text, value):
    return (text, value, value, "day")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        case("The talks open in Baghdad on May 28.", day("May 28", "2007-05-28")),
        case("The May 3-4 conference went well.", ("May 3-4", "2007-05-03", "2007-05-04", "day")),
        case(
            "It met on March 8, 9 and 10 in Accra.",
            ("March 8, 9 and 10", "2007-03-08", "2007-03-10", "day"),
        ),
        case("It met on May 3, 10 and 17 in Accra.", ("May 3", "2007-05-03", "2007-05-03", "day")),
        case(
            "It rained between May 30 and June 2.",
            ("May 30 and June 2", "2007-05-30", "2007-06-02", "day"),
        ),
        case("“We agree,” Mr. Okello said May 25.", day("May 25", "2007-05-25")),
        case("He was arrested Nov. 24.", day("Nov. 24", "2006-11-24")),
        case("The election will be held Nov. 24.", day("Nov. 24", "2007-11-24")),
        case("He will be tried by Nov. 24.", day("Nov. 24", "2007-11-24")),
        case("He was arrested last May 30.", day("last May 30", "2006-05-30")),
        case("The treaty was signed on May 25, 1999.", day("May 25, 1999", "1999-05-25")),
        case("It was signed on 25 May 1999 in Oslo.", day("25 May 1999", "1999-05-25")),
        case("It was signed on the 25th of May.", day("25th of May", "2007-05-25")),
        case("It falls on January 9th.", day("January 9th", "2007-01-09")),
        case("Women's rights on March eighth.", day("March eighth", "2007-03-08")),
        case("GENEVA, 12 March — The envoy left.", day("12 March", "2007-03-12")),
        case("OTTAWA, MAY 24 -- The envoy left.", day("MAY 24", "2007-05-24")),
        case("They met May 30 to June 2.", ("May 30 to June 2", "2007-05-30", "2007-06-02", "day")),
        case(
            "They met Dec. 30-Jan. 2, 2006.",
            ("Dec. 30-Jan. 2, 2006", "2005-12-30", "2006-01-02", "day"),
        ),
        case("They meet on June 6 and 7.", ("June 6 and 7", "2007-06-06", "2007-06-07", "day")),
        case("They meet on 6-8 June.", ("6-8 June", "2007-06-06", "2007-06-08", "day")),
        case("On June 6 and 20 others he was silent.", day("June 6", "2007-06-06")),
        case("By June 9, 300 had left.", day("June 9", "2007-06-09")),
        case(
            "In the week of May 7 it rained.", ("week of May 7", "2007-05-07", "2007-05-13", "week")
        ),
        case("The order of 2005-03-09 stands.", day("2005-03-09", "2005-03-09")),
        case("The order of 25/3/2005 stands.", day("25/3/2005", "2005-03-25")),
        case(
            "The fire of Oct. 9, 2003 was set. By\n\nOct. 9 he had left.",
            day("Oct. 9, 2003", "2003-10-09"),
            day("Oct. 9", "2003-10-09"),
        ),
        case(
            "It began in October 2003. On Oct. 9 he left.",
            ("October 2003", "2003-10-01", "2003-10-31", "month"),
            day("Oct. 9", "2003-10-09"),
        ),
        case(
            "He was born May 28, 1950. The vote is on May 28.",
            day("May 28, 1950", "1950-05-28"),
            day("May 28", "2007-05-28"),
        ),
        case("The Post wrote (5/22): “No.”", day("5/22", "2007-05-22")),
        case("After 9/11 much changed.", day("9/11", "2001-09-11")),
        case("She wants to win the Nov. 8 election.", day("Nov. 8", "2007-11-08")),
        case(
            "The city (2000 people, 1900s houses) fell on Dec. 7, 1941.",
            ("1900s", "1900-01-01", "1909-12-31", "decade"),
            day("Dec. 7, 1941", "1941-12-07"),
        ),
        case("Since the Sept. 11 attacks much changed.", day("Sept. 11", "2001-09-11")),
        case("He resigned on Sept. 11 in Lima.", day("Sept. 11", "2006-09-11")),
    ],
)
def test_a_day_with_its_month_is_found(text, days):
    assert found(text) == days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        case("The minister said Friday that talks go on.", day("Friday", "2007-05-25")),
        case("The minister said on Thursday he would go.", day("Thursday", "2007-05-24")),
        case("The ministers will meet Monday in Lima.", day("Monday", "2007-05-28")),
        case("On Monday, the ministers will meet.", day("Monday", "2007-05-28")),
        case("On Monday, the ministers met.", day("Monday", "2007-05-21")),
        case("The minister is to visit Kenya on Sunday.", day("Sunday", "2007-05-27")),
        case("The minister declined to comment Wednesday.", day("Wednesday", "2007-05-23")),
        case("The talks, set for Tuesday, go on.", day("Tuesday", "2007-05-29")),
        case("The talks had been due to end Tuesday.", day("Tuesday", "2007-05-22")),
        case("The talks begin Tuesday in Lima.", day("Tuesday", "2007-05-29")),
        case("The truce has held since Monday.", day("Monday", "2007-05-21")),
        case("They have until 9 a.m. EST Monday.", day("Monday", "2007-05-28")),
        case("Monday's raid killed none.", day("Monday", "2007-05-21")),
        case("Monday's sitting will end early.", day("Monday", "2007-05-28")),
        case("Thursday's ruling will stand.", day("Thursday", "2007-05-24")),
        case("He was to leave Kenya on Monday.", day("Monday", "2007-05-28")),
        case("He was to leave Kenya on Wednesday.", day("Wednesday", "2007-05-23")),
        case("To save the plan, she on Monday announced cuts.", day("Monday", "2007-05-21")),
        case("Asked Monday whether she would run, she left.", day("Monday", "2007-05-21")),
        case("They could not be reached Monday.", day("Monday", "2007-05-21")),
        case("She said that Thursday's debate was long.", day("Thursday", "2007-05-24")),
        case("They vote in Monday's runoff election.", day("Monday", "2007-05-28")),
        case("He spoke ahead of Sunday's election.", day("Sunday", "2007-05-27")),
        case("Gen. Joseph Achieng will leave Monday.", day("Monday", "2007-05-28")),
        case(
            "The count, made Tuesday through Saturday, was wrong.",
            ("Tuesday through Saturday", "2007-05-15", "2007-05-19", "day"),
        ),
        case("They met on Monday of last week.", day("Monday of last week", "2007-05-14")),
        case("They meet Tuesday next week.", day("Tuesday next week", "2007-05-29")),
        case("They met last Friday.", day("last Friday", "2007-05-18")),
        case("They meet next Friday.", day("next Friday", "2007-06-01")),
        case("They meet this Sunday.", day("this Sunday", "2007-05-27")),
        case("They met this past Sunday.", day("this past Sunday", "2007-05-20")),
        case("They met a week ago Tuesday.", day("a week ago Tuesday", "2007-05-15")),
        case("It rained the day before last Sunday.", day("day before last Sunday", "2007-05-19")),
        case("He left on the previous Friday.", ("previous Friday", "None", "None", "day")),
        case("He resigned yesterday.", day("yesterday", "2007-05-24")),
        case("He resigned the day before yesterday.", day("day before yesterday", "2007-05-23")),
        case("Today, he resigned.", day("Today", "2007-05-25")),
        case("He will speak tonight.", day("tonight", "2007-05-25")),
        case("He will speak this evening.", day("this evening", "2007-05-25")),
        case("The raid came last night.", day("last night", "2007-05-24")),
        case("He leaves tomorrow.", day("tomorrow", "2007-05-26")),
        case("He was freed 10 days ago.", day("10 days ago", "2007-05-15")),
        case("He was freed two weeks ago.", day("two weeks ago", "2007-05-11")),
        case("The ship sank on Thanksgiving Day.", day("Thanksgiving Day", "2006-11-23")),
        case("They vote on Election Day 2004.", day("Election Day 2004", "2004-11-02")),
        case("The camp will close by Christmas.", day("Christmas", "2007-12-25")),
        case("He spoke on Good Friday.", day("Good Friday", "2007-04-06")),
    ],
)
def test_a_day_that_counts_from_the_published_day_is_found(text, days):
    assert found(text) == days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        case(
            "It fell about two weeks ago.",
            ("about two weeks ago", "2007-05-07", "2007-05-13", "week"),
        ),
        case("It fell last week.", ("last week", "2007-05-14", "2007-05-20", "week")),
        case("It fell over the weekend.", ("the weekend", "2007-05-19", "2007-05-20", "week")),
        case(
            "It will fall “before the weekend.”",
            ("the weekend", "2007-05-26", "2007-05-27", "week"),
        ),
        case("At the April summit he fell.", ("April", "2007-04-01", "2007-04-30", "month")),
        case("It will fall this month.", ("this month", "2007-05-01", "2007-05-31", "month")),
        case("It fell last month.", ("last month", "2007-04-01", "2007-04-30", "month")),
        case("It fell in June 2008.", ("June 2008", "2008-06-01", "2008-06-30", "month")),
        case("It fell in May.", ("May", "2007-05-01", "2007-05-31", "month")),
        case("It fell in June.", ("June", "2006-06-01", "2006-06-30", "month")),
        case("It will fall in June.", ("June", "2007-06-01", "2007-06-30", "month")),
        case("It fell last May.", ("last May", "2006-05-01", "2006-05-31", "month")),
        case("It fell in July last year.", ("July last year", "2006-07-01", "2006-07-31", "month")),
        case("The January election failed.", ("January", "2007-01-01", "2007-01-31", "month")),
        case(
            "From Nov. to March 2006 it fell.",
            ("Nov. to March 2006", "2005-11-01", "2006-03-31", "month"),
        ),
        case(
            "In the first quarter of 2009 it fell.",
            ("first quarter of 2009", "2009-01-01", "2009-03-31", "quarter"),
        ),
        case(
            "The fourth quarter was bad.", ("fourth quarter", "2006-10-01", "2006-12-31", "quarter")
        ),
        case(
            "Its fiscal first quarter was bad.", ("fiscal first quarter", "None", "None", "quarter")
        ),
        case("It will fall next year.", ("next year", "2008-01-01", "2008-12-31", "year")),
        case("It fell four years ago.", ("four years ago", "2003-01-01", "2003-12-31", "year")),
        case("It fell in 1994.", ("1994", "1994-01-01", "1994-12-31", "year")),
        case("The mid-1990s were hard.", ("1990s", "1990-01-01", "1999-12-31", "decade")),
        case("The ’80s were hard.", ("’80s", "1980-01-01", "1989-12-31", "decade")),
        case("The war of 1998-2002 is over.", ("1998-2002", "1998-01-01", "2002-12-31", "year")),
        case("The season of 2004-05 is over.", ("2004-05", "2004-01-01", "2005-12-31", "year")),
    ],
)
def test_a_coarser_date_says_so(text, days):
    assert found(text) == days


@pytest.mark.parametrize(
    "text",
    [
        "The minister may go, and troops march on.",
        "May Lindqvist and April Moreau said so.",
        "The sun rose; Sun Li won.",
        "They talked for two weeks, or 14 days.",
        "It took place at 10:30 a.m. and again at 1500 GMT.",
        "Some 2000 people and 1990 troops came.",
        "It cost $1990, or 2,007 euros.",
        "Under Resolution 1701 and Resolutions 1737, 1747 they must leave.",
        "He reads USA Today and the Sunday Times.",
        "The Today programme has his name.",
        "Every Friday he fasts, and Monday nights he sings.",
        "They hope for a better tomorrow.",
        "The next morning he was found, two days later than the others.",
        "The archive is open from 10 a.m. to 5 p.m. Monday through Friday.",
        "Every December he rests, and that November he won.",
        "Over the last year and the next month it may fall.",
        "At 1830, Flight 2005 left.",
        "Easter week is long, a Christmas party longer.",
        "Prices rose 3 percent; 5.25 is the rate.",
        "Flight 1900 left gate 2007b.",
        "",
    ],
)
def test_other_words_are_no_dates(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        pytest.param("The order of 5/6/2005 stands.", ("2005-05-06", "2005-06-05"), id="figures"),
        pytest.param(
            "He left the previous Tuesday.", ("2007-05-15", "2007-05-22"), id="a day of the story"
        ),
        pytest.param("The '20s roared.", ("1920-01-01", "2020-01-01"), id="a decade twice come"),
        pytest.param("It closes on June 31.", (), id="a day that June has not"),
    ],
)
def test_what_cannot_be_told_has_no_days(text, candidates):
    (mention,) = find_dates(text, FRIDAY)

    assert (mention.date_start, mention.date_end) == (None, None)
    assert mention.candidates == candidates


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("He fled Monday. The next morning he was found.", ("2007-05-22",)),
        ("He fled Monday. He had been seen two days earlier.", ("2007-05-19",)),
    ],
)
def test_a_day_of_the_story_is_a_candidate(text, candidates):
    _, mention = find_dates(text, FRIDAY)

    assert (mention.date_start, mention.candidates) == (None, candidates)


@pytest.mark.parametrize(
    ("text", "agrees"),
    [
        ("They met Thursday, May 24.", True),
        ("They met Thursday (May 24).", True),
        ("They met on Friday 25 May 2007.", True),
        ("They met May 24 (Thursday).", True),
        ("They met Friday, May 24.", False),
        ("They met Thursday, May 25, 2006.", True),
        ("They met May 24.", None),
    ],
)
def test_a_weekday_beside_a_date_is_compared_with_it(text, agrees):
    (mention,) = find_dates(text, FRIDAY)

    assert mention.agrees_with_weekday is agrees


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        case("They met May 28, 2007.", day("May 28, 2007", "2007-05-28")),
        case("They met in the 1990s.", ("1990s", "1990-01-01", "1999-12-31", "decade")),
        case("They met May 28.", ("May 28", "None", "None", "day")),
        case("They met Friday.", ("Friday", "None", "None", "day")),
        case("They met yesterday.", ("yesterday", "None", "None", "day")),
        case("They met last month.", ("last month", "None", "None", "month")),
        case("They met two weeks ago.", ("two weeks ago", "None", "None", "day")),
    ],
)
def test_without_a_published_day_only_whole_dates_have_days(text, expected):
    assert found(text, None) == expected
    assert all(mention.candidates == () for mention in find_dates(text, None))


def test_a_mention_is_whole():
    text = "“We agree,” he said Thursday, May 24, in Lima."

    assert find_dates(text, FRIDAY) == (
        DateMention(
            text="Thursday, May 24",
            start=20,
            end=36,
            date_start=date(2007, 5, 24),
            date_end=date(2007, 5, 24),
            precision="day",
            rule="month_day",
            candidates=(),
            agrees_with_weekday=True,
        ),
    )


def test_mentions_are_sorted_and_never_over_the_same_characters():
    text = (
        "On Friday, May 25, 2007, and on May 3-4, as in 1999-2001 or last June, they met Monday. "
    )
    mentions = find_dates(text * 20, FRIDAY)

    assert len(mentions) == 100
    assert all(one.end <= two.start for one, two in pairwise(mentions))
    assert all((text * 20)[each.start : each.end] == each.text for each in mentions)


@pytest.mark.parametrize("year_end", [date.min, date.max, date(1, 3, 1), date(9999, 11, 1)])
def test_the_ends_of_the_calendar_stop_nothing(year_end):
    text = (
        "last Friday, next Friday, Nov. 24, Easter Sunday, two weeks ago, next year, last decade, "
        "the previous Monday, this weekend, tomorrow, yesterday, by year-end, in July, last month, "
        "999 years ago, 999 months from now, last quarter, third quarter, Dec. 30 to Jan. 2"
    )

    assert len(find_dates(text, year_end)) > 15


@pytest.mark.parametrize("family", sorted(RULES))
def test_rules_have_names_a_reader_can_follow(family):
    for rule in RULES[family]:
        assert rule.name.isidentifier()
        assert rule.name.islower()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("May 3-" * 16_000, id="ranges without end"),
        pytest.param("Friday, " * 12_000, id="weekdays only"),
        pytest.param("the day before the day before " * 8_000, id="leading words only"),
        pytest.param("2007-" * 20_000, id="years joined"),
        pytest.param("1 2 3 4 5 6 7 8 9 " * 8_000, id="figures only"),
        pytest.param("two weeks or so " * 8_000, id="counts that never end"),
        pytest.param("a " * 80_000 + "Friday", id="one long sentence"),
    ],
)
def test_cost_grows_with_length_only(text):
    half, whole = text[: len(text) // 4], text

    started = time.process_time()
    find_dates(half, FRIDAY)
    between = time.process_time()
    find_dates(whole, FRIDAY)

    # Four times the text, at most sixteen times the cost: quadratic growth would need more.
    assert time.process_time() - between < 16 * (between - started) + 0.5
