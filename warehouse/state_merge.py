"""Tables that keep the state of something over time: pages, tombstones, quarantine."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import polars as pl
from duckdb import DuckDBPyConnection

from warehouse.article_merge import Won
from warehouse.fact_merge import ARTICLE_FACTS
from warehouse.frames import registered
from warehouse.tables import table_named
from warehouse.upsert import Rule

# A page that answered "not modified" has nothing new to say; its row stays as it is.
PAGES = Rule(
    compared=("disposition", "reason", "next_try_at", "capture_id"),
    values={"first_listed_at": "least(old.first_listed_at, new.first_listed_at)"},
    condition="new.disposition != 'not_modified'",
)

# Gone in the same way as before is no news, whatever the words of the answer.
TOMBSTONES = Rule(
    compared=("article_id", "reason", "http_status"),
    values={"first_seen_at": "least(old.first_seen_at, new.first_seen_at)"},
)

# A waiver holds for as long as the record and its reasons stay what they were.
IS_STILL_WAIVED = (
    "old.status = 'waived' and old.record = new.record "
    "and list_sort(old.reasons) = list_sort(new.reasons)"
)

# A row that is refused again counts one attempt more, once for each time it was seen.
QUARANTINE = Rule(
    compared=("last_seen_at",),
    values={
        "first_seen_at": "least(old.first_seen_at, new.first_seen_at)",
        "attempt_count": "old.attempt_count + 1",
    }
    | {
        name: f"case when {IS_STILL_WAIVED} then old.{name} else new.{name} end"
        for name in ("status", "status_at", "status_run_id", "status_reason")
    },
    condition="new.last_seen_at > old.last_seen_at",
)

RULES = {"pages": PAGES, "tombstones": TOMBSTONES, "quarantine": QUARANTINE}


def release_quarantined(
    connection: DuckDBPyConnection,
    frames: Mapping[str, pl.DataFrame],
    won: Won,
    run_id: str,
    released_at: datetime | None,
) -> None:
    """Closes the quarantine rows whose record this batch has loaded, or no longer yields."""
    if not connection.execute("select 1 from quarantine where status = 'open' limit 1").fetchall():
        return
    with registered(
        connection,
        loaded_rows=_loaded(frames),
        won_articles=pl.DataFrame({"article_id": sorted(won.fresh | won.known)}),
        parsed_captures=_parsed(frames),
        refused_again=_refused(frames),
    ):
        connection.execute(
            """
            update quarantine set
                status = 'released',
                status_at = $released_at,
                status_run_id = $run_id,
                status_reason = answered.status_reason
            from (
                select
                    waiting.quarantine_id,
                    case
                        when loaded_rows.row_key is not null then 'loaded'
                        when waiting.unit_kind = 'capture' then 'parsed'
                        else 'no_longer_proposed'
                    end as status_reason
                from quarantine as waiting
                left join loaded_rows
                    on waiting.table_name = loaded_rows.table_name
                    and waiting.row_key = loaded_rows.row_key
                where
                    waiting.status = 'open'
                    and waiting.quarantine_id not in (select quarantine_id from refused_again)
                    and (
                        loaded_rows.row_key is not null
                        or (
                            waiting.unit_kind = 'record'
                            and waiting.article_id in (select article_id from won_articles)
                        )
                        or (
                            waiting.unit_kind = 'capture'
                            and waiting.capture_id in (select capture_id from parsed_captures)
                        )
                    )
            ) as answered
            where quarantine.quarantine_id = answered.quarantine_id
            """,
            {"released_at": released_at, "run_id": run_id},
        )


def _loaded(frames: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    keys = [
        frame.select(table_name=pl.lit(name), row_key=pl.col(table_named(name).key[0]))
        for name, frame in frames.items()
        if name in ("articles", *ARTICLE_FACTS)
    ]
    return pl.concat([pl.DataFrame(schema={"table_name": pl.String, "row_key": pl.String}), *keys])


def _parsed(frames: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    if "dispositions" not in frames:
        return pl.DataFrame(schema={"capture_id": pl.String})
    return (
        frames["dispositions"]
        .filter(unit_kind="capture", disposition="parsed")
        .select(capture_id="unit_id")
    )


def _refused(frames: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    if "quarantine" not in frames:
        return pl.DataFrame(schema={"quarantine_id": pl.String})
    return frames["quarantine"].select("quarantine_id")
