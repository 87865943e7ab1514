"""What is found in one page or batch: the reason it cannot be read, or every rule it breaks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import Any

from schemas.catalogue import CONTRACTS
from schemas.ids import make_id
from schemas.records import Capture
from tasks.batch import propose
from tasks.extract import Read, Unread, read_capture
from tasks.frames import frame_of
from tasks.validate import judge_batch

RUN = "20260101T000000Z-planted"
URL = "http://www.example.org/2006/06/port.html"
CAPTURED = datetime(2007, 1, 1, tzinfo=UTC)

Records = dict[str, list[dict[str, Any]]]
Fault = Callable[[Records], object]

PAGE = """\
<html><head><title>Ghana Reopens Its Ports After Nine Days</title></head><body>
<h1>Ghana Reopens Its Ports After Nine Days</h1>
<p class="date">12 June 2006</p>
<p>Accra -- The ports of Ghana opened again on Monday after a strike of nine days, and ships that
had waited in the roads came in one after another through the whole of the day.</p>
<p>“We will clear every ship by the end of the month,” said harbour master Efua Mensah. “Nobody
will be paid for waiting.”</p>
<p>The minister for ports, Kojo Antwi, told reporters that the “longest nine days” were over. He
said the cranes would run at night until 30 June 2006, and that Togo had been told of it.</p>
<p>Traders in the old town said that they had lost a season, and that they wanted to be heard
before the next agreement on wages was signed by anybody.</p>
</body></html>
"""


def capture_of(body: bytes | str = PAGE, **changed: Any) -> Capture:
    data = body.encode() if isinstance(body, str) else body
    values: dict[str, Any] = {
        "capture_id": make_id("planted", data.hex()[:64]),
        "source": "files",
        "url": URL,
        "captured_at": CAPTURED,
        "http_status": 200,
        "content_type": "text/html; charset=utf-8",
        "body": data,
        "body_digest": "ab" * 32,
        "warc_file": f"{RUN}-00001.warc.gz",
        "warc_offset": 0,
    }
    return Capture(**values | changed)


def found_on_page(capture: Capture) -> set[str]:
    """The reason a page is refused, else the rules that its records break."""
    reading = read_capture(capture)
    if isinstance(reading, Unread):
        return {reading.reason}
    return found_in(records_of(reading))


def found_with(fault: Fault) -> set[str]:
    """The rules broken by the records of a whole page, after the fault was planted in them."""
    reading = read_capture(capture_of())
    assert isinstance(reading, Read)
    records = records_of(reading)
    fault(records)
    return found_in(records)


def records_of(reading: Read) -> Records:
    frames = propose([reading], RUN, ()).frames
    return {table: frame.to_dicts() for table, frame in frames.items()}


def found_in(records: Records) -> set[str]:
    frames = {table: frame_of(rows, CONTRACTS[table]) for table, rows in records.items()}
    verdicts = judge_batch(frames).verdicts.values()
    refused = {
        reason for verdict in verdicts for row in verdict.quarantined["reasons"] for reason in row
    }
    warned = {
        count.rule for verdict in verdicts for count in verdict.rule_counts if count.failed_count
    }
    return refused | warned


@cache
def found_on_clean_page() -> frozenset[str]:
    return frozenset(found_with(lambda _records: None))
