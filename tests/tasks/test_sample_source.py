"""The sample archive is whole: its index lists its pages, its layouts know their designs."""

import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from tasks.sources import SOURCES, source_of
from tasks.sources.sample.archive import FOLDER, archive_digest, read_archive
from tasks.sources.sample.declaration import PORT, SAMPLE, sample_source

ADDRESS = f"http://127.0.0.1:{PORT}"
PAGE = re.compile(SAMPLE.listings[0].page_pattern)
# Answers that hold no article, though their address is one of an article.
NO_ARTICLE = {
    "/library/news/angola/2002/02/angola-020220-wf01.htm",
    "/library/news/chad/2003/08/chad-030826-wf02.htm",
    "/private/2007/04/memo-070412-hl09.html",
    "/wire/2009/02/iceland-090203-cp01.html",
}
ARTICLES = sorted(
    path
    for path, answer in read_archive().items()
    if PAGE.fullmatch(ADDRESS + path) and answer.status == 200 and path not in NO_ARTICLE
)


def index_pages(path):
    """The index page at the path and all it continues on."""
    seen = []
    while path and path not in seen:
        seen.append(path)
        tree = LexborHTMLParser(read_archive()[path].body)
        following = tree.css_first(SAMPLE.listings[0].next_selector)
        path = following.attributes["href"] if following else None
    return seen


def listed(path):
    tree = LexborHTMLParser(read_archive()[path].body)
    links = [ADDRESS + link.attributes["href"] for link in tree.css("a[href]")]
    return [link.removeprefix(ADDRESS) for link in links if PAGE.fullmatch(link)]


@pytest.mark.parametrize("year", range(1999, 2010))
def test_the_index_of_a_year_lists_as_many_pages_as_it_says(year):
    pages = index_pages(f"/library/{year}/index.html")
    first = LexborHTMLParser(read_archive()[pages[0]].body)

    found = [link for page in pages for link in listed(page)]

    assert len(found) == int(first.css_first(SAMPLE.listings[0].count_selector).text())
    assert {PAGE.fullmatch(ADDRESS + link)["year"] for link in found} == {str(year)}


def test_every_page_but_the_target_of_the_redirect_is_listed_once():
    starts = [f"/library/{year}/index.html" for year in range(1999, 2010)]
    pages = [page for start in starts for page in index_pages(start)] + ["/mirror/index.html"]

    found = sorted(link for page in pages for link in listed(page))

    expected = {path for path in read_archive() if PAGE.fullmatch(ADDRESS + path)}
    assert found == sorted(expected - {"/radio/2008/10/maldives-081029-hri07.html"})


@pytest.mark.parametrize("path", ARTICLES)
def test_one_layout_alone_knows_the_page(path):
    tree = LexborHTMLParser(read_archive()[path].body)

    known_by = [
        layout.name
        for layout in SAMPLE.layouts
        if all(tree.css_first(selector) for selector in layout.fingerprint)
    ]

    assert len(known_by) == 1


@pytest.mark.parametrize("layout", SAMPLE.layouts, ids=lambda layout: layout.name)
def test_a_layout_has_pages(layout):
    trees = [LexborHTMLParser(read_archive()[path].body) for path in ARTICLES]

    assert any(all(tree.css_first(each) for each in layout.fingerprint) for tree in trees)


def test_no_file_of_the_archive_is_left_unserved():
    served = {answer.body for revision in (1, 2) for answer in read_archive(revision).values()}
    files = {file.name: file.read_bytes() for file in (FOLDER / "pages").iterdir()}

    assert {name for name, body in files.items() if body not in served} == set()


def test_revisions_have_digests_of_their_own():
    assert archive_digest(1) != archive_digest(2)
    assert archive_digest(2) == archive_digest(3)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        pytest.param(f"{ADDRESS}/robots.txt", "sample", id="the sample's own port"),
        pytest.param("http://127.0.0.1:9/robots.txt", None, id="another port of this machine"),
        pytest.param("https://example.org/a.html", None, id="a host nobody declared"),
        pytest.param(None, None, id="a page without address"),
        pytest.param("http://[::1", None, id="an address that is none"),
    ],
)
def test_the_source_of_an_address(url, name):
    source = source_of(url)

    assert name == (source and source.name)


def test_the_sample_can_be_served_at_another_port():
    moved = sample_source(9999)

    assert moved.private_hosts == ("127.0.0.1:9999",)
    assert [listing.url for listing in moved.listings] == [
        "http://127.0.0.1:9999/library/{day:%Y}/index.html",
        "http://127.0.0.1:9999/mirror/index.html",
    ]


def test_sources_are_named_as_they_are_listed():
    assert {name: source.name for name, source in SOURCES.items()} == {
        name: name for name in SOURCES
    }
