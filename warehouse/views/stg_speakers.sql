-- One row is one person or body that speaks.
select
    speaker_id,
    speaker_name,
    speaker_kind,
    first_evidenced_date,
    last_evidenced_date,
    run_id
from speakers
