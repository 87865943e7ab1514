import time
from datetime import date

import pytest

from tasks.extractors.printed_date import find_printed_dates, read_printed_date

MAY_25 = date(2007, 5, 25)


def case(text, value, precision, evidence, name):
    return pytest.param(text, value, precision, evidence, id=name)


@pytest.mark.parametrize(
    ("text", "value", "precision", "evidence"),
    [
        case("25 May 2007", MAY_25, "day", "25 May 2007", "day, month and year"),
        case("25th of May, 2007", MAY_25, "day", "25th of May, 2007", "an ordinal day"),
        case("25 de mayo de 2007", MAY_25, "day", "25 de mayo de 2007", "Spanish"),
        case("viernes 25 mayo 2007 10:05", MAY_25, "day", "25 mayo 2007", "Spanish, short"),
        case("25. Mai 2007", MAY_25, "day", "25. Mai 2007", "German"),
        case("25 MAIO 2007", MAY_25, "day", "25 MAIO 2007", "Portuguese, in capitals"),
        case("25 МАЯ 2007", MAY_25, "day", "25 МАЯ 2007", "Russian, in capitals"),
        case("25 maja 2007", MAY_25, "day", "25 maja 2007", "Polish"),
        case("25MAY2007", MAY_25, "day", "25MAY2007", "without gaps"),
        case("May 25, 2007", MAY_25, "day", "May 25, 2007", "month before day"),
        case("MAY 25TH 2007", MAY_25, "day", "MAY 25TH 2007", "capitals"),
        case("May\u00a025,\u00a02007", MAY_25, "day", "May\u00a025,\u00a02007", "no-break spaces"),
        case(
            "Friday, May 25, 2007 10:04 p.m. EDT",
            MAY_25,
            "day",
            "Friday, May 25, 2007",
            "a weekday before, a time of day after",
        ),
        case(
            "Fri May 25 10:04:00 EDT 2007",
            MAY_25,
            "day",
            "Fri May 25 10:04:00 EDT 2007",
            "the time before the year",
        ),
        case("Fri, 25 May 2007 10:04:00 GMT", MAY_25, "day", "Fri, 25 May 2007", "a mail header"),
        case("Posted: Sept. 3, 1999", date(1999, 9, 3), "day", "Sept. 3, 1999", "an abbreviation"),
        case("08-Jun-05", date(2005, 6, 8), "day", "08-Jun-05", "two digits of the year"),
        case("8 Jun 99", date(1999, 6, 8), "day", "8 Jun 99", "two digits of the last century"),
        case("8 June ’05", date(2005, 6, 8), "day", "8 June ’05", "a raised comma for the century"),
        case("2007 May 25", MAY_25, "day", "2007 May 25", "the year first, in words"),
        case("2007-05-25T23:30:00Z", MAY_25, "day", "2007-05-25", "the local day of an instant"),
        case("2007/5/25", MAY_25, "day", "2007/5/25", "the year first, in figures"),
        case("20070525", MAY_25, "day", "20070525", "eight figures"),
        case("20070525100400", MAY_25, "day", "20070525", "fourteen figures"),
        case("05/25/2007", MAY_25, "day", "05/25/2007", "figures that only one order fits"),
        case("25.05.2007", MAY_25, "day", "25.05.2007", "figures with points"),
        case("05/05/2007", date(2007, 5, 5), "day", "05/05/2007", "figures that read the same"),
        case("June 2007", date(2007, 6, 1), "month", "June 2007", "a month"),
        case(" 2007-06 ", date(2007, 6, 1), "month", "2007-06", "a month in figures, alone"),
        case(" 2007\n", date(2007, 1, 1), "year", "2007", "a year, alone"),
        case("29 February 2000", date(2000, 2, 29), "day", "29 February 2000", "a leap day"),
        case("Founded 2001. 25 May 2007.", MAY_25, "day", "25 May 2007", "a year beside the date"),
        case("13:36, May 25, 2007", MAY_25, "day", "May 25, 2007", "a clock before the day"),
        case("No. 12, May 25, 2007", MAY_25, "day", "May 25, 2007", "a number before the day"),
        case("Opinion25 May 2007", MAY_25, "day", "25 May 2007", "a frame run into the date"),
        case(
            "Tuesday | 05/06/2007", date(2007, 6, 5), "day", "Tuesday | 05/06/2007", "the weekday"
        ),
        case("23-25 May 2007", date(2007, 5, 1), "month", "May 2007", "days of an event"),
        case(
            "05/06/2007 (June 5, 2007)",
            date(2007, 6, 5),
            "day",
            "June 5, 2007",
            "figures beside the same day in words",
        ),
        case(
            "25 May 2007 (updated 25 May 2007)", MAY_25, "day", "25 May 2007", "the same day twice"
        ),
    ],
)
def test_a_printed_date_is_read(text, value, precision, evidence):
    found = read_printed_date(text)

    assert (found.value, found.precision, found.evidence) == (value, precision, evidence)
    assert text[found.start : found.end] == evidence
    assert found.candidates == ()


