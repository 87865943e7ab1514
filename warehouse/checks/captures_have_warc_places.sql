-- severity: error
-- owner: fetching
-- judged: select source, count(*) from captures group by source
-- Every capture says where its bytes are kept, and no two say the same place.
select
    captures.source,
    captures.capture_id,
    captures.warc_file,
    captures.warc_offset
from captures
qualify
    captures.warc_file = ''
    or captures.warc_offset < 0
    or count(*) over (partition by captures.warc_file, captures.warc_offset) > 1
