"""Tables that keep the state of something over time: pages, tombstones, quarantine."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from duckdb import DuckDBPyConnection

from warehouse.tables import Table
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
    tables: Sequence[Table],
    run_id: str,
    released_at: datetime | None,
) -> None:
    """Closes the quarantine rows whose record this batch has loaded, or no longer yields.

    `tables` are those of the batch whose rows may have been in quarantine.
    """
    loaded = " union all ".join(
        f"select '{table.name}' as table_name, {table.key[0]} as row_key from {table.staged}"
        for table in tables
    )
    connection.execute(
        f"""
        update quarantine set
            status = 'released',
            status_at = $released_at,
            status_run_id = $run_id,
            status_reason = answered.status_reason
        from (
            select
                waiting.quarantine_id,
                case
                    when loaded.row_key is not null then 'loaded'
                    when waiting.unit_kind = 'capture' then 'parsed'
                    else 'no_longer_proposed'
                end as status_reason
            from quarantine as waiting
            left join ({loaded}) as loaded
                on waiting.table_name = loaded.table_name and waiting.row_key = loaded.row_key
            where
                waiting.status = 'open'
                and waiting.quarantine_id not in (select quarantine_id from staged_quarantine)
                and (
                    loaded.row_key is not null
                    or (
                        waiting.unit_kind = 'record'
                        and waiting.article_id in (select article_id from won_articles)
                    )
                    or (
                        waiting.unit_kind = 'capture'
                        and waiting.capture_id in (
                            select unit_id from staged_dispositions
                            where unit_kind = 'capture' and disposition = 'parsed'
                        )
                    )
                )
        ) as answered
        where quarantine.quarantine_id = answered.quarantine_id
        """,
        {"released_at": released_at, "run_id": run_id},
    )
