"""Names, abbreviations, demonyms, capitals and places, one occurrence each."""

import pytest

from schemas.records import CountryMention
from tasks.extractors.countries import find_countries


def found(text):
    return [
        (m.text, m.country_code or "|".join(m.candidates), m.kind) for m in find_countries(text)
    ]


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        pytest.param("He left Iraq.", [("Iraq", "IQ", "name")], id="a short name"),
        pytest.param(
            "the Islamic Republic of Iran said",
            [("Islamic Republic of Iran", "IR", "name")],
            id="an official name, longest match",
        ),
        pytest.param(
            "Iraqi and Iranian envoys",
            [("Iraqi", "IQ", "demonym"), ("Iranian", "IR", "demonym")],
            id="adjectives",
        ),
        pytest.param(
            "Two Frenchmen met a Swede",
            [("Frenchmen", "FR", "demonym"), ("Swede", "SE", "demonym")],
            id="peoples",
        ),
        pytest.param("Pro-Russian groups", [("Russian", "RU", "demonym")], id="after a hyphen"),
        pytest.param("the U.S.-led force", [("U.S.", "US", "abbreviation")], id="before a hyphen"),
        pytest.param(
            "Sino-Russian talks",
            [("Sino-", "CN", "demonym"), ("Russian", "RU", "demonym")],
            id="a combining form",
        ),
        pytest.param(
            "the US, the UK and the UAE",
            [
                ("US", "US", "abbreviation"),
                ("UK", "GB", "abbreviation"),
                ("UAE", "AE", "abbreviation"),
            ],
            id="abbreviations without points",
        ),
        pytest.param(
            "the U.S.S.R. and the U.S.A.",
            [("U.S.S.R.", "SUHH", "name"), ("U.S.A.", "US", "abbreviation")],
            id="points belong to the name",
        ),
        pytest.param(
            "South Sudan, not Sudan",
            [("South Sudan", "SS", "name"), ("Sudan", "SD", "name")],
            id="South Sudan is not Sudan",
        ),
        pytest.param(
            "Niger and Nigeria",
            [("Niger", "NE", "name"), ("Nigeria", "NG", "name")],
            id="Niger is not Nigeria",
        ),
        pytest.param(
            "Guinea, Guinea-Bissau, Equatorial Guinea and Papua New Guinea",
            [
                ("Guinea", "GN", "name"),
                ("Guinea-Bissau", "GW", "name"),
                ("Equatorial Guinea", "GQ", "name"),
                ("Papua New Guinea", "PG", "name"),
            ],
            id="four Guineas",
        ),
        pytest.param(
            "the Democratic Republic of Congo and the Republic of Congo",
            [("Democratic Republic of Congo", "CD", "name"), ("Republic of Congo", "CG", "name")],
            id="two Congos by their full names",
        ),
        pytest.param(
            "North Korea and South Korea",
            [("North Korea", "KP", "name"), ("South Korea", "KR", "name")],
            id="two Koreas",
        ),
        pytest.param(
            "Ireland and Northern Ireland",
            [("Ireland", "IE", "name"), ("Northern Ireland", "GB", "place")],
            id="two Irelands",
        ),
        pytest.param(
            "Dominica and the Dominican Republic",
            [("Dominica", "DM", "name"), ("Dominican Republic", "DO", "name")],
            id="Dominica is not the Dominican Republic",
        ),
        pytest.param(
            "Samoa and American Samoa",
            [("Samoa", "WS", "name"), ("American Samoa", "AS", "name")],
            id="two Samoas",
        ),
        pytest.param(
            "the British Virgin Islands and the U.S. Virgin Islands",
            [("British Virgin Islands", "VG", "name"), ("U.S. Virgin Islands", "VI", "name")],
            id="two groups of Virgin Islands",
        ),
        pytest.param(
            "the Côte d’Ivoire government",
            [("Côte d’Ivoire", "CI", "name")],
            id="accents and a curly apostrophe",
        ),
        pytest.param(
            "Cote d'Ivoire, Turkiye and Sao Tome and Principe",
            [
                ("Cote d'Ivoire", "CI", "name"),
                ("Turkiye", "TR", "name"),
                ("Sao Tome and Principe", "ST", "name"),
            ],
            id="accents lost",
        ),
        pytest.param(
            "troops in South\nKorea",
            [("South\nKorea", "KR", "name")],
            id="a name across a hard line end",
        ),
        pytest.param(
            "Czechia, Eswatini and North Macedonia",
            [
                ("Czechia", "CZ", "name"),
                ("Eswatini", "SZ", "name"),
                ("North Macedonia", "MK", "name"),
            ],
            id="new names",
        ),
        pytest.param(
            "Holland, Britain and Burma",
            [("Holland", "NL", "name"), ("Britain", "GB", "name"), ("Burma", "MM", "name")],
            id="everyday names",
        ),
        pytest.param(
            "Kosovo, Taiwan and Western Sahara",
            [
                ("Kosovo", "XK", "name"),
                ("Taiwan", "TW", "name"),
                ("Western Sahara", "EH", "name"),
            ],
            id="disputed territories by policy",
        ),
        pytest.param(
            "IRAN AND IRAQ SIGN",
            [("IRAN", "IR", "name"), ("IRAQ", "IQ", "name")],
            id="a headline in capitals",
        ),
        pytest.param(
            "#Yemen and @Yemen", [("Yemen", "YE", "name")], id="a hashtag, not an account"
        ),
        pytest.param("See www.canada.com or Canada.com.", [], id="web addresses"),
        pytest.param(
            "Somalia's Romanian cook",
            [("Somalia", "SO", "name"), ("Romanian", "RO", "demonym")],
            id="Mali and Oman inside other words",
        ),
        pytest.param("They told us to leave it in or out.", [], id="us, it, in, or are words"),
        pytest.param("china cups and turkey legs", [], id="lower case is no country"),
    ],
)
def test_names(text, mentions):
    assert found(text) == mentions


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        pytest.param(
            "Baghdad and Tbilisi agreed.",
            [("Baghdad", "IQ", "capital"), ("Tbilisi", "GE", "capital")],
            id="capitals",
        ),
        pytest.param("Washington denied it.", [("Washington", "US", "capital")], id="Washington"),
        pytest.param(
            "in Mumbai, formerly Bombay",
            [("Mumbai", "IN", "place"), ("Bombay", "IN", "place")],
            id="old and new names of a city",
        ),
        pytest.param(
            "a school in Texas", [("Texas", "US", "place")], id="a state of the United States"
        ),
        pytest.param(
            "the Ontario government", [("Ontario", "CA", "place")], id="a Canadian province"
        ),
        pytest.param(
            "Harris County, Texas",
            [("Harris County", "US", "place"), ("Texas", "US", "place")],
            id="a county",
        ),
        pytest.param(
            "in Springfield, Ill., on Monday",
            [("Springfield", "US", "place"), ("Ill.", "US", "place")],
            id="a state in AP style",
        ),
        pytest.param(
            "in Smallville, Kan., on Monday",
            [("Kan.", "US", "place")],
            id="a town that no list knows",
        ),
        pytest.param(
            "Rep. Ann Holt, D-Calif., agreed", [("Calif.", "US", "place")], id="a member's state"
        ),
        pytest.param(
            "Austin, TX 78701",
            [("Austin", "US", "place"), ("TX", "US", "place")],
            id="a postal code",
        ),
        pytest.param("NOW, OR NEVER, IN TOWN", [], id="OR and IN are words in capitals"),
        pytest.param(
            "in London, Ontario, and later in London",
            [("London", "CA", "place"), ("Ontario", "CA", "place"), ("London", "CA", "place")],
            id="a qualified town holds for the text",
        ),
        pytest.param(
            "from Cairo, Illinois, to Paris, Texas",
            [
                ("Cairo", "US", "place"),
                ("Illinois", "US", "place"),
                ("Paris", "US", "place"),
                ("Texas", "US", "place"),
            ],
            id="towns named after capitals",
        ),
        pytest.param(
            "from Sharm el-Sheikh, Egypt",
            [("Sharm el-Sheikh", "EG", "place"), ("Egypt", "EG", "name")],
            id="a place and its country",
        ),
        pytest.param(
            "Indian Head, Md.",
            [("Indian Head", "US", "place"), ("Md.", "US", "place")],
            id="Indian Head is in Maryland",
        ),
        pytest.param(
            "in Athens, Ga., police said",
            [("Athens", "US", "place"), ("Ga.", "US", "place")],
            id="Athens in Georgia",
        ),
        pytest.param(
            "New Mexico and New England",
            [("New Mexico", "US", "place"), ("New England", "US", "place")],
            id="names inside names",
        ),
        pytest.param(
            "SALINA, Kan. (AP) — A fire",
            [("SALINA", "US", "place"), ("Kan.", "US", "place")],
            id="a dateline in capitals",
        ),
        pytest.param(
            "in Mexico, Mo., and Peru, Ind.",
            [
                ("Mexico", "US", "place"),
                ("Mo.", "US", "place"),
                ("Peru", "US", "place"),
                ("Ind.", "US", "place"),
            ],
            id="towns named after countries",
        ),
        pytest.param(
            "on New Guinea", [("New Guinea", "PG|ID", "place")], id="an island of two states"
        ),
        pytest.param(
            "the Kremlin and Downing Street",
            [("Kremlin", "RU", "metonym"), ("Downing Street", "GB", "metonym")],
            id="seats of power",
        ),
        pytest.param(
            "the State Department and the Knesset",
            [("State Department", "US", "metonym"), ("Knesset", "IL", "metonym")],
            id="bodies of one state",
        ),
        pytest.param(
            "across the Indian Ocean and Latin America", [], id="names that hold a country's name"
        ),
        pytest.param("boats in the Gulf of Mexico", [], id="a sea"),
        pytest.param(
            "in São Paulo and Sao Paulo",
            [("São Paulo", "BR", "place"), ("Sao Paulo", "BR", "place")],
            id="a city with and without its accent",
        ),
        pytest.param(
            "in St. Petersburg and Russia",
            [("St. Petersburg", "RU", "place"), ("Russia", "RU", "name")],
            id="St. is Saint",
        ),
        pytest.param(
            "fighting in Kashmir",
            [("Kashmir", "IN|PK", "place")],
            id="claimed by two, left with both",
        ),
    ],
)
def test_places(text, mentions):
    assert found(text) == mentions


def test_a_mention_says_where_it_stands_and_by_which_rule():
    text = "“No,” said the Iraqi envoy."

    assert find_countries(text, field="headline") == (
        CountryMention("Iraqi", 15, 20, "demonym", "demonym", "IQ", "headline"),
    )


def test_offsets_give_back_the_words_after_any_character():
    text = "Ünïcödé 🎈 — “Côte d’Ivoire” \u00a0 and\u00a0Iraq"

    assert [text[m.start : m.end] for m in find_countries(text)] == ["Côte d’Ivoire", "Iraq"]


def test_mentions_are_sorted_and_do_not_overlap():
    mentions = find_countries("South Korea, North Korea, Papua New Guinea, New Mexico, Guinea.")

    ends = [m.end for m in mentions]
    assert all(end <= m.start for end, m in zip(ends, mentions[1:], strict=False))


@pytest.mark.parametrize("text", ["", " ", "\n\n", "….", "—", "\ud800 Iraq"])
def test_odd_texts_are_read(text):
    assert [m.country_code for m in find_countries(text)] == (["IQ"] if "Iraq" in text else [])
