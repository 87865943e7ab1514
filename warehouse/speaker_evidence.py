"""Which speakers a batch touches, when they are evidenced, and how they are spelled.

Where all articles of a batch are new, what is known of a speaker can only grow: then nothing but
the batch and the row of the speaker is read. Else the tables of facts are read again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl
from duckdb import DuckDBPyConnection

from warehouse.article_merge import Won
from warehouse.frames import registered

# Tables whose rows show a speaker in an article.
TABLES = ("quotes", "speaker_roles", "speaker_aliases")

PAIRS = {"speaker_id": pl.String, "article_id": pl.String}


@dataclass(frozen=True, slots=True)
class Affected:
    """`pairs` and `aliases` are the batch's own; `speakers` are also those it may end."""

    speakers: pl.DataFrame
    pairs: pl.DataFrame
    aliases: pl.DataFrame
    proposals: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Evidence:
    """`days`: `speaker_id, published_date`, a row for each speaker that any article shows.

    `spellings`: `speaker_id, alias`, a row for each article; without one the known name stays.
    """

    days: pl.DataFrame
    spellings: pl.DataFrame


def find_affected(
    connection: DuckDBPyConnection,
    facts: Mapping[str, pl.DataFrame],
    proposals: pl.DataFrame | None,
    won: Won,
) -> Affected:
    """Asked before the facts are merged: afterwards the old ones are gone."""
    found = [facts[name].select(*PAIRS) for name in TABLES if name in facts]
    pairs = pl.concat([pl.DataFrame(schema=PAIRS), *found]).drop_nulls("speaker_id").unique()
    if proposals is None:
        proposals = connection.sql("from speakers limit 0").pl()
    if "speaker_aliases" in facts:
        aliases = facts["speaker_aliases"].select("speaker_id", "alias")
    else:
        aliases = pl.DataFrame(schema={"speaker_id": pl.String, "alias": pl.String})
    ids = (pairs["speaker_id"], proposals["speaker_id"], _spoken_of_before(connection, won))
    speakers = pl.concat(ids).unique().to_frame()
    return Affected(speakers, pairs, aliases, proposals)


def find_evidence(
    connection: DuckDBPyConnection, affected: Affected, existing: pl.DataFrame, won: Won
) -> Evidence:
    """Asked after the facts are merged. `existing` are the rows of the affected speakers."""
    is_growth = not won.known and set(affected.pairs["article_id"]) <= won.fresh
    if is_growth:
        return _grown(connection, affected, existing, won)
    return _read_again(connection, affected)


def _grown(
    connection: DuckDBPyConnection, affected: Affected, existing: pl.DataFrame, won: Won
) -> Evidence:
    days = [
        affected.pairs.join(won.captures, on="article_id"),
        existing.with_columns(published_date="first_evidenced_date"),
        existing.with_columns(published_date="last_evidenced_date"),
    ]
    names = existing.select("speaker_id", alias="speaker_name")
    new = affected.aliases.join(names, on="speaker_id", how="anti")
    # One more article that spells the name as it is leaves the name as it is.
    respelled = affected.aliases.join(names, on="speaker_id", how="semi").join(
        names, on=["speaker_id", "alias"], how="anti"
    )
    return Evidence(
        days=pl.concat([each.select("speaker_id", "published_date") for each in days]),
        spellings=pl.concat([new, _read_spellings(connection, respelled.select("speaker_id"))]),
    )


def _read_again(connection: DuckDBPyConnection, affected: Affected) -> Evidence:
    pairs = " union ".join(
        f"select speaker_id, article_id from {name} semi join affected using (speaker_id)"
        for name in TABLES
    )
    with registered(connection, affected=affected.speakers):
        days: pl.DataFrame = connection.sql(
            f"select pairs.speaker_id, articles.published_date "
            f"from ({pairs}) as pairs inner join articles using (article_id)"
        ).pl()
    return Evidence(days, _read_spellings(connection, affected.speakers))


def _read_spellings(connection: DuckDBPyConnection, speakers: pl.DataFrame) -> pl.DataFrame:
    if speakers.is_empty():
        return pl.DataFrame(schema={"speaker_id": pl.String, "alias": pl.String})
    with registered(connection, affected=speakers.unique()):
        spellings: pl.DataFrame = connection.sql(
            "select speaker_id, alias from speaker_aliases semi join affected using (speaker_id)"
        ).pl()
    return spellings


def _spoken_of_before(connection: DuckDBPyConnection, won: Won) -> pl.Series:
    if not won.known:
        return pl.Series("speaker_id", [], pl.String)
    known = pl.DataFrame({"article_id": sorted(won.known)})
    selects = " union ".join(
        f"select speaker_id from {name} semi join known_articles using (article_id)"
        for name in TABLES
    )
    with registered(connection, known_articles=known):
        before: pl.DataFrame = connection.sql(
            f"select speaker_id from ({selects}) where speaker_id is not null"
        ).pl()
    return before["speaker_id"]