@pytest.mark.parametrize(
    ("text", "candidates", "evidence"),
    [
        pytest.param(
            "05/06/2007",
            (date(2007, 5, 6), date(2007, 6, 5)),
            "05/06/2007",
            id="figures that two orders fit",
        ),
        pytest.param("05/25/07", (MAY_25,), "05/25/07", id="figures without a century"),
        pytest.param(
            "Monday 05/06/2007",
            (date(2007, 5, 6), date(2007, 6, 5)),
            "Monday 05/06/2007",
            id="a weekday that neither order fits",
        ),
        pytest.param("31 June 2007", (), "31 June 2007", id="a day that June has not"),
        pytest.param("February 29, 1900", (), "February 29, 1900", id="a leap day of no leap year"),
        pytest.param("2007-13-01", (), "2007-13-01", id="a thirteenth month"),
        pytest.param("32/13/2007", (), "32/13/2007", id="figures that no order fits"),
        pytest.param(
            "25 May 2007, updated 26 May 2007",
            (MAY_25, date(2007, 5, 26)),
            "25 May 2007, updated 26 May 2007",
            id="two days in one line",
        ),
    ],
)
def test_what_the_line_cannot_tell_has_no_value(text, candidates, evidence):
    found = read_printed_date(text)

    assert (found.value, found.candidates, found.evidence) == (None, candidates, evidence)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Washington",
        "10:04 p.m.",
        "Maybe 2007 copies",
        "Mars 2020 is a rover",
        "Flight 11 ago 2,007 people",
        "0000-00-00",
        "infinity",
        "epoch",
        "0021-01-02",
        "Route 1-2-3-4",
        "192.168.10.25",
        "© 2007 The Gazette",
        "The 2007-08 season",
        "Call 555-2007",
        "article 120070525",
        "Sept 11 attacks",
        "18 hours ago",
        "٢٥/٠٥/٢٠٠٧",
    ],
)
def test_a_line_without_a_date_has_none(text):
    assert read_printed_date(text) is None


@pytest.mark.parametrize(
    ("text", "order", "value"),
    [
        pytest.param("05/06/2007", "day_first", date(2007, 6, 5), id="the day first"),
        pytest.param("05/06/2007", "month_first", date(2007, 5, 6), id="the month first"),
        pytest.param("13/06/2007", "month_first", None, id="never the other order instead"),
        pytest.param("2007-06-05", "day_first", date(2007, 6, 5), id="the year first is no order"),
    ],
)
def test_a_declared_order_decides(text, order, value):
    assert read_printed_date(text, order).value == value


@pytest.mark.parametrize(
    ("century_start", "value"),
    [(1900, date(1907, 5, 25)), (1930, date(2007, 5, 25)), (2008, date(2107, 5, 25))],
)
def test_a_stated_century_reads_two_digits(century_start, value):
    assert read_printed_date("05/25/07", None, century_start).value == value


@pytest.mark.parametrize(
    ("text", "agrees"),
    [
        ("Friday, May 25, 2007", True),
        ("Thursday, May 25, 2007", False),
        ("May 25, 2007", None),
        ("Friday, May 32, 2007", None),
    ],
)
def test_a_weekday_beside_the_date_is_compared(text, agrees):
    assert read_printed_date(text).agrees_with_weekday is agrees


def test_a_line_may_hold_several_dates():
    text = "Posted: May 25, 2007; updated 2007-05-26; archived June 2008"

    found = find_printed_dates(text)

    assert [(each.evidence, each.value, each.rule) for each in found] == [
        ("May 25, 2007", date(2007, 5, 25), "month_day_year"),
        ("2007-05-26", date(2007, 5, 26), "year_first"),
        ("June 2008", date(2008, 6, 1), "month_year"),
    ]


def test_every_day_of_four_centuries_is_read_as_printed():
    day = date(1700, 1, 1).toordinal()
    last = date(2099, 12, 31).toordinal()

    wrong = []
    for ordinal in range(day, last + 1, 17):
        expected = date.fromordinal(ordinal)
        for text in (f"{expected:%A, %d %B %Y}", f"{expected:%b. %d, %Y}", expected.isoformat()):
            found = read_printed_date(text)
            if found is None or found.value != expected or found.agrees_with_weekday is False:
                wrong.append(text)

    assert wrong == []


@pytest.mark.parametrize(
    "line",
    ["May 3, 2007; " * 20_000, "2007-" * 50_000, "May " * 60_000, "5/6/" * 60_000, "1" * 250_000],
    ids=["dates", "years", "months", "figures", "one number"],
)
def test_a_line_of_a_quarter_megabyte_is_no_trouble(line):
    started = time.process_time()
    find_printed_dates(line)

    # Linear reading takes under half a second; quadratic reading takes minutes.
    assert time.process_time() - started < 10
