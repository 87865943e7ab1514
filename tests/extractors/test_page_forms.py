"""The forms of the archives we read, each in four kinds of markup and as saved text.

The same words must give the same fields however they are set.
"""

from __future__ import annotations

import html
import re
from datetime import date

import pytest

from schemas.records import Agency, PageInput
from tasks.extractors.page import read_page

PRODUCT_FORM = """\
CLEARANCE JOBS - Find security clearance jobs now!

Weapons of Mass Destruction (WMD)

14 March 2006

Kenya, Tanzania To Open Joint Border Post in June

Ministers say trucks should cross in “minutes, not days”

Nairobi -- Kenya and Tanzania will open a border post at Namanga on June 3, both said March 13.

Kenyan Trade Minister Joseph Wanyonyi told reporters that “the queue is a tax on both our peoples.”

For more information, see Africa.

(USINFO is produced by the Bureau of International Information Programs, U.S. Department of State. \
Web site: http://usinfo.state.gov)

NEWSLETTER
Join the GlobalSecurity.org mailing list
"""
WRAPPED_FORM = """\
Washington File

17 April 2003

Chile and Peru Sign Accord on Fishing Zones

(Ministers meet in Lima, agree on joint patrols) (540)

By Ellen Marsh
Washington File Staff Writer

Washington -- Chile and Peru signed an accord April 16 that ends a
dispute over fishing zones along their common coast, U.S. officials
said.
"This shows what neighbors can do," said Deputy Assistant Secretary of
State Robert Halloway, who spoke to reporters in Washington.

(The Washington File is a product of the Office of International
Information Programs, U.S. Department of State. Web site:
http://usinfo.state.gov)
"""
BROADCAST_FORM = """\
Mongolia Offers to Host Talks on Rail Link

Peter Lindqvist
Ulan Bator
11 December 2006

Mongolia has offered to host talks on a rail link between Russia and China, it said on Monday.

The minister, Batbold Ganzorig, said the line would be "a bridge of steel."
"""
SERVICE_FORM = """\
American Forces Press Service

Engineers Finish Bridge Over Helmand River

By Sgt. Dana Whitlock, USA
American Forces Press Service

WASHINGTON, March 4, 2007 - Army engineers have finished a bridge over the Helmand River today.

"The people here asked for a bridge, not for a promise," Col. Ruth Abernathy told reporters.
"""
DATED_FORM = """\
[RFE/RL Banner]

Georgia: Vintners Look For New Markets

August 31, 2006 -- Georgian vintners are looking for new markets, the agriculture minister said.

Minister Levan Kobakhidze said exports to Ukraine had doubled.

Copyright (c) 2006. RFE/RL, Inc. Reprinted with the permission of Radio Free Europe/Radio Liberty
"""
BRIEFING_FORM = """\
Daily Press Briefing

Thomas Averill, Deputy Spokesman

Washington, DC

May 16, 2007

INDEX:

CHAD
Talks with Sudan

TRANSCRIPT:

12:41 p.m. EDT

MR. AVERILL: Good afternoon, everybody. I have one statement on Chad before your questions.

The United States welcomes the talks between Chad and Sudan.

QUESTION: Do you have a date for the visit?

MR. AVERILL: I do not.
"""
SCRIPT_FORM = """\
DATE=7/10/2000

TYPE=CORRESPONDENT REPORT

TITLE=KOREA / RAIL (L-ONLY)

BYLINE=ALAN WESTERFIELD

DATELINE=SEOUL

CONTENT=

INTRO:  South Korea says it will clear mines for a rail line to the
North.  V-O-A's Alan Westerfield reports from Seoul.

TEXT:  The defense ministry says soldiers will begin in September.

            // KIM ACT //

We shall clear every meter.

            // END ACT //

A U-S officer called the plan "brave." (SIGNED)

NEB/AW/JO

10-Jul-2000 08:42 AM EDT (10-Jul-2000 1242 UTC)
NNNN

Source: Voice of America
"""

# published, headline, subhead, section, byline, dateline place, agency, first and last words.
EXPECTED = {
    "product": (
        date(2006, 3, 14),
        "Kenya, Tanzania To Open Joint Border Post in June",
        "Ministers say trucks should cross in “minutes, not days”",
        "Weapons of Mass Destruction (WMD)",
        (),
        "Nairobi",
        "USINFO",
        "Nairobi -- Kenya",
        "see Africa.",
    ),
    "wrapped": (
        date(2003, 4, 17),
        "Chile and Peru Sign Accord on Fishing Zones",
        "Ministers meet in Lima, agree on joint patrols",
        None,
        ("Ellen Marsh",),
        "Washington",
        "Washington File",
        "Washington -- Chile",
        "in Washington.",
    ),
    "broadcast": (
        date(2006, 12, 11),
        "Mongolia Offers to Host Talks on Rail Link",
        None,
        None,
        ("Peter Lindqvist",),
        "Ulan Bator",
        None,
        "Mongolia has offered",
        'bridge of steel."',
    ),
    "service": (
        date(2007, 3, 4),
        "Engineers Finish Bridge Over Helmand River",
        None,
        None,
        ("Dana Whitlock",),
        "Washington",
        "American Forces Press Service",
        "WASHINGTON, March 4, 2007 - Army",
        "told reporters.",
    ),
    "dated": (
        date(2006, 8, 31),
        "Georgia: Vintners Look For New Markets",
        None,
        None,
        (),
        None,
        "Radio Free Europe/Radio Liberty",
        "August 31, 2006 -- Georgian",
        "had doubled.",
    ),
    "briefing": (
        date(2007, 5, 16),
        "Daily Press Briefing",
        None,
        None,
        ("Thomas Averill",),
        "Washington, DC",
        None,
        "MR. AVERILL: Good afternoon",
        "I do not.",
    ),
    "script": (
        date(2000, 7, 10),
        "KOREA / RAIL (L-ONLY)",
        None,
        None,
        ("Alan Westerfield",),
        "Seoul",
        "Voice of America",
        "INTRO:",
        "(SIGNED)",
    ),
}
FORMS = {
    "product": PRODUCT_FORM,
    "wrapped": WRAPPED_FORM,
    "broadcast": BROADCAST_FORM,
    "service": SERVICE_FORM,
    "dated": DATED_FORM,
    "briefing": BRIEFING_FORM,
    "script": SCRIPT_FORM,
}
MENU = "".join(f'<li><a href="/{x}/">{x}</a></li>' for x in ("military", "space", "homeland"))
FRAME = (
    "<html><head><title>Example Library</title></head><body><ul id='nav'>{menu}</ul>{story}"
    "<div id='footer'><a href='/about'>About us</a> Copyright &copy; 2000-2020 Example Library. "
    "All rights reserved.</div></body></html>"
)


