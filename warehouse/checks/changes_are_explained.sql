-- severity: warn
-- owner: operations
-- judged: select count(*) from changes where run_id = $run_id
-- may judge nothing: a run may change nothing, and the first has nothing to compare with
-- What a run changed has a cause: a page, a correction or a rule. Where none is known, the same
-- bytes under the same rules gave other rows: a reader that is not deterministic, code that was
-- exchanged while it ran, or a table that somebody edited.
select
    changes.table_name,
    changes.field,
    changes.change,
    changes.row_count,
    changes.examples
from changes
where
    changes.run_id = $run_id
    and changes.cause = 'unexplained'
