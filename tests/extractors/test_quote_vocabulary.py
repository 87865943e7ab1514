"""The word lists of this subject: their shape, and that no word says two things."""

from __future__ import annotations

import pytest

from tasks.extractors.vocabulary import FOLDER, read_table, read_words

TABLES = {
    "cues": {"base", "third", "past", "gerund", "kind"},
    "phrasal_cues": {"forms", "particles", "kind"},
    "function_words": {"word", "word_class"},
    "titles": {"word", "kind", "gender", "body"},
    "body_nouns": {"word", "kind"},
    "given_names": {"name", "gender"},
    "body_descriptions": {"noun", "ends"},
    "named_things": {"noun", "place"},
    "short_given_names": {"name", "short"},
}
LISTS = (
    "abbreviations",
    "cue_nouns",
    "departments",
    "descriptions",
    "name_particles",
    "marking_participles",
    "other_verbs",
    "place_openers",
    "relations",
    "speech_nouns",
    "surname_nouns",
    "title_small_words",
)


@pytest.mark.parametrize("name", TABLES)
def test_table_has_its_columns_and_no_empty_key(name):
    rows = read_table(name)

    assert all(set(row) == TABLES[name] for row in rows)
    assert all(next(iter(row.values())) for row in rows)


@pytest.mark.parametrize("name", TABLES)
def test_no_row_stands_twice(name):
    """A verb may have two spellings of its past (labeled, labelled)."""
    keys = [(next(iter(row.values())), row.get("past")) for row in read_table(name)]

    assert sorted(keys, key=str) == sorted(set(keys), key=str)


@pytest.mark.parametrize("name", LISTS)
def test_no_entry_stands_twice(name):
    words = read_words(name)

    assert words
    assert len(words) == len(set(words))


@pytest.mark.parametrize("name", [*TABLES, *LISTS])
def test_every_list_says_where_it_comes_from(name):
    (path,) = FOLDER.glob(f"{name}.*")

    assert path.read_text(encoding="utf-8").startswith("# origin: ")


@pytest.mark.parametrize(
    ("table", "column", "allowed"),
    [
        ("cues", "kind", {"say", "tell", "call", "think", "manner"}),
        ("phrasal_cues", "kind", {"say", "call"}),
        ("titles", "kind", {"honorific", "office", "part"}),
        ("titles", "gender", {"m", "f", ""}),
        ("body_nouns", "kind", {"organisation", "publication", "document", "group"}),
        ("given_names", "gender", {"m", "f", "u"}),
    ],
)
def test_closed_columns(table, column, allowed):
    assert {row[column] for row in read_table(table)} <= allowed
