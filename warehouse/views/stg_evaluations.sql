-- One row is one figure measured against one set of labelled documents.
select
    evaluation_id,
    label_set,
    figure,
    value,
    counted,
    evaluated_at,
    onrecord_version,
    rules_digest
from evaluations
