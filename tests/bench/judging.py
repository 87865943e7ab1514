"""Judging 100,000 articles against pandera alone with the same rules: a ratio, never a time.

`python -m tests.bench.judging` prints CPU seconds of both, for a clean and for a dirty frame.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

import polars as pl
from pandera.errors import SchemaErrors

from schemas.catalogue import CONTRACTS
from schemas.good_rows import GOOD_ROWS
from tasks.frames import frame_of
from tasks.validate import judge

ROWS = 100_000
ARTICLES = CONTRACTS["articles"]
# 4.6 KB of text a row, as news articles have.
TEXT = "Kenya will keep its border open, the minister said in Geneva on 24 May. " * 64


def articles(row_count: int) -> pl.DataFrame:
    """Every text and headline differs: polars works once on a value that all rows share."""
    row = GOOD_ROWS["articles"] | {"word_count": len(TEXT.split()) + 1}
    number = pl.int_range(pl.len(), dtype=pl.Int64).cast(pl.String).str.zfill(8)
    one = frame_of([row], ARTICLES)
    return pl.concat([one] * row_count, rechunk=True).with_columns(
        article_id=pl.concat_str(pl.lit("f" * 24), number),
        body_text=pl.concat_str(pl.lit(TEXT), number),
        headline=pl.concat_str(pl.lit("Kenya keeps its border open "), number),
        url=pl.concat_str(pl.lit("https://example.org/2007/05/"), number),
    )


def dirtied(frame: pl.DataFrame) -> pl.DataFrame:
    """One row in fifty breaks a rule, seven rules in turn."""
    number = pl.int_range(pl.len(), dtype=pl.Int64)
    broken = {
        "word_count": pl.lit(1, pl.Int64),
        "headline": pl.lit(" "),
        "source": pl.lit(None, pl.String),
        "published_precision": pl.lit("eon"),
        "dateline_country_code": pl.lit("QQ"),
        "url": pl.lit("ftp://example.org/a"),
        "language_code": pl.lit("English"),
    }
    return frame.with_columns(
        pl.when(number % 350 == place * 50).then(bad).otherwise(pl.col(name)).alias(name)
        for place, (name, bad) in enumerate(broken.items())
    )


def by_pandera(frame: pl.DataFrame) -> None:
    with suppress(SchemaErrors):
        ARTICLES.validate(frame, lazy=True)


def by_judge(frame: pl.DataFrame) -> None:
    judge(frame, ARTICLES)


def cpu_seconds(work: Callable[[pl.DataFrame], None], frame: pl.DataFrame) -> float:
    """The best of three, as other work on the machine only adds."""
    times = []
    for _ in range(3):
        begun = time.process_time()
        work(frame)
        times.append(time.process_time() - begun)
    return min(times)


def main() -> None:
    clean = articles(ROWS)
    for name, frame in (("clean", clean), ("dirty", dirtied(clean))):
        bare, ours = cpu_seconds(by_pandera, frame), cpu_seconds(by_judge, frame)
        print(  # noqa: T201 - a benchmark prints
            f"{name}: pandera alone {bare:.2f} s, judge {ours:.2f} s, ratio {ours / bare:.2f}"
        )


if __name__ == "__main__":
    main()
