"""Digests change with the rules of their kind, and with nothing else."""

from __future__ import annotations

import pytest

from tasks.versions import CORRECTIONS_NAME, FILES, changed_parts, rule_parts, versions_of

PARTS = {
    "parser": {"tasks/extractors/quotes.py": "1", "selectolax": "1.0"},
    "vocabulary": {"tasks/vocabulary/cues.csv": "2"},
    "contract": {"schemas/quotes.py": "3"},
}


def with_other(kind, name, known_by):
    return PARTS | {kind: PARTS[kind] | {name: known_by}}


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("parser", "tasks/extractors/quotes.py"),
        ("parser", "selectolax"),
        ("vocabulary", "tasks/vocabulary/cues.csv"),
        ("contract", "schemas/quotes.py"),
        pytest.param("vocabulary", "tasks/vocabulary/new.csv", id="a file more"),
    ],
)
def test_another_file_or_package_changes_its_kind_and_the_whole(kind, name):
    old, new = versions_of(PARTS), versions_of(with_other(kind, name, "other"))

    differing = {field for field in old.__slots__ if getattr(old, field) != getattr(new, field)}
    assert differing == {"rules_digest", f"{kind}_digest"}


def test_a_file_that_is_gone_is_named():
    fewer = PARTS | {"vocabulary": {}}

    assert changed_parts(PARTS, fewer) == {
        "parser": [],
        "vocabulary": ["tasks/vocabulary/cues.csv"],
        "contract": [],
    }


def test_what_changed_is_named_once_by_kind():
    new = with_other("parser", "tasks/extractors/quotes.py", "9")

    assert changed_parts(PARTS, new) == {
        "parser": ["tasks/extractors/quotes.py"],
        "vocabulary": [],
        "contract": [],
    }


def test_every_module_list_and_contract_of_the_checkout_is_of_one_kind():
    parts = rule_parts()

    assert set(parts) == set(FILES)
    assert "tasks/extractors/quotes.py" in parts["parser"]
    assert "tasks/sources/globalsecurity.py" in parts["parser"]
    assert "tasks/vocabulary/cues.csv" in parts["vocabulary"]
    assert "schemas/quotes.py" in parts["contract"]
    named = [name for kind in parts.values() for name in kind]
    assert len(named) == len(set(named))


def test_a_correction_is_no_rule():
    assert not [n for n in rule_parts()["vocabulary"] if n.endswith(CORRECTIONS_NAME)]
