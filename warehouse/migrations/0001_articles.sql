-- What was written: articles, their earlier versions, pages that are gone.

create table articles (
    article_id varchar not null primary key,
    source varchar not null,
    url varchar,
    host varchar,
    published_date date,
    published_precision varchar,
    published_rule varchar,
    headline varchar,
    subhead varchar,
    section varchar,
    dateline_text varchar,
    dateline_place varchar,
    dateline_date date,
    dateline_country_code varchar,
    agency varchar,
    agency_parents varchar[] not null,
    byline varchar[] not null,
    language_code varchar,
    body_text varchar not null,
    word_count bigint not null,
    layout varchar not null,
    copy_cluster_id varchar not null,
    copy_signature bigint[] not null,
    capture_id varchar not null,
    captured_at timestamptz,
    run_id varchar not null
);

create table article_versions (
    version_id varchar not null primary key,
    article_id varchar not null,
    capture_id varchar not null,
    captured_at timestamptz,
    published_date date,
    headline varchar,
    subhead varchar,
    body_text varchar not null,
    superseded_by_capture_id varchar not null,
    differences varchar[] not null,
    run_id varchar not null
);

create table tombstones (
    tombstone_id varchar not null primary key,
    source varchar not null,
    url varchar not null,
    article_id varchar,
    reason varchar not null,
    http_status bigint,
    evidence varchar not null,
    first_seen_at timestamptz not null,
    run_id varchar not null
);
