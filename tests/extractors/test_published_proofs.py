from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from schemas.records import PageInput
from tasks.extractors.page import read_page

MAY_6, JUNE_5 = date(2007, 5, 6), date(2007, 6, 5)
STORY = (
    "<p>{dateline}The two governments have agreed on a new bridge over the river, officials said."
    "</p><p>Work is to begin in spring, and both sides will pay for it, a spokesman said.</p>"
)


def read(between, dateline="", *, below="", above="", **known):
    story = STORY.format(dateline=dateline)
    body = (
        f"<html><body>{above}<h1>Two Countries Agree on a New Bridge</h1>"
        f"<p>{between}</p>{story}{below}</body></html>"
    )
    return read_page(PageInput("p", body=body.encode(), **known))


@pytest.mark.parametrize(
    ("document", "day", "proof"),
    [
        pytest.param(
            read("05/06/2007", "LIMA, May 5 (AP) -- "), MAY_6, "proved_by_dateline", id="dateline"
        ),
        pytest.param(
            read("05/06/2007", "LIMA, June 5 (AP) -- "), JUNE_5, "proved_by_dateline", id="same day"
        ),
        pytest.param(read("05/06/2007", "LIMA, March 1 -- "), None, None, id="dateline too old"),
        pytest.param(
            read("05/25/07", below="<p>© 2006 Example Library</p>"),
            date(2007, 5, 25),
            "proved_by_form",
            id="a neighbouring year shows the century",
        ),
        pytest.param(
            read("05/25/07", below="<p>© 2001 Example Library</p>"), None, None, id="a far year"
        ),
        pytest.param(
            read("15/01/08", below="<p>© 2007 Example Library</p>"), None, None, id="2015 or 2008"
        ),
        pytest.param(
            read("05/06/2007", url="http://example.org/bridge-070605.htm"),
            JUNE_5,
            "proved_by_url_figures",
            id="figures of the address",
        ),
        pytest.param(
            read("05/06/2007", url="http://example.org/?a=070506101500.x1"),
            MAY_6,
            "proved_by_url_figures",
            id="with a time of day behind them",
        ),
        pytest.param(
            read("05/06/2007", url="http://example.org/story/1052007060"), None, None, id="a number"
        ),
        pytest.param(
            read("05/06/2007", captured_at=datetime(2007, 5, 9, tzinfo=UTC)),
            MAY_6,
            "proved_by_capture",
            id="captured before the other day",
        ),
        pytest.param(
            read("05/06/2007", captured_at=datetime(2009, 5, 9, tzinfo=UTC)),
            None,
            None,
            id="captured after both",
        ),
        pytest.param(
            read("05/06/2007", below="<p>Last updated: 7 May 2007</p>"),
            MAY_6,
            "proved_by_update",
            id="changed before the other day",
        ),
        pytest.param(
            read("25/05/07", below="<p>© 2007 Example Library</p>"),
            date(2007, 5, 25),
            "proved_by_form",
            id="the year stands on the page",
        ),
        pytest.param(read("25/05/07"), None, None, id="no year on the page"),
        pytest.param(
            read("25/05/07", below="<p>© 2007-2025 Example Library</p>"),
            None,
            None,
            id="either figure may be the year",
        ),
        pytest.param(
            read("05/06/07", "LIMA, May 5 (AP) -- ", below="<p>© 2007 Example Library</p>"),
            MAY_6,
            "proved_by_dateline",
            id="order and century",
        ),
    ],
)
def test_figures_have_a_day_where_the_page_proves_it(document, day, proof):
    proofs = [
        x.rule for x in document.findings if x.field == "published_date" and "proved" in x.rule
    ]
    published = document.published_date if document.published_rule == "printed_date" else None
    if proof == "proved_by_update":
        published = document.published_date

    assert published == day
    assert proofs[:1] == ([proof] if proof else [])


@pytest.mark.parametrize(
    ("age", "day", "candidates"),
    [
        ("18 hours ago", date(2007, 5, 24), None),
        ("Updated 3 hours ago", date(2007, 5, 25), None),
        ("11 hours ago", None, "2007-05-24|2007-05-25"),
        ("2 days ago", None, "2007-05-22|2007-05-23"),
    ],
)
def test_an_age_counts_from_the_capture_where_the_page_prints_its_day(age, day, candidates):
    captured_at = datetime(2007, 5, 25, 11, 30, tzinfo=UTC)
    shown = read(age, above="<div>Friday, May 25, 2007</div>", captured_at=captured_at)
    found = [x for x in shown.findings if x.rule == "age_at_capture"]

    assert [x.value for x in found] == [day.isoformat() if day else candidates]


def test_an_age_on_a_page_kept_for_years_is_no_date():
    captured_at = datetime(2026, 5, 25, 11, 30, tzinfo=UTC)
    document = read("18 hours ago", below="<p>© 2026 Example Library</p>", captured_at=captured_at)

    assert document.published_date is None
    assert ("date", "18 hours ago") in [(x.label, x.text) for x in document.blocks]
