"""`python -m tests.bench.accuracy [FOLDER] [--sample N] [--misses WHAT]`: every accuracy figure."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from schemas.errors import OnrecordError
from tasks.evaluation.evaluate import evaluate, score_files
from tasks.evaluation.show import misses_of, table


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="accuracy", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="else the project's own labels")
    parser.add_argument("--sample", type=int, help="only the first N documents of each file")
    parser.add_argument("--misses", metavar="WHAT", help="list misses of figures with this name")
    asked = parser.parse_args(arguments)
    try:
        if asked.misses:
            lines = misses_of(evaluate(asked.folder, asked.sample), asked.misses)
        else:
            lines = table(score_files(asked.folder, asked.sample))
        for line in lines:
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
    except OnrecordError as error:
        sys.stderr.write(f"accuracy: {error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
