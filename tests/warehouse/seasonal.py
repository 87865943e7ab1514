"""A source's year in measures: weekdays, holidays, seasons, an August lull, and chance.

Articles come by Poisson; what is found in each of them varies from article to article more than
dice would (one long interview brings twenty quotes of one speaker). Faults are planted on top.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

FIRST_DAY = date(2023, 1, 9)
# Monday to Sunday: articles on an average day.
WEEK = (96, 107, 110, 105, 87, 28, 18)
HOLIDAYS = {
    *(date(year, month, day) for year in (2023, 2024) for month, day in ((1, 1), (12, 25))),
    *(date(2023, 12, 25) + timedelta(shift) for shift in range(-1, 8)),
    date(2023, 4, 7),
    date(2023, 4, 10),
    date(2023, 5, 1),
    date(2023, 5, 29),
    date(2023, 7, 4),
    date(2023, 9, 4),
    date(2023, 11, 23),
}
FILLED = {
    "published_date": 0.97,
    "headline": 0.99,
    "subhead": 0.35,
    "section": 0.92,
    "dateline_place": 0.8,
    "agency": 0.7,
    "byline": 0.25,
    "language_code": 0.995,
}


@dataclass(frozen=True, slots=True)
class Day:
    """What one day gives, before chance: each planted fault changes one of these."""

    volume: float = 1.0
    day_before: float = 1.0
    filled: tuple[tuple[str, float], ...] = ()
    quotes: float = 3.2
    unattributed: float = 0.22
    unknown_country: float = 0.04
    unknown_block: float = 0.03
    new_speaker: float | None = None
    new_layout: float | None = None
    copies: float = 0.12
    edited: float = 0.015
    rules: str = "rules-1"


def season(day: date) -> float:
    """Busy in spring and autumn, slow at the turn of the year and in August."""
    yearly = 1 + 0.12 * np.sin(4 * np.pi * (day.timetuple().tm_yday - 20) / 365)
    into_august = (day - date(day.year, 8, 13)).days
    lull = 0.38 * np.exp(-((into_august / 13) ** 4))
    return float(yearly * (1 - lull))


def expected_articles(day: date) -> float:
    return WEEK[day.weekday()] * season(day) * (0.3 if day in HOLIDAYS else 1.0)


def simulate(
    seed: int, days: int, planted: dict[int, Day] | None = None, source: str = "gazette"
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """`measured_values` and `measured_days`; `planted` by the number of the day."""
    chance = np.random.default_rng(seed)
    rows, dates = [], []
    for number in range(days):
        day = FIRST_DAY + timedelta(number)
        state = (planted or {}).get(number, Day())
        dates.append((source, day, 1, 0, state.rules))
        rows += [(source, day, *each) for each in _one_day(chance, number, day, state)]
    return (
        pl.DataFrame(rows, VALUES, orient="row"),
        pl.DataFrame(dates, DAYS, orient="row"),
    )


VALUES = {
    "source": pl.String,
    "measured_on": pl.Date,
    "measure": pl.String,
    "measured": pl.Float64,
    "judged_count": pl.Int64,
}
DAYS = {
    "source": pl.String,
    "measured_on": pl.Date,
    "run_count": pl.Int64,
    "unchanged_count": pl.Int64,
    "rules_digest": pl.String,
}


def quiet_days(source: str = "gazette") -> pl.DataFrame:
    """Every holiday and the day after it, on which what it brought is read."""
    days = {day + timedelta(shift) for day in HOLIDAYS for shift in (0, 1)}
    return pl.DataFrame(
        [(source, day) for day in sorted(days)],
        {"source": pl.String, "quiet_on": pl.Date},
        orient="row",
    )


def _one_day(chance, number, day, state):
    articles = int(chance.poisson(expected_articles(day) * state.volume))
    yield "new_articles", articles, articles
    in_time = int(chance.binomial(articles, 0.9 * state.day_before))
    yield "articles_of_the_day_before", in_time, in_time
    asked = int(chance.poisson(180))
    edited = chance.binomial(asked, chance.beta(200 * state.edited, 200 * (1 - state.edited)))
    yield "edited_share", edited / asked, asked
    if not articles:
        return
    for field, share in (FILLED | dict(state.filled)).items():
        yield f"{field}_filled_share", chance.binomial(articles, share) / articles, articles
    quotes = chance.negative_binomial(1.2, 1.2 / (1.2 + state.quotes), articles)
    yield "quotes_per_article", quotes.mean(), articles
    yield from _share(chance, "unattributed_share", state.unattributed, 8, quotes)
    mentions = chance.negative_binomial(1.5, 1.5 / 5.5, articles)
    yield from _share(chance, "unknown_country_share", state.unknown_country, 12, mentions)
    unknown = chance.beta(30 * state.unknown_block, 30 * (1 - state.unknown_block), articles)
    yield "unknown_block_share", unknown.mean(), articles
    new_speaker = state.new_speaker or 0.25 + 0.5 * np.exp(-number / 90)
    yield from _share(chance, "new_speaker_share", new_speaker, 20, quotes)
    new_layout = state.new_layout or 0.004 + 0.3 * np.exp(-number / 9)
    yield "new_layout_share", chance.binomial(articles, new_layout) / articles, articles
    copies = chance.beta(40 * state.copies, 40 * (1 - state.copies))
    yield "copy_share", chance.binomial(articles, copies) / articles, articles


def _share(chance, measure, share, evenness, counts):
    """Each article has a share of its own; the lower `evenness`, the more they differ."""
    total = int(counts.sum())
    if total:
        own = chance.beta(evenness * share, evenness * (1 - share), len(counts))
        yield measure, chance.binomial(counts, own).sum() / total, total
