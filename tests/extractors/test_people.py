"""Persons of an article with the titles and affiliations that stand beside their names."""

from __future__ import annotations

import pytest

from tasks.extractors.casting import FoundPerson, find_people


@pytest.mark.parametrize(
    ("text", "name", "title", "affiliation"),
    [
        pytest.param(
            "Trade Ministry deputy spokeswoman Maria Okello left.",
            "Maria Okello",
            "deputy spokeswoman",
            "Trade Ministry",
            id="in front, in small letters",
        ),
        pytest.param(
            "State Department deputy spokeswoman Maria Okello left.",
            "Maria Okello",
            "deputy spokeswoman",
            "State Department",
            id="a body whose name begins like a verb of speech",
        ),
        pytest.param(
            "The head of the rail union, Maria Okello, told a harbour newspaper so.",
            "Maria Okello",
            "head",
            "rail union",
            id="what somebody did is no title",
        ),
        pytest.param(
            "Maria Okello, deputy spokeswoman of the Trade Ministry, left.",
            "Maria Okello",
            "deputy spokeswoman",
            "Trade Ministry",
            id="behind, in small letters",
        ),
        pytest.param(
            "The chairman of the election commission, Maria Okello, left.",
            "Maria Okello",
            "chairman",
            "election commission",
            id="a phrase and a comma in front",
        ),
        pytest.param(
            "Maria Okello, head of the civil defence office, left.",
            "Maria Okello",
            "head",
            "civil defence office",
            id="a body in small letters",
        ),
        pytest.param(
            "She met the miners’ leader, Maria Okello.",
            "Maria Okello",
            "leader",
            "miners",
            id="owned by many",
        ),
        pytest.param(
            "They told the mayor, Maria Okello said.",
            "Maria Okello",
            None,
            None,
            id="whom they told is another",
        ),
        pytest.param(
            "An analyst in Geneva, Maria Okello of the Harbour Forum, left.",
            "Maria Okello",
            "analyst",
            "Harbour Forum",
            id="of a body behind the name",
        ),
        pytest.param(
            "Maria Okello of Denmark left.", "Maria Okello", None, None, id="of a place behind"
        ),
        pytest.param(
            "Japanese Fisheries Minister Maria Okello left.",
            "Maria Okello",
            "Fisheries Minister",
            "Japanese",
            id="whose minister, and for what",
        ),
        pytest.param(
            "South Korean Minister of Maritime Affairs Shin Dae-jung left.",
            "Shin Dae-jung",
            "Minister of Maritime Affairs",
            "South Korean",
            id="a field of two words before the name",
        ),
        pytest.param(
            "Minister of Trade and Industry Maria Okello left.",
            "Maria Okello",
            "Minister of Trade and Industry",
            None,
            id="a field of two",
        ),
        pytest.param(
            "Maria Okello, deputy under secretary of agriculture for animal health, left.",
            "Maria Okello",
            "deputy under secretary of agriculture for animal health",
            "Agriculture Department",
            id="the department of a secretary",
        ),
        pytest.param(
            "They met acting Ambassador Maria Okello today.",
            "Maria Okello",
            "acting Ambassador",
            None,
            id="acting",
        ),
        pytest.param(
            "They met Brig. Gen. Maria Okello today.",
            "Maria Okello",
            "Brig. Gen.",
            None,
            id="a rank of two words",
        ),
        pytest.param(
            "Harbour Watch President Maria Okello left.",
            "Maria Okello",
            "President",
            "Harbour Watch",
            id="in front, with capitals",
        ),
        pytest.param(
            "Maria Okello, Project Engineer, Harbour Works, left.",
            "Maria Okello",
            "Project Engineer",
            "Harbour Works",
            id="behind, with capitals",
        ),
        pytest.param(
            "Kenya’s ambassador Maria Okello left.",
            "Maria Okello",
            "ambassador",
            "Kenya",
            id="a country owns the title",
        ),
        pytest.param(
            "Maria Okello, a professor of political science at Harbour University in Ghana, left.",
            "Maria Okello",
            "professor of political science",
            "Harbour University",
            id="a subject stays with the title",
        ),
        pytest.param(
            "Maria Okello, 50, the mayor of Salem, left.",
            "Maria Okello",
            "mayor",
            "Salem",
            id="an age between",
        ),
        pytest.param(
            "Sen. Maria Okello (D-Ohio) left.",
            "Maria Okello",
            "Sen.",
            "Senate",
            id="a title that names its body",
        ),
        pytest.param(
            "Former Sen. Maria Okello left.",
            "Maria Okello",
            "former Sen.",
            None,
            id="no longer of that body",
        ),
        pytest.param(
            "Maria Okello, a former congresswoman, left.",
            "Maria Okello",
            "former congresswoman",
            None,
            id="no longer of that body, behind the name",
        ),
        pytest.param(
            "Maria Okello, a senator from Ohio, left.",
            "Maria Okello",
            "senator",
            "Senate",
            id="a title that names its body, behind the name",
        ),
        pytest.param(
            "Harbour University’s Maria Okello left.",
            "Maria Okello",
            None,
            "Harbour University",
            id="an affiliation alone",
        ),
        pytest.param("Maria Okello left.", "Maria Okello", None, None, id="no role"),
        pytest.param(
            "Mrs. Maria Okello left.", "Maria Okello", None, None, id="an honorific is no role"
        ),
    ],
)
def test_role(text, name, title, affiliation):
    start = text.index(name)

    assert find_people(text) == (FoundPerson(name, title, affiliation, start, start + len(name)),)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The Trade Ministry and the Harbour University met.", id="bodies"),
        pytest.param("In May the Foreign Office moved to Cape Town.", id="offices and months"),
        pytest.param("NATO and the UN met on Monday.", id="abbreviations"),
        pytest.param("nobody here.", id="no capitals"),
    ],
)
def test_nobody(text):
    assert find_people(text) == ()
