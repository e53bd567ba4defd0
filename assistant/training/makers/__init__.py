"""One module per kind of drill: each makes its drills out of the clauses and rules there are."""

from __future__ import annotations

from assistant.training.material import Maker

MAKERS: tuple[Maker, ...] = ()
"""Every maker, in the order in which a catalogue lists their drills."""
