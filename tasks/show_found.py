"""How a hit of a search and a citation read on a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from tasks.cite import Citation
from tasks.search import Hit
from tasks.show import plain, show_pairs


def show_hit(console: Console, hit: Hit) -> None:
    copies = f" ({hit.copy_count} copies)" if hit.copy_count > 1 else ""
    console.print(
        Text.assemble((plain(hit.headline) or "(no headline)", "bold"), copies), soft_wrap=True
    )
    about = (hit.published or "undated", hit.host or hit.source, hit.speaker and f"{hit.speaker}:")
    console.print(", ".join(plain(each) for each in about if each), markup=False, soft_wrap=True)
    passage, place = Text("  "), 0
    for start, end in hit.marks:
        passage.append(plain(hit.passage[place:start]))
        passage.append(f"[[{plain(hit.passage[start:end])}]]", style="bold reverse")
        place = end
    passage.append(plain(hit.passage[place:]))
    console.print(passage, soft_wrap=True)
    ids = f"article {hit.article_id}" + (f"  quote {hit.quote_id}" if hit.quote_id else "")
    console.print(f"  {ids}\n", markup=False, soft_wrap=True)


def show_citation(console: Console, citation: Citation) -> None:
    if citation.quotation:
        console.print(plain(citation.quotation), markup=False, soft_wrap=True)
    console.print(f"{plain(citation.footnote)}\n", markup=False, soft_wrap=True)
    show_pairs(
        console,
        [
            ("speaker", citation.speaker),
            ("role", citation.speaker_role),
            ("headline", citation.headline),
            ("by", citation.byline),
            ("agency", citation.agency),
            ("published", citation.published),
            ("host", citation.host),
            ("archive", citation.archive),
            ("publisher", citation.publisher),
            ("address", citation.url or "none: the page came as a file"),
            ("captured at", citation.captured_at or "unknown"),
            ("capture", citation.capture_id),
            ("sha256", citation.sha256),
            ("stored in", f"{citation.warc_file} at byte {citation.warc_offset}"),
        ],
    )
