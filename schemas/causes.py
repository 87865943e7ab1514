"""What can happen to a row, and whose doing it can be. Imports nothing: every verb may show it."""

from __future__ import annotations

CHANGES = ("added", "removed", "changed")
# Whose doing it was. The order is that in which a reader is shown them.
CAUSES = {
    "new_document": "a page that was not known before",
    "changed_page": "a page that shows something else than before",
    "other_article": "another article, of which this one is a copy or no longer one",
    "correction": "a correction written by a person",
    "vocabulary": "a word list or a package of names",
    "parser": "the code that reads pages",
    "contract": "a rule of a contract",
    "several": "several of these at once, which cannot be told apart",
    "unexplained": "nothing that is known: look into it",
}
