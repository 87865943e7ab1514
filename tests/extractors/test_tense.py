import pytest

from tasks.extractors.tense import tense_at


@pytest.mark.parametrize(
    ("text", "tense"),
    [
        ("He said [Friday] that he will resign.", "past"),
        ("He will resign [Friday], he said.", "future"),
        ("I’ll resign [Friday].", "future"),
        ("He was arrested [Friday].", "past"),
        ("He will be arrested [Friday].", "future"),
        ("He is to be arrested [Friday].", "open"),
        ("He would resign [Friday].", "open"),
        ("He agreed to resign [Friday].", "open"),
        ("He refused to resign [Friday].", "past"),
        ("It had been due to end [Friday].", "past"),
        ("It is due [Friday].", "future"),
        ("The vote is [Friday].", "future"),
        ("The talks resume [Friday].", "future"),
        ("At the start of talks on the [Friday] flight", None),
        ("He could not be reached [Friday].", "past"),
        ("To win, he [Friday] announced cuts.", "past"),
        ("To win, he [Friday] also announced cuts.", "past"),
        ("[Friday] in Lima, he resigned.", "past"),
        ("[Friday], in a bid to win, he resigned.", "past"),
        ("He fled to Lima [Friday].", "past"),
        ("He walked to the palace on [Friday].", "past"),
        ("The truce, in force since late [Friday], holds.", "past"),
        ("They have until [Friday].", "future"),
        ("They fight ahead of the party's primary on [Friday].", "open"),
        ("They won. We will vote [Friday].", "future"),
        ("They will vote. Mr. Okello left [Friday].", "past"),
        ("Mr. Okello will see Gen. Lindqvist [Friday].", "future"),
        ("Ahmed and Fred on the [Friday] bus", None),
        ("[Friday]’s raid killed none.", "past"),
        ("He won before [Friday]'s election.", None),
        ("He won in [Friday]'s election.", None),
        ("He won the [Friday] election.", None),
        ("A word [Friday] without a verb", None),
    ],
)
def test_the_tense_around_a_date(text, tense):
    start, end = text.index("["), text.index("]") - 1
    plain = text.replace("[", "").replace("]", "")

    assert tense_at(plain, start, end) == tense
