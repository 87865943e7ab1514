from __future__ import annotations

from datetime import date

import pytest

from schemas.records import Dateline
from tasks.extractors.dateline import find_dateline, find_first_dateline, resolve_day


@pytest.mark.parametrize(
    ("paragraph", "text", "place", "agency"),
    [
        pytest.param(
            "Washington -- The talks", "Washington --", "Washington", None, id="two hyphens"
        ),
        pytest.param(
            "CAIRO (AFP) - Egypt's", "CAIRO (AFP) -", "Cairo", "Agence France-Presse", id="agency"
        ),
        pytest.param(
            "MANILA, Nov. 24 (Xinhua) -- A storm",
            "MANILA, Nov. 24 (Xinhua) --",
            "Manila",
            "Xinhua",
            id="day and agency",
        ),
        pytest.param(
            "WASHINGTON (Aug. 13) -- A storm",
            "WASHINGTON (Aug. 13) --",
            "Washington",
            None,
            id="a day in brackets is no agency",
        ),
        pytest.param(
            "Taipei, Nov. 17 (CNA) The storm",
            "Taipei, Nov. 17 (CNA)",
            "Taipei",
            "Central News Agency",
            id="day and agency do without a dash",
        ),
        pytest.param(
            "LIMA (Reuters) ? Peru's",
            "LIMA (Reuters) ?",
            "Lima",
            "Reuters",
            id="dash lost in a crawl",
        ),
        pytest.param("NEW DELHI: The ports", "NEW DELHI:", "New Delhi", None, id="colon"),
        pytest.param("NEW YORK — For one night", "NEW YORK —", "New York", None, id="capitals"),
        pytest.param(
            "O'SMACH, Cambodia (AP) _ The top",
            "O'SMACH, Cambodia (AP) _",
            "O'Smach, Cambodia",
            "Associated Press",
            id="apostrophe",
        ),
        pytest.param(
            "HEMPSTEAD, N.Y. ― If it", "HEMPSTEAD, N.Y. ―", "Hempstead, N.Y.", None, id="state"
        ),
        pytest.param(
            "PORT-AU-PRINCE, Haiti -- Aid",
            "PORT-AU-PRINCE, Haiti --",
            "Port-Au-Prince, Haiti",
            None,
            id="hyphens in the name",
        ),
        pytest.param(
            "Dec 27 (Reuters) - Oil prices", "Dec 27 (Reuters) -", None, "Reuters", id="no place"
        ),
        pytest.param(
            "August 31, 2006 -- Georgian", "August 31, 2006 --", None, None, id="a date alone"
        ),
        pytest.param(
            "Baghdad - The talks", "Baghdad -", "Baghdad", None, id="one hyphen and a known place"
        ),
    ],
)
def test_a_dateline_gives_place_and_agency(paragraph, text, place, agency):
    found = find_dateline(paragraph)

    assert found is not None
    assert (found.dateline.text, found.dateline.place, found.agency and found.agency.name) == (
        text,
        place,
        agency,
    )


@pytest.mark.parametrize(
    "paragraph",
    [
        pytest.param("The minister -- a lawyer -- said so.", id="a sentence with dashes"),
        pytest.param("Maria Okello - who leads the party - left.", id="a name and a hyphen"),
        pytest.param("Q - What next?", id="a question"),
        pytest.param("MR. CASEY: We have seen it.", id="a turn"),
        pytest.param("UPDATE 2 - Oil falls", id="an update mark"),
        pytest.param("Nothing of the kind", id="no dash"),
        pytest.param("On May 3 (Reuters) The agency said so.", id="a sentence with an agency"),
        pytest.param("Taipei, Nov. 17 (Friday) The storm", id="no agency and no dash"),
        pytest.param("-- The talks", id="no opening"),
        pytest.param("", id="nothing"),
    ],
)
def test_a_paragraph_without_one_has_none(paragraph):
    assert find_dateline(paragraph) is None


@pytest.mark.parametrize(
    ("opening", "published", "day"),
    [
        pytest.param(
            "MANILA, Nov. 24 (AFP) -", date(2007, 11, 25), date(2007, 11, 24), id="this year"
        ),
        pytest.param(
            "MANILA, Dec. 31 (AFP) -", date(2008, 1, 1), date(2007, 12, 31), id="last year"
        ),
        pytest.param("MANILA, Nov. 24 (AFP) -", date(2007, 3, 1), None, id="too far away"),
        pytest.param("MANILA, Nov. 24 (AFP) -", None, None, id="published day unknown"),
        pytest.param("MANILA, Nov. 24, 2006 (AFP) -", None, date(2006, 11, 24), id="with its year"),
    ],
)
def test_a_day_without_a_year_counts_from_the_published_date(opening, published, day):
    found = find_dateline(opening + " A storm")

    assert found is not None
    assert resolve_day(found, published) == Dateline(opening, "Manila", day)


@pytest.mark.parametrize("label", ["EXCLUSIVE", "QUESTION", "OKELLO", "SERBIA", "U.S.", "Paris"])
def test_a_colon_after_anything_but_a_place_in_capitals_is_no_dateline(label):
    assert find_dateline(f"{label}: The ports reopened.") is None


def test_a_place_that_speaks_twice_is_a_person():
    turns = ["LINCOLN: Will the ports reopen?", "OKELLO: They will.", "LINCOLN: When?"]

    assert find_first_dateline(turns) is None
    assert find_first_dateline([turns[0], "The ports will reopen."]) is not None
