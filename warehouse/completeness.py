"""What became of the pages of each source and day, counted; and the ledger written from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl
from duckdb import DuckDBPyConnection

from warehouse.frames import registered
from warehouse.merge import transaction
from warehouse.tables import table_named
from warehouse.upsert import put_rows

Row = dict[str, Any]

# One row per source, day, and reason for which a page is still wanted; null where none is.
PAGES_BY_DAY = """
with

refused as (
    select
        capture_id,
        bool_or(unit_kind = 'capture') as is_page,
        bool_and(status = 'waived') as is_waived,
        any_value(status_reason) as status_reason
    from quarantine
    where
        status in ('open', 'waived')
        and capture_id is not null
        and (unit_kind = 'capture' or table_name = 'articles')
    group by capture_id
),

read_from as (
    select capture_id from articles
    union
    select capture_id from article_versions
),

readable as (
    select distinct source, url from articles
),

judged as (
    select
        pages.source,
        pages.listed_date,
        pages.reason,
        pages.try_count,
        pages.next_try_at,
        pages.first_listed_at,
        pages.capture_id is not null as is_fetched,
        read_from.capture_id is not null as is_loaded,
        pages.capture_id is not null
        and (read_from.capture_id is not null or not coalesce(refused.is_page, false))
            as is_parsed,
        read_from.capture_id is not null or readable.url is not null as is_published,
        refused.is_page,
        coalesce(refused.is_waived, false) as is_waived,
        refused.status_reason
    from pages
    left join captures on pages.capture_id = captures.capture_id
    left join refused on pages.capture_id = refused.capture_id
    left join read_from on pages.capture_id = read_from.capture_id
    left join readable
        on pages.source = readable.source and coalesce(captures.url, pages.url) = readable.url
    where pages.source != 'files'
),

wanted as (
    select
        *,
        case
            when not is_fetched then reason
            when is_published then null
            when is_page then 'page_quarantined'
            when not is_page then 'row_quarantined'
        end as gap_reason
    from judged
)

select
    source,
    listed_date,
    gap_reason,
    case when gap_reason is not null and is_fetched and is_waived then status_reason end
        as waiver,
    count(*)::int as page_count,
    count_if(is_fetched)::int as fetched_count,
    count_if(is_parsed)::int as parsed_count,
    count_if(is_loaded)::int as loaded_count,
    count_if(is_published)::int as published_count,
    max(try_count)::int as try_count,
    bool_or(not is_fetched and next_try_at is null) as is_due,
    min(next_try_at) filter (where not is_fetched) as next_try_at,
    min(first_listed_at) as first_listed_at
from wanted
group by source, listed_date, gap_reason, waiver
order by source, listed_date, gap_reason, waiver
"""


def pages_by_day(connection: DuckDBPyConnection) -> list[Row]:
    rows: list[Row] = connection.sql(PAGES_BY_DAY).pl().to_dicts()
    return rows


def write_completeness(connection: DuckDBPyConnection, frame: pl.DataFrame) -> None:
    """The frame is the whole ledger: a row that is not in it goes."""
    with registered(connection, incoming=frame.select("completeness_id")):
        connection.execute(
            "delete from completeness where completeness_id not in "
            "(select completeness_id from incoming)"
        )
    with transaction(connection):
        put_rows(connection, table_named("completeness"), frame)


def recount_published(connection: DuckDBPyConnection, sources: Sequence[str]) -> None:
    """Of sources whose facts were put back: what readers find of them now."""
    connection.execute(
        """
        with

        shown as (
            select capture_id from articles
            union
            select capture_id from article_versions
        ),

        found as (
            select
                pages.source,
                pages.listed_date
            from pages
            left join captures on pages.capture_id = captures.capture_id
            left join shown on pages.capture_id = shown.capture_id
            left join articles
                on
                    pages.source = articles.source
                    and coalesce(captures.url, pages.url) = articles.url
            where shown.capture_id is not null or articles.url is not null
        ),

        counted as (
            select
                completeness.completeness_id,
                count(found.source) as published_count
            from completeness
            left join found
                on
                    completeness.source = found.source
                    and (
                        completeness.period = 'whole'
                        or found.listed_date
                            between completeness.first_date and completeness.last_date
                    )
            where completeness.source in (select unnest($sources))
            group by completeness.completeness_id
        )

        update completeness set published_count = counted.published_count
        from counted
        where completeness.completeness_id = counted.completeness_id
        """,
        {"sources": list(sources)},
    )


def waiting_pages(connection: DuckDBPyConnection, source: str) -> list[Row]:
    """Pages of a source that were asked for and gave no answer, with what the last one was."""
    rows: list[Row] = (
        connection.sql(
            """
        select
            url, reason, try_count, next_try_at, listed_date, capture_id is not null as is_kept
        from pages
        where
            source = $source
            and url is not null
            and disposition in ('failed', 'deferred', 'refused')
        order by listed_date, url
        """,
            params={"source": source},
        )
        .pl()
        .to_dicts()
    )
    return rows


def listed_days(connection: DuckDBPyConnection, source: str) -> list[Row]:
    """Days of which pages were listed before."""
    rows: list[Row] = (
        connection.sql(
            "select distinct listed_date from pages "
            "where source = $source and listed_date is not null order by listed_date",
            params={"source": source},
        )
        .pl()
        .to_dicts()
    )
    return rows
