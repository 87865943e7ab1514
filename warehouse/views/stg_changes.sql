-- One row is one kind of difference that a run made to one field, and its cause.
select
    run_id,
    table_name,
    field,
    change,
    cause,
    row_count,
    because,
    examples
from changes
