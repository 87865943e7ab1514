"""How units end, and why: the only dispositions and reasons a ledger row may carry.

A reason is added here, in its group, with its sentence, before code may use it.
"""

from __future__ import annotations

from dataclasses import dataclass

from schemas.errors import UnlistedReason
from schemas.records import UnitKind


@dataclass(frozen=True, slots=True)
class Reason:
    unit_kind: UnitKind
    disposition: str
    code: str
    says: str


def _group(unit_kind: UnitKind, disposition: str, **sentences: str) -> tuple[Reason, ...]:
    return tuple(Reason(unit_kind, disposition, code, says) for code, says in sentences.items())


_PAGES = (
    *_group(
        "page",
        "fetched",
        answered="The site answered and the answer is kept.",
        read_from_file="The page came from a file or WARC given by hand.",
        adopted="A run that was killed had kept it; this run took it over.",
        unchanged="It had failed since its last capture, and now says that nothing changed.",
    ),
    *_group(
        "page",
        "not_modified",
        not_modified_304="The site said that nothing changed since the last capture.",
        same_body="The answer has the same bytes as the last capture.",
    ),
    *_group(
        "page",
        "refused",
        robots_disallows="robots.txt asks us not to read this address.",
        address_not_allowed="The host resolves to an address this source may not reach.",
        scheme_not_allowed="Only http and https addresses are asked.",
        bad_address="The address is malformed, or holds a user name or a control character.",
        outside_source="The address, or a redirect from it, leaves the hosts of the source.",
        login_required="The site answered 401 or 407.",
        forbidden="The site answered 403 or 451.",
        not_found="The site answered 404.",
        gone="The site answered 410.",
    ),
    *_group(
        "page",
        "failed",
        dns_failure="The host name does not resolve.",
        connection_failure="No connection, or it broke before an answer.",
        tls_failure="The certificate could not be verified.",
        timed_out="No whole answer before the deadline.",
        too_many_redirects="The redirects did not end, or went in a circle.",
        bad_redirect="A redirect without a usable address.",
        bad_answer="The answer is not HTTP, or contradicts itself.",
        incomplete_body="The body ended before its stated end, twice.",
        body_too_large="The body, on the wire or decoded, is over its bound.",
        undecodable_body="The content encoding could not be undone.",
        no_content="The site answered success with no body.",
        client_error="The site answered another 4xx.",
        server_error="The site answered 5xx and retries did not help.",
        unreadable_file="A file given by hand could not be read.",
        not_a_page="A file given by hand is no page we know how to read.",
        broken_warc="A WARC given by hand breaks off or cannot be parsed.",
        index_unreadable="An index, feed or sitemap could not be read.",
    ),
    *_group(
        "page",
        "deferred",
        robots_unreachable="robots.txt could not be read, so nothing is asked for now.",
        rate_limited="The site asked us to wait (429, or 503 with Retry-After).",
        host_resting="The host failed too often; it is left alone for a while.",
        budget_spent="The request budget of the source is used up for this run.",
        limit_reached="The run was asked for a limited number of pages.",
        run_interrupted="The run was stopped before its turn came.",
        not_due="It failed before, and its next try is not due yet; nothing was asked.",
    ),
)

_CAPTURES = (
    *_group(
        "capture",
        "parsed",
        read="An article was read from it.",
        read_again="It had been read before; a replay read it again.",
        not_an_article="A page that was read and holds no article, such as an index page.",
    ),
    *_group(
        "capture",
        "page_quarantined",
        empty_body="The body is empty.",
        not_a_page="The bytes are neither HTML nor text.",
        binary_body="The bytes are those of an image, an archive or another binary file.",
        too_deep="The page nests deeper than a page written for people.",
        too_large="The page is over the bound for reading.",
        undecodable="No encoding turns the bytes into text.",
        soft_404="The page says that it was not found, with a success status.",
        challenge_page="The page asks the visitor to prove to be human.",
        login_wall="The page asks the visitor to log in or subscribe.",
        no_body_text="No article text was found.",
        layout_missing="The page matches no layout its source declares.",
        rule_cannot_run="A contract rule could not run on its source, so no row was judged.",
        incomplete="The capture is known to be cut short.",
        extraction_failed="An extractor raised; the message is in the quarantine row.",
    ),
)

_RECORDS = (
    *_group(
        "record",
        "loaded",
        new="The row was not there before.",
        changed="The row was there with other content.",
        unchanged="The row was there with the same content.",
        released="The row had been in quarantine and now keeps its contract.",
    ),
    *_group(
        "record",
        "duplicate",
        same_key="Another record of the batch has the same key and won by the stated rule.",
        older_capture="A newer capture of the same article is loaded; this one is a version.",
    ),
    *_group(
        "record",
        "row_quarantined",
        contract_refused="The row breaks rules of its contract; they are in the quarantine row.",
        capture_quarantined="The capture it was read from is in quarantine.",
        article_quarantined="The article it belongs to is in quarantine.",
        speaker_quarantined="The speaker it names is in quarantine.",
    ),
)

REASONS: tuple[Reason, ...] = (*_PAGES, *_CAPTURES, *_RECORDS)
_LISTED = frozenset((reason.unit_kind, reason.disposition, reason.code) for reason in REASONS)


def require_listed(unit_kind: UnitKind, disposition: str, reason: str) -> str:
    """The reason itself, or an error where the three are not listed together."""
    if (unit_kind, disposition, reason) not in _LISTED:
        raise UnlistedReason(unit_kind, disposition, reason)
    return reason


def dispositions_of(unit_kind: UnitKind) -> tuple[str, ...]:
    return tuple(dict.fromkeys(r.disposition for r in REASONS if r.unit_kind == unit_kind))


def reasons_of(unit_kind: UnitKind, disposition: str) -> tuple[str, ...]:
    return tuple(
        r.code for r in REASONS if r.unit_kind == unit_kind and r.disposition == disposition
    )


def ends_of(unit_kind: UnitKind) -> tuple[str, ...]:
    """Every `disposition reason` of one kind of unit."""
    return tuple(f"{r.disposition} {r.code}" for r in REASONS if r.unit_kind == unit_kind)


def all_ends() -> tuple[str, ...]:
    """Every `unit disposition reason`."""
    return tuple(f"{r.unit_kind} {r.disposition} {r.code}" for r in REASONS)
