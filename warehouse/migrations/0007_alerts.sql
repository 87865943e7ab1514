-- Incidents say what to do, waivers may end, and a run says which sources it held back.
-- Incidents are what the journal adds up to: every run writes them whole.

drop table incidents;

create table incidents (
    incident_id varchar not null primary key,
    check_name varchar not null,
    source varchar not null,
    severity varchar not null,
    status varchar not null,
    opened_at timestamptz not null,
    opened_run_id varchar not null,
    closed_at timestamptz,
    closed_run_id varchar,
    message varchar not null,
    evidence varchar not null,
    owner varchar not null,
    acknowledged_at timestamptz,
    acknowledged_by varchar,
    next_step varchar not null,
    failed_count bigint not null,
    is_flapping boolean not null
);

drop table quarantine;

create table quarantine (
    quarantine_id varchar not null primary key,
    unit_kind varchar not null,
    source varchar not null,
    table_name varchar,
    row_key varchar,
    capture_id varchar,
    article_id varchar,
    record varchar not null,
    reasons varchar[] not null,
    rules_digest varchar not null,
    corrections_digest varchar not null,
    first_seen_at timestamptz not null,
    last_seen_at timestamptz not null,
    attempt_count bigint not null,
    status varchar not null,
    status_at timestamptz,
    status_run_id varchar,
    status_reason varchar,
    waived_until date,
    run_id varchar not null
);

alter table runs add column held_sources varchar[] default [];

alter table runs alter column held_sources set not null;

alter table runs alter column held_sources drop default;
