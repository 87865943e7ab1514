"""docs/tables.md and the data package say what the contracts say."""

from __future__ import annotations

from schemas.catalogue import CONTRACTS
from schemas.columns import columns_of
from schemas.contract import checked_rules
from schemas.data_package import frictionless_package
from schemas.document import TABLES_FILE, tables_document


def test_docs_are_what_the_contracts_say():
    written = TABLES_FILE.read_text(encoding="utf-8")

    assert written == tables_document(), "run: python -m schemas.document"


def test_every_rule_can_be_looked_up():
    written = tables_document()

    rules = {rule.name for contract in CONTRACTS.values() for rule in checked_rules(contract)}
    assert {name for name in rules if f"`{name}`" not in written} == set()


def test_the_package_has_every_table_and_column():
    described = {
        resource["title"]: [field["name"] for field in resource["schema"]["fields"]]
        for resource in frictionless_package()["resources"]
    }

    assert described == {
        table: [column.name for column in columns_of(contract)]
        for table, contract in CONTRACTS.items()
    }


def test_a_quote_is_described_with_its_keys_and_values():
    schema = next(
        resource["schema"]
        for resource in frictionless_package()["resources"]
        if resource["title"] == "quotes"
    )
    kind = next(field for field in schema["fields"] if field["name"] == "quote_kind")

    assert schema["primaryKey"] == ["quote_id"]
    assert schema["foreignKeys"] == [
        {"fields": ["article_id"], "reference": {"resource": "articles", "fields": ["article_id"]}},
        {"fields": ["speaker_id"], "reference": {"resource": "speakers", "fields": ["speaker_id"]}},
    ]
    assert kind == {
        "name": "quote_kind",
        "type": "string",
        "description": "Whole clause, part of one, or a term or title.",
        "constraints": {"required": True, "enum": ["direct", "partial", "term"]},
    }
