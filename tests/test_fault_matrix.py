"""The faults a fetch must survive, and the test that injects each of them on a real port.

Read it as a table of contents: what is not named here is not covered.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

HERE = Path(__file__).parent
FETCH = "tasks/test_fetch.py::test_an_answer_and_what_it_means"
REDIRECT = "tasks/test_fetch.py::test_a_redirect_and_where_it_leads"
OUTCOME = "tasks/test_page_outcomes.py::test_what_is_said_of_an_answer"
NETWORK = "tasks/test_fetch_network.py"
POLITE = "tasks/test_http_polite.py"
LISTING = "tasks/test_listing.py"
ARCHIVE = "tasks/test_wayback_archive.py"
BOMBS = "faults/test_bombs.py"

FAULTS = {
    # The network.
    "a name that does not exist": [
        f"{NETWORK}::test_a_name_that_does_not_resolve",
    ],
    "a resolver that hangs": [
        "tasks/test_http_address.py::test_a_resolver_that_hangs_is_not_waited_for"
    ],
    "a connection refused": [
        f"{POLITE}::test_a_host_that_never_answers_is_left_alone",
    ],
    "a connection nobody takes": [
        f"{NETWORK}::test_a_host_that_takes_no_connection_is_not_waited_for"
    ],
    "a reset at any byte": [
        f"{NETWORK}::test_an_answer_broken_at_any_byte_is_asked_for_again",
    ],
    "a byte a second": [
        f"{BOMBS}::test_an_answer_that_never_comes",
    ],
    "a body without end": [
        f"{BOMBS}::test_an_answer_without_end",
    ],
    "a kept connection that was closed": [
        "tasks/test_fetch.py::test_a_connection_closed_while_idle_costs_one_request_more_at_most"
    ],
    "an answer nobody asked for": [
        "tasks/test_fetch.py::test_an_answer_nobody_asked_for_is_never_taken_for_the_next_page"
    ],
    "a certificate that is not good": [
        "tasks/test_fetch_tls.py::test_a_bad_certificate_ends_the_request",
        "tasks/test_fetch_tls.py::test_a_server_that_speaks_no_tls_ends_the_request",
        f"{NETWORK}::test_a_handshake_that_stalls_is_not_waited_for",
    ],
    "an address that is dead": [
        f"{POLITE}::test_a_dead_address_is_passed_over_for_one_that_lives",
    ],
    "proxies and passwords in the environment": [
        "tasks/test_fetch.py::test_nothing_from_the_environment_is_used"
    ],
    "files left open": [
        f"{POLITE}::test_open_files_do_not_grow_with_the_pages_fetched",
    ],
    "the line of the whole machine": [
        f"{POLITE}::test_an_outage_is_waited_out_and_the_run_goes_on"
    ],
    "packets of one byte": [
        f"{NETWORK}::test_an_answer_in_packets_of_one_byte_is_the_same_answer",
    ],
    "one host that hangs": [
        f"{NETWORK}::test_two_sources_wait_for_nobody_but_themselves",
    ],
    # HTTP.
    "a body shorter than its length": [
        FETCH,
        "faults/test_truncation.py::test_every_offset",
    ],
    "chunks without their last": [
        FETCH,
        "faults/test_truncation.py::test_every_offset",
    ],
    "a body without length, cut": [
        FETCH,
        OUTCOME,
    ],
    "an encoded stream, cut": [
        FETCH,
        "faults/test_truncation.py::test_every_offset",
    ],
    "a wrong or unknown content encoding": [
        FETCH,
    ],
    "framing that contradicts itself": [
        FETCH,
        "faults/test_fuzz.py::test_every_answer_has_one_end",
    ],
    "headers without end": [
        FETCH,
        f"{BOMBS}::test_an_answer_without_end",
    ],
    "a flood of interim answers": [
        FETCH,
    ],
    "204, 205, a part nobody asked for": [
        FETCH,
    ],
    "304 without a capture": [
        FETCH,
        "tasks/test_fetch.py::test_a_known_page_is_asked_for_only_if_it_changed",
        "tasks/test_listing_memory.py::test_a_listing_that_cannot_be_read_back_is_asked_for_anew",
        "flows/test_archived.py::test_a_capture_that_cannot_be_read_back_is_fetched_again",
    ],
    "304 for ever": [
        "tasks/test_fetch.py::test_a_site_that_always_says_not_modified_is_found_out",
    ],
    "redirects": [
        REDIRECT,
        "tasks/test_fetch.py::test_five_redirects_are_followed_and_six_are_not",
    ],
    "a gibibyte as body, redirect, robots.txt, sitemap": [
        f"{BOMBS}::test_a_gibibyte_of_zeros",
        f"{BOMBS}::test_a_gibibyte_of_zeros_as_a_compressed_sitemap_file",
    ],
    "429 and Retry-After": [
        f"{POLITE}::test_when_a_server_says_retry_after",
        f"{POLITE}::test_a_long_wait_defers_every_page_of_the_host_in_this_run_and_the_next",
        f"{POLITE}::test_a_refusal_without_a_time_waits_a_minute",
        "faults/test_politeness.py::test_no_request_comes_too_early",
    ],
    "a ban": [
        f"{POLITE}::test_a_refused_connection_after_a_429_is_a_ban",
    ],
    "5xx in bursts": [
        f"{POLITE}::test_thirty_percent_of_errors_cost_a_fifth_more_requests_at_most"
    ],
    "404 and 410 of a page known before": [
        "tasks/test_fetch.py::test_a_page_known_before_and_gone_leaves_a_tombstone",
        "flows/test_archived.py::test_a_page_gone_from_its_site_is_published_from_the_archive",
    ],
    "not found, with status 200": [
        OUTCOME,
    ],
    "walls and challenges": [
        OUTCOME,
    ],
    "an archived error": [
        f"{ARCHIVE}::test_a_copy_that_cannot_be_had",
    ],
    "a copy of another page or time": [
        f"{ARCHIVE}::test_a_copy_that_cannot_be_had",
    ],
    "other content than the label says": [
        OUTCOME,
    ],
    "lists that loop, repeat, break": [
        f"{ARCHIVE}::test_a_bad_line_is_named_and_stops_no_other",
        f"{ARCHIVE}::test_a_list_that_does_not_end_well_keeps_what_it_gave",
        f"{LISTING}::test_index_pages_that_go_in_a_circle_are_each_asked_once",
        f"{LISTING}::test_one_index_page_that_fails_holds_back_no_other",
    ],
    "robots.txt of every kind": [
        "tasks/test_robots.py::test_what_the_answer_to_robots_txt_allows",
    ],
    "one host by many names": [
        "tasks/test_pace.py::test_the_spellings_of_a_host_share_one_pause",
    ],
    "a pause of nothing": [
        f"{POLITE}::test_a_host_without_private_address_is_never_asked_without_pause"
    ],
    # Content.
    "a banner of a later year": [
        "extractors/test_generic.py::test_a_banner_anywhere_on_the_page_changes_nothing",
        "extractors/test_page_forms.py::test_a_banner_that_changes_with_the_crawl_changes_no_field",
    ],
    "a redesign": [
        OUTCOME,
        "extractors/test_declared.py::test_a_page_of_no_layout_is_refused_and_says_which",
    ],
    "a correction after publication": [
        "flows/test_ingest.py::test_a_corrected_page_becomes_a_version"
    ],
    "one page under many addresses": [
        f"{LISTING}::test_one_page_under_two_spellings_is_listed_once"
    ],
    "a page a script builds": [
        OUTCOME,
    ],
    "sitemaps in a circle, too deep, too large": [
        f"{LISTING}::test_sitemaps_in_a_circle_or_too_deep_end",
        f"{LISTING}::test_a_sitemap_over_the_bound_of_the_format_is_read_up_to_it",
        f"{LISTING}::test_a_broken_sitemap_is_named_and_its_good_part_used",
    ],
    "a calendar without end": [
        f"{LISTING}::test_a_calendar_without_end_is_left_after_twenty_pages"
    ],
    # What is kept.
    "a kill at any moment": [
        "faults/test_kills.py::test_a_hundred_kills",
    ],
    "a torn tail": [
        "tasks/test_keep.py::test_a_file_cut_at_any_byte_is_sealed_after_its_last_whole_record"
    ],
    "a flipped byte": [
        "tasks/test_keep.py::test_a_flipped_byte_is_found_and_the_other_records_are_read"
    ],
    "a full disk": [
        "tasks/test_keep.py::test_a_full_disk_is_named_and_what_was_kept_stays",
    ],
    "a package damaged anywhere": [
        "tasks/test_read_wacz.py::test_a_package_cut_or_damaged_anywhere_is_a_value"
    ],
}


@cache
def functions_of(name: str) -> frozenset[str]:
    tree = ast.parse((HERE / name).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_has_its_test(fault):
    named = [place.split("::") for place in FAULTS[fault]]

    assert named
    assert [test for file, test in named if test not in functions_of(file)] == []
