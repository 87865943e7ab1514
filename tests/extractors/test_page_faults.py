"""Pages that mean harm or are broken: no crash, no hang, no empty success, one answer."""

from __future__ import annotations

import random
import string
import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.errors import Unreadable
from schemas.records import PageInput
from tasks.extractors.page import read_page

STORY = (
    "<p>The two governments have agreed on a new bridge, officials said on Friday in Lima.</p>" * 5
)
PAGE = f"<html><head><title>Bridge</title></head><body><h1>A New Bridge</h1>{STORY}</body></html>"
WORDS = "the bridge over the river is new, she said on Friday. "


def read(body: bytes):
    try:
        return read_page(PageInput("p", url="http://example.org/x", body=body))
    except Unreadable as refused:
        return refused.reason


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<p>" + WORDS * 20_000, id="one paragraph of a megabyte"),
        pytest.param(f"<p>{WORDS}" * 20_000, id="20,000 paragraphs"),
        pytest.param(f"<a href=x>{WORDS}</a>" * 15_000, id="links"),
        pytest.param("x<br>" * 200_000, id="breaks"),
        pytest.param("<div class='" + "a-b " * 200_000 + f"'>{STORY}", id="a huge class"),
        pytest.param("<meta name=date content='5/6/2007'>" * 20_000 + STORY, id="20,000 claims"),
        pytest.param(
            "<meta property=og:title content='A New Bridge'>" * 20_000 + STORY, id="titles"
        ),
        pytest.param("(" * 500_000 + STORY, id="brackets"),
        pytest.param("&amp;" * 200_000 + STORY, id="character references"),
        pytest.param("<!--" * 100_000 + STORY, id="comments never closed"),
        pytest.param("<table>" * 900 + STORY, id="tables in tables"),
        pytest.param("<p>25 May 2007" * 30_000, id="dates"),
        pytest.param("<p>By A B" * 30_000, id="bylines"),
        pytest.param("<p>" + "A" * 1_000_000, id="one word"),
        pytest.param("<p>" + "A " * 500_000, id="capitals"),
        pytest.param("<pre>" + (WORDS + "\n") * 18_000 + "</pre>", id="preformatted lines"),
        pytest.param("\n".join([WORDS] * 20_000), id="plain text"),
        pytest.param("<ul>" + "<li>" * 100_000, id="empty items"),
    ],
)
def test_a_megabyte_of_anything_is_read_or_refused_in_seconds(body):
    started = time.process_time()

    read(body.encode())

    assert time.process_time() - started < 8


@pytest.mark.parametrize(
    "text", ["(" * 300_000, "A " * 300_000, "25 May 2007\n" * 40_000, "- " * 300_000]
)
def test_saved_text_is_linear_too(text):
    started = time.process_time()

    read_page(PageInput("p", text=text))

    assert time.process_time() - started < 8


def mutate(page: bytes, seed: int) -> bytes:
    """Bits flipped, stretches cut out, doubled and moved."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    broken = bytearray(page)
    for _ in range(chance.randint(1, 20)):
        start = chance.randrange(len(broken) - 1)
        end = min(len(broken), start + chance.randint(1, 60))
        kind = chance.randrange(4)
        if kind == 0:
            broken[start] = chance.randrange(256)
        elif kind == 1 and len(broken) > 200:
            del broken[start:end]
        elif kind == 2:
            broken[start:start] = broken[start:end]
        else:
            broken[start:start] = chance.choice([b"<", b"</", b"<script>", b"&#", b"\x00", b"<!--"])
    return bytes(broken)


@pytest.mark.parametrize("seed", range(300))
def test_a_broken_page_is_read_or_refused_and_the_same_twice(seed):
    body = mutate(PAGE.encode(), seed)

    assert repr(read(body)) == repr(read(body))


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=300))
def test_any_text_keeps_the_promise_of_its_offsets(text):
    document = read_page(PageInput("p", text="A" + text))

    for block in document.blocks:
        if block.start is not None:
            assert document.text[block.start : block.end] == block.text


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=string.printable + "<>&;“”é", max_size=400))
def test_any_markup_keeps_the_promise_of_its_offsets(markup):
    document = read((markup + STORY).encode())

    if not isinstance(document, str):
        for block in document.blocks:
            if block.start is not None:
                assert document.text[block.start : block.end] == block.text


def test_the_answer_does_not_depend_on_the_hash_seed():
    program = (
        "from schemas.records import PageInput; from tasks.extractors.page import read_page;"
        f"print(ascii(read_page(PageInput('p', body={PAGE.encode()!r}))))"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": str(seed), "PYTHONPATH": "."},
            capture_output=True,
            check=True,
        ).stdout
        for seed in range(3)
    }

    assert len(answers) == 1
