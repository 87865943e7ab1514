from __future__ import annotations

import pytest

from tasks.extractors.bare_byline import is_bare_byline
from tasks.extractors.byline import find_byline, is_person


@pytest.mark.parametrize(
    ("line", "names"),
    [
        pytest.param("By Maria Okello", ("Maria Okello",), id="one writer"),
        pytest.param(
            "By Maria Okello and Jan de Vries", ("Maria Okello", "Jan de Vries"), id="two"
        ),
        pytest.param("BY MARIA OKELLO", ("Maria Okello",), id="capitals"),
        pytest.param("By Maria Okello, Associated Press Writer", ("Maria Okello",), id="employer"),
        pytest.param("By Staff Sgt. Dana Whitlock, USA", ("Dana Whitlock",), id="rank"),
        pytest.param(
            "By Maria Okello | 12:05, January 4, 2008", ("Maria Okello",), id="date after it"
        ),
        pytest.param("By Maria Okello January 4, 2008", ("Maria Okello",), id="date run in"),
        pytest.param("By Maria Okello Friday, 4 January 2008", ("Maria Okello",), id="weekday"),
        pytest.param("By Maria Okello2008-01-04 12:05 UTC", ("Maria Okello",), id="frames run in"),
        pytest.param("Posted by Maria Okello on 4 January 2008", ("Maria Okello",), id="posted"),
        pytest.param("By Maria Okello in Nairobi", (), id="a place is not guessed away"),
        pytest.param(
            "By PMA-205 and NAVAIR Public Affairs.",
            ("PMA-205 and NAVAIR Public Affairs",),
            id="office",
        ),
        pytest.param("By Maria Okello, PA Sport", ("Maria Okello",), id="employer's initials"),
        pytest.param("By Maria Okello, Valley Foundation", ("Maria Okello",), id="a body"),
        pytest.param("By MARIA OKELLO, J VRIES", ("Maria Okello", "J Vries"), id="all capitals"),
        pytest.param("By The Valley Times", (), id="a paper"),
        pytest.param("By Staff and agencies", (), id="nobody"),
        pytest.param("Author : Maria Okello", ("Maria Okello",), id="author"),
        pytest.param("By VOA News", (), id="agency"),
        pytest.param("By the time they came it was over.", (), id="a sentence"),
        pytest.param("Maria Okello", (), id="no by"),
    ],
)
def test_names_stand_without_posts_and_employers(line, names):
    assert find_byline(line) == names


@pytest.mark.parametrize(
    ("line", "expected"),
    [("Maria Okello", True), ("Voice of America", False), ("Talks resume in Nairobi", False)],
)
def test_a_line_may_be_a_name_alone(line, expected):
    assert is_person(line) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Erin Okello, Valley Now", True),
        ("Erin Okello and Gregg de Vries", True),
        ("ERIN OKELLO; Valley Leader-Post", True),
        ("Erin Okello: Analysis", True),
        ("Paris Talks Resume", False),
        ("Chelsea Wins", False),
        ("Jordan Talks", False),
        ("Congress Asks Ministers", False),
        ("Erin Okello won.", False),
        ("Erin Okello, who won the cup", False),
        ("Ministers meet in Lima", False),
        ("", False),
    ],
)
def test_a_byline_may_do_without_by(line, expected):
    assert is_bare_byline(line) is expected
