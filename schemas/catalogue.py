"""All contracts, parents before children: the order in which tables are judged and loaded."""

from __future__ import annotations

from schemas.articles import Articles, ArticleVersions, Tombstones
from schemas.captures import Captures, Pages
from schemas.changes import Changes
from schemas.columns import Column, columns_of
from schemas.completeness import Completeness
from schemas.contract import Contract, frame_schema, key_of, table_of
from schemas.findings import Blocks, Findings
from schemas.measures import SourceMeasures
from schemas.mentions import CountryMentions, DateMentions
from schemas.quality import CheckResults, Deliveries, Incidents, Quarantine
from schemas.quotes import Quotes
from schemas.runs import Dispositions, Evaluations, Runs
from schemas.speakers import SpeakerAliases, SpeakerRoles, Speakers

__all__ = [
    "CONTRACTS",
    "FACT_TABLES",
    "Column",
    "Contract",
    "columns_of",
    "frame_schema",
    "key_of",
]

_IN_LOAD_ORDER: tuple[type[Contract], ...] = (
    Captures,
    Pages,
    Articles,
    ArticleVersions,
    Tombstones,
    Blocks,
    Findings,
    Speakers,
    SpeakerAliases,
    SpeakerRoles,
    Quotes,
    CountryMentions,
    DateMentions,
    Dispositions,
    Completeness,
    Quarantine,
    Runs,
    Changes,
    SourceMeasures,
    CheckResults,
    Incidents,
    Deliveries,
    Evaluations,
)

CONTRACTS: dict[str, type[Contract]] = {table_of(entry): entry for entry in _IN_LOAD_ORDER}

# Extracted from captures: rebuilt from them, and carrying the run that wrote their content.
FACT_TABLES: tuple[str, ...] = (
    "captures",
    "articles",
    "article_versions",
    "blocks",
    "findings",
    "speakers",
    "speaker_aliases",
    "speaker_roles",
    "quotes",
    "country_mentions",
    "date_mentions",
)
