from __future__ import annotations

import pytest

from tasks.extractors.language import count_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The ministers of the two countries said that they have agreed to it and to more.", "en"),
        ("I do it, and I do it to a friend of mine, as I have to: the road was his.", "en"),
        (
            "A két ország miniszterei megegyeztek, és a hídról is szó volt, mint azt már írtuk.",
            "hu",
        ),
        ("Miniștrii celor două țări au căzut de acord că un pod este de folos și nu va fi.", "ro"),
        ("Министрите на двете страни се споразумяха за моста и това ще е от полза, като", "bg"),
        ("Министры двух стран договорились о мосте, и это было бы полезно, но не для них.", "ru"),
        ("Ministrat e dy vendeve janë marrë vesh për urën dhe kjo është më e mirë se një.", "sq"),
        ("Lorem ipsum dolor sit amet, consectetur adipisicing elit, sed do eiusmod tempor.", None),
        ("Talks, bridge, river, ministers, trucks.", None),
    ],
)
def test_the_commonest_words_tell_the_language(text, language):
    assert count_language(text) == language
