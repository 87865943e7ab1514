"""Names that readers of news know to be no country, another one, or one of several."""

from __future__ import annotations

from datetime import date

import pytest

from tasks.extractors.countries import find_countries

CASES = [
    ("The Georgia Department of Transportation said the road near Macon will close.", "US"),
    (
        "Georgia accused Russia of flying over South Ossetia, and Tbilisi recalled its envoy.",
        "GE RU",
    ),
    ("Michael Jordan scored 30 points. Jordan smiled.", ""),
    ("King Abdullah of Jordan met refugees in Amman.", "JO"),
    ("Chad Miller, the mayor's aide, said Chad would speak to Sam.", ""),
    ("Fighting spread from Darfur to Chad, aid workers in N'Djamena said.", "SD TD"),
    ("They ate turkey at Thanksgiving; Turkey prices rose at the store.", ""),
    ("Turkey and Greece signed a gas agreement in Ankara.", "TR GR"),
    ("Niger and Nigeria share a border of 1,500 kilometres.", "NE NG"),
    ("Oil companies in the Niger Delta shut pipelines, the Nigerian army said.", "NG"),
    ("The Democratic Republic of the Congo and the Republic of the Congo signed.", "CD CG"),
    ("Rebels in eastern Congo took Goma.", "CD"),
    ("Talks in Brazzaville: Congo's president said the forest would be kept.", "CG"),
    ("Guinea, Guinea-Bissau, Equatorial Guinea and Papua New Guinea sent teams.", "GN GW GQ PG"),
    ("Scientists fed guinea pigs.", ""),
    ("North Korea fired a missile; South Korea protested.", "KP KR"),
    ("Korea's railway, based in Seoul, opened a line.", "KR"),
    ("They told us the law is good, and gave us bread.", ""),
    ("US officials said the U.S. would pay.", "US"),
    ("THEY TOLD US TO LEAVE", ""),
    ("The fire at Indian Head, Maryland, was put out by firefighters.", "US"),
    ("A man from London, Ontario, was charged by police in Canada.", "CA"),
    ("Officials in London, Ont., said the river fell.", "CA"),
    ("The mayor of London said the Thames was clean.", "GB"),
    ("HMS Norway sailed past; the USS Cole and the RMS Britannia were docked.", ""),
    ("Mr. Israel Cohen and Ms. China Smith voted.", ""),
    ("Sen. Mike Lebanon spoke for an hour.", ""),
    ("Officials in British Columbia and Alberta signed with Oregon.", "CA US"),
    ("New Mexico's governor spoke in Santa Fe.", "US"),
    (
        "The Kremlin said no. Downing Street declined to comment. The White House agreed.",
        "RU GB US",
    ),
    ("Taiwan and China signed in Taipei.", "TW CN"),
    ("The Palestinian Authority in Ramallah and Gaza; Hebron in the West Bank.", "PS"),
    ("Police in Northern Ireland and Scotland agreed.", "GB"),
    ("Dominica and the Dominican Republic signed.", "DM DO"),
    ("In Athens, Georgia, and Rome, Georgia, schools closed.", "US"),
    ("Peru, Indiana, has a circus. Lima, Ohio, has a plant.", "US"),
    ("Cuba, Missouri, had rain.", "US"),
    ("Ships from Peru, Texas, and Ohio met.", "PE US"),
    ("He wore a Panama hat.", ""),
    ("American Samoa and Samoa met.", "AS WS"),
]


@pytest.mark.parametrize(("text", "codes"), CASES)
def test_the_countries_of_a_sentence(text, codes):
    found = find_countries(text, date(2007, 5, 25), "text")

    assert {each.country_code for each in found if each.country_code} == set(codes.split())


@pytest.mark.parametrize(
    ("text", "on", "codes"),
    [
        ("The Soviet Union sent grain.", date(1988, 5, 1), "SU"),
        ("Yugoslavia and Croatia signed.", date(1999, 4, 1), "YU HR"),
        ("Zaire closed its border.", date(1996, 1, 1), "ZR"),
        ("Burma closed its border.", date(1985, 1, 1), "BU"),
        ("Swaziland closed its border.", date(2019, 1, 1), "SZ"),
        ("East Germany and West Germany signed.", date(1985, 1, 1), "DD DE"),
        ("Upper Volta's army left.", date(1980, 1, 1), "HV"),
        ("South Sudan's capital Juba was calm.", date(2012, 1, 1), "SS"),
        ("Juba was calm, Sudan said.", date(2007, 1, 1), "SD"),
        ("East Timor was calm.", date(1998, 1, 1), "TP"),
    ],
)
def test_codes_are_those_of_the_day(text, on, codes):
    found = find_countries(text, on, "text")

    assert {each.country_code for each in found} == set(codes.split())
