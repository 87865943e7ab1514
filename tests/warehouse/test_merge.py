from datetime import UTC, date, datetime

import polars as pl
import pytest

from tests.warehouse.builders import SEEN_AT, frame
from warehouse.digests import table_digests
from warehouse.frames import BatchMismatch
from warehouse.merge import MergeCounts, merge_batch
from warehouse.tables import UnknownTable

LATER = datetime(2007, 5, 26, 10, 0, tzinfo=UTC)
EARLIER = datetime(2007, 5, 24, 10, 0, tzinfo=UTC)

WHOLE = (
    "articles",
    "captures",
    "blocks",
    "quotes",
    "speaker_roles",
    "speaker_aliases",
    "speakers",
    "country_mentions",
    "date_mentions",
    "findings",
    "pages",
    "tombstones",
    "quarantine",
    "dispositions",
)


def batch_of(connection, **rows):
    """One row of defaults per table, but for the tables named."""
    plain = {name: [{}] for name in WHOLE if name != "quarantine"}
    return {name: frame(connection, name, *values) for name, values in (plain | rows).items()}


def rows_of(connection, query):
    return connection.sql(query).fetchall()


def test_first_batch_inserts_every_row(connection):
    counts = merge_batch(connection, batch_of(connection))

    assert {name: count.inserted for name, count in counts.items() if count.inserted} == {
        name: 1 for name in WHOLE if name != "quarantine"
    }


def test_same_batch_again_changes_no_table(connection):
    merge_batch(connection, batch_of(connection))
    before = table_digests(connection)

    counts = merge_batch(connection, batch_of(connection))

    assert table_digests(connection) == before
    assert {(count.inserted, count.updated, count.deleted) for count in counts.values()} == {
        (0, 0, 0)
    }


def test_same_content_in_another_run_keeps_the_run_that_wrote_it(connection):
    merge_batch(connection, batch_of(connection))

    merge_batch(connection, batch_of(connection, articles=[{"run_id": "run-2"}]))

    assert rows_of(connection, "select run_id from articles") == [("run-1",)]


@pytest.mark.parametrize(
    ("loaded", "newest"),
    [
        pytest.param([SEEN_AT, LATER], LATER, id="the later capture replaces the earlier"),
        pytest.param([LATER, SEEN_AT], LATER, id="an earlier capture replaces nothing"),
        pytest.param([None, EARLIER], EARLIER, id="a capture without a time is the oldest"),
        pytest.param([EARLIER, None], EARLIER, id="the oldest comes last and changes nothing"),
    ],
)
def test_newest_capture_is_the_article(connection, loaded, newest):
    for number, captured_at in enumerate(loaded):
        article = {"capture_id": f"capture-{number}", "captured_at": captured_at}
        merge_batch(connection, {"articles": frame(connection, "articles", article)})

    assert rows_of(connection, "select captured_at from articles") == [(newest,)]
    assert rows_of(connection, "select count(*) from article_versions") == [(1,)]


def test_captures_of_one_instant_are_parted_by_id(connection):
    for capture_id in ("capture-2", "capture-1"):
        article = frame(connection, "articles", {"capture_id": capture_id})
        merge_batch(connection, {"articles": article})

    assert rows_of(connection, "select capture_id from articles") == [("capture-2",)]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (1, 0, 2)])
@pytest.mark.parametrize("at_once", [True, False], ids=["in one batch", "one batch each"])
def test_versions_do_not_depend_on_the_order_of_loading(connection, order, at_once):
    captures = [
        {"capture_id": f"capture-{number}", "captured_at": at, "body_text": f"words {number}"}
        for number, at in enumerate((EARLIER, SEEN_AT, LATER))
    ]
    shuffled = [captures[number] for number in order]
    batches = [shuffled] if at_once else [[capture] for capture in shuffled]

    for batch in batches:
        merge_batch(
            connection,
            {"articles": frame(connection, "articles", *batch)},
            differences=lambda old, new: [f"{old} became {new}"],
        )

    assert rows_of(connection, "select capture_id, body_text from articles") == [
        ("capture-2", "words 2")
    ]
    assert rows_of(
        connection,
        "select capture_id, superseded_by_capture_id, differences "
        "from article_versions order by captured_at",
    ) == [
        ("capture-0", "capture-1", ["words 0 became words 1"]),
        ("capture-1", "capture-2", ["words 1 became words 2"]),
    ]


