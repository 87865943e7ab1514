"""Full text: the articles of a generation that hold every word asked for, best first.

The texts are scanned, so that no index has to be made, kept and published with each generation;
100,000 articles cost seconds. Ranked by BM25, the headline weighing
as three paragraphs would; of copies of one story the best is shown, and how many there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from warehouse.read import PublishedReader

Row = dict[str, Any]
HEADLINE_WEIGHT = 3
# The usual constants of BM25: how soon more of a word counts less, how much a long text must hold.
SATURATION, LENGTH_SHARE = 1.2, 0.75


@dataclass(frozen=True, slots=True)
class Filters:
    since: date | None = None
    until: date | None = None
    source: str | None = None
    country_code: str | None = None


def find_articles(
    reader: PublishedReader,
    wanted: Sequence[str],
    unwanted: Sequence[str],
    filters: Filters,
    limit: int,
) -> list[Row]:
    """`wanted` and `unwanted` are patterns for RE2.

    Rows have the article's fields, `score`, `copy_count` and `found_count`, that of all stories.
    """
    patterns = {f"wanted_{number}": pattern for number, pattern in enumerate(wanted)}
    others = {f"unwanted_{number}": pattern for number, pattern in enumerate(unwanted)}
    parameters = {
        **patterns,
        **others,
        "since": filters.since,
        "until": filters.until,
        "source": filters.source,
        "country_code": filters.country_code,
        "limit": limit,
    }
    return reader.rows(_statement(list(patterns), list(others)), parameters)


def _statement(wanted: Sequence[str], unwanted: Sequence[str]) -> str:
    holds = ", ".join(
        f"regexp_matches(whole, ${name}) as has_{name}" for name in (*wanted, *unwanted)
    )
    has_all = " and ".join(
        [f"has_{name}" for name in wanted] + [f"not has_{name}" for name in unwanted]
    )
    counts = ", ".join(
        f"{HEADLINE_WEIGHT} * len(regexp_extract_all(headline, ${name})) "
        f"+ len(regexp_extract_all(body_text, ${name})) as count_{name}"
        for name in wanted
    )
    known = ", ".join(f"count(*) filter (where has_{name}) as known_{name}" for name in wanted)
    score = " + ".join(
        f"ln(1 + (article_count - known_{name} + 0.5) / (known_{name} + 0.5)) * count_{name} "
        f"* ({SATURATION} + 1) / (count_{name} + {SATURATION} * (1 - {LENGTH_SHARE} "
        f"+ {LENGTH_SHARE} * word_count / greatest(mean_word_count, 1)))"
        for name in wanted
    )
    return f"""
        with texts as (
            select
                article_id,
                word_count,
                coalesce(headline, '') || chr(10) || coalesce(subhead, '') || chr(10) || body_text
                    as whole
            from articles
        ),
        -- Every text is looked through once.
        held as materialized (select article_id, word_count, {holds} from texts),
        known as (
            select
                count(*) as article_count, coalesce(avg(word_count), 1) as mean_word_count, {known}
            from held
        ),
        found as (
            select articles.* exclude (headline), coalesce(headline, '') as headline
            from articles
            semi join (select article_id from held where {has_all}) as wanted using (article_id)
            where
                ($since::date is null or published_date >= $since)
                and ($until::date is null or published_date <= $until)
                and ($source::varchar is null or source = $source)
                and (
                    $country_code::varchar is null
                    or article_id in (
                        select article_id from country_mentions
                        where country_code = $country_code
                    )
                )
        ),
        counted as (select *, {counts} from found),
        scored as (select counted.*, {score} as score from counted cross join known)
        select
            article_id, headline, published_date, published_precision, source, host, url, agency,
            body_text, score,
            count(*) over (partition by copy_cluster_id) as copy_count,
            (select count(distinct copy_cluster_id) from found) as found_count
        from scored
        qualify row_number() over (
            partition by copy_cluster_id order by score desc, article_id
        ) = 1
        order by score desc, published_date desc nulls last, article_id
        limit $limit
    """
