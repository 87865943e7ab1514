"""What a page says stays text in every kind of channel, and within its bounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.channel_text import body_for, title_for
from tasks.channels import kind_of

HOSTILE = "<script>x</script> *b* _i_ `c` @everyone <!channel> [a](https://e.org) #general | \\"


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        pytest.param(
            "plain",
            "<script>x</script> *b* _i_ `c` @\u2060everyone <!channel> [a](https[:]//e.org) "
            "#general | \\",
            id="plain",
        ),
        pytest.param(
            "html",
            "&lt;script&gt;x&lt;/script&gt; *b* _i_ `c` @\u2060everyone &lt;!channel&gt; "
            "[a](https[:]//e.org) #general | \\",
            id="html",
        ),
        pytest.param(
            "chat",
            "‹script›x‹/script› ∗b∗ ＿i＿ ˋcˋ @\u2060everyone ‹!channel› "
            "［a］(https［:］//e.org) ＃general ¦ ＼",
            id="chat",
        ),
    ],
)
def test_a_headline_becomes_no_markup(kind, shown):
    assert body_for(kind, HOSTILE) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("a\x1b[31mred", "a(U+001B)[31mred", id="a colour of a terminal"),
        pytest.param("\u202egnp.exe", "(U+202E)gnp.exe", id="reading turned round"),
        pytest.param("a\u200bb", "a(U+200B)b", id="a space of no width"),
        pytest.param("a\x00b", "a(U+0000)b", id="a null"),
        pytest.param("a\ud800b", "a(U+D800)b", id="half a character"),
        pytest.param("one\ntwo", "one\ntwo", id="a line end stays"),
        pytest.param("quotes_are_found", "quotes_are_found", id="names of checks stay"),
    ],
)
def test_characters_that_steer_are_spelled_out(text, shown):
    assert body_for("plain", text) == shown


def test_a_title_is_one_line():
    assert title_for("plain", "closed: x\r\nBcc: all@example.org") == (
        "closed: x Bcc: all@\u2060example.org"
    )


@given(
    text=st.text(max_size=120),
    kind=st.sampled_from(["plain", "html", "chat"]),
    longest=st.integers(60, 150),
)
def test_no_text_is_longer_than_its_channel_or_active_in_it(text, kind, longest):
    shown = body_for(kind, text, longest)

    assert len(shown) <= longest
    assert "@everyone" not in shown
    assert "://" not in shown
    if kind == "html":
        assert "<" not in shown.replace("<br>\n", "")
    if kind == "chat":
        assert not set(shown) & set("<>*`~[]|#\\")


class Plugin:
    def __init__(self, notify_format):
        self.notify_format = notify_format


@pytest.mark.parametrize(
    ("url", "notify_format", "kind"),
    [
        pytest.param("json://h/", "text", "plain", id="a webhook"),
        pytest.param("mailto://h/", "html", "html", id="mail"),
        pytest.param("mailto://h/?format=text", "text", "plain", id="mail as text"),
        pytest.param("slack://a/b/c", "markdown", "chat", id="Slack"),
        pytest.param("workflows://h/w/s", "markdown", "chat", id="Teams"),
        pytest.param("discord://a/b", "text", "chat", id="Discord reads marks in any format"),
    ],
)
def test_the_kind_of_a_channel(url, notify_format, kind):
    assert kind_of(url, Plugin(notify_format)) == kind
