"""Gates: the least a change may leave behind (gates.yaml), and whether a run passes them."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError, field_validator, model_validator

from assistant.errors import GatesError
from assistant.evaluation.score import Row
from assistant.evaluation.statistics import Mean
from assistant.evaluation.summary import GROUPINGS, MEASURES, groups_of, measure
from assistant.texts import load_data

FILE = Path(__file__).with_name("gates.yaml")
_CUT = 10_000


class Gate(BaseModel):
    """A limit on one measure over one group of cases."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    measure: str
    where: dict[str, str] = {}
    at_least: float | None = None
    at_most: float | None = None

    @field_validator("measure")
    @classmethod
    def _known(cls, name: str) -> str:
        if name not in MEASURES:
            raise ValueError(f"there is no measure {name!r}; there are {', '.join(MEASURES)}")
        return name

    @field_validator("where")
    @classmethod
    def _groups(cls, where: dict[str, str]) -> dict[str, str]:
        if unknown := where.keys() - set(GROUPINGS):
            raise ValueError(f"cases are not grouped by {sorted(unknown)}; they are by {', '.join(GROUPINGS)}")
        return where

    @model_validator(mode="after")
    def _one_limit(self) -> Gate:
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("a gate has either at_least or at_most")
        return self

    def __str__(self) -> str:
        group = " ".join(f"{grouping} {name}" for grouping, name in self.where.items()) or "all cases"
        limit = f"≥ {self.at_least:g}" if self.at_least is not None else f"≤ {self.at_most:g}"
        return f"{self.measure} of {group} {limit}"

    def concerns(self, row: Row) -> bool:
        """Whether a case is in its group."""
        return self.where.items() <= set(groups_of(row))


@dataclass(frozen=True)
class Passage:
    """A gate, and what a run brought to it."""

    gate: Gate
    found: Mean

    @cached_property
    def missed(self) -> bool:
        """Whether the run does not pass; a gate without cases is not missed."""
        value, gate = self.found.value, self.gate
        if value is None:
            return False
        return value < gate.at_least if gate.at_least is not None else value > (gate.at_most or 0.0)

    def __str__(self) -> str:
        value = "no case" if self.found.value is None else f"{self.found.value:.4f} (n={self.found.n})"
        return f"{self.gate}: {value}"


def read_gates(path: Path = FILE) -> list[Gate]:
    """Every gate; raises GatesError naming what is wrong."""
    try:
        return TypeAdapter(list[Gate]).validate_python(load_data(path))
    except ValidationError as error:
        first = error.errors()[0]
        raise GatesError(f"{path}, entry {first['loc'][0] if first['loc'] else 0}: {first['msg']}.") from error


def pass_through(rows: Sequence[Row], gates: Sequence[Gate]) -> list[Passage]:
    """What the rows bring to each gate."""
    return [Passage(gate, measure([row for row in rows if gate.concerns(row)], gate.measure)) for gate in gates]


def tightened(text: str, passages: Sequence[Passage]) -> str:
    """The file of gates with each limit on a group of cases at what the run reached, cut after four decimals.

    A gate that is missed, or bears on all cases, stays: to give way is for people to decide. Each gate has a line.
    """
    lines = text.split("\n")
    places = [number for number, line in enumerate(lines) if line.startswith("- {")]
    for number, passage in zip(places, passages, strict=True):
        gate, value = passage.gate, passage.found.value
        if gate.where and value is not None and not passage.missed:
            name, cut = ("at_least", math.floor) if gate.at_least is not None else ("at_most", math.ceil)
            limit = cut(round(value * _CUT, 6)) / _CUT
            lines[number] = re.sub(rf"{name}: [\d.]+", f"{name}: {limit:g}", lines[number])
    return "\n".join(lines)
