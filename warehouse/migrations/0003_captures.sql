-- What was asked for and stored: captures, their blocks, pages, and the end of each unit of a run.

create table captures (
    capture_id varchar not null primary key,
    source varchar not null,
    url varchar,
    captured_at timestamptz,
    http_status bigint,
    content_type varchar,
    body_digest varchar not null,
    byte_count bigint not null,
    warc_file varchar not null,
    warc_offset bigint not null,
    completeness varchar not null,
    encoding_declared varchar,
    encoding_used varchar,
    encoding_evidence varchar,
    encoding_repair varchar,
    replacement_count bigint not null,
    run_id varchar not null
);

create table blocks (
    capture_id varchar not null,
    position bigint not null,
    label varchar not null,
    character_count bigint not null,
    run_id varchar not null,
    primary key (capture_id, position)
);

create table pages (
    page_id varchar not null primary key,
    source varchar not null,
    url varchar,
    first_listed_at timestamptz not null,
    disposition varchar not null,
    reason varchar not null,
    next_try_at timestamptz,
    capture_id varchar,
    run_id varchar not null
);

create table dispositions (
    run_id varchar not null,
    unit_kind varchar not null,
    unit_id varchar not null,
    disposition varchar not null,
    reason varchar not null,
    source varchar not null,
    primary key (run_id, unit_kind, unit_id)
);
