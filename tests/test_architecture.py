"""Who may import whom; where Prefect, DuckDB, the network and the clock may appear."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OURS = ("schemas", "warehouse", "tasks", "flows")
# A layer may import itself and those named.
ALLOWED = {
    "schemas": {"schemas"},
    "warehouse": {"schemas", "warehouse"},
    "extractors": {"schemas", "extractors"},
    "sources": {"schemas", "sources"},
    "report": {"schemas", "warehouse", "report", "extractors"},
    "tasks": {"schemas", "warehouse", "tasks", "extractors", "sources", "report"},
    "flows": {"schemas", "warehouse", "tasks", "extractors", "sources", "report", "flows"},
}
# A package outside may be imported only by these.
HOMES = {
    "prefect": ("flows/",),
    "duckdb": ("warehouse/", "tasks/doctor.py"),
    "requests": ("tasks/http_", "tasks/wayback_", "tasks/doctor.py"),
    "apprise": ("tasks/channels.py",),
    "selectolax": ("tasks/extractors/",),
    "trafilatura": ("tests/",),
}
PURE = ("tasks/extractors", "schemas")
CLOCKS = {"now", "today", "utcnow", "time", "monotonic"}


def modules() -> list[Path]:
    return sorted(path for layer in OURS for path in (ROOT / layer).rglob("*.py"))


def layer_of(dotted: str) -> str:
    parts = dotted.split(".")
    if parts[0] == "tasks" and len(parts) > 1 and parts[1] in ALLOWED:
        return parts[1]
    return parts[0]


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module)
            if node.module in OURS:
                names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_imports_go_one_way(path):
    dotted = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    ours = {name for name in imported(path) if name.split(".")[0] in OURS}

    strays = {name for name in ours if layer_of(name) not in ALLOWED[layer_of(dotted)]}

    assert not strays, f"{dotted} is in {layer_of(dotted)} and may not import {sorted(strays)}"


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_an_outside_package_stays_in_its_home(path):
    used = {name.split(".")[0] for name in imported(path)}

    strays = [
        package
        for package, homes in HOMES.items()
        if package in used and not name_of(path).startswith(homes)
    ]

    assert not strays, f"{name_of(path)} may not import {strays}; their homes are {HOMES}"


@pytest.mark.parametrize(
    "path", [each for each in modules() if name_of(each).startswith(PURE)], ids=name_of
)
def test_the_pure_core_reads_no_clock_network_or_environment(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    forbidden = {"os", "socket", "requests", "urllib.request", "subprocess", "random", "time"}

    calls = {
        node.func.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCKS
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"datetime", "date", "time"}
    }

    assert not calls | (imported(path) & forbidden)


def test_no_flow_file_hides_a_module():
    """Prefect puts `flows/` at the front of the import path: its file names are global names."""
    names = {path.stem for path in (ROOT / "flows").glob("*.py")} - {"__init__"}
    installed = {path.name for path in ROOT.iterdir() if path.is_dir()} | {"calendar", "queue"}

    assert not names & installed
