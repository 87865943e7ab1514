"""Passages in quotation marks: where they stand, and what kind they are."""

from __future__ import annotations

import pytest

from tasks.extractors.quotes import find_quotes


def passages(text: str) -> list[str]:
    quotes = find_quotes(text)
    assert [text[quote.start : quote.end] for quote in quotes] == [quote.text for quote in quotes]
    return [quote.text for quote in quotes]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("She said “no.”", ["“no.”"], id="curly marks"),
        pytest.param('She said "no."', ['"no."'], id="straight marks"),
        pytest.param('She said “not yet." He left.', ['“not yet."'], id="curly, closed straight"),
        pytest.param('She said "not yet.” He left.', ['"not yet.”'], id="straight, closed curly"),
        pytest.param(
            "to “reach an agreement. “", ["“reach an agreement. “"], id="closed wrong way"
        ),
        pytest.param("The ”new course” failed.", ["”new course”"], id="opened wrong way"),
        pytest.param(
            "''We will wait,'' she said.", ["''We will wait,''"], id="doubled apostrophes"
        ),
        pytest.param("``We will wait,'' she said.", ["``We will wait,''"], id="as wires type them"),
        pytest.param("„Wir warten“, sagte sie.", ["„Wir warten“"], id="German marks"),
        pytest.param("«Nous attendons», dit-elle.", ["«Nous attendons»"], id="guillemets"),
        pytest.param("\x93We wait,\x94 she said.", ["\x93We wait,\x94"], id="C1 controls"),
        pytest.param("\ufffdWe wait,\ufffd she said.", ["\ufffdWe wait,\ufffd"], id="no character"),
        pytest.param("Late. ?We wait,? she said. Why? Who?", ["?We wait,?"], id="question marks"),
        pytest.param("She promised 'years of work' now.", ["'years of work'"], id="single marks"),
        pytest.param("The analysts' view isn't Peru's.", [], id="apostrophes are no marks"),
        pytest.param("He's 6'2\" tall, she said.", [], id="feet and inches are no marks"),
        pytest.param(
            "“He told me ‘no’ twice,” she said.",
            ["“He told me ‘no’ twice,”"],
            id="single inside double",
        ),
        pytest.param(
            'She said "the "new" plan is dead" today.',
            ['"the "new" plan is dead"'],
            id="straight inside straight",
        ),
        pytest.param(
            "“The “new” plan is dead,” she said.",
            ["“The “new” plan is dead,”"],
            id="curly inside curly",
        ),
        pytest.param(
            "“[T]he ball … is with them,” she said.",
            ["“[T]he ball … is with them,”"],
            id="brackets and an ellipsis inside",
        ),
        pytest.param(
            "“We signed. She left.\n\nHe stayed.", ["“We signed. She left."], id="no closing mark"
        ),
        pytest.param(
            "“We signed, she said. “We left.”",
            ["“We signed, she said.", "“We left.”"],
            id="the first closing mark is lost",
        ),
        pytest.param("Minister: ‘We Will Sign’ Today", [], id="marks in a headline"),
        pytest.param('He said "" and "?" then.', [], id="marks around nothing"),
        pytest.param("A stray ” stands here.", [], id="a closing mark alone"),
        pytest.param("", [], id="no text"),
    ],
)
def test_passages(text, expected):
    assert passages(text) == expected


def test_a_passage_ends_with_its_paragraph():
    text = "“We will sign.\n\n“And we will pay,” she said."

    first, second = find_quotes(text)

    assert (first.text, first.is_closed) == ("“We will sign.", False)
    assert (second.text, second.is_closed) == ("“And we will pay,”", True)


def test_a_blank_line_between_two_words_ends_no_passage():
    text = "“The help is crucial,” she said, “not only to let the\n\nnew leaders stay.”"

    assert passages(text)[1] == "“not only to let the\n\nnew leaders stay.”"


def test_a_wrapped_line_is_no_paragraph():
    text = (
        "The minister told reporters in the capital on Tuesday that “we will\n"
        "not sign the treaty” before the summer.\n"
    )

    assert passages(text) == ["“we will\nnot sign the treaty”"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param(
            "“We will not sign the treaty before the summer,” she said.", "direct", id="long"
        ),
        pytest.param("“We wait,” she said.", "direct", id="short, with its comma"),
        pytest.param("It was “a rather poor start” to it.", "partial", id="a piece of a sentence"),
        pytest.param("The “surge” ended.", "term", id="one word"),
        pytest.param("He sang “The Long Way Home” twice.", "term", id="a title"),
        pytest.param("He sang in “The Long Way Home.”", "term", id="a title at the end"),
    ],
)
def test_kind(text, kind):
    (quote,) = find_quotes(text)

    assert quote.kind == kind


@pytest.mark.parametrize(
    ("text", "statements"),
    [
        pytest.param("“We will,” she said, “not sign.”", [0, 0], id="cut by its attribution"),
        pytest.param("“We will,” she said. “We must.”", [0, 1], id="two sentences"),
        pytest.param("“We will.\n\n“We must,” she said.", [0, 0], id="a mark on each paragraph"),
        pytest.param("“We will.”\n\n“We must,” she said.", [0, 1], id="closed before the next"),
    ],
)
def test_statement(text, statements):
    assert [quote.statement for quote in find_quotes(text)] == statements
