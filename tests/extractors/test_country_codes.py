"""Codes by the article's day: SU in 1988, SUHH in 2007."""

from datetime import date

import pytest

from tasks.extractors.countries import country_of, find_countries


@pytest.mark.parametrize(
    ("name", "on", "code"),
    [
        pytest.param("Soviet Union", "1988-05-01", "SU", id="the Soviet Union while it stood"),
        pytest.param("Soviet Union", "2007-05-25", "SUHH", id="the Soviet Union once gone"),
        pytest.param("Soviet Union", None, "SUHH", id="no day: the code of today's lists"),
        pytest.param("Russia", "1988-05-01", "SU", id="Russia within the Soviet Union"),
        pytest.param("Russia", "1992-05-01", "RU", id="Russia after it"),
        pytest.param("Ukraine", "1988-05-01", "UA", id="Ukraine had a code of its own"),
        pytest.param("Latvian", "1991-09-05", "SU", id="Latvia the day before"),
        pytest.param("Latvian", "1991-09-06", "LV", id="Latvia the day after"),
        pytest.param("Leningrad", "1985-01-01", "SU", id="a city of a gone state"),
        pytest.param("Yugoslavia", "1999-03-24", "YU", id="Yugoslavia in 1999"),
        pytest.param("Yugoslavia", "2007-03-24", "YUCS", id="Yugoslavia in 2007"),
        pytest.param("Serbia", "1999-03-24", "YU", id="Serbia within Yugoslavia"),
        pytest.param("Serbia", "2004-03-24", "CS", id="Serbia within Serbia and Montenegro"),
        pytest.param("Serbia", "2007-03-24", "RS", id="Serbia"),
        pytest.param(
            "Serbia and Montenegro", "2007-03-24", "CSXX", id="Serbia and Montenegro, gone"
        ),
        pytest.param(
            "Czechoslovakia", "1988-01-01", "CS", id="Czechoslovakia, the same two letters"
        ),
        pytest.param("Czechoslovakia", "2007-01-01", "CSHH", id="Czechoslovakia, gone"),
        pytest.param("Czech", "1990-01-01", "CS", id="Czech before the parting"),
        pytest.param("East Germany", "1989-11-09", "DD", id="East Germany"),
        pytest.param("East German", "2007-11-09", "DDDE", id="East German, gone"),
        pytest.param("Zaire", "1996-01-01", "ZR", id="Zaire"),
        pytest.param("Zaire", "2007-01-01", "ZRCD", id="Zaire under its old name"),
        pytest.param("Burma", "1988-08-08", "BU", id="Burma before 1989"),
        pytest.param("Burma", "2007-08-08", "MM", id="Burma as Myanmar is still called"),
        pytest.param("Swaziland", "2007-01-01", "SZ", id="Swaziland keeps its code"),
        pytest.param("East Timor", "2001-01-01", "TP", id="East Timor before independence"),
        pytest.param("East Timor", "2007-01-01", "TL", id="East Timor after it"),
        pytest.param("South Sudan", "2010-01-01", "SD", id="South Sudan before 2011"),
        pytest.param("Kosovo", "1999-03-24", "XK", id="Kosovo by policy, at every date"),
        pytest.param("Upper Volta", "1983-01-01", "HV", id="Upper Volta"),
        pytest.param(
            "Netherlands Antilles", "2012-01-01", "ANHH", id="the Netherlands Antilles, gone"
        ),
    ],
)
def test_code_on(name, on, code):
    (mention,) = find_countries(f"news of {name} today", on and date.fromisoformat(on))

    assert (mention.text, mention.country_code) == (name, code)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        pytest.param("Sharm el-Sheikh, Egypt", "EG", id="a place with its country"),
        pytest.param("Washington", "US", id="a capital"),
        pytest.param("TBILISI", "GE", id="a capital in capitals"),
        pytest.param("SALINA, Kan.", "US", id="a town in capitals with its state"),
        pytest.param("Salina", "US", id="a town alone"),
        pytest.param("LONDON, Ontario", "CA", id="a town that shares a capital's name"),
        pytest.param("State Department", "US", id="a body without its country's name"),
        pytest.param("U.S. Department of State", "US", id="a body with it"),
        pytest.param("Iranian Foreign Ministry", "IR", id="a ministry"),
        pytest.param("Turkish parliament", "TR", id="a parliament"),
        pytest.param("Kremlin", "RU", id="a seat of power"),
        pytest.param("Embassy of Libya, Mogadishu", "LY", id="an embassy belongs to its sender"),
        pytest.param("U.S. ambassador to Iraq", "US", id="an ambassador too"),
        pytest.param("U.S. Embassy Baghdad", "US", id="an embassy without a preposition"),
        pytest.param("NATO mission in Afghanistan", None, id="a body of many states at work"),
        pytest.param("RAMSTEIN AIR BASE, Germany", "DE", id="a base abroad"),
        pytest.param("United Nations", None, id="a body of many states"),
        pytest.param("Iran and Iraq", None, id="two countries"),
        pytest.param("Georgia", None, id="one of two"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_country_of(words, code):
    assert country_of(words) == code


def test_country_of_knows_the_day():
    assert country_of("Soviet Foreign Ministry", date(1988, 5, 1)) == "SU"