def test_facts_that_a_newer_capture_no_longer_has_are_gone(connection):
    first = batch_of(connection, quotes=[{}, {"quote_id": "quote-2"}])
    merge_batch(connection, first)
    newer = {"capture_id": "capture-2", "captured_at": LATER}

    counts = merge_batch(
        connection,
        {
            "articles": frame(connection, "articles", newer),
            "quotes": frame(connection, "quotes", {"quote_id": "quote-2"}),
        },
    )

    assert rows_of(connection, "select quote_id from quotes") == [("quote-2",)]
    assert counts["quotes"] == MergeCounts(unchanged=1, deleted=1)


def test_an_older_capture_never_touches_facts(connection):
    merge_batch(connection, batch_of(connection))
    before = table_digests(connection)
    older = {"capture_id": "capture-0", "captured_at": EARLIER}

    counts = merge_batch(
        connection,
        {
            "articles": frame(connection, "articles", older),
            "quotes": frame(connection, "quotes", {"cue": "added"}, {"quote_id": "quote-9"}),
            "findings": frame(connection, "findings"),
        },
    )

    after = table_digests(connection)
    assert {name for name in before if before[name] != after[name]} == {"article_versions"}
    assert counts["quotes"] == MergeCounts(skipped=2)


def test_a_batch_of_two_captures_keeps_the_facts_of_the_newer(connection):
    captures = [
        {"capture_id": "capture-0", "captured_at": EARLIER},
        {"capture_id": "capture-1", "captured_at": SEEN_AT},
    ]
    quotes = frame(connection, "quotes", {"cue": "added"}, {"cue": "said"}).with_columns(
        capture_id=pl.Series(["capture-0", "capture-1"])
    )

    merge_batch(
        connection, {"articles": frame(connection, "articles", *captures), "quotes": quotes}
    )

    assert rows_of(connection, "select cue from quotes") == [("said",)]


def test_other_articles_keep_their_facts(connection):
    merge_batch(connection, batch_of(connection))
    other = batch_of(
        connection,
        articles=[{"article_id": "article-2", "capture_id": "capture-2"}],
        **{name: [] for name in WHOLE if name not in ("articles", "quarantine")},
    )

    merge_batch(connection, other)

    assert rows_of(connection, "select quote_id from quotes") == [("quote-1",)]


def test_two_rows_of_one_key_leave_the_first_in_order(connection):
    frames = batch_of(connection, quotes=[{"cue": "told"}, {"cue": "said"}])

    counts = merge_batch(connection, frames)

    assert rows_of(connection, "select cue from quotes") == [("said",)]
    assert counts["quotes"] == MergeCounts(inserted=1, skipped=1)


@pytest.mark.parametrize(
    ("aliases", "name"),
    [
        pytest.param(["M. Okello", "Maria Okello", "M. Okello"], "M. Okello", id="most frequent"),
        pytest.param(["M. Okello", "Maria Okello"], "Maria Okello", id="the longer of two equals"),
        pytest.param(["Maria OKELLO", "Maria Okello"], "Maria OKELLO", id="then by the alphabet"),
    ],
)
def test_speaker_is_named_by_the_spellings(connection, aliases, name):
    for number, alias in enumerate(aliases):
        article_id = f"article-{number}"
        merge_batch(
            connection,
            {
                "articles": frame(
                    connection,
                    "articles",
                    {"article_id": article_id, "published_date": date(2007, 5, 1 + number)},
                ),
                "speaker_aliases": frame(
                    connection,
                    "speaker_aliases",
                    {"alias_id": f"alias-{number}", "alias": alias, "article_id": article_id},
                ),
                "speakers": frame(connection, "speakers", {"speaker_name": alias}),
            },
        )

    assert rows_of(
        connection,
        "select speaker_name, speaker_kind, first_evidenced_date, last_evidenced_date "
        "from speakers",
    ) == [(name, "person", date(2007, 5, 1), date(2007, 5, len(aliases)))]


