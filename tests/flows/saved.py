"""Saved pages for the tests of flows: invented people, a real country."""

from __future__ import annotations

PAGE = """\
Support our newsroom - make a donation today!

Ports and Trade

{date}

{country} Reopens Its Ports After Nine Days

Harbour master promises to clear the backlog by the end of the month

Accra -- The ports of {country} opened again on Monday after a strike of nine days.

“We will clear every ship by the end of the month,” said harbour master Efua Mensah. “Nobody \
will be paid for waiting.”

The minister for ports, Kojo Antwi, told reporters that the “longest nine days” were over.

NEWSLETTER
Join the mailing list
"""


def page_saved_as_text(country: str = "Ghana", date: str = "12 June 2006") -> str:
    return PAGE.format(country=country, date=date)
