"""A report as one HTML page: a template that escapes everything, and charts as plain SVG."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import jinja2
from babel import Locale

from tasks.report.charts import bar_chart, month_chart
from tasks.report.queries import Report

TEMPLATE = Path(__file__).parent / "template.html"
SAFE_SCHEMES = ("http://", "https://")


def render(report: Report) -> str:
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {
        "instant": instant,
        "share": share,
        "country": country_name,
        "link": safe_link,
    }
    template = environment.from_string(TEMPLATE.read_text(encoding="utf-8"))
    named = [row | {"name": country_name(row["country_code"])} for row in report.countries]
    return template.render(
        report=report,
        months_svg=month_chart(report.months),
        countries_svg=bar_chart(named, "name", "article_count", "articles"),
    )


def instant(value: datetime | None) -> str:
    return f"{value:%Y-%m-%d %H:%M} UTC" if value else ""


def share(value: float | None) -> str:
    return "" if value is None else f"{value:.0%}"


def country_name(code: str) -> str:
    """Codes of states that are gone have no name in CLDR: they stay codes."""
    return str(Locale("en").territories.get(code, code))


def safe_link(url: str | None) -> str | None:
    """An address to click: never a script, never a file of the reader's."""
    return url if url and url.startswith(SAFE_SCHEMES) else None
