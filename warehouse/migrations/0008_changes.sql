-- Why rows differ from the generation before: which rules read them, and what a run changed.

alter table runs add column parser_digest varchar;
alter table runs add column vocabulary_digest varchar;
alter table runs add column contract_digest varchar;

create table changes (
    run_id varchar not null,
    table_name varchar not null,
    field varchar not null,
    change varchar not null,
    cause varchar not null,
    row_count bigint not null,
    because varchar[] not null,
    examples varchar not null,
    primary key (run_id, table_name, field, change, cause)
);
