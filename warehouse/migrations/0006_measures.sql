-- What each source gave on each day, beside what was usual till then.

create table source_measures (
    source varchar not null,
    measure varchar not null,
    measured_on date not null,
    measured double not null,
    judged_count bigint not null,
    rules_digest varchar not null,
    is_quiet boolean not null,
    history_count bigint not null,
    rules_changed boolean not null,
    usual double,
    warn_low double,
    warn_high double,
    error_low double,
    error_high double,
    primary key (source, measure, measured_on)
);
