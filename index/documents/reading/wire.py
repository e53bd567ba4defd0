"""What a reading process sends back, checked like anything from outside, and held against the limits."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator

from pydantic import TypeAdapter, ValidationError

from index.documents.reading.limits import Limits
from index.documents.reading.types import Line, Page, Reading, Table
from index.errors import OverLimitError, ReaderStoppedError

_READING = TypeAdapter(Reading)


def reading_of(message: object) -> Reading:
    """The reading; raises ReaderStoppedError where it is none: a reader taken over can forge no more than text."""
    try:
        reading = _READING.validate_python(message)
    except ValidationError as error:
        raise ReaderStoppedError("reader-output") from error
    if any(not math.isfinite(number) for number in _numbers(reading)) or any(
        isinstance(block, Table) and len({len(row) for row in block.rows} | ({len(block.header)} - {0})) > 1
        for page in reading.pages
        for block in page.blocks
    ):
        raise ReaderStoppedError("reader-output")
    return reading


def bounded(reading: Reading, limits: Limits) -> Reading:
    """The reading itself; raises OverLimitError where it holds more than is allowed."""
    if len(reading.pages) > limits.pages:
        raise OverLimitError("too-many-pages", found=len(reading.pages), limit=limits.pages)
    characters = cells = 0
    for page in reading.pages:
        for block in page.blocks:
            if isinstance(block, Table):
                texts = [*block.header, *(cell for row in block.rows for cell in row)]
                cells += len(texts)
                characters += sum(map(len, texts))
            else:
                characters += len(block.text)
    if characters > limits.characters:
        raise OverLimitError("too-many-characters", limit=limits.characters)
    if cells > limits.cells:
        raise OverLimitError("too-many-cells", limit=limits.cells)
    return dataclasses.replace(reading, warnings=reading.warnings[: limits.entries_listed])


def _numbers(reading: Reading) -> Iterator[float]:
    for page in reading.pages:
        yield from _present(page.width, page.height, page.confidence)
        for block in page.blocks:
            yield from _measures(page, block)


def _measures(page: Page, block: Line | Table) -> Iterator[float]:  # noqa: ARG001
    yield from _present(block.confidence, block.size if isinstance(block, Line) else None)
    if block.box is not None:
        yield from (block.box.x0, block.box.y0, block.box.x1, block.box.y1)


def _present(*values: float | None) -> Iterator[float]:
    yield from (value for value in values if value is not None)
