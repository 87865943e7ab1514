"""What stands around a name decides: persons, ships, streets, languages, namesakes."""

import pytest

from tasks.extractors.countries import find_countries


def codes(text):
    return [m.country_code or "|".join(m.candidates) for m in find_countries(text)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Michael Jordan scored.", id="a surname after a given name"),
        pytest.param("Mr. England declined.", id="a surname after a title"),
        pytest.param("Chad Brannigan and his wife", id="a given name before a surname"),
        pytest.param(
            "Police met Quillon Jordan there.", id="a surname after an unknown given name"
        ),
        pytest.param("BY CHAD BRANNIGAN", id="a byline in capitals"),
        pytest.param("J. Holland wrote it.", id="a surname after an initial"),
        pytest.param("Paris Delacroix sang.", id="a given name that is a capital"),
        pytest.param("Professor Israel said so.", id="a surname after professor"),
        pytest.param("Thomas Finn and Monica French", id="demonyms as surnames"),
        pytest.param("Ana Verona-Holt, 17", id="a double surname"),
        pytest.param("the USS Iowa sailed", id="a ship by its prefix"),
        pytest.param("the battleship Missouri", id="a ship by its class"),
        pytest.param("at 12 Dublin Road", id="a street"),
        pytest.param("on Cumberland Avenue", id="an avenue"),
        pytest.param("She speaks French.", id="a language"),
        pytest.param("They wrote it in Spanish.", id="written in a language"),
        pytest.param("a French-speaking town", id="a language in a compound"),
        pytest.param("A German shepherd and French fries", id="dogs and dinners"),
        pytest.param("THEY TOLD US TO GO HOME NOW", id="us in a line of capitals"),
        pytest.param("Reading the report, Nice people Split the bill.", id="cities that are words"),
        pytest.param("ABOUT US", id="a menu in capitals"),
        pytest.param("CONTACT US\n\nWe are here.", id="a menu above a sentence"),
        pytest.param("That's fine, OK. Tell me, OR else.", id="OK and OR after a comma"),
        pytest.param("Sorry to ask, Miss. Where?", id="a Miss, not the state"),
        pytest.param("See https://www.example.org/Iraq/Iran.html.", id="a web address"),
        pytest.param("a course in Reading Skills", id="a word in a longer name"),
        pytest.param("It was in March. May came.", id="months"),
    ],
)
def test_no_country(text):
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        pytest.param("Jordan said its border was shut.", ["JO"], id="the country Jordan"),
        pytest.param("Chad and its army", ["TD"], id="the country Chad"),
        pytest.param("Israel said it fired.", ["IL"], id="the country Israel"),
        pytest.param("She speaks for French farmers.", ["FR"], id="an adjective, not the language"),
        pytest.param("in French politics", ["FR"], id="in French politics"),
        pytest.param(
            "the Boston Globe and the Houston Chronicle",
            ["US", "US"],
            id="newspapers named after cities",
        ),
        pytest.param("the New York Times", ["US"], id="a newspaper named after a state"),
        pytest.param("Reading, England, waits.", ["GB", "GB"], id="a word that is a city"),
        pytest.param("He lives in Nice.", ["FR"], id="in Nice"),
        pytest.param("U.S. TELLS IRAN TO STOP", ["US", "IR"], id="U.S. in capitals"),
        pytest.param("the EU, US and UN said", ["US"], id="US among other initials"),
        pytest.param("Bank of England", ["GB"], id="a body named after a country"),
    ],
)
def test_countries_all_the_same(text, countries):
    assert codes(text) == countries


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        pytest.param(
            "Georgia and Russia fought near Tbilisi.",
            ["GE", "RU", "GE"],
            id="Georgia beside Russia",
        ),
        pytest.param(
            "Georgia and Alabama voted, in Atlanta too.",
            ["US", "US", "US"],
            id="Georgia beside Alabama",
        ),
        pytest.param("He moved to Georgia.", ["GE|US"], id="Georgia alone is left open"),
        pytest.param("Rome, Georgia, is small.", ["US", "US"], id="Georgia around its Rome"),
        pytest.param(
            "Cyprus, Georgia and India, said the Alabama Senator in Atlanta.",
            ["CY", "GE", "IN", "US", "US"],
            id="Georgia in a list of countries",
        ),
        pytest.param("Troops entered Congo from Rwanda.", ["CD", "RW"], id="Congo beside Rwanda"),
        pytest.param("Congo is wide.", ["CD|CG"], id="Congo alone"),
        pytest.param("Brazzaville speaks for Congo.", ["CG", "CG"], id="Congo beside Brazzaville"),
        pytest.param("Korea and Seoul", ["KR", "KR"], id="Korea beside Seoul"),
        pytest.param("The Korean peninsula", ["KR|KP"], id="Korean alone"),
        pytest.param("Thanksgiving Turkey with stuffing", [], id="Turkey at dinner"),
        pytest.param("Turkey closed its border.", ["TR"], id="Turkey"),
        pytest.param("Jordan left the Bulls and the NBA.", [], id="Jordan on the court"),
        pytest.param("Jersey and St Helier", ["JE", "JE"], id="Jersey in the Channel"),
        pytest.param("An Indian tribe's casino", ["US"], id="Indian for a tribe"),
        pytest.param("An Indian minister in Delhi", ["IN", "IN"], id="Indian for India"),
        pytest.param("the Punjab assembly in Lahore", ["PK", "PK"], id="Punjab beside Lahore"),
    ],
)
def test_clues(text, countries):
    assert codes(text) == countries


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        pytest.param(
            "A Lebanon man was held, the sheriff of Ohio said.",
            ["US", "US"],
            id="a town named after a country",
        ),
        pytest.param(
            "Lebanon police said Beirut was calm.",
            ["LB", "LB"],
            id="the country where the text names its capital",
        ),
        pytest.param(
            "Lebanon, Pa., waits. Lebanon slept.",
            ["US", "US", "US"],
            id="a town named after a country, throughout a text",
        ),
        pytest.param(
            "Lebanon, Pa., waits. Lebanon and its capital Beirut slept.",
            ["US", "US", "LB", "LB"],
            id="the town and the country",
        ),
        pytest.param(
            "Athens City Council met. The sheriff spoke. Athens waits.",
            ["US", "US"],
            id="one town throughout a text",
        ),
        pytest.param(
            "The Oxford Crown Court heard it.", ["GB"], id="a Crown Court sits in one Oxford"
        ),
        pytest.param("John Holland came. Later Holland spoke.", [], id="a person met before"),
        pytest.param(
            "John Holland flew to Holland.", ["NL"], id="a person met before and the country"
        ),
        pytest.param("in Birmingham", ["GB"], id="the larger city of one name"),
        pytest.param(
            "in Birmingham, and all of Alabama",
            ["US", "US"],
            id="the smaller city where its state is named",
        ),
        pytest.param("Fort Paris waits", [], id="a longer name that no list knows"),
    ],
)
def test_one_of_several_places(text, countries):
    assert codes(text) == countries
