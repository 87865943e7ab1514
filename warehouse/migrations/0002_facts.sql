-- What was found in articles: quotes, speakers, countries, dates, and how each field was found.

create table quotes (
    quote_id varchar not null primary key,
    article_id varchar not null,
    position bigint not null,
    quote_text varchar not null,
    start_offset bigint not null,
    end_offset bigint not null,
    quote_kind varchar not null,
    is_closed boolean not null,
    statement bigint not null,
    speaker_id varchar,
    mention_text varchar,
    mention_start bigint,
    mention_end bigint,
    cue varchar,
    rule varchar,
    confidence double,
    candidates varchar[] not null,
    run_id varchar not null
);

create table speakers (
    speaker_id varchar not null primary key,
    speaker_name varchar not null,
    speaker_kind varchar not null,
    first_evidenced_date date,
    last_evidenced_date date,
    run_id varchar not null
);

create table speaker_aliases (
    alias_id varchar not null primary key,
    speaker_id varchar not null,
    alias varchar not null,
    origin varchar not null,
    article_id varchar,
    run_id varchar not null
);

create table speaker_roles (
    role_id varchar not null primary key,
    speaker_id varchar not null,
    title varchar,
    affiliation varchar,
    country_code varchar,
    evidenced_from date,
    evidenced_to date,
    article_id varchar not null,
    run_id varchar not null
);

create table country_mentions (
    country_mention_id varchar not null primary key,
    article_id varchar not null,
    country_code varchar,
    mention_text varchar not null,
    mention_kind varchar not null,
    field varchar not null,
    start_offset bigint not null,
    end_offset bigint not null,
    rule varchar not null,
    candidates varchar[] not null,
    run_id varchar not null
);

create table date_mentions (
    date_mention_id varchar not null primary key,
    article_id varchar not null,
    mention_text varchar not null,
    date_start date,
    date_end date,
    precision varchar not null,
    rule varchar not null,
    agrees_with_weekday boolean,
    candidates varchar[] not null,
    start_offset bigint not null,
    end_offset bigint not null,
    run_id varchar not null
);

create table findings (
    finding_id varchar not null primary key,
    article_id varchar not null,
    capture_id varchar not null,
    field varchar not null,
    value varchar not null,
    precision varchar,
    rule varchar not null,
    evidence_text varchar not null,
    is_chosen boolean not null,
    run_id varchar not null
);
