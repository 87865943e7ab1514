-- One row is one attempt to tell somebody of one incident.
select
    delivery_id,
    incident_id,
    event,
    channel,
    attempted_at,
    is_delivered,
    detail,
    run_id
from deliveries
