"""How much of a file is read at most: what lies beyond is refused with a reason, never cut off silently."""

from __future__ import annotations

from dataclasses import dataclass

_MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one file. Each is checked where its cost would arise; seconds and memory hold for the whole process."""

    bytes: int = 50 * _MB  # of the file itself
    pages: int = 2_000  # pages, slides or sheets
    seconds: float = 900.0  # for the whole file, by the clock
    seconds_per_page: float = 60.0  # without any sign of progress, by the clock
    memory: int = 2_048 * _MB  # address space of the reading process, libraries and models included
    characters: int = 5_000_000
    cells: int = 500_000  # of all tables and sheets together, merged cells filled in
    zip_entries: int = 5_000
    zip_expanded: int = 400 * _MB  # all entries together
    zip_ratio: int = 200  # expanded against packed, of any entry above one megabyte
    depth: int = 400  # of elements within elements
    pixels: int = 60_000_000  # of one picture: A3 at 400 dpi has 31 million
    entries_listed: int = 100  # warnings kept


DEFAULT = Limits()
