"""Channels that messages go to, by a name that holds no secret, and how each wants its text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import apprise

from schemas.ids import make_id
from tasks.channel_text import LONGEST_BODY, Kind, body_for, title_for

LOG_CHANNEL = "log"
# Chat programs that read marks as markup, whatever format was asked for.
CHATS = {
    "discord",
    "gchat",
    "mmost",
    "mmosts",
    "matrix",
    "matrixs",
    "rocket",
    "rockets",
    "slack",
    "webex",
    "wxteams",
    "workflow",
    "workflows",
    "zulip",
}
HTML_FORMAT, TEXT_FORMAT, MARKDOWN_FORMAT = "html", "text", "markdown"


@dataclass(frozen=True, slots=True)
class Channels:
    """Addresses by name. Each of `first` gets every message, `fallback` what those refuse."""

    first: dict[str, str] = field(default_factory=dict)
    fallback: dict[str, str] = field(default_factory=dict)

    @property
    def urls(self) -> dict[str, str]:
        return self.first | self.fallback


class UnknownAddress(Exception):
    """An address that apprise has no way to send to."""


def channels_of(urls: Iterable[str]) -> dict[str, str]:
    """Address by a name that holds no secret: scheme, host and a short digest."""
    return {redact(url): url for url in urls}


def redact(url: str) -> str:
    parts = urlsplit(url)
    try:
        place = f"{parts.hostname or ''}:{parts.port}" if parts.port else parts.hostname or ""
    except ValueError:
        place = ""
    # What looks like a host may be the secret itself where a scheme has no hosts.
    place = place if "." in place or ":" in place or parts.scheme in HOSTED else ""
    return f"{parts.scheme or 'unknown'}://{place}#{make_id(url)[:8]}"


HOSTED = {"json", "jsons", "xml", "xmls", "form", "forms", "mailto", "mailtos", "ntfy", "ntfys"}


def post(url: str, title: str, body: str) -> bool:
    """Sends one message, its text encoded for the channel. Raises `UnknownAddress`."""
    plugin = apprise.Apprise.instantiate(url, suppress_exceptions=True)
    if plugin is None:
        raise UnknownAddress
    kind = kind_of(url, plugin)
    # Where the service has no titles, apprise puts it into the body.
    title_kind: Kind = kind if plugin.title_maxlen <= 0 or kind == "chat" else "plain"
    sent_title = title_for(title_kind, title)
    longest = min(int(plugin.body_maxlen), LONGEST_BODY) - len(sent_title) - 16
    sender = apprise.Apprise()
    sender.add(plugin)
    return bool(
        sender.notify(
            title=sent_title,
            body=body_for(kind, body, longest),
            body_format=HTML_FORMAT if kind == "html" else TEXT_FORMAT,
        )
    )


def kind_of(url: str, plugin: Any) -> Kind:  # noqa: ANN401 - apprise publishes no types
    if urlsplit(url).scheme.lower() in CHATS or plugin.notify_format == MARKDOWN_FORMAT:
        return "chat"
    return "html" if plugin.notify_format == HTML_FORMAT else "plain"
