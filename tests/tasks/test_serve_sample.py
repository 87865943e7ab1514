"""The loopback server answers as the manifest says, to a client that asks for real."""

import hashlib
import json
import socket
import subprocess
import sys
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from schemas.errors import Unavailable
from tasks.serve_sample import serve
from tasks.sources.sample.archive import read_archive

CORRECTED = "/library/news/kosovo/2008/09/kosovo-080910-wf01.htm"
VALIDATED = "/radio/2004/12/serbia-041208-hri02.html"


def ask(address, path, method="GET", **headers):
    """Status, headers and body of one answer."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=5)
    try:
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


@pytest.fixture(scope="module")
def address():
    with serve(0) as address:
        yield address


@pytest.mark.parametrize("path", sorted(read_archive()))
def test_every_address_answers_as_the_manifest_says(address, path):
    expected = read_archive()[path]

    status, headers, body = ask(address, path)

    assert (status, headers["Content-Type"], body) == (
        expected.status,
        expected.content_type,
        expected.body,
    )
    assert headers["Content-Length"] == str(len(body))


@pytest.mark.parametrize(
    ("path", "status"),
    [
        pytest.param("/library/nothing.htm", 404, id="an address nobody listed is not found"),
        pytest.param(
            "/radio/2004/05/cambodia-040514-hri04.html", 410, id="a withdrawn page is gone"
        ),
        pytest.param("/radio/2008/10/maldives-081029-hri06.html", 301, id="a moved page redirects"),
        pytest.param(
            "/library/news/angola/2002/02/angola-020220-wf01.htm", 200, id="a soft 404 is 200"
        ),
    ],
)
def test_ends_of_a_page(address, path, status):
    assert ask(address, path)[0] == status


def test_a_redirect_stays_on_the_address_that_was_asked(address):
    _, headers, _ = ask(address, "/radio/2008/10/maldives-081029-hri06.html")

    assert headers["Location"] == f"{address}/radio/2008/10/maldives-081029-hri07.html"


def test_a_known_page_is_not_sent_again(address):
    _, headers, body = ask(address, VALIDATED)

    status, again, nothing = ask(address, VALIDATED, **{"If-None-Match": headers["ETag"]})

    assert (status, nothing) == (304, b"")
    assert again["ETag"] == headers["ETag"]
    assert body


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({"If-None-Match": '"another"'}, 200, id="another tag gets the page"),
        pytest.param({"If-None-Match": "*"}, 304, id="any tag is known"),
        pytest.param(
            {"If-Modified-Since": "Wed, 10 Sep 2008 15:20:00 GMT"}, 304, id="not modified since"
        ),
        pytest.param(
            {"If-Modified-Since": "Wed, 10 Sep 2008 15:19:59 GMT"}, 200, id="modified since"
        ),
        pytest.param({"If-Modified-Since": "yesterday"}, 200, id="a date nobody can read"),
        pytest.param(
            {"If-None-Match": '"another"', "If-Modified-Since": "Thu, 11 Sep 2008 00:00:00 GMT"},
            200,
            id="the tag decides alone",
        ),
    ],
)
def test_conditional_requests(address, headers, status):
    assert ask(address, CORRECTED, **headers)[0] == status


def test_head_gives_the_length_without_the_page(address):
    status, headers, body = ask(address, VALIDATED, method="HEAD")

    assert (status, body) == (200, b"")
    assert int(headers["Content-Length"]) == len(read_archive()[VALIDATED].body)


def test_revision_two_has_one_page_corrected_and_one_gone():
    first, second = read_archive(1), read_archive(2)
    changed = {path for path in first if first[path] != second[path]}

    assert changed == {CORRECTED, "/radio/2006/12/fiji-061212-hri03.html"}
    assert set(first) == set(second)
    assert (second[CORRECTED].status, second["/radio/2006/12/fiji-061212-hri03.html"].status) == (
        200,
        404,
    )


def test_asking_twice_gives_the_same_bytes(address):
    bodies = [
        [hashlib.sha256(ask(address, path)[2]).hexdigest() for path in sorted(read_archive())]
        for _ in range(2)
    ]

    assert bodies[0] == bodies[1]


def test_the_request_log_is_one_line_a_request(tmp_path):
    log = tmp_path / "requests.jsonl"
    with serve(0, log=log) as address:
        ask(address, "/robots.txt", **{"User-Agent": "reader/1"})

    assert [json.loads(line) for line in log.read_text().splitlines()] == [
        {
            "method": "GET",
            "path": "/robots.txt",
            "status": 200,
            "user_agent": "reader/1",
            "is_conditional": False,
        }
    ]


def test_a_server_of_our_own_is_used_as_it_is(address):
    port = urlsplit(address).port

    with serve(port) as second:
        assert second == address

    assert ask(address, "/robots.txt")[0] == 200


def test_our_own_server_at_another_revision_is_not_used(address):
    port = urlsplit(address).port

    with (
        pytest.raises(Unavailable, match=rf"port {port} .* another sample archive"),
        serve(port, 2),
    ):
        pass


def test_a_port_of_another_program_is_named():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        other.listen()

        with pytest.raises(Unavailable, match=rf"port {port} .* another program"), serve(port):
            pass


def test_the_program_ends_with_69_and_one_line_when_the_port_is_taken():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        ended = subprocess.run(
            [sys.executable, "-m", "tasks.serve_sample", "--port", port],
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )

    assert (ended.returncode, ended.stdout) == (69, "")
    assert ended.stderr.count("\n") == 1
    assert port in ended.stderr
