"""Faults planted in the records of a real page: each is found by the rule meant for it.

The clean twin of all of them is the page as it was read, which breaks no rule.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import polars as pl
import pytest

from schemas.catalogue import CONTRACTS
from schemas.errors import ContractBroken
from tasks.extract import read_capture
from tasks.frames import frame_of
from tasks.validate import judge, judge_batch
from tests.planted.finders import capture_of, found_on_clean_page, found_with, records_of


def put(table, row=0, **values):
    """Sets values in one record; a value may be made from the record."""

    def plant(records):
        record = records[table][row]
        for name, value in values.items():
            record[name] = value(record) if callable(value) else value

    return plant


def put_all(table, **values):
    def plant(records):
        for number in range(len(records[table])):
            put(table, number, **values)(records)

    return plant


def double(table, **values):
    """A second record, equal but for the values named."""

    def plant(records):
        records[table].append(records[table][0] | values)

    return plant


def drop(table):
    def plant(records):
        records[table] = []

    return plant


def both(*plants):
    def plant(records):
        for each in plants:
            each(records)

    return plant


OTHER_ID = "f" * 32
# What went wrong -> the fault, and the rule that must find it.
FAULTS = {
    "words that are not at their place": (
        put(
            "quotes",
            start_offset=lambda row: row["start_offset"] + 1,
            end_offset=lambda row: row["end_offset"] + 1,
        ),
        "quote_text_stands_in_body",
    ),
    "offsets that are too long for the words": (
        put("quotes", end_offset=lambda row: row["end_offset"] + 1),
        "quote_text_length_matches_offsets",
    ),
    "an offset before the text": (put("quotes", start_offset=-1), "start_offset_is_not_negative"),
    "one passage read twice": (
        double("quotes", quote_id=OTHER_ID, position=90, statement=90),
        "spans_do_not_overlap",
    ),
    "a passage that is a whole page": (
        put("quotes", quote_text="“" + "a" * 20_000 + "”"),
        "quote_text_is_no_page",
    ),
    "marks without words": (put("quotes", quote_text="“…”"), "quote_text_has_words"),
    "two quotes of one position": (put("quotes", 1, position=0), "position_is_unique_in_article"),
    "two speakers of one statement": (put_all("quotes", statement=0), "statement_has_one_speaker"),
    "a guess beside the answer": (
        put("quotes", candidates=["Kojo Antwi"]),
        "candidates_only_without_speaker_id",
    ),
    "a speaker whom no rule found": (
        put("quotes", rule=None, confidence=None),
        "speaker_id_needs_rule",
    ),
    "surer than sure": (put("quotes", confidence=1.2), "confidence_is_a_share"),
    "sureness that is no number": (put("quotes", confidence=float("nan")), "confidence_is_a_share"),
    "a kind that is on no list": (put("quotes", quote_kind="shout"), "quote_kind_is_listed"),
    "a mention of somebody else": (
        put("quotes", mention_text=lambda row: "X" * len(row["mention_text"])),
        "mention_text_stands_in_body",
    ),
    "a quote of an article that is not there": (
        put("quotes", article_id=OTHER_ID),
        "article_is_in_the_batch",
    ),
    "a quote of a speaker who is not there": (
        put("quotes", speaker_id=OTHER_ID),
        "speaker_is_in_the_batch",
    ),
    "the news agency speaks": (
        both(put("articles", agency="Efua Mensah"), put("speakers", speaker_kind="person")),
        "speaker_person_is_not_the_agency",
    ),
    "a weekday speaks": (put("speakers", speaker_name="Friday"), "speaker_name_is_no_day"),
    "a country speaks": (put("speakers", speaker_name="Ghana"), "speaker_name_is_no_country"),
    "markup in a name": (put("speakers", speaker_name="<b>Efua"), "speaker_name_has_no_markup"),
    "a name of figures": (put("speakers", speaker_name="1234"), "speaker_name_has_a_letter"),
    "a name as long as a page": (put("speakers", speaker_name="Ab" * 500), "speaker_name_is_short"),
    "a name with a line end": (
        put("speakers", speaker_name="Efua\nMensah"),
        "speaker_name_is_a_clean_line",
    ),
    "a person of no kind": (put("speakers", speaker_kind="robot"), "speaker_kind_is_listed"),
    "known first after last": (
        put(
            "speakers", first_evidenced_date=date(2007, 1, 2), last_evidenced_date=date(2007, 1, 1)
        ),
        "first_evidenced_date_is_not_after_last_evidenced_date",
    ),
    "a code of no country": (
        put("country_mentions", country_code="QQ"),
        "country_code_is_a_country",
    ),
    "a code of three letters": (
        put("country_mentions", country_code="GHA"),
        "country_code_is_a_country",
    ),
    "a state that was gone by then": (
        put("country_mentions", country_code="SU"),
        "country_code_is_valid_on_the_day",
    ),
    "a country that the text does not name": (
        put(
            "country_mentions",
            mention_text=lambda row: "Q" * len(row["mention_text"]),
            field="text",
        ),
        "mention_text_stands_in_body",
    ),
    "a choice of countries beside the answer": (
        put("country_mentions", candidates=["TG"]),
        "candidates_only_without_country_code",
    ),
    "a range that ends before it starts": (
        put("date_mentions", date_start=date(2006, 6, 30), date_end=date(2006, 6, 1)),
        "date_start_is_not_after_date_end",
    ),
    "a month that is one day long": (
        put(
            "date_mentions",
            date_start=date(2006, 6, 3),
            date_end=date(2006, 6, 3),
            precision="month",
        ),
        "dates_fill_a_month",
    ),
    "a date without its end": (
        put("date_mentions", date_end=None),
        "date_end_comes_with_date_start",
    ),
    "a year of two figures": (
        put("articles", published_date=date(21, 1, 2)),
        "published_date_is_between_1600_and_2199",
    ),
    "a year that is said to the day": (
        put("articles", published_precision="year"),
        "published_date_starts_its_period",
    ),
    "published after it was captured": (
        put("articles", published_date=date(2007, 3, 1)),
        "published_not_after_capture",
    ),
    "the day programs print for none": (
        put("articles", published_date=date(1970, 1, 1)),
        "published_date_is_no_default",
    ),
    "a date that no rule found": (
        put("articles", published_rule=None),
        "published_rule_comes_with_published_date",
    ),
    "a day no calendar has": (
        put(
            "articles",
            published_date=None,
            published_precision=None,
            published_rule="impossible_date",
        ),
        "printed_date_is_possible",
    ),
    "filed a year before it appeared": (
        put("articles", dateline_text="Accra, 1 May 2005", dateline_date=date(2005, 5, 1)),
        "dateline_date_is_near_published_date",
    ),
    "a place without a dateline": (
        put("articles", dateline_text=None, dateline_place="Accra"),
        "dateline_place_needs_dateline_text",
    ),
    "tags in the text": (
        put("articles", body_text="He <b>said</b> so", word_count=3),
        "body_text_has_no_markup",
    ),
    "entities in the text": (
        put("articles", body_text="Ports &amp; ships", word_count=3),
        "body_text_has_no_entities",
    ),
    "a text decoded wrongly": (
        put("articles", body_text="Itâ€™s so", word_count=2),
        "body_text_has_no_mojibake",
    ),
    "control characters in the text": (
        put("articles", body_text="a\x00b", word_count=1),
        "body_text_is_clean",
    ),
    "half a character": (
        put("articles", body_text="a\ud83d b", word_count=2),
        "body_text_is_clean",
    ),
    "no text at all": (put("articles", body_text=" \n", word_count=0), "body_text_is_not_blank"),
    "words counted wrongly": (put("articles", word_count=7), "word_count_matches_body"),
    "a headline of two lines": (
        put("articles", headline="Ports\nopen"),
        "headline_is_a_clean_line",
    ),
    "a script for an address": (put("articles", url="javascript:alert(1)"), "url_is_a_web_address"),
    "parents of no agency": (
        put("articles", agency=None, agency_parents=["A ministry"]),
        "agency_parents_need_an_agency",
    ),
    "a cluster named by a later copy": (
        put("articles", copy_cluster_id="f" * 32),
        "copy_cluster_is_the_smallest_article",
    ),
    "captured at another time than its capture": (
        put("articles", captured_at=datetime(2008, 1, 1, tzinfo=UTC)),
        "captured_at_is_that_of_the_capture",
    ),
    "a file that leaves its folder": (
        put("captures", warc_file="../../etc/passwd"),
        "warc_file_stays_in_captures",
    ),
    "a status that HTTP has not": (
        put("captures", http_status=42),
        "http_status_is_an_http_status",
    ),
    "a digest that is cut": (put("captures", body_digest="abc"), "body_digest_is_a_digest"),
    "a capture of 1970": (
        put("captures", captured_at=datetime(1970, 1, 1, tzinfo=UTC)),
        "captured_at_is_in_the_age_of_the_web",
    ),
    "an encoding that nothing proves": (
        put("captures", encoding_evidence=None),
        "encoding_evidence_comes_with_encoding_used",
    ),
    "a refused page with an article": (put("captures", byte_count=-1), "capture_quarantined"),
    "a label that no block has": (put("blocks", label="advert"), "label_is_listed"),
    "two days chosen": (
        lambda records: [
            row.update(is_chosen=True, value="2006-06-13")
            for row in records["findings"][:2]
            if row.update(field="published_date") is None
        ],
        "one_published_date_is_chosen",
    ),
    "another day chosen than stored": (
        put("articles", published_date=date(2006, 6, 13)),
        "chosen_published_date_is_in_the_article",
    ),
    "a spelling of nobody": (
        put("speaker_aliases", speaker_id=OTHER_ID),
        "speaker_is_in_the_batch",
    ),
    "an empty spelling": (put("speaker_aliases", alias=" "), "alias_is_not_blank"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found_by_the_rule_meant_for_it(name):
    fault, rule = FAULTS[name]

    assert rule in found_with(fault)
    assert rule not in found_on_clean_page()


def test_the_clean_page_breaks_no_rule():
    assert found_on_clean_page() == set()


def test_all_faults_at_once_are_all_told():
    """A row that breaks several rules says so of each."""
    names = (
        "an offset before the text",
        "marks without words",
        "surer than sure",
        "a kind that is on no list",
        "a guess beside the answer",
    )

    found = found_with(both(*(FAULTS[name][0] for name in names)))

    assert {FAULTS[name][1] for name in names} <= found


# --- a batch that is not the table ---------------------------------------------------------------


def frames():
    records = records_of(read_capture(capture_of()))
    return {table: frame_of(rows, CONTRACTS[table]) for table, rows in records.items()}


TABLES_BROKEN = {
    "a new column": (
        lambda frame: frame.with_columns(mood=pl.lit("good")),
        "new column mood String",
    ),
    "a missing column": (lambda frame: frame.drop("cue"), "missing column cue String"),
    "a renamed column": (
        lambda frame: frame.rename({"cue": "verb"}),
        "new column verb String; missing column cue",
    ),
    "another type": (
        lambda frame: frame.cast({"position": pl.String}),
        "column position changed from Int64 to String",
    ),
    "a whole number made a fraction": (
        lambda frame: frame.cast({"position": pl.Float64}),
        "column position changed from Int64 to Float64",
    ),
    "columns in another order": (
        lambda frame: frame.select(reversed(frame.columns)),
        "columns in another order",
    ),
    "a frame that is judged for its types alone": (lambda frame: frame.lazy(), "LazyFrame"),
}


@pytest.mark.parametrize("name", TABLES_BROKEN)
def test_a_batch_that_is_not_the_table_stops_with_the_difference(name):
    breaks, said = TABLES_BROKEN[name]
    whole = frames()

    with pytest.raises(ContractBroken, match=said):
        judge_batch(whole | {"quotes": breaks(whole["quotes"])})

    assert judge(whole["quotes"], CONTRACTS["quotes"]).quarantined.height == 0


SILENT = {
    "a figure in words": ("quotes", "position", "1"),
    "a truth for a number": ("quotes", "position", True),
    "a number for a truth": ("quotes", "is_closed", 1),
    "a day in words": ("articles", "published_date", "2006-06-12"),
    "an instant of no zone": ("articles", "captured_at", datetime(2007, 1, 1)),  # noqa: DTZ001
    "a word for a list": ("quotes", "candidates", "Kojo"),
    "a fraction for a whole": ("quotes", "position", 1.0),
}


@pytest.mark.parametrize("name", SILENT)
def test_nothing_is_turned_into_something_else_in_silence(name):
    table, column, value = SILENT[name]
    records = records_of(read_capture(capture_of()))
    frame_of(records[table], CONTRACTS[table])
    records[table][0][column] = value

    with pytest.raises(ContractBroken, match=rf"{table}\.{column}"):
        frame_of(records[table], CONTRACTS[table])
