"""What a warehouse holds depends neither on the order of captures nor on their batches."""

import random
from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest

from schemas.ids import make_id
from tests.warehouse.builders import frame
from warehouse.digests import table_digests
from warehouse.merge import merge_batch

NAMES = ("Maria Okello", "Maria OKELLO", "María Okello", "Jan Berg", "Lena Sund")
FACTS = ("quotes", "speaker_aliases", "speaker_roles")


def captures_of(seed):
    """Eight captures of four articles, each with what it yields."""
    chance = random.Random(seed)  # noqa: S311 - a story that can be told again
    return [capture_of(chance, number) for number in range(8)]


def capture_of(chance, number):
    article_id = f"article-{chance.randrange(4)}"
    capture_id = f"capture-{number}"
    at = chance.choice([None, datetime(2007, 5, 1 + chance.randrange(3), tzinfo=UTC)])
    names = chance.sample(NAMES, chance.randrange(4))
    speakers = [(make_id(name.lower().replace("í", "i")), name) for name in names]
    return {
        "articles": [
            {
                "article_id": article_id,
                "capture_id": capture_id,
                "captured_at": at,
                "published_date": date(2007, 1, 1) + timedelta(days=chance.randrange(90)),
                "body_text": f"words {chance.randrange(3)}",
                "copy_cluster_id": article_id,
            }
        ],
        "captures": [{"capture_id": capture_id, "captured_at": at, "warc_offset": number}],
        "blocks": [{"capture_id": capture_id}],
        "quotes": [
            {
                "quote_id": make_id(article_id, chance.randrange(3)),
                "article_id": article_id,
                "speaker_id": speaker_id,
            }
            for speaker_id, _ in speakers[:1]
        ],
        "speakers": [
            {
                "speaker_id": speaker_id,
                "speaker_name": name,
            }
            for speaker_id, name in speakers
        ],
        "speaker_aliases": [
            {
                "alias_id": make_id(speaker_id, name, article_id),
                "speaker_id": speaker_id,
                "alias": name,
                "article_id": article_id,
            }
            for speaker_id, name in speakers
        ],
        "speaker_roles": [],
    }


def load(connection, captures, sizes):
    """In batches of the given sizes; facts name their capture, so a batch may hold several."""
    left = list(captures)
    for size in sizes:
        batch, left = left[:size], left[size:]
        frames = {
            name: pl.concat(
                [
                    with_capture(frame(connection, name, *capture[name]), capture)
                    if name in FACTS
                    else frame(connection, name, *capture[name])
                    for capture in batch
                ]
            )
            for name in captures[0]
        }
        merge_batch(connection, frames, differences=lambda old, new: [f"{old} to {new}"])


def with_capture(facts, capture):
    return facts.with_columns(capture_id=pl.lit(capture["captures"][0]["capture_id"]))


# A few with every change, all of them with the long runs.
SEEDS = [*range(4), *(pytest.param(seed, marks=pytest.mark.faults) for seed in range(4, 20))]


@pytest.mark.parametrize("seed", SEEDS)
def test_order_and_batches_change_nothing(connection, seed):
    captures = captures_of(seed)
    chance = random.Random(seed)  # noqa: S311
    load(connection, captures, [1] * 8)
    expected = table_digests(connection)

    for _ in range(3):
        for table in expected:
            connection.execute(f"truncate {table}")
        shuffled = chance.sample(captures, 8)
        first = chance.randrange(1, 8)
        load(connection, shuffled, [first, 8 - first])

        assert table_digests(connection) == expected


@pytest.mark.parametrize("seed", SEEDS[:10])
def test_loading_all_of_it_again_changes_nothing(connection, seed):
    captures = captures_of(seed)
    load(connection, captures, [4, 4])
    expected = table_digests(connection)

    load(connection, captures, [3, 5])

    assert table_digests(connection) == expected