def in_frame(story: str) -> PageInput:
    return PageInput("p", body=FRAME.format(menu=MENU, story=story).encode())


def as_text(form: str) -> PageInput:
    return PageInput("p", text=form)


def in_paragraphs(form: str) -> PageInput:
    parts = [html.escape(x).replace("\n", "<br>\n") for x in re.split(r"\n\s*\n", form)]
    return in_frame(
        "<table><tr><td>" + "".join(f"<p>{x}</p>" for x in parts) + "</td></tr></table>"
    )


def with_breaks(form: str) -> PageInput:
    return in_frame(f"<div>{html.escape(form)}</div>".replace("\n", "<br>\n"))


def preformatted(form: str) -> PageInput:
    return in_frame(f"<div><pre>{html.escape(form)}</pre></div>")


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param(as_text, id="as saved text"),
        pytest.param(in_paragraphs, id="in paragraphs of a table cell"),
        pytest.param(with_breaks, id="in one element with line breaks"),
        pytest.param(preformatted, id="preformatted"),
    ],
)
@pytest.mark.parametrize("name", FORMS)
def test_every_form_gives_its_fields_in_every_markup(name, markup):
    document = read_page(markup(FORMS[name]))

    assert (
        document.published_date,
        document.headline,
        document.subhead,
        document.section,
        document.byline,
        document.dateline and document.dateline.place,
        document.agency and document.agency.name,
    ) == EXPECTED[name][:7]
    first, last = EXPECTED[name][7:]
    assert document.text.startswith(first)
    assert document.text.endswith(last)


@pytest.mark.parametrize("markup", [as_text, in_paragraphs, with_breaks, preformatted])
@pytest.mark.parametrize("name", FORMS)
def test_every_block_of_the_body_stands_where_its_offsets_say(name, markup):
    document = read_page(markup(FORMS[name]))

    body = [block for block in document.blocks if block.start is not None]
    assert [document.text[block.start : block.end] for block in body] == [x.text for x in body]
    assert "\n\n".join(block.text for block in body) == document.text


def test_the_issuer_is_named_with_its_parents_and_kept_apart_from_the_host():
    page = PageInput("p", url="https://www.globalsecurity.org/wmd/x.htm", text=PRODUCT_FORM)

    assert read_page(page).agency == Agency(
        "USINFO", ("Bureau of International Information Programs", "U.S. Department of State")
    )


def test_banner_newsletter_and_producer_line_stay_out_of_the_body():
    document = read_page(as_text(PRODUCT_FORM))

    labels = {block.text.split()[0]: block.label for block in document.blocks}
    assert {word: labels[word] for word in ("CLEARANCE", "NEWSLETTER", "Join", "(USINFO")} == {
        "CLEARANCE": "banner",
        "NEWSLETTER": "banner",
        "Join": "banner",
        "(USINFO": "source_footer",
    }


def test_a_line_that_no_rule_knows_stays_in_the_body_in_order():
    form = PRODUCT_FORM.replace(
        "For more information, see Africa.", "Zzyzx\n\nFor more, see Africa."
    )

    assert read_page(as_text(form)).text.endswith("peoples.”\n\nZzyzx\n\nFor more, see Africa.")


def test_turns_of_a_transcript_are_told_from_paragraphs():
    document = read_page(as_text(BRIEFING_FORM))

    body = [block.label for block in document.blocks if block.start is not None]
    assert body == ["turn", "paragraph", "turn", "turn"]


@pytest.mark.parametrize(
    "banner",
    [
        pytest.param("", id="no banner"),
        pytest.param(
            "UNITED TOWNS - Make a charitable donation in support of Ukraine!", id="appeal"
        ),
        pytest.param("Flag Locker: every flag of the world, shipped since 1998", id="shop"),
        pytest.param("Cleared for work? Find your next job at ClearanceBoard", id="jobs"),
        pytest.param(
            "HARBOUR RELIEF - Give what you can, today and every day!", id="looks like a dateline"
        ),
        pytest.param("A line that nobody has seen before.", id="unknown to every rule"),
    ],
)
def test_a_banner_that_changes_with_the_crawl_changes_no_field(banner):
    form = PRODUCT_FORM.replace("CLEARANCE JOBS - Find security clearance jobs now!", banner)

    document = read_page(as_text(form))

    assert (document.headline, document.section) == EXPECTED["product"][1:4:2]
    assert document.text.startswith("Nairobi -- Kenya")


def test_an_appeal_is_no_headline_where_a_title_follows():
    form = "Cleared for work? Find your next job at ClearanceBoard\n\n" + BRIEFING_FORM

    document = read_page(as_text(form))

    assert (document.headline, document.blocks[0].label) == ("Daily Press Briefing", "banner")
