"""Pages whose only captures hold no article because of how the site answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from duckdb import DuckDBPyConnection

# How often and when a page was asked for stands in the dispositions of the runs.
UNREAD = """
with

refused as (
    select
        capture_id,
        reasons[1] as reason
    from quarantine
    where
        unit_kind = 'capture'
        and status = 'open'
        and list_has_any(reasons, $reasons)
),

asked as (
    select
        dispositions.unit_id as url,
        count(*) as try_count,
        max(runs.started_at) as asked_at
    from dispositions
    inner join runs on dispositions.run_id = runs.run_id
    where
        dispositions.unit_kind = 'page'
        and dispositions.source = $source
        and dispositions.disposition in ('fetched', 'not_modified', 'failed')
    group by dispositions.unit_id
)

select
    pages.url,
    pages.listed_date,
    refused.reason,
    asked.try_count,
    asked.asked_at
from pages
inner join captures on pages.capture_id = captures.capture_id
inner join refused on pages.capture_id = refused.capture_id
inner join asked on pages.url = asked.url
left join articles
    on pages.source = articles.source and coalesce(captures.url, pages.url) = articles.url
where
    pages.source = $source
    and articles.article_id is null
order by
    pages.listed_date,
    pages.url
"""


def unread_pages(
    connection: DuckDBPyConnection, source: str, reasons: Sequence[str]
) -> list[dict[str, Any]]:
    """Those in quarantine for one of the reasons, with when they were last asked for."""
    found = connection.sql(UNREAD, params={"source": source, "reasons": list(reasons)})
    rows: list[dict[str, Any]] = found.pl().to_dicts()
    return rows
