"""A few rows that changed, with what stood there before and what stands there now."""

from __future__ import annotations

from collections.abc import Sequence

from duckdb import DuckDBPyConnection

from warehouse.row_changes import key_text
from warehouse.tables import table_named

LONGEST_VALUE = 200

# Key, value before, value now; a value is text, or null.
Examples = tuple[dict[str, str | None], ...]
# What tells most of a whole row.
TELLING = {
    "articles": "headline",
    "article_versions": "headline",
    "blocks": "label",
    "captures": "warc_file",
    "country_mentions": "mention_text",
    "date_mentions": "mention_text",
    "findings": "evidence_text",
    "quotes": "quote_text",
    "speaker_aliases": "alias",
    "speaker_roles": "title",
    "speakers": "speaker_name",
}


def read_examples(
    connection: DuckDBPyConnection, table_name: str, field: str, row_keys: Sequence[str]
) -> Examples:
    """Of whole rows that came or went (`field` is empty) the most telling column is shown."""
    shown = field or TELLING[table_name]
    before = _values(connection, table_name, f"before.{table_name}", shown, row_keys)
    now = _values(connection, table_name, table_name, shown, row_keys)
    return tuple(
        {"row_key": key, "before": before.get(key), "now": now.get(key)} for key in row_keys
    )


def _values(
    connection: DuckDBPyConnection, table_name: str, place: str, shown: str, keys: Sequence[str]
) -> dict[str, str | None]:
    table = table_named(table_name)
    rows = connection.execute(
        f"select {key_text(table, 'row')}, left({shown}::varchar, {LONGEST_VALUE}) "
        f"from {place} as row where {key_text(table, 'row')} in (select unnest($keys))",
        {"keys": list(keys)},
    ).fetchall()
    return dict(rows)
