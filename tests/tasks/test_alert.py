"""A message is owed until a channel has had it; a channel that fails delays nothing for long."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest

from tasks.alert import deliver, failed_channels, send_all
from tasks.channels import LOG_CHANNEL, channels_of, redact
from tasks.incidents import Signal, decide_changes
from tasks.message import messages_of
from tasks.notices import Notice
from tests.receivers import mail_server, webhook_server

NOW = datetime(2024, 3, 1, tzinfo=UTC)


def notice(channel, source="voa", said="Too few.", evidence="{}"):
    signal = Signal("quotes_are_found", source, "warn", False, said, evidence, "data")  # noqa: FBT003
    (change,) = decide_changes([], [signal], "run-1", NOW)
    return Notice("opened", change.incident, channel)


def messages(channels, *sources):
    return messages_of([notice(name, each) for name in channels for each in sources or ("voa",)])


@pytest.fixture
def webhook():
    with webhook_server() as hook:
        yield hook


def send(channels, *sources, seconds=5.0):
    return deliver(messages(channels, *sources), channels, seconds, "run-1", NOW)


def test_a_channel_takes_a_message(webhook):
    sent = send(channels_of([webhook.address()]))

    assert [(each.is_delivered, each.detail) for each in sent] == [(True, "accepted")]
    (message,) = webhook.messages
    assert message["title"] == "[onrecord] warn: quotes_are_found (voa)"
    assert message["message"].startswith("warn: quotes_are_found (voa)\nToo few.")


@pytest.mark.parametrize(
    ("path", "seconds", "details"),
    [
        pytest.param(
            "bad",
            5.0,
            {"refused or unreachable", "not tried: the channel failed before in this run"},
            id="refusing",
        ),
        pytest.param("slow", 0.5, {"no answer within 0.5 s"}, id="hanging"),
    ],
)
def test_a_channel_that_fails_is_asked_once_and_holds_up_no_other(webhook, path, seconds, details):
    broken = channels_of([webhook.address(path)])
    whole = channels_of([webhook.address()])

    sent = send(broken | whole, "sample", "voa", seconds=seconds)

    assert failed_channels(sent).keys() == broken.keys()
    assert {each.detail for each in sent if each.channel in broken} == details
    assert len(webhook.messages) == 2
    assert sum(each.startswith(f"/{path}") for each in webhook.paths) == 1


def test_an_address_where_nobody_listens_is_a_failure():
    (sent,) = send(channels_of(["json://127.0.0.1:9/closed"]))

    assert (sent.is_delivered, sent.detail) == (False, "refused or unreachable")


def test_the_log_is_a_channel(caplog):
    (outcome,) = send_all(messages({LOG_CHANNEL: ""}), {}, 1)

    assert outcome == (True, "written to the log")
    assert "Too few." in caplog.text


def test_an_address_that_is_none_is_said_to_be_so():
    (sent,) = send(channels_of(["nothing-that-apprise-knows"]))

    assert sent.detail == "the address is not one that apprise knows"


def test_a_mail_shows_markup_of_a_page_as_text():
    with mail_server() as box:
        channels = channels_of([box.address])
        hostile = notice(*channels, said="<script>alert(1)</script>\nBcc: all@example.org")

        (sent,) = deliver(messages_of([hostile]), channels, 10.0, "run-1", NOW)

    assert sent.is_delivered
    mail = message_from_bytes(box.mails[0], policy=default)
    shown = mail.get_body(("html",)).get_content()
    assert "<script>" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert mail["Bcc"] is None


@pytest.mark.parametrize(
    ("url", "name"),
    [
        pytest.param(
            "json://user:canary@h.example.org:81/canary?k=canary",
            "json://h.example.org:81#",
            id="user, path and query",
        ),
        pytest.param("discord://4174216298/canary", "discord://#", id="a token for a host"),
        pytest.param("slack://canary/canary/canary", "slack://#", id="tokens all over"),
    ],
)
def test_a_channel_name_holds_no_secret(url, name):
    assert redact(url).startswith(name)
    assert "canary" not in redact(url)
