"""One spelling for the many of one address. A key to compare by, never what is asked for. Pure."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, unquote_to_bytes, urlencode, urlsplit

_PORTS = {"http": 80, "https": 443}
# Marks that advertising and mailing tools hang on an address; the page is the same without them.
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|yclid|_ga|_gl|cmpid|ns_\w+"
)
_PATH_SAFE = "/:@!$&'()*+,;=-._~"


def canonical_url(url: str) -> str:
    """The same for http and https, `www.` and bare, and any case of host and escapes.

    What is no address stands for itself: whoever asks for it is told so.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url
    host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    place = host if port in (None, _PORTS.get(parts.scheme)) else f"{host}:{port}"
    path = quote(unquote_to_bytes(parts.path or "/"), safe=_PATH_SAFE)
    pairs = [
        pair
        for pair in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.fullmatch(pair[0].lower())
    ]
    query = f"?{urlencode(pairs)}" if pairs else ""
    return f"//{place}{path}{query}"
