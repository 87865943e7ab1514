"""Who said it: the words there, and the full name behind them."""

from __future__ import annotations

import pytest

from tasks.extractors.quotes import find_quotes
from tasks.extractors.speakers import attribute_quotes


def answers(text):
    return attribute_quotes(text, find_quotes(text))


def mentions(text):
    found = [answer.attribution for answer in answers(text)]
    for attribution in found:
        if attribution and attribution.mention:
            mention = attribution.mention
            assert text[mention.start : mention.end] == mention.text
    return [attribution and attribution.mention.text for attribution in found]


def names(text):
    found = [answer.attribution and answer.attribution.speaker for answer in answers(text)]
    return [speaker and speaker.name for speaker in found]


@pytest.mark.parametrize(
    ("text", "mention", "cue"),
    [
        pytest.param("“We will sign,” Okello said.", "Okello", "said", id="name, then cue"),
        pytest.param("“We will sign,” said Okello.", "Okello", "said", id="cue, then name"),
        pytest.param(
            "“We will sign”, Okello said.", "Okello", "said", id="comma outside the marks"
        ),
        pytest.param("Okello said, “We will sign.”", "Okello", "said", id="before, with a comma"),
        pytest.param("Okello said: “We will sign.”", "Okello", "said", id="before, with a colon"),
        pytest.param("Okello said that it was “a bad day.”", "Okello", "said", id="inside that"),
        pytest.param("Okello called it “a bad day.”", "Okello", "called", id="a verb of naming"),
        pytest.param("“Will it hold?” Okello asked.", "Okello", "asked", id="a question"),
        pytest.param(
            "“Will it hold?” the envoy asked.", "the envoy", "asked", id="question, small"
        ),
        pytest.param(
            "“We will sign,” Maria Okello, the trade minister of Kenya, said.",
            "Maria Okello",
            "said",
            id="an apposition between",
        ),
        pytest.param(
            "Okello, who had come from Geneva, said it was “too late.”",
            "Okello",
            "said",
            id="a relative clause between",
        ),
        pytest.param(
            "Okello told Brandt that it was “too late.”", "Okello", "told", id="not the addressee"
        ),
        pytest.param(
            "“It is too late,” Okello told Brandt.", "Okello", "told", id="nor behind the quotation"
        ),
        pytest.param(
            "According to the ministry, it was “too late.”",
            "the ministry",
            "According",
            id="according to, before",
        ),
        pytest.param(
            "It was “too late,” according to the ministry.",
            "the ministry",
            "according",
            id="according to, behind",
        ),
        pytest.param(
            "The plan is “too late” and will not help, Okello said.",
            "Okello",
            "said",
            id="at the end of the sentence",
        ),
        pytest.param(
            "Okello said she thought it was “too late.”",
            "Okello",
            "said",
            id="the outer verb reports",
        ),
        pytest.param(
            "Okello rejected the plan, adding that it came “too late.”",
            "Okello",
            "adding",
            id="a participle shares the subject",
        ),
        pytest.param(
            "Okello went on to say: “We must wait.”", "Okello", "say", id="went on to say"
        ),
        pytest.param("“We must wait,” she shot back.", "she", "shot", id="a verb of two words"),
        pytest.param(
            "In a statement issued on Tuesday, Okello said it was “too late.”",
            "Okello",
            "said",
            id="an opening phrase is no subject",
        ),
        pytest.param(
            "Okello was asked by the judge, “Were you there?”", "the judge", "asked", id="the agent"
        ),
        pytest.param("He’s calling it “a bad day.”", "He", "calling", id="a contracted pronoun"),
        pytest.param(
            "The text drew Okello’s warning that it was “too late.”",
            "Okello",
            "warning",
            id="a noun of speech has an owner",
        ),
        pytest.param(
            "Okello’s phrase, and I think it is a good one, was “a long way home.”",
            "Okello",
            "phrase",
            id="the noun of speech is what is quoted",
        ),
        pytest.param(
            "GERMANY: “A river of names,” ran the headline of an essay by Jan Brandt.",
            "Jan Brandt",
            "essay",
            id="a section in capitals, and who wrote",
        ),
        pytest.param(
            "“We must wait.” — Maria Okello", "Maria Okello", None, id="a dash and a name"
        ),
        pytest.param("Maria Okello: “We must wait.”", "Maria Okello", ":", id="a label"),
        pytest.param(
            "GENEVA, March 3 (AP) -- Okello said it was “too late.”",
            "Okello",
            "said",
            id="a dateline is no subject",
        ),
        pytest.param(
            "“We wait,” said a spokesman for the union.",
            "a spokesman for the union",
            "said",
            id="a noun phrase with whose it is",
        ),
        pytest.param(
            "“We wait,” said two officials who asked not to be named.",
            "two officials",
            "said",
            id="a group without names",
        ),
        pytest.param("“We wait,” the document states.", "the document", "states", id="states"),
        pytest.param("“We wait,” the two write.", "the two", "write", id="a number alone"),
        pytest.param("“We wait,” both said on Friday.", "both", "said", id="both"),
        pytest.param("“We wait,” one of them said.", "one of them", "said", id="one of them"),
    ],
)
def test_mention_and_cue(text, mention, cue):
    (answer,) = answers(text)

    assert answer.attribution is not None
    assert (answer.attribution.mention.text, answer.attribution.cue) == (mention, cue)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The so-called “surge” ended in May.", id="a scare quote"),
        pytest.param("Okello spoke on the show “Morning Hour.”", id="the title of a show"),
        pytest.param("Okello told “Morning Hour” that it had ended.", id="whom she told"),
        pytest.param("It is a film called “The Long Way Home.”", id="named by a participle"),
        pytest.param("The road was described as “a long way.”", id="a passive without agent"),
        pytest.param("“Too late.”", id="nothing but the quotation"),
        pytest.param('<img alt="Too Late">', id="a value in a tag"),
        pytest.param("MR. OKELLO: We wait.\n\n“(APPLAUSE.)”", id="a note on the scene"),
        pytest.param("NEW DELHI: The “dry road” is open.", id="the place it was filed from"),
        pytest.param(
            "Okello said the county is a “lean season area,” which is defined as one with no rain.",
            id="a term that is defined",
        ),
        pytest.param("On Morning Radio’s “Breakfast,” Okello said it rained.", id="a show opens"),
        pytest.param(
            "Okello said the file had reached the “secret” level.", id="a level by its name"
        ),
        pytest.param("Okello said they press the “send it on” button.", id="a button by its name"),
        pytest.param("Okello said that she sang the song “we shall wait.”", id="a song"),
        pytest.param("Okello said two files were marked “top secret.”", id="a stamp"),
        pytest.param(
            "When Okello spoke of rain, Brandt became the “wet candidate” of the day.",
            id="a clause that ended before",
        ),
        pytest.param(
            "They all pushed the button “go,” according to their taste.",
            id="according to what cannot speak",
        ),
        pytest.param("The “dry” states met on Monday.", id="a noun that could be a verb"),
        pytest.param("Some reported cases were “a long wait.”", id="a participle, not a verb"),
        pytest.param("Continue digging. “We wait for rain.”", id="an order is no name"),
        pytest.param("She read “The Long Way Home” in May.", id="a book that somebody reads"),
    ],
)
def test_nobody_is_made_the_speaker(text):
    (answer,) = answers(text)

    assert answer.attribution is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "“We will,” Okello said, “not sign.”", ["Okello", "Okello"], id="a split statement"
        ),
        pytest.param(
            "“We wait,” Okello said. “We must.”", ["Okello", "Okello"], id="the next sentence"
        ),
        pytest.param(
            "Okello said: “We wait.\n\n“We must.”",
            ["Okello", "Okello"],
            id="a mark on each paragraph",
        ),
        pytest.param(
            "Okello continued:\n\n“We must wait.”", ["Okello"], id="introduced by a paragraph"
        ),
        pytest.param(
            "“We wait,” Okello said.\n\n“We must.”\n\nIt rained.\n\n“Why now?”",
            ["Okello", "Okello", None],
            id="a paragraph without marks ends the chain",
        ),
        pytest.param(
            "“We wait,” Okello said. “Never,” said Brandt.",
            ["Okello", "Brandt"],
            id="two speakers in one paragraph",
        ),
        pytest.param(
            "Okello said it was “late,” while Brandt called it “early.”",
            ["Okello", "Brandt"],
            id="two speakers in one sentence",
        ),
        pytest.param(
            "“We must wait.”\n\n— Maria Okello, minister",
            ["Maria Okello"],
            id="signed in the paragraph below",
        ),
        pytest.param(
            "MS. OKELLO: I would call it “a bad day” for us.",
            ["MS. OKELLO"],
            id="the label of a turn",
        ),
        pytest.param(
            "NEW DELHI: Countering the rain, Okello called it “a bad day”.",
            ["Okello"],
            id="the place it was filed from is no subject",
        ),
        pytest.param(
            "“OKELLO: I would not call it so at all.”", ["OKELLO"], id="a label inside the marks"
        ),
        pytest.param(
            "“Who will pay?” Okello asked.\n\n“Nobody will pay for it.”",
            ["Okello", None],
            id="what follows a question asked is its answer",
        ),
        pytest.param(
            '"The minister came late to the talks.\n\n“We wait for the rain,” she said.',
            [None, "she"],
            id="an excerpt that quotes in other marks",
        ),
        pytest.param(
            "Okello called it a “game” — the rain came so late that some could do “as they liked.”",
            ["Okello", None],
            id="a verb of naming has had its words",
        ),
        pytest.param(
            "Okello asked Brandt, “Will it rain?” Novak warned Brandt that it was “late.”",
            ["Okello", "Novak"],
            id="a question has its verb before it",
        ),
        pytest.param(
            "The bridge is “late,” according to his lawyer.", ["his lawyer"], id="whose lawyer"
        ),
    ],
)
def test_chains(text, expected):
    assert mentions(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Maria Okello left. “We wait,” Okello said.", ["Maria Okello"], id="a surname"
        ),
        pytest.param(
            "“We wait,” Okello said. Later Maria Okello left.",
            ["Maria Okello"],
            id="the name comes after its quotation",
        ),
        pytest.param(
            "Maria Okello met Peter Brandt. “We wait,” she said.", ["Maria Okello"], id="she"
        ),
        pytest.param(
            "Maria Okello met Peter Brandt. “We wait,” he said.", ["Peter Brandt"], id="he"
        ),
        pytest.param(
            "Peter Brandt spoke of Paul Novak. “We wait,” he said.",
            ["Peter Brandt"],
            id="the subject, not the object",
        ),
        pytest.param(
            "Peter Brandt arrived. He had seen Paul Novak. “We wait,” he said.",
            ["Peter Brandt"],
            id="he goes on with he",
        ),
        pytest.param(
            "Envoy Maria Okello arrived. “We wait,” the envoy said.",
            ["Maria Okello"],
            id="an office alone",
        ),
        pytest.param(
            "Envoy Maria Okello met General Anna Brandt. “We wait,” the general said.",
            ["Anna Brandt"],
            id="the one who holds it",
        ),
        pytest.param(
            "Envoy Maria Okello spoke.\n\nMS. OKELLO: I would call it “a bad day” for us.",
            ["Maria Okello"],
            id="the label of a turn",
        ),
        pytest.param(
            "“We wait,” Under Secretary for Political Affairs Peter Brandt said.",
            ["Peter Brandt"],
            id="a title that holds a department",
        ),
        pytest.param(
            "Peter Brandt runs again. “We wait,” the senator said.",
            ["Peter Brandt"],
            id="another word for the one the text is about",
        ),
        pytest.param(
            "Peter Brandt runs again. A senator came. “We wait,” the senator said.",
            [None],
            id="not where the text brought in one without a name",
        ),
        pytest.param(
            "Brandt spokesman Pavel Horak met Anna Brandt. “We wait,” her spokesman said.",
            [None],
            id="whose spokesman",
        ),
        pytest.param(
            "President Brandt spoke. “We wait,” he said.", ["Brandt"], id="a title and a surname"
        ),
        pytest.param(
            "The Harbour Gazette asked. “We wait,” the newspaper said.",
            ["Harbour Gazette"],
            id="the newspaper",
        ),
        pytest.param(
            "Maria Okello and Peter Brandt met. Brandt, who said “we wait,” left.",
            ["Peter Brandt"],
            id="who",
        ),
        pytest.param("“We wait,” a spokesman said.", [None], id="nobody is named"),
        pytest.param("“We wait,” she said.", [None], id="nobody for the pronoun"),
        pytest.param(
            "The Interior Ministry said it was “late.”", ["Interior Ministry"], id="a body"
        ),
        pytest.param(
            "“We wait,” Mr. Brandt said. Anna Brandt and Peter Brandt left.",
            ["Peter Brandt"],
            id="the honorific parts two of one surname",
        ),
        pytest.param(
            "Bill Novak was late. “We wait,” Novak said.",
            ["Bill Novak"],
            id="a name that is a noun",
        ),
        pytest.param(
            "“We wait,” said Will Brandt, a farmer.", ["Will Brandt"], id="a name that is a verb"
        ),
        pytest.param("“We wait,” said Dean Okello.", ["Dean Okello"], id="a name that is a title"),
        pytest.param(
            "Steven Church left. “We wait,” Church said.", ["Steven Church"], id="a noun as surname"
        ),
        pytest.param(
            "Elena Duarte Reyes spoke. Duarte Reyes said: “We wait.”",
            ["Elena Duarte Reyes"],
            id="both surnames",
        ),
        pytest.param(
            "Charles Novak came. Chuck Novak sat down. Much later, Novak said: “We wait.”",
            ["Charles Novak"],
            id="a name and its short form",
        ),
        pytest.param(
            "South Korean-born Anna Haines wrote. “We wait,” she said.",
            ["Anna Haines"],
            id="where she is from",
        ),
        pytest.param(
            "Anna Brandt spoke. Paul Brandt, her husband, and Paul Brandt junior sat. "
            + "It rained. " * 40
            + "Brandt said she was late. “We wait,” Brandt said.",
            ["Anna Brandt"],
            id="the surname alone goes on with she",
        ),
        pytest.param(
            "Peter Brandt was asked by Paul Novak whether it was “late.” But he smiled. "
            "“We wait,” he said.",
            ["Paul Novak", "Peter Brandt"],
            id="who is asked answers",
        ),
        pytest.param(
            "Peter Brandt ran. Okello said he would win. Okello answered Brandt’s plan in March. "
            "“We wait,” he said.",
            ["Okello"],
            id="a surname whose first name nobody gives",
        ),
        pytest.param(
            "Paul Novak sat. Peter Brandt, the owner of the mill, left in May. “We wait,” he said.",
            ["Peter Brandt"],
            id="a name with its description is a subject",
        ),
        pytest.param(
            "The Harbour Post asked. “We wait,” the Post wrote.", ["Harbour Post"], id="the Post"
        ),
        pytest.param(
            "The State Department was late. “We wait,” the agency said.",
            ["State Department"],
            id="the agency",
        ),
        pytest.param(
            "The Kenya Board of Elections met. “We wait,” the board said.",
            ["Kenya Board of Elections"],
            id="a body with of",
        ),
        pytest.param(
            "The Senate met. “We wait,” the company said.", [None], id="a senate is no company"
        ),
        pytest.param(
            "The union paid. Its envoy, Jan Brandt of Denmark, called it “a start.”",
            ["Jan Brandt"],
            id="a name with its country beside its office",
        ),
        pytest.param(
            "Brig. Gen. Paul Novak spoke. Col. Jan Brandt left. The general sat down. "
            "“We wait,” he said.",
            ["Paul Novak"],
            id="a rank opens the sentence before",
        ),
        pytest.param(
            "Special Envoy Paul Novak left. “We wait,” the Sudanese ambassador said.",
            [None],
            id="an ambassador of another country",
        ),
        pytest.param(
            "A Peruvian delegate, Hemi Paraone, met Jan Brandt. “We wait,” he said.",
            ["Hemi Paraone"],
            id="an office makes a person of an unknown name",
        ),
    ],
)
def test_full_names(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    ("above", "expected"),
    [
        pytest.param("Tom Casey, Deputy Spokesman\nWashington, DC", "Tom Casey", id="in full"),
        pytest.param("Tom Casey\nAnna Casey", "CASEY", id="two of the surname"),
        pytest.param("Rival Casey Waits", "CASEY", id="a headline in capitals"),
    ],
)
def test_a_name_above_the_body_completes_one_below(above, expected):
    text = "MR. CASEY: Good morning. I would call it “late.”"

    (answer,) = attribute_quotes(text, find_quotes(text), above)

    assert answer.attribution.speaker.name == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Aides called it “late.”", id="a noun of people"),
        pytest.param("Rust is a thing; rust said “it is late.”", id="a word in small letters"),
        pytest.param("Someone called it “late.”", id="a pronoun"),
    ],
)
def test_a_common_word_is_no_name(text):
    (answer,) = answers(text)

    assert answer.attribution is None or answer.attribution.speaker is None


def test_two_of_one_surname_are_candidates():
    text = "Anna Brandt and Paul Brandt met in Geneva for the talks. " + "It rained. " * 40
    (answer,) = answers(text + "\n\n“We wait,” Brandt said.")

    assert answer.attribution.speaker is None
    assert answer.attribution.candidates == ("Anna Brandt", "Paul Brandt")


def test_order_and_length_are_kept():
    text = "“Surge” ended. “We wait,” Okello said. The “Long Way Home” closed."

    found = answers(text)

    assert [answer.quote for answer in found] == list(find_quotes(text))
