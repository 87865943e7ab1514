"""Charts as SVG text, drawn here and now: the page needs no script to show them."""

from __future__ import annotations

from typing import Any

import altair as alt
import vl_convert
from markupsafe import Markup

Row = dict[str, Any]
INK, BAR = "#1d2733", "#2f6f8f"
WIDTH = 640


def month_chart(rows: list[Row]) -> Markup:
    """Articles by month of publication."""
    values = [
        {"month": f"{row['published_month']:%Y-%m}", "articles": row["article_count"]}
        for row in rows
    ]
    chart = (
        alt.Chart(alt.Data(values=values))
        .mark_bar(color=BAR)
        .encode(
            x=alt.X("month:O", title=None, axis=alt.Axis(labelAngle=-60, labelOverlap=True)),
            y=alt.Y("articles:Q", title="articles", axis=alt.Axis(tickMinStep=1)),
        )
        .properties(width=WIDTH, height=180)
    )
    return _svg(chart)


def bar_chart(rows: list[Row], name: str, count: str, title: str) -> Markup:
    """The largest first, as the rows come."""
    values = [{"name": row[name], "count": row[count]} for row in rows]
    chart = (
        alt.Chart(alt.Data(values=values))
        .mark_bar(color=BAR)
        .encode(
            x=alt.X("count:Q", title=title, axis=alt.Axis(tickMinStep=1)),
            y=alt.Y("name:N", title=None, sort=None),
        )
        .properties(width=WIDTH - 120, height=alt.Step(18))
    )
    return _svg(chart)


def _svg(chart: alt.Chart) -> Markup:
    """vl-convert escapes text in what it draws; the size is left to the page."""
    styled = chart.configure(font="system-ui, sans-serif").configure_view(stroke=None)
    svg = vl_convert.vegalite_to_svg(styled.to_dict())
    return Markup(svg)  # noqa: S704 - drawn by the renderer from data, not taken from a page
