"""A report as one HTML page: a template that escapes everything, and a policy that runs nothing."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup

from schemas.causes import CAUSES
from tasks.report import words
from tasks.report.charts import percent, spark, time_chart, trend
from tasks.report.queries import QUERIES
from tasks.report.read import Report

FOLDER = Path(__file__).parent


def render(report: Report) -> str:
    style = (FOLDER / "style.css").read_text(encoding="utf-8")
    return _template().render(
        report=report,
        run=report.run[0] if report.run else None,
        totals=report.totals[0],
        months=time_chart(report.months),
        sql={name: text.strip() for name, text in QUERIES.items()},
        style=Markup(style),  # noqa: S704 - our own file; nothing of a page is in it
        policy=_policy(style),
    )


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=jinja2.FileSystemLoader(FOLDER),
    )
    environment.filters |= {
        "instant": words.instant,
        "share": words.share,
        "number": words.number,
        "brief": words.brief,
        "counted": words.counted,
        "cause": lambda cause: CAUSES.get(cause, cause),
        "country": words.country_name,
        "countries": words.country_names,
        "spark": spark,
        "trend": trend,
        "link": words.safe_link,
        "percent": percent,
    }
    return environment.get_template("template.html")


def _policy(style: str) -> str:
    """Nothing is fetched, run or sent; the one style sheet is known by its digest."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
