"""Scoring: a wrong answer costs what it should, and a bad file of labels says so."""

from __future__ import annotations

import json

import pytest

from schemas.errors import BadInput, NotFound
from tasks.evaluation.evaluate import evaluate, score_files
from tasks.evaluation.quotes import score_quotes
from tasks.evaluation.sets import score_countries, score_days

LABEL = {
    "doc_id": "one",
    "text": "",
    "quotes": [
        {
            "text": "“We will clear every ship,”",
            "speaker": "harbour master Efua Mensah",
            "speaker_type": "name",
            "kind": "direct",
            "n_words": 5,
        }
    ],
    "countries": ["GH", "TG"],
    "dct_day": "2006-06-13",
    "days": ["2006-06-12", "2006-06-13"],
}


def quoted(text="“We will clear every ship,”", speaker="Efua Mensah"):
    return {"one": {"quotes": [{"text": text, "speaker": speaker, "mention": None}]}}


def value_of(figures, what):
    (figure,) = (each for each in figures if each.what == what)
    return figure.value


@pytest.mark.parametrize(
    ("found", "spans", "speakers"),
    [
        pytest.param(quoted(), 1.0, 1.0, id="right"),
        pytest.param(quoted(speaker="Kojo Antwi"), 1.0, 0.0, id="another speaker"),
        pytest.param(quoted("“Nothing of the kind was said,”"), 0.0, 0.0, id="another passage"),
        pytest.param({}, 0.0, 0.0, id="nothing found"),
    ],
)
def test_quotations(found, spans, speakers):
    figures = score_quotes([LABEL], found)

    assert value_of(figures, "quotation spans F1") == spans
    assert value_of(figures, "right speaker F1") == speakers


def test_countries_are_a_set_of_each_document():
    found = {"one": {"country_mentions": [{"country_code": "GH"}, {"country_code": "GH"}]}}

    (figure,) = score_countries([LABEL], found)

    assert figure.value == pytest.approx(2 / 3)


def test_the_day_of_the_document_counts_on_neither_side():
    day = {"date_start": "2006-06-13", "date_end": "2006-06-13", "precision": "day"}

    (figure,) = score_days([LABEL], {"one": {"date_mentions": [day]}})

    assert (figure.count, figure.value) == (1, 0.0)


def test_the_projects_own_labels_are_read_and_met():
    short = [each.what for each in evaluate() if each.verdict == "short"]

    assert short == []


def test_an_unknown_folder_is_named(tmp_path):
    with pytest.raises(NotFound, match="no such folder"):
        list(score_files(tmp_path / "nowhere"))


def test_a_folder_without_labels_is_no_empty_success(tmp_path):
    with pytest.raises(BadInput, match="no label file"):
        list(score_files(tmp_path))


def test_a_broken_label_file_is_named_with_its_line(tmp_path):
    (tmp_path / "quotes").mkdir()
    (tmp_path / "quotes" / "dev.jsonl").write_text(json.dumps({"no": "id"}) + "\n")

    with pytest.raises(BadInput, match=r"dev\.jsonl, line 1"):
        list(score_files(tmp_path))
