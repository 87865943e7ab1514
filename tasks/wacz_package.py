"""What a WACZ says of itself: the digest of each file, and which addresses are its pages."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tasks.canonical_url import canonical_url
from tasks.read_files import BadFile, Found

_PACKAGE = "datapackage.json"
_SEAL = "datapackage-digest.json"
_MOST_BYTES = 64 * 1_048_576
_STEP = 1_048_576


# What the library raises of a damaged file, an encrypted one, or an unknown way of packing.
BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    UnicodeDecodeError,
)


class BrokenPackage(Exception):
    """The package, or a file in it, is not what it says it is."""


@dataclass(frozen=True, slots=True)
class Package:
    """`digests` by path in the zip; `pages` is empty where the package lists none."""

    digests: dict[str, str]
    pages: set[str] = field(default_factory=set)

    def require_digest(self, name: str, data: memoryview) -> None:
        stated = self.digests.get(name)
        if stated is None:
            raise BrokenPackage(f"{_PACKAGE} does not name it. Unpack the file to read it as it is")
        kind, _, expected = stated.partition(":")
        if kind not in {"sha256", "md5"}:
            raise BrokenPackage(f"digest {stated[:20]!r}: expected sha256 or md5")
        # MD5 is what the first version of the format allowed; it finds damage, not forgery.
        digest = hashlib.new(kind, usedforsecurity=False)
        for start in range(0, len(data), _STEP):
            digest.update(data[start : start + _STEP])
        if digest.hexdigest() != expected.lower():
            raise BrokenPackage(
                f"its {kind} is {digest.hexdigest()}, {_PACKAGE} says {expected}: damaged or "
                "changed. Fetch the file again, or unpack it to read it as it is"
            )

    def judge(self, found: Found) -> Found:
        """Frames and the like are answers too; where pages are listed, only those are pages."""
        if not self.pages:
            return found
        if isinstance(found, BadFile):
            if found.moved and canonical_url(found.moved[0]) in self.pages:
                self.pages.add(canonical_url(found.moved[1]))
            return found
        url = found.capture.url or ""
        if canonical_url(url) in self.pages:
            return found
        return BadFile(found.place, "not_a_page", f"{url}: the package does not list it as a page")


def read_package(packed: zipfile.ZipFile) -> Package:
    text = _read(packed, _PACKAGE)
    if _SEAL in packed.namelist():
        seal = _object(_SEAL, _read(packed, _SEAL)).get("hash")
        found = f"sha256:{hashlib.sha256(text).hexdigest()}"
        if seal != found:
            raise BrokenPackage(f"{_PACKAGE} has {found}, {_SEAL} says {seal}")
    resources = _object(_PACKAGE, text).get("resources")
    if not isinstance(resources, list):
        raise BrokenPackage(f"{_PACKAGE}: expected a list of resources")
    return Package(dict(_digests(resources)), set(_pages(packed)))


def _digests(resources: list[Any]) -> Iterator[tuple[str, str]]:
    for each in resources:
        # The first version of the format put size and digest under `stats`.
        fields = {**each.get("stats", {}), **each} if isinstance(each, dict) else {}
        if isinstance(fields.get("path"), str) and isinstance(fields.get("hash"), str):
            yield fields["path"], fields["hash"]


def _pages(packed: zipfile.ZipFile) -> Iterator[str]:
    """Addresses in pages/*.jsonl; the first line of each file describes the file."""
    for name in packed.namelist():
        if not (name.startswith("pages/") and name.endswith(".jsonl")):
            continue
        for number, line in enumerate(_read(packed, name).splitlines(), start=1):
            if line.strip():
                url = _object(f"{name}, line {number}", line).get("url")
                if isinstance(url, str):
                    yield canonical_url(url)


def _object(name: str, text: bytes) -> dict[str, Any]:
    try:
        fields = json.loads(text)
    except ValueError as error:
        raise BrokenPackage(f"{name}: expected JSON: {error}") from error
    if not isinstance(fields, dict):
        raise BrokenPackage(f"{name}: expected a JSON object, found {type(fields).__name__}")
    return fields


def _read(packed: zipfile.ZipFile, name: str) -> bytes:
    try:
        member = packed.getinfo(name)
    except KeyError:
        raise BrokenPackage(f"no {name} in it: expected a WACZ file") from None
    if member.file_size > _MOST_BYTES:
        raise BrokenPackage(f"{name}: {member.file_size} bytes, at most {_MOST_BYTES}")
    try:
        return packed.read(member)
    except BROKEN_ZIP as error:
        raise BrokenPackage(f"{name}: cannot be unpacked: {error}") from error
