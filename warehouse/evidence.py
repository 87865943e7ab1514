"""What stands behind a failed check: the pages of the rows that break it, its last good answer."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from duckdb import DuckDBPyConnection

from warehouse.checks import CheckResult

PAGES_SHOWN = 3
EXCERPT = 200
BEFORE = 60

Row = dict[str, Any]


def find_evidence(
    connection: DuckDBPyConnection, results: Iterable[CheckResult]
) -> dict[tuple[str, str], Row]:
    """By check and source, for those that failed."""
    return {
        (each.check_name, each.source): {
            "last_good": _last_good(connection, each),
            "pages": _pages(connection, json.loads(each.sample)),
        }
        for each in results
        if not each.is_passed
    }


def _last_good(connection: DuckDBPyConnection, result: CheckResult) -> Row | None:
    rows = connection.execute(
        """
        select
            run_id,
            strftime(checked_at, '%Y-%m-%dT%H:%M:%S') as checked_at,
            judged_count,
            measured
        from check_results
        where check_name = $check_name and source = $source and is_passed and run_id != $run_id
        order by check_results.checked_at desc, run_id desc
        limit 1
        """,
        {"check_name": result.check_name, "source": result.source, "run_id": result.run_id},
    ).fetchall()
    if not rows:
        return None
    names = ("run_id", "checked_at", "judged_count", "measured")
    now = {"judged_count_now": result.judged_count, "measured_now": result.measured}
    return dict(zip(names, rows[0], strict=True)) | now


def _pages(connection: DuckDBPyConnection, sample: list[Row]) -> list[Row]:
    """Of the first rows that name an article or a capture; words around the offset, if any."""
    pages: dict[str, Row] = {}
    for row in sample:
        page = _article(connection, row) or _capture(connection, row)
        if page:
            pages.setdefault(page["url"] or page["capture_id"], page)
        if len(pages) == PAGES_SHOWN:
            break
    return list(pages.values())


def _article(connection: DuckDBPyConnection, row: Mapping[str, Any]) -> Row | None:
    wanted = {name: row[name] for name in ("article_id", *OWNED) if isinstance(row.get(name), str)}
    for name, row_id in wanted.items():
        table = OWNED.get(name, "articles")
        offset = "start_offset" if name in OFFSETS else "0"
        found = connection.execute(
            f"""
            select
                articles.article_id,
                articles.capture_id,
                articles.url,
                articles.headline,
                substring(
                    articles.body_text, greatest({offset} - {BEFORE}, 0) + 1, {EXCERPT}
                ) as excerpt
            from {table} as named
            inner join articles on named.article_id = articles.article_id
            where named.{name} = $row_id
            limit 1
            """,
            {"row_id": row_id},
        ).fetchall()
        if found:
            names = ("article_id", "capture_id", "url", "headline", "excerpt")
            return dict(zip(names, found[0], strict=True))
    return None


# Key to the table whose rows belong to an article.
OWNED = {
    "quote_id": "quotes",
    "country_mention_id": "country_mentions",
    "date_mention_id": "date_mentions",
    "finding_id": "findings",
}
OFFSETS = ("quote_id", "country_mention_id", "date_mention_id")


def _capture(connection: DuckDBPyConnection, row: Mapping[str, Any]) -> Row | None:
    if not isinstance(row.get("capture_id"), str):
        return None
    found = connection.execute(
        "select capture_id, url, warc_file, warc_offset from captures where capture_id = $id",
        {"id": row["capture_id"]},
    ).fetchall()
    if not found:
        return None
    capture_id, url, warc_file, warc_offset = found[0]
    place = f"{warc_file} at byte {warc_offset}"
    return {"capture_id": capture_id, "url": url, "headline": None, "excerpt": place}
