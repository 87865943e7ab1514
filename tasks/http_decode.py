"""Content encodings undone within bounds, with the proof that the stream ended. Pure.

A stream proves its own end: gzip by its checksum, zlib by Adler-32, Brotli by its last block.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import brotli  # type: ignore[import-untyped]  # publishes no types

from tasks.http_fault import Fault

_STEP = 65_536
_MOST_LAYERS = 3
# Real pages and sitemaps stay under 30:1; a bomb of zeros reaches 1,000:1 (gzip), 10^6:1 (br).
_MOST_RATIO = 100
_RATIO_FROM = 1_048_576
_MOST_MEMBERS = 1_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """`is_ended` is None where no layer was undone, so that nothing is proved."""

    body: bytes
    is_ended: bool | None
    layers: tuple[str, ...] = ()


def decode(payload: bytes, encodings: tuple[str, ...], cap: int) -> Decoded:
    """Undo the encodings, last applied first. A wrong label on plain bytes is passed over."""
    names = [name.lower() for name in encodings if name.lower() != "identity"]
    if len(names) > _MOST_LAYERS:
        raise Fault("undecodable_body", f"{len(names)} content encodings, at most 3")
    unknown = [name for name in names if name not in _LAYERS]
    if unknown:
        raise Fault("undecodable_body", f"content encoding {unknown[0]!r}")
    body, is_ended, undone = payload, None, []
    for name in reversed(names):
        if _is_markup(body):
            continue
        body, layer_ended = _undo(_LAYERS[name](body), len(body), cap)
        is_ended = layer_ended and is_ended is not False
        undone.append(name)
    return Decoded(body, is_ended, tuple(undone))


def decode_magic(payload: bytes, cap: int) -> Decoded:
    """Gzip that no header declared (a `.gz` file, a text page mislabelled)."""
    if not _is_gzip(payload):
        return Decoded(payload, None)
    return decode(payload, ("gzip",), cap)


@dataclass(slots=True)
class _Progress:
    used: int = 0
    is_ended: bool = False


Layer = Iterator[tuple[bytes, _Progress]]


def _undo(layer: Layer, size: int, cap: int) -> tuple[bytes, bool]:
    body = bytearray()
    progress = _Progress()
    for piece, progress in layer:
        body += piece
        if len(body) > cap:
            raise Fault("body_too_large", f"more than {cap} bytes when decoded")
        if len(body) > _RATIO_FROM and len(body) > _MOST_RATIO * max(progress.used, 1):
            raise Fault(
                "body_too_large",
                f"{len(body)} bytes decoded from {progress.used} of {size}, "
                f"at most {_MOST_RATIO} times as many",
            )
    return bytes(body), progress.is_ended


def _zlib_layer(payload: bytes, window_bits: int) -> Layer:
    """Bytes after the end of the stream are no proof of anything, unless a gzip member follows."""
    view, start, members = memoryview(payload), 0, 1
    decoder = zlib.decompressobj(window_bits)
    while start < len(view):
        step = view[start : start + _STEP]
        try:
            piece = decoder.decompress(step, _STEP)
        except zlib.error:
            yield b"", _Progress(start)
            return
        start += len(step) - len(decoder.unconsumed_tail) - len(decoder.unused_data)
        yield piece, _Progress(start, is_ended=decoder.eof and start == len(view))
        if not decoder.eof:
            continue
        if window_bits <= zlib.MAX_WBITS or not _is_gzip(bytes(view[start : start + 2])):
            return
        members += 1
        if members > _MOST_MEMBERS:
            raise Fault("body_too_large", f"more than {_MOST_MEMBERS} gzip members")
        decoder = zlib.decompressobj(window_bits)


def _gzip_layer(payload: bytes) -> Layer:
    return _zlib_layer(payload, zlib.MAX_WBITS + 16)


def _deflate_layer(payload: bytes) -> Layer:
    """The standard says zlib; some servers send bare deflate, as browsers accept."""
    return _zlib_layer(payload, zlib.MAX_WBITS if _is_zlib(payload) else -zlib.MAX_WBITS)


def _brotli_layer(payload: bytes) -> Layer:
    decoder = brotli.Decompressor()
    progress = _Progress()
    for start in range(0, len(payload), _STEP):
        pending = payload[start : start + _STEP]
        progress.used += len(pending)
        while pending or not decoder.can_accept_more_data():
            try:
                piece = decoder.process(pending, output_buffer_limit=_STEP)
            except brotli.error:
                yield b"", _Progress(progress.used)
                return
            pending = b""
            progress.is_ended = decoder.is_finished() and start + _STEP >= len(payload)
            yield piece, progress
            if decoder.is_finished():
                return


def _is_gzip(payload: bytes) -> bool:
    return payload.startswith(b"\x1f\x8b")


def _is_zlib(payload: bytes) -> bool:
    return len(payload) > 1 and payload[0] & 0x0F == 8 and (payload[0] << 8 | payload[1]) % 31 == 0  # noqa: PLR2004 - RFC 1950


def _is_markup(payload: bytes) -> bool:
    """No compressed stream starts with `<`: gzip and zlib have other first bytes, and a Brotli
    stream of `<` first would be a 30-bit window, which the standard does not have."""
    return payload.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<"


_LAYERS: dict[str, Callable[[bytes], Layer]] = {
    "gzip": _gzip_layer,
    "x-gzip": _gzip_layer,
    "deflate": _deflate_layer,
    "br": _brotli_layer,
}
