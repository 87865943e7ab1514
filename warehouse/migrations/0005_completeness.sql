-- The completeness ledger, and what pages need for it: their day, and how often they were tried.

alter table pages add column listed_date date;
alter table pages add column try_count bigint;

create table completeness (
    completeness_id varchar not null primary key,
    source varchar not null,
    period varchar not null,
    first_date date,
    last_date date,
    expected_by varchar,
    expected_count bigint,
    listed_count bigint not null,
    fetched_count bigint not null,
    parsed_count bigint not null,
    loaded_count bigint not null,
    published_count bigint not null,
    missing_count bigint,
    state varchar not null,
    reason varchar,
    detail varchar,
    try_count bigint not null,
    next_try_at timestamptz,
    missing_since timestamptz,
    tolerated_until timestamptz,
    explanation varchar
);
