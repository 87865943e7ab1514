"""What robots.txt allows, by RFC 9309. Text in, verdict out; fetching it is the fetcher's.

A robots.txt that cannot be reached means "not now", never "allowed".
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from protego import Protego

FRESH_FOR = timedelta(hours=24)
AGENT_TOKEN = "onrecord"  # noqa: S105 - a product token, not a secret
# The standard asks for at least 500 KiB to be read.
MOST_BYTES = 524_288


@dataclass(frozen=True, slots=True)
class RobotsText:
    """The last answer worth keeping. `text` is empty where there is none, which allows all."""

    fetched_at: datetime
    text: str

    def is_fresh(self, now: datetime) -> bool:
        return timedelta(0) <= now - self.fetched_at < FRESH_FOR


class Rules:
    def __init__(self, text: str) -> None:
        self._parsed = Protego.parse(text)

    def allows(self, url: str) -> bool:
        return bool(self._parsed.can_fetch(url, AGENT_TOKEN))

    @property
    def pause(self) -> timedelta:
        """The longer of Crawl-delay and what Request-rate comes to."""
        delay = float(self._parsed.crawl_delay(AGENT_TOKEN) or 0)
        rate = self._parsed.request_rate(AGENT_TOKEN)
        if rate is not None and rate.requests:
            delay = max(delay, rate.seconds / rate.requests)
        return timedelta(seconds=min(max(delay, 0.0), 86_400.0))


def read_text(body: bytes) -> str:
    """UTF-8, as the standard says; a byte order mark and broken bytes stop nothing."""
    return body[:MOST_BYTES].decode("utf-8-sig", "replace").replace("\x00", "")


class RobotsCache:
    """The last good robots.txt of each origin, kept between runs."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, origin: str) -> RobotsText | None:
        try:
            fields = json.loads(self._path(origin).read_text(encoding="utf-8"))
            return RobotsText(datetime.fromisoformat(fields["fetched_at"]), fields["text"])
        except (OSError, ValueError, KeyError, TypeError):
            # Missing or torn: ask again. Nothing is allowed on the strength of this file alone.
            return None

    def write(self, origin: str, robots: RobotsText) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        fields = {
            "origin": origin,
            "fetched_at": robots.fetched_at.isoformat(),
            "text": robots.text,
        }
        path = self._path(origin)
        new = path.with_suffix(f".{os.getpid()}.new")
        new.write_text(json.dumps(fields), encoding="utf-8")
        new.replace(path)

    def _path(self, origin: str) -> Path:
        return self._folder / f"robots-{hashlib.sha256(origin.encode()).hexdigest()[:32]}.json"
