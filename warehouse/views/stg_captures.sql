-- One row is one stored HTTP response or file.
select
    capture_id,
    source,
    url,
    captured_at,
    http_status,
    content_type,
    body_digest,
    byte_count,
    warc_file,
    warc_offset,
    completeness,
    encoding_declared,
    encoding_used,
    encoding_evidence,
    encoding_repair,
    replacement_count,
    run_id
from captures
