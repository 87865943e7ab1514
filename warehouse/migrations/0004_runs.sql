-- What watched over it: runs, checks, quarantine, incidents, deliveries, evaluations.

create table runs (
    run_id varchar not null primary key,
    flow varchar not null,
    sources varchar[] not null,
    since date,
    until date,
    started_at timestamptz not null,
    finished_at timestamptz,
    status varchar not null,
    onrecord_version varchar not null,
    rules_digest varchar not null,
    corrections_digest varchar not null,
    page_count bigint not null,
    capture_count bigint not null,
    record_count bigint not null,
    quarantined_count bigint not null,
    generation bigint,
    message varchar
);

create table check_results (
    run_id varchar not null,
    check_name varchar not null,
    source varchar not null,
    severity varchar not null,
    judged_count bigint not null,
    failed_count bigint not null,
    threshold double,
    measured double,
    is_passed boolean not null,
    sample varchar not null,
    checked_at timestamptz not null,
    primary key (run_id, check_name, source)
);

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
    run_id varchar not null
);

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
    acknowledged_by varchar
);

create table deliveries (
    delivery_id varchar not null primary key,
    incident_id varchar not null,
    event varchar not null,
    channel varchar not null,
    attempted_at timestamptz not null,
    is_delivered boolean not null,
    detail varchar not null,
    run_id varchar not null
);

create table evaluations (
    evaluation_id varchar not null primary key,
    label_set varchar not null,
    figure varchar not null,
    value double not null,
    counted bigint not null,
    evaluated_at timestamptz not null,
    onrecord_version varchar not null,
    rules_digest varchar not null
);
