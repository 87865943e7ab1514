"""Captures go to WARC files and come back, byte for byte."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from schemas.exchange import Answer
from schemas.ids import body_digest, make_id
from schemas.records import Capture, Miss
from tasks.keep import CaptureStore
from tests.fault_server import FaultServer, answer, site
from tests.fetching import fetching, loopback_source, page

STARTED = datetime(2024, 3, 1, 12, 0, tzinfo=UTC)
PAGE = b"<html><body><p>The harbour is open.</p></body></html>"


def kept_pages(folder: Path, state: Path, pages: dict[str, bytes]) -> list[Capture]:
    store = CaptureStore(folder)
    with (
        FaultServer(site(pages)) as server,
        fetching(loopback_source(server.host), state) as fetcher,
        store.series("run-1", STARTED) as series,
    ):
        return [series.keep(fetcher.fetch_page(page(server.url(path)))) for path in pages]


def test_a_fetched_page_is_kept_and_read_back(tmp_path):
    (kept,) = kept_pages(tmp_path / "captures", tmp_path / "state", {"/a.html": answer(PAGE)})

    store = CaptureStore(tmp_path / "captures")
    assert kept.warc_file == "run-1-00001.warc.gz"
    assert store.read(kept.warc_file, kept.warc_offset) == kept
    assert list(store.read_all()) == [kept]


def test_the_etag_of_a_capture_is_known_to_the_next_run(tmp_path):
    with_etag = answer(PAGE, ETag='"v1"', Last_Modified="Thu, 01 Mar 2007 10:00:00 GMT")
    (kept,) = kept_pages(tmp_path / "captures", tmp_path / "state", {"/a.html": with_etag})

    (known,) = CaptureStore(tmp_path / "captures").known_pages("harbour_gazette").values()

    assert (known.url, known.etag, known.last_modified, known.body_digest) == (
        kept.url,
        '"v1"',
        "Thu, 01 Mar 2007 10:00:00 GMT",
        kept.body_digest,
    )


def test_other_tools_find_the_files_sound(tmp_path):
    kept_pages(
        tmp_path / "captures",
        tmp_path / "state",
        {"/a": answer(PAGE), "/b": answer(b"no", "410 Gone")},
    )
    warcio = Path(sys.executable).with_name("warcio")

    done = subprocess.run(
        [warcio, "check", "-v", tmp_path / "captures" / "run-1-00001.warc.gz"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, "digest pass" in done.stdout) == (0, True), done.stdout


@pytest.mark.parametrize(
    ("captured_at", "url", "content_type"),
    [
        pytest.param(None, None, "text/html", id="a saved file has neither address nor instant"),
        pytest.param(STARTED, "https://news.example/a", None, id="a line that states both"),
    ],
)
def test_a_saved_file_is_kept_and_read_back(tmp_path, captured_at, url, content_type):
    digest = body_digest(PAGE)
    capture = Capture(
        capture_id=make_id("files", url or digest, captured_at, digest),
        source="files",
        url=url,
        captured_at=captured_at,
        http_status=None,
        content_type=content_type,
        body=PAGE,
        body_digest=digest,
    )
    store = CaptureStore(tmp_path)
    with store.series("run-1", STARTED) as series:
        kept = series.keep_file(capture)

    assert list(store.read_all()) == [kept]


def test_a_miss_without_an_answer_writes_nothing(tmp_path):
    miss = Miss("harbour_gazette", "http://h/", "failed", "dns_failure", "", STARTED)
    store = CaptureStore(tmp_path)
    with store.series("run-1", STARTED) as series:
        series.keep(Answer(page("http://h/"), miss))

    assert list(tmp_path.iterdir()) == []
