-- One row is one way one field of one capture was found.
select
    finding_id,
    article_id,
    capture_id,
    field,
    value,
    precision,
    rule,
    evidence_text,
    is_chosen,
    run_id
from findings
