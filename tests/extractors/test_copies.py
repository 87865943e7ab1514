import random
import subprocess
import sys

import pytest

from tasks.extractors.copies import differences, find_clusters, signature, similarity

WORDS = [f"word{number}" for number in range(28)]


def story(seed, count=300):
    words = random.Random(seed)  # noqa: S311 - invented text, the same each time
    return " ".join(words.choice(WORDS) + str(words.randrange(40)) for _ in range(count))


STORY = story(1)
OPENING = " ".join(STORY.split()[:270])


@pytest.mark.parametrize(
    ("copy", "is_copy"),
    [
        pytest.param(STORY, True, id="the same text"),
        pytest.param(STORY.upper().replace(" ", "\n"), True, id="another typography"),
        pytest.param(STORY.replace(" ", ", “", 40), True, id="other punctuation"),
        pytest.param(OPENING, True, id="the last tenth dropped"),
        pytest.param(f"{story(5, 20)} {STORY}", True, id="an opening line added"),
        pytest.param(" ".join(STORY.split()[:150]), False, id="the last half dropped"),
        pytest.param(f"{OPENING[:500]} {story(2)}", False, id="a quarter in common"),
        pytest.param(story(2), False, id="another text"),
        pytest.param(" ".join(sorted(STORY.split())), False, id="the words in another order"),
        pytest.param("", False, id="no text"),
    ],
)
def test_a_copy_is_found(copy, is_copy):
    signatures = {"b": signature(STORY), "a": signature(copy), "c": signature(story(3))}

    clusters = find_clusters(signatures)

    assert clusters == {"a": "a", "b": "a" if is_copy else "b", "c": "c"}


def test_a_signature_is_32_integers_that_a_bigint_holds():
    signed = signature(STORY)

    assert len(signed) == 32
    assert all(-(2**63) <= each < 2**63 for each in signed)


@pytest.mark.parametrize("text", ["Peace", "Peace talks", "Peace talks failed"])
def test_a_short_text_is_a_copy_of_itself_only(text):
    assert similarity(signature(text), signature(text)) == 1.0
    assert similarity(signature(text), signature("Harbour reopened today")) < 0.2


def test_a_text_without_words_has_no_signature():
    assert signature(" -- … \n") == ()


def test_what_no_script_holds_still_has_a_signature():
    assert len(signature("\ud800 broken \U0001f600 text of words")) == 32


def test_the_estimate_is_near_the_share_of_common_triples():
    words = STORY.split()
    for cut in (30, 90, 150):
        shortened = " ".join(words[:-cut])
        expected = (300 - cut - 2) / (300 - 2)
        assert similarity(signature(STORY), signature(shortened)) == pytest.approx(
            expected, abs=0.12
        )


def test_a_chain_of_copies_is_one_cluster_in_any_order():
    words = STORY.split()
    # Each is .9 like the next; the ends are not alike.
    chain = {f"{place:02}": signature(" ".join(words[: 300 - 25 * place])) for place in range(6)}
    assert similarity(chain["00"], chain["05"]) < 0.8

    forward = find_clusters(chain)
    backward = find_clusters(dict(reversed(list(chain.items()))))

    assert forward == backward == dict.fromkeys(chain, "00")


def test_many_copies_of_one_text_are_one_cluster():
    signatures = {f"{place:05}": signature(STORY) for place in range(2000)}

    assert set(find_clusters(signatures).values()) == {"00000"}


def test_no_articles_have_no_clusters():
    assert find_clusters({}) == {}
    assert find_clusters({"a": ()}) == {"a": "a"}


def test_a_signature_does_not_depend_on_the_hash_seed():
    code = f"from tasks.extractors.copies import signature; print(signature({STORY!r}))"
    prints = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert prints == {f"{signature(STORY)}\n"}


OLD = "The three ministers met.\n\nThey left on Friday.\n\nA dinner was held at the palace."


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        pytest.param(OLD, (), id="nothing"),
        pytest.param(OLD.replace("\n\n", " \n\n\n").replace(" ", "\u00a0"), (), id="spaces"),
        pytest.param(
            OLD.replace("three", "four"),
            ("changed: “three” -> “four” in “The four ministers met.”",),
            id="a word",
        ),
        pytest.param(
            OLD.replace("on Friday", "on Friday evening"),
            ("changed: “Friday.” -> “Friday evening.” in “They left on Friday evening.”",),
            id="words added to a paragraph",
        ),
        pytest.param(
            OLD.replace("\n\nThey left on Friday.", ""),
            ("dropped: “They left on Friday.”",),
            id="a paragraph dropped",
        ),
        pytest.param(
            OLD + "\n\n(Distributed by the harbour office.)",
            ("added: “(Distributed by the harbour office.)”",),
            id="a paragraph added",
        ),
        pytest.param(
            OLD + "\n\nThey left on Friday.",
            ("added: “They left on Friday.”",),
            id="a paragraph doubled",
        ),
        pytest.param(
            "",
            (
                "dropped: “The three ministers met.”",
                "dropped: “They left on Friday.”",
                "dropped: “A dinner was held at the palace.”",
            ),
            id="all",
        ),
    ],
)
def test_what_differs_can_be_read(new, expected):
    assert differences(OLD, new) == expected


def test_typography_is_no_difference():
    assert differences('"We won\'t - go," he said.', "“We won’t – go,” he said.") == ()


def test_a_long_list_of_differences_is_cut():
    old = "\n\n".join(f"Paragraph {story(place, 8)}" for place in range(30))

    assert differences(old, "")[-1] == "and 10 more"
