"""Captures go to WARC files and come back, byte for byte."""

from __future__ import annotations

import errno
import gzip
import json
import os
import random
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

import onrecord
from schemas.errors import CannotWrite
from schemas.exchange import Answer
from schemas.ids import body_digest, make_id
from schemas.records import Capture, Miss
from tasks.keep import BrokenCapture, CaptureStore
from tasks.warc_format import read_records
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


def warcio(*arguments: object) -> bytes:
    """What the tool prints; it ends with 1 where a file is not sound."""
    command = [Path(sys.executable).with_name("warcio"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=True).stdout


@pytest.fixture
def file_of_two_runs(tmp_path):
    """A page, a redirect, a 410 and a listing; then the same page once more, unchanged."""
    store = CaptureStore(tmp_path / "captures")
    pages = {
        "/a": answer(gzip.compress(PAGE), Content_Encoding="gzip"),
        "/old": answer(b"", "301 Moved", Location="/a"),
        "/gone": answer(b"no", "410 Gone"),
    }
    with (
        FaultServer(site(pages)) as server,
        fetching(loopback_source(server.host), tmp_path / "state") as fetcher,
    ):
        with store.series("run-1", STARTED) as series:
            for path in ("/a", "/old", "/gone"):
                series.keep(fetcher.fetch_page(page(server.url(path))))
            listing = replace(fetcher.fetch_page(page(server.url("/a"))), is_listing=True)
            series.keep(listing)
        with store.series("run-2", STARTED) as series:
            known = store.known_pages("harbour_gazette")[server.url("/a")]
            series.keep(fetcher.fetch_page(page(server.url("/a")), known))
    return store, server.url("/a")


def test_other_tools_find_the_files_sound(file_of_two_runs):
    store, _ = file_of_two_runs
    for name in store.sealed_files():
        said = warcio("check", "-v", store.folder / name)
        assert b"digest pass" in said
        assert b"digest failed" not in said


def test_another_tool_sees_the_same_records_where_our_index_says(file_of_two_runs):
    store, url = file_of_two_runs
    fields = "offset,warc-type,warc-target-uri"
    theirs = {
        name: [
            json.loads(line)
            for line in warcio("index", "-f", fields, store.folder / name).splitlines()
        ]
        for name in store.sealed_files()
    }
    places = {
        (name, int(row["offset"])): row["warc-target-uri"]
        for name, rows in theirs.items()
        for row in rows
        if row["warc-type"] == "response"
    }

    ours = list(store.index())

    assert [each.role for each in sorted(ours, key=lambda each: each.offset)] == [
        "page",
        "page",
        "listing",
    ]
    assert {places[each.filename, each.offset] for each in ours} == {url}
    kinds = [[row["warc-type"] for row in rows] for rows in theirs.values()]
    assert kinds == [["warcinfo", *["response", "request"] * 5], ["warcinfo", "revisit"]]


def test_another_tool_replays_a_page_from_our_index(file_of_two_runs):
    store, url = file_of_two_runs

    pages = [line for line in store.find(url) if line.role == "page"]

    assert [line.status for line in pages] == ["200", "200"]
    for line in pages:
        file = store.folder / line.filename
        assert warcio("extract", "--payload", file, line.offset) == PAGE
        assert b"HTTP/1.1 200 OK" in warcio("extract", "--headers", file, line.offset)


def test_what_another_tool_packs_anew_holds_the_same_captures(file_of_two_runs, tmp_path):
    store, _ = file_of_two_runs
    packed = tmp_path / "packed"
    packed.mkdir()
    for name in store.sealed_files():
        warcio("recompress", store.folder / name, packed / name)

    again = list(CaptureStore(packed).read_all())

    assert [each.capture_id for each in again] == [each.capture_id for each in store.read_all()]
    assert [each.body for each in again] == [PAGE, PAGE]


def test_an_address_leads_to_all_its_captures(file_of_two_runs):
    store, url = file_of_two_runs
    other = url.replace("http://127.0.0.1", "https://127.0.0.1")

    assert [line.role for line in store.find(f"{url}#top")] == ["page", "page", "listing"]
    assert [line.page_url.rpartition("/")[2] for line in store.find(url)] == ["a", "old", "a"]
    assert store.find(other) == store.find(url)
    assert store.find(f"{url}/b") == []


def test_the_command_line_leads_from_an_address_to_its_captures(file_of_two_runs, capsys):
    store, url = file_of_two_runs
    data = ["--data", str(store.folder.parent)]

    assert onrecord.run([*data, "trace", url, "--json"]) == 0
    assert onrecord.run([*data, "trace", f"{url}/b"]) == 66

    said = capsys.readouterr()
    rows = json.loads(said.out)["captures"]
    assert [(row["filename"], row["offset"]) for row in rows] == [
        (line.filename, line.offset) for line in store.find(url)
    ]
    assert "no sealed WARC file" in said.err


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


def one_kept(folder: Path) -> bytes:
    """A sealed file with three saved pages; the file's bytes."""
    with CaptureStore(folder).series("run-1", STARTED) as series:
        for number in range(3):
            body = b"page %d" % number
            digest = body_digest(body)
            fields = {"http_status": None, "content_type": "text/plain", "body": body}
            series.keep_file(
                Capture(make_id(digest), "files", None, None, body_digest=digest, **fields)
            )
    return (folder / "run-1-00001.warc.gz").read_bytes()


def test_a_file_cut_at_any_byte_is_sealed_after_its_last_whole_record(tmp_path):
    whole = one_kept(tmp_path / "whole")
    ends = [record.end for record in read_records(memoryview(whole))]
    for cut in range(len(whole) + 1):
        folder = tmp_path / str(cut)
        folder.mkdir()
        (folder / "run-1-00001.warc.gz.open").write_bytes(whole[:cut])
        store = CaptureStore(folder)

        sealed = store.repair()

        left = max((end for end in ends if end <= cut), default=0)
        found = sum(path.stat().st_size for path in folder.iterdir())
        assert (found, bool(sealed)) == (left, left > 0)
        assert all(isinstance(each, Capture) for each in store.read_all())


def test_a_file_that_somebody_writes_is_left_alone(tmp_path):
    store = CaptureStore(tmp_path)
    with store.series("run-1", STARTED) as series:
        series.keep_file(Capture("c", "files", None, None, None, None, b"x", body_digest(b"x")))

        assert CaptureStore(tmp_path).repair() == ()
    assert store.sealed_files() == ["run-1-00001.warc.gz"]


def test_a_flipped_byte_is_found_and_the_other_records_are_read(tmp_path):
    whole = one_kept(tmp_path / "whole")
    records = list(read_records(memoryview(whole)))
    missed = []
    for at in range(records[1].start, len(whole), 7):
        damaged = bytearray(whole)
        damaged[at] ^= 0x10
        path = tmp_path / "run-1-00001.warc.gz"
        path.write_bytes(damaged)

        found = list(CaptureStore(tmp_path).read_all())

        bodies = [each.body for each in found if isinstance(each, Capture)]
        broken = [each for each in found if isinstance(each, BrokenCapture)]
        # Some bytes of a gzip head (time, system) mean nothing: then all three are whole.
        if not (len(bodies) == 3 and not broken) and not (len(bodies) == 2 and broken):
            missed.append((at, bodies, broken))
    assert missed == []


def test_a_lost_index_is_written_again(tmp_path):
    pages = {"/a": answer(PAGE, ETag='"v1"')}
    kept_pages(tmp_path / "captures", tmp_path / "state", pages)
    store = CaptureStore(tmp_path / "captures")
    first = store.known_pages("harbour_gazette")
    index = store.index_path("run-1-00001.warc.gz")

    for damage in (index.unlink, lambda: index.write_text("torn"), lambda: index.write_text("")):
        damage()
        assert CaptureStore(tmp_path / "captures").known_pages("harbour_gazette") == first


def test_files_rotate_by_size_and_are_never_written_again(tmp_path):
    store = CaptureStore(tmp_path, rotate_at=2_000)
    for _ in range(2):
        with store.series("run-1", STARTED) as series:
            for number in range(6):
                body = random.Random(number).randbytes(1_000)  # noqa: S311 - seeded
                fields = (None, None, body, body_digest(body))
                series.keep_file(Capture(f"c{number}", "files", None, None, *fields))

    assert len(store.sealed_files()) == len(set(store.sealed_files())) > 4
    assert sum(1 for each in store.read_all() if isinstance(each, Capture)) == 12


def test_saved_files_are_read_back_in_order_from_several_files(tmp_path):
    captures = []
    for number in range(6):
        body = random.Random(number).randbytes(1_000)  # noqa: S311 - seeded
        digest = body_digest(body)
        own_id = make_id("files", digest, None, digest)
        captures.append(Capture(own_id, "files", None, None, None, None, body, digest))
    store = CaptureStore(tmp_path, rotate_at=2_000)
    with store.series("run-1", STARTED) as series:
        kept = [series.keep_file(each) for each in captures]

    assert list(store.read_all()) == kept
    assert [each.capture_id for each in kept] == [each.capture_id for each in captures]
    assert len(store.sealed_files()) > 1


def numbered(count: int) -> list[Capture]:
    bodies = [b"page %d" % number for number in range(count)]
    ids = [make_id("files", digest, None, digest) for digest in map(body_digest, bodies)]
    return [
        Capture(own_id, "files", None, None, None, None, body, body_digest(body))
        for own_id, body in zip(ids, bodies, strict=True)
    ]


def test_pages_are_synced_before_a_second_is_over_and_when_the_file_is_sealed(
    tmp_path, monkeypatch
):
    moment, synced = [100.0], []
    monkeypatch.setattr("tasks.capture_series.monotonic", lambda: moment[0])
    real = os.fsync
    monkeypatch.setattr(os, "fsync", lambda fd: (synced.append(os.fstat(fd).st_size), real(fd)))
    first, second, third, last = numbered(4)
    with CaptureStore(tmp_path).series("run-1", STARTED) as series:
        series.keep_file(first)
        opened = len(synced)
        moment[0] += 0.9
        series.keep_file(second)
        assert len(synced) == opened
        moment[0] += 0.1
        place = series.keep_file(third).warc_offset
        assert len(synced) == opened + 1
        assert synced[-1] > place
        series.keep_file(last)
    assert (tmp_path / "run-1-00001.warc.gz").stat().st_size in synced[opened + 1 :]


def test_a_sync_that_fails_takes_back_what_was_written_since_the_last_good_one(
    tmp_path, monkeypatch
):
    """The system may have dropped any of those bytes, and a second sync would hide it."""
    moment, real = [100.0], os.fsync
    monkeypatch.setattr("tasks.capture_series.monotonic", lambda: moment[0])
    first, synced, unsynced, last = numbered(4)
    store = CaptureStore(tmp_path)
    with store.series("run-1", STARTED) as series:
        series.keep_file(first)
        moment[0] += 1
        series.keep_file(synced)
        series.keep_file(unsynced)
        moment[0] += 1
        monkeypatch.setattr(os, "fsync", fail_to_sync)
        with pytest.raises(CannotWrite, match="Input/output error while writing"):
            series.keep_file(last)
        monkeypatch.setattr(os, "fsync", real)
        series.keep_file(last)

    bodies = [each.body for each in store.read_all() if isinstance(each, Capture)]
    assert bodies == [first.body, synced.body, last.body]


def fail_to_sync(_: int) -> None:
    raise OSError(errno.EIO, os.strerror(errno.EIO))


def test_a_redirect_keeps_every_hop_and_the_listed_address(tmp_path):
    pages = {"/old": answer(b"", "301 Moved", Location="/new"), "/new": answer(PAGE)}
    store = CaptureStore(tmp_path / "captures")
    with (
        FaultServer(site(pages)) as server,
        fetching(loopback_source(server.host), tmp_path / "state") as fetcher,
        store.series("run-1", STARTED) as series,
    ):
        kept = series.keep(fetcher.fetch_page(page(server.url("/old"))))

    (known,) = store.known_pages("harbour_gazette").values()
    path = tmp_path / "captures" / "run-1-00001.warc.gz"
    records = list(read_records(memoryview(path.read_bytes())))
    roles = [(each.kind, each.get("OnRecord-Role")) for each in records]
    assert (known.url, known.capture_url) == (server.url("/old"), server.url("/new"))
    assert list(store.read_all()) == [kept]
    assert roles == [
        ("warcinfo", None),
        ("response", "hop"),
        ("request", None),
        ("response", "page"),
        ("request", None),
    ]


def test_an_unchanged_page_leaves_a_revisit_that_points_to_its_capture(tmp_path):
    store = CaptureStore(tmp_path / "captures")
    with (
        FaultServer(site({"/a": answer(PAGE)})) as server,
        fetching(loopback_source(server.host), tmp_path / "state") as fetcher,
    ):
        for run_id in ("run-1", "run-2"):
            known = store.known_pages("harbour_gazette").get(server.url("/a"))
            with store.series(run_id, STARTED) as series:
                last = series.keep(fetcher.fetch_page(page(server.url("/a")), known))

    path = tmp_path / "captures" / "run-2-00001.warc.gz"
    _, revisit = read_records(memoryview(path.read_bytes()))
    (first,) = store.read_all()
    assert (last.reason, revisit.kind) == ("same_body", "revisit")
    assert revisit.get("OnRecord-Capture-ID") == first.capture_id


def test_a_full_disk_is_named_and_what_was_kept_stays(tmp_path):
    """The file size limit of the process stands in for the disk's."""
    store = CaptureStore(tmp_path)
    code = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from datetime import UTC, datetime\n"
        "from schemas.records import Capture\n"
        "from schemas.errors import CannotWrite\n"
        "from schemas.ids import body_digest\n"
        "from tasks.keep import CaptureStore\n"
        "import os, signal\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "store = CaptureStore(Path(sys.argv[1]))\n"
        "with store.series('run-1', datetime(2024, 3, 1, tzinfo=UTC)) as series:\n"
        "    for number in range(100):\n"
        "        body = os.urandom(1000)\n"
        "        capture = Capture(str(number), 'files', None, None, None, None, body,"
        " body_digest(body))\n"
        "        try:\n"
        "            series.keep_file(capture)\n"
        "        except CannotWrite as error:\n"
        "            print(number, error)\n"
        "            break\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path], capture_output=True, text=True, check=True
    )

    number = int(done.stdout.partition(" ")[0])
    assert "run-1-00001.warc.gz.open" in done.stdout
    assert len(list(store.read_all())) == number > 5
