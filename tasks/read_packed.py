"""Files that pack many pages, by the end of their names."""

from __future__ import annotations

from tasks.read_cdxj import read_cdxj
from tasks.read_files import INDEX_ENDING, WARC_ENDINGS, Readers
from tasks.read_wacz import read_wacz
from tasks.read_warc import read_warc

READERS: Readers = {
    **dict.fromkeys(WARC_ENDINGS, read_warc),
    ".wacz": read_wacz,
    INDEX_ENDING: read_cdxj,
}