def test_speaker_that_nothing_evidences_any_more_is_removed(connection):
    merge_batch(connection, batch_of(connection))
    newer = {"capture_id": "capture-2", "captured_at": LATER}
    nothing = {
        name: frame(connection, name)
        for name in ("quotes", "speaker_roles", "speaker_aliases", "speakers")
    }

    counts = merge_batch(connection, {"articles": frame(connection, "articles", newer), **nothing})

    assert rows_of(connection, "select * from speakers") == []
    assert counts["speakers"] == MergeCounts(deleted=1)


def test_page_that_was_not_modified_keeps_its_row(connection):
    merge_batch(connection, batch_of(connection))
    answer = {"disposition": "not_modified", "reason": "same_body", "run_id": "run-2"}

    merge_batch(connection, {"pages": frame(connection, "pages", answer)})

    assert rows_of(connection, "select disposition, run_id from pages") == [("fetched", "run-1")]


def test_page_keeps_the_first_time_it_was_listed(connection):
    merge_batch(connection, batch_of(connection))
    failed = {"first_listed_at": LATER, "disposition": "failed", "reason": "timed_out"}

    merge_batch(connection, {"pages": frame(connection, "pages", failed)})

    assert rows_of(connection, "select first_listed_at, disposition from pages") == [
        (SEEN_AT, "failed")
    ]


def pages_after(connection, *changes):
    merge_batch(connection, batch_of(connection))
    for number, change in enumerate(changes, start=2):
        row = {"run_id": f"run-{number}", "capture_id": None, **change}
        merge_batch(connection, {"pages": frame(connection, "pages", row)})
    return rows_of(
        connection, "select disposition, reason, capture_id, try_count, run_id from pages"
    )


FAILED = {"disposition": "failed", "reason": "timed_out", "try_count": 1}


def test_page_that_fails_keeps_the_capture_it_has(connection):
    assert pages_after(connection, FAILED) == [("failed", "timed_out", "capture-1", 1, "run-2")]


def test_page_that_fails_again_the_same_way_before_its_time_is_no_news(connection):
    assert pages_after(connection, FAILED, FAILED) == [
        ("failed", "timed_out", "capture-1", 1, "run-2")
    ]


def test_page_that_we_chose_not_to_ask_for_keeps_what_the_site_said(connection):
    left_out = {"disposition": "deferred", "reason": "limit_reached"}

    assert pages_after(connection, FAILED, left_out) == [
        ("failed", "timed_out", "capture-1", 1, "run-2")
    ]


def test_page_that_is_unchanged_after_all_is_had_again(connection):
    recovered = {"disposition": "fetched", "reason": "unchanged", "capture_id": "capture-1"}

    assert pages_after(connection, FAILED, recovered) == [
        ("fetched", "unchanged", "capture-1", None, "run-3")
    ]


def test_failure_in_one_table_undoes_the_whole_batch(connection):
    frames = batch_of(connection)
    frames["dispositions"] = frames["dispositions"].with_columns(reason=pl.lit(None, pl.String))

    with pytest.raises(Exception, match="NOT NULL"):
        merge_batch(connection, frames)

    assert rows_of(connection, "select count(*) from articles") == [(0,)]
    merge_batch(connection, batch_of(connection))
    assert rows_of(connection, "select count(*) from articles") == [(1,)]


def test_frame_without_a_column_is_refused_by_name(connection):
    frames = {"quotes": frame(connection, "quotes", {}).drop("cue")}

    with pytest.raises(BatchMismatch, match=r"quotes: the batch lacks \['cue'\]"):
        merge_batch(connection, frames)


def test_table_that_no_batch_carries_is_refused(connection):
    with pytest.raises(UnknownTable, match="runs"):
        merge_batch(connection, {"runs": frame(connection, "runs", {})})
