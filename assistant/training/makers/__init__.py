"""One module per kind of drill: each makes its drills out of the clauses and rules there are."""

from __future__ import annotations

from assistant.training.makers.boundaries import boundaries
from assistant.training.makers.cases import cases
from assistant.training.makers.dates import dates
from assistant.training.makers.documents import documents
from assistant.training.makers.figures import figures
from assistant.training.makers.limits import limits
from assistant.training.makers.orders import orders
from assistant.training.makers.shorts import shorts
from assistant.training.makers.size_cases import size_cases
from assistant.training.makers.statements import statements
from assistant.training.material import Maker

MAKERS: tuple[Maker, ...] = (
    figures,
    dates,
    statements,
    documents,
    shorts,
    boundaries,
    limits,
    orders,
    cases,
    size_cases,
)
"""Every maker, in the order in which a catalogue lists their drills."""
