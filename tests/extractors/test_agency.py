from __future__ import annotations

import pytest

from schemas.records import Agency, PageInput
from tasks.extractors.agency import find_agency
from tasks.extractors.labels import LabelledText
from tasks.extractors.page import read_page
from tasks.extractors.reading import reading_of

LIBRARY = "https://www.globalsecurity.org/wmd/library/news/iran/2007/iran-071122-voa01.htm"


def find(url, *texts):
    reading = reading_of(
        PageInput("p", url=url), None, "saved_text", [LabelledText(*x) for x in texts]
    )
    agency, findings = find_agency(reading)
    return agency and agency.name, [x.rule for x in findings]


@pytest.mark.parametrize(
    ("url", "texts", "name", "rules"),
    [
        pytest.param(
            None,
            [
                (
                    "(The Washington File is a product of the Office of Texts, State Department)",
                    "source_footer",
                )
            ],
            "Washington File",
            ["source_footer"],
            id="product line",
        ),
        pytest.param(
            None,
            [("American Forces Press Service", "source_footer")],
            "American Forces Press Service",
            ["agency_line"],
            id="a line of its own",
        ),
        pytest.param(
            None,
            [("CAIRO (AFP) - Egypt's minister", "paragraph")],
            "Agence France-Presse",
            ["dateline"],
            id="dateline",
        ),
        pytest.param(
            None,
            [("By Maria Okello, Associated Press Writer", "byline")],
            "Associated Press",
            ["byline"],
            id="byline",
        ),
        pytest.param(
            None,
            [("The bridge will open in May. - Sapa", "paragraph")],
            "SAPA",
            ["credit"],
            id="credit after the last words",
        ),
        pytest.param(
            None,
            [("Copyright (c) 2006. RFE/RL, Inc. Reprinted", "boilerplate")],
            "Radio Free Europe/Radio Liberty",
            ["copyright"],
            id="copyright line",
        ),
        pytest.param(LIBRARY, [], "Voice of America", ["url"], id="file name"),
        pytest.param(
            "http://www.voanews.com/english/x.cfm",
            [],
            "Voice of America",
            ["own_host"],
            id="own host",
        ),
        pytest.param(
            LIBRARY,
            [("LIMA (Reuters) - Peru", "paragraph")],
            "Reuters",
            ["dateline", "url"],
            id="the page goes before the address",
        ),
        pytest.param(
            "https://www.globalsecurity.org/x.htm", [], None, [], id="the host is no issuer"
        ),
        pytest.param(
            None,
            [("The AP test is hard, pupils say.", "paragraph")],
            None,
            [],
            id="a word in a text",
        ),
    ],
)
def test_the_issuer_is_found_by_named_rules(url, texts, name, rules):
    assert find(url, *texts) == (name, rules)


def test_parents_run_from_the_nearest_to_the_highest():
    text = (
        "25 May 2007\n\nA Headline\n\nLima -- Peru.\n\n(USINFO is produced by the Bureau of Texts, "
        "U.S. Department of State. Web site: http://usinfo.state.gov)"
    )

    assert read_page(PageInput("p", text=text)).agency == Agency(
        "USINFO", ("Bureau of Texts", "U.S. Department of State")
    )
