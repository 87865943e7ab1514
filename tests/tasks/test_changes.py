"""What digests stood for is kept once, and named where it differs."""

from __future__ import annotations

import pytest

from tasks.change_words import counts_by_cause, examples_in_words, in_words
from tasks.changes import change_rows, fold_history, rules_now, unknown_lines
from tasks.corrections import Correction
from tasks.quarantine import Rules
from tasks.versions import RuleVersions
from warehouse.changes import Change, Changed

OLD = {
    "parser": {"tasks/extractors/quotes.py": "1"},
    "vocabulary": {"tasks/vocabulary/cues.csv": "1", "babel": "2.1"},
    "contract": {"schemas/quotes.py": "1"},
}
NEW = OLD | {"vocabulary": {"tasks/vocabulary/cues.csv": "2", "babel": "2.2"}}
MISPRINT = Correction("capture-1", "articles", "published_date", "", "2006-06-30", "no 31 June")


def history(*digests):
    lines = []
    for rules, parts, corrections in digests:
        lines += unknown_lines(fold_history(lines), rules, parts, corrections)
    return fold_history(lines), lines


def test_what_is_known_is_not_written_again():
    rules = Rules("rules-1", "corrections-1")

    _, lines = history((rules, OLD, ()), (rules, OLD, ()))

    assert [line["kind"] for line in lines] == ["rules_known", "corrections_known"]


def change(cause, field="cue"):
    example = {"row_key": "quote-1", "before": "said", "now": None}
    return Change("quotes", field, "changed" if field else "removed", cause, 2, (example,))


@pytest.mark.parametrize(
    ("cause", "named"),
    [
        ("vocabulary", ["babel", "tasks/vocabulary/cues.csv"]),
        ("several", ["babel", "tasks/vocabulary/cues.csv"]),
        ("parser", []),
        ("correction", ["the printer's error"]),
        ("new_document", []),
    ],
)
def test_each_cause_names_its_own_files(cause, named):
    known, _ = history((Rules("old", "c"), OLD, ()), (Rules("new", "c"), NEW, ()))
    changed = Changed((change(cause),), ("old",), ("the printer's error",))

    (row,) = change_rows(changed, known, "new", "run-2")

    assert row["because"] == named
    assert (row["run_id"], row["row_count"], row["field"]) == ("run-2", 2, "cue")


def test_rules_that_no_journal_tells_of_name_nothing():
    known, _ = history((Rules("new", "c"), NEW, ()))

    (row,) = change_rows(Changed((change("parser"),), ("lost",)), known, "new", "run-2")

    assert row["because"] == []


def test_a_long_list_of_names_is_cut_and_says_so():
    many = OLD | {"parser": {f"tasks/extractors/{number:03}.py": "1" for number in range(30)}}
    known, _ = history((Rules("old", "c"), OLD, ()), (Rules("new", "c"), many, ()))

    (row,) = change_rows(Changed((change("parser"),), ("old",)), known, "new", "run-2")

    assert (len(row["because"]), row["because"][-1]) == (21, "and 11 more")


def test_corrections_are_known_by_the_digest_of_their_file():
    known, _ = history(
        (Rules("r", "before"), OLD, ()),
        (Rules("r", "after"), OLD, (MISPRINT,)),
    )

    frame = rules_now(known, RuleVersions("r", "p", "v", "c"), "after").corrections

    assert frame.to_dicts() == [
        {
            "corrections_digest": "after",
            "capture_id": "capture-1",
            "table_name": "articles",
            "text": "capture-1: articles.published_date: nothing is “2006-06-30”, "
            "because no 31 June",
        }
    ]


def test_rows_and_examples_in_words():
    changed = Changed((change("vocabulary"), change("unexplained", field="")))
    known, _ = history((Rules("r", "c"), OLD, ()))

    rows = change_rows(changed, known, "r", "run-2")

    assert [in_words(row) for row in rows] == [
        "quotes.cue: 2 rows changed (a word list or a package of names)",
        "quotes: 2 rows removed (nothing that is known: look into it)",
    ]
    assert [list(examples_in_words(row)) for row in rows] == [
        ["quote-1: “said” -> nothing"],
        ["quote-1: “said”"],
    ]
    assert counts_by_cause(rows) == {"vocabulary": 2, "unexplained": 2}
