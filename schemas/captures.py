"""Contracts of `captures` and `pages`: what was asked for, and what was stored."""

from __future__ import annotations

from datetime import date
from typing import get_args

import polars as pl

from schemas import forms
from schemas.companions import come_together, only_files_have_no_url
from schemas.contract import About, Contract, Instant, column
from schemas.reasons import dispositions_of, ends_of
from schemas.records import Completeness
from schemas.rule import Rule


class Captures(Contract, about=About(key=("capture_id",), owner="fetching")):
    """One row is one stored HTTP response or file."""

    capture_id: str = column("Id from source, url, instant and body digest.", forms.an_id)
    source: str = column("Declared archive; `files` for files.", forms.a_name)
    url: str = column("Address asked for; null for a file.", forms.a_url, nullable=True)
    captured_at: Instant = column(
        "When it was made (UTC); null for a file.", forms.an_instant, nullable=True
    )
    http_status: int = column("Status answered.", forms.an_http_status, nullable=True)
    content_type: str = column("Content-Type as sent.", forms.a_line, nullable=True)
    body_digest: str = column("SHA-256 of the body.", forms.a_digest)
    byte_count: int = column("Bytes of the body, content encoding undone.", forms.a_count)
    warc_file: str = column("WARC that holds it, under captures/.", forms.a_line)
    warc_offset: int = column("Byte where its record begins.", forms.a_count)
    completeness: str = column("Whether its end was proved.", listed=get_args(Completeness))
    encoding_declared: str = column("Encoding the page names.", forms.a_line, nullable=True)
    encoding_used: str = column("Encoding it was read in.", forms.a_name, nullable=True)
    encoding_evidence: str = column("What decided it.", forms.a_line, nullable=True)
    encoding_repair: str = column("Repair of mojibake, if any.", forms.a_line, nullable=True)
    replacement_count: int = column(
        "U+FFFD put in for bytes that are no characters.", forms.a_count
    )
    run_id: str = column("Run that wrote the present content.", forms.a_name)

    @classmethod
    def rules(cls) -> tuple[Rule, ...]:
        return (
            only_files_have_no_url({}),
            come_together("encoding_used", "encoding_evidence", {"encoding_evidence": None}),
            Rule(
                name="warc_file_stays_in_captures",
                column="warc_file",
                passes=~pl.col("warc_file").str.contains(r"^[/\\]|(?:^|[/\\])\.\.(?:[/\\]|$)"),
                says="warc_file is a relative path that leaves no folder.",
                broken_by={"warc_file": "../elsewhere.warc.gz"},
            ),
        )


class Pages(
    Contract,
    about=About(key=("page_id",), wins_by=("first_listed_at",), owner="fetching"),
):
    """One row is one address or file of one source, in its latest state."""

    page_id: str = column("Id from source and url, or body digest.", forms.an_id)
    source: str = column("Declared archive; `files` for files.", forms.a_name)
    url: str = column("Address; null for a file.", forms.a_url, nullable=True)
    first_listed_at: Instant = column("When it was first listed (UTC).", forms.an_instant)
    disposition: str = column("How it last ended.", listed=dispositions_of("page"))
    reason: str = column("Why.", forms.a_name)
    next_try_at: Instant = column(
        "Not to be asked for before (UTC).", forms.an_instant, nullable=True
    )
    capture_id: str = column("Newest capture of it.", forms.an_id, nullable=True)
    run_id: str = column("Run that wrote the present content.", forms.a_name)
    listed_date: date = column(
        "Day its address or listing gives it; what the page says is in `articles`.", nullable=True
    )
    try_count: int = column(
        "Times it was asked for since it last answered; null while it answers.",
        forms.a_number_from_one,
        nullable=True,
    )

    @classmethod
    def rules(cls) -> tuple[Rule, ...]:
        end = pl.concat_str("disposition", "reason", separator=" ")
        return (
            only_files_have_no_url({}),
            Rule(
                name="reason_is_listed_for_its_disposition",
                column="reason",
                passes=end.is_in(ends_of("page")),
                says="The reason stands under its disposition in schemas/reasons.py.",
                broken_by={"disposition": "fetched", "reason": "gone"},
            ),
            Rule(
                name="fetched_page_has_a_capture",
                column="capture_id",
                passes=(pl.col("disposition") != "fetched") | pl.col("capture_id").is_not_null(),
                says="A fetched page names its capture.",
                broken_by={"disposition": "fetched", "reason": "answered", "capture_id": None},
            ),
        )
