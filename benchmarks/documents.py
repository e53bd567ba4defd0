"""How well documents are read, cut and described, against the hand-written truth of tests/documents.

    python -m benchmarks.documents [--half seen|unseen|both] [--file NAME] [--out results.json]

Texts are compared without white space, with full-width Latin letters, digits and punctuation taken for the narrow
ones; nothing else is forgiven. What counts:

- clause: the reference as printed is the same, and so is everything printed after it up to the next reference (with
  or without its heading, since a unit may hold that apart). On a page that was only a picture the text may differ in
  3 % of its characters, one at least, the reference in none. Recall is over the clauses of the truth, precision over
  the units found; each is used once. Heading, parent and page are counted among the clauses found. A heading without
  a number and with nothing but a table below it is also found where it is that table's caption, and the other way
  round a caption is no unit too many.
- loose: paragraphs of no clause (a notice's opening and closing, a letter) that stand whole in what is indexed or in
  the frame, so that nothing is lost; on pictures within the same 3 %.
- noise: strings of running headers, page numbers, navigation, deletions that stand in what is indexed: should be none.
- metadata: each field of each file, empty ones included: a value where the text says none is wrong. Not counted where
  the truth leaves the kind open. Sets of issuers and of repealed numbers must agree as a whole.
- cells: of the truth's tables, headers included, at the same column of a row that holds the others. Tables that follow
  each other under the same header are taken for one, cut at the end of a page; "in one piece" counts those not cut. The
  caption is counted where the truth has one, and may hold more (the attachment's title beside 单位：万元).
- characters: 1 - edit distance / length, per page that was only a picture.

Totals are over all clauses, fields, cells and characters together, in which long files weigh most; the mean over files,
in which each weighs the same, stands below them. Speed is of `read` alone in this process, after one file of its kind
has been read to load its libraries; processor time stands beside it, which other work on the machine does not slow.
"""

from __future__ import annotations

import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from index.documents.metadata.proposing import propose
from index.documents.metadata.types import Metadata
from index.documents.reading.limits import DEFAULT
from index.documents.reading.read import read
from index.documents.reading.types import Line, Page, Reading
from index.documents.structure.drafting import draft as structure  # the one place that names the entry to structure
from index.documents.structure.types import Draft
from index.errors import ReadingError
from index.settings import ROOT

DOCUMENTS = ROOT / "tests" / "documents"
FULLWIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
FORGIVEN = 0.03  # of the characters of a clause that OCR read
FIELDS = ("title", "number", "issuers", "issued", "effective", "expires", "repeals", "kind", "region")
Truth = dict[str, Any]
Rows = Sequence[Sequence[str]]


class Half(str, Enum):
    """Which files are measured."""

    SEEN = "seen"
    UNSEEN = "unseen"
    BOTH = "both"


def plain(text: str) -> str:
    """Without white space, narrow."""
    return re.sub(r"\s", "", text).translate(FULLWIDTH)


@dataclass
class Share:
    """So many of so many."""

    right: int = 0
    of: int = 0

    def add(self, right: bool) -> None:
        self.right += right
        self.of += 1

    def __add__(self, other: Share) -> Share:
        return Share(self.right + other.right, self.of + other.of)

    def __str__(self) -> str:
        return f"{self.right / self.of:.3f}" if self.of else "-"


@dataclass
class Measured:
    """One file against its truth; `shares` by what was counted."""

    name: str
    unseen: bool
    shares: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))
    details: list[str] = field(default_factory=list)
    pages: int = 0
    ocr_pages: int = 0
    seconds: float = 0.0  # by the clock
    cpu: float = 0.0  # of this process, all its threads
    cutting: float = 0.0
    failed: str | None = None

    def say(self, what: str, wanted: object, found: object) -> None:
        self.details.append(f"{what}\n    truth: {wanted}\n    found: {found}")


# --- clauses --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Found:
    """A unit as it is compared."""

    reference: str
    heading: str
    texts: tuple[str, ...]  # its text, and heading and text where the text does not begin with it
    parent: str
    page: int
    attachment: str


def units(draft: Draft) -> list[Found]:
    names = {unit.id: plain(unit.number or unit.heading) for unit in draft.units}
    return [
        Found(
            plain(unit.number),
            plain(unit.heading),
            _told(plain(unit.heading), plain(unit.text)),
            names.get(unit.parent or "", ""),
            unit.page,
            plain(unit.attachment),
        )
        for unit in draft.units
    ]


def _told(heading: str, text: str) -> tuple[str, ...]:
    return (text,) if text.startswith(heading) else (text, heading + text)


def allowed(text: str, clause: Truth, pictures: set[int]) -> int:
    """Characters in which a clause may differ: none, unless it begins on a picture or runs over onto one."""
    return max(1, int(len(text) * FORGIVEN)) if {clause["page"], clause["page"] + 1} & pictures else 0


def headed(clause: Truth, heading: str) -> bool:
    """A heading of the truth was found; where it names none, only the first words up to a stop may be taken for one."""
    if clause["heading"]:
        return heading.strip("【】()") == plain(clause["heading"]).strip("【】()")
    rest = plain(clause["text"]).removeprefix(heading)
    return not heading or (rest != plain(clause["text"]) and rest[:1] in tuple("。:;?."))


def clauses(truth: Truth, draft: Draft, measured: Measured) -> None:
    pictures = {page["page"] for page in truth.get("ocr", {}).get("pages", [])}
    left = units(draft)
    captions = {plain(c.table.caption or "") for c in draft.clauses if c.table}
    missed = []
    for clause in truth["clauses"]:
        reference, text = plain(clause["reference"]), plain(clause["text"])
        room = allowed(text, clause, pictures)
        fitting = [
            unit
            for unit in left
            if unit.reference == reference
            and any(Levenshtein.distance(text, other, score_cutoff=room) <= room for other in unit.texts)
        ]
        parent, attachment = plain(clause["parent"] or ""), plain(clause.get("attachment", ""))
        # of units that read alike, the one in the same place
        fitting.sort(key=lambda unit: (unit.attachment != attachment, unit.parent != parent, unit.page))
        if not fitting and not reference and text in captions:
            measured.shares["recall"].add(True)
            continue
        measured.shares["recall"].add(bool(fitting))
        if not fitting:
            missed.append(clause)
            continue
        left.remove(fitting[0])
        for what, right in (
            ("heading", headed(clause, fitting[0].heading)),
            ("parent", fitting[0].parent == parent),
            ("page", fitting[0].page == clause["page"]),
        ):
            measured.shares[what].add(right)
            if not right:
                wanted = clause[what], getattr(fitting[0], what)
                measured.say(f"{what} of {clause['reference']}{clause['opening']}", *wanted)
    titles = {plain(table["caption"] or "") for table in truth["tables"]}
    left = [unit for unit in left if unit.reference or unit.texts[-1] not in titles]  # a caption may head its table
    measured.shares["precision"] = Share(len(draft.units) - len(left), len(draft.units))
    for clause in missed:
        reference, text = plain(clause["reference"]), plain(clause["text"])
        near = max(left, key=lambda unit: fuzz.ratio(reference + text, unit.reference + unit.texts[-1]), default=None)
        measured.say(
            f"clause missed on page {clause['page']}",
            f"[{clause['reference']}] {clause['text']!r}",
            f"[{near.reference}] {near.texts[-1]!r}" if near else "nothing left over",
        )
    for unit in left:
        measured.details.append(f"unit too many on page {unit.page}\n    found: [{unit.reference}] {unit.texts[-1]!r}")


def indexed(draft: Draft) -> str:
    """Everything that is searched or shown as text."""
    return "\n".join(plain(clause.heading + clause.text) for clause in draft.clauses)


def loose(truth: Truth, draft: Draft, measured: Measured) -> None:
    kept = indexed(draft).replace("\n", "") + "".join(plain(framing.text) for framing in draft.frame)
    for paragraph in truth["loose"]:
        wanted = plain(paragraph)
        right = wanted in kept or ("ocr" in truth and fuzz.partial_ratio(wanted, kept) >= 100 * (1 - FORGIVEN))
        measured.shares["loose"].add(right)
        if not right:
            measured.say("paragraph lost or broken", paragraph, "not in one piece")


def noise(truth: Truth, draft: Draft, measured: Measured) -> None:
    clean = indexed(draft) + "\n" + "\n".join(text for unit in units(draft) for text in unit.texts)
    for string in truth["noise"]:
        right = plain(string) not in clean
        measured.shares["noise"].add(right)
        if not right:
            place = clean.index(plain(string))
            measured.say("noise in a clause", string, clean[max(0, place - 30) : place + 30])


# --- metadata -------------------------------------------------------------------------------------


def proposed(metadata: Metadata) -> dict[str, Any]:
    def value(name: str) -> str | None:
        proposal = getattr(metadata, name)
        return plain(str(proposal.value)) if proposal else None

    found: dict[str, Any] = {name: value(name) for name in FIELDS if name not in ("issuers", "repeals")}
    found["issuers"] = sorted(plain(issuer.value) for issuer in metadata.issuers)
    found["repeals"] = sorted(plain(repeal.value.number or str(repeal.value)) for repeal in metadata.repeals)
    return found


def choices(wanted: Any, several: bool) -> list[Any]:
    """The values that are right, in the form of `proposed`."""
    if several:
        sets = wanted if wanted and isinstance(wanted[0], list) else [wanted]
        return [sorted(plain(text) for text in names) for names in sets]
    return [plain(str(one)) if one else None for one in (wanted if isinstance(wanted, list) else [wanted])]


def metadata(truth: Truth, draft: Draft, measured: Measured) -> None:
    found = proposed(propose(draft))
    for name in FIELDS:
        wanted = truth["metadata"][name]
        if name == "kind" and wanted is None:
            continue
        right = found[name] in choices(wanted, name in ("issuers", "repeals"))
        measured.shares["metadata"].add(right)
        measured.shares[f"metadata.{name}"].add(right)
        if not right:
            measured.say(f"metadata: {name}", wanted, found[name])


# --- tables ---------------------------------------------------------------------------------------


def level(text: str) -> str:
    """A header's text, with levels that repeat each other taken once."""
    parts = [plain(part) for part in text.split(" / ")]
    return "/".join(part for n, part in enumerate(parts) if part and (n == 0 or part != parts[n - 1]))


def grid(header: Sequence[str], rows: Rows) -> list[list[str]]:
    return [[level(cell) for cell in header], *([plain(cell) for cell in row] for row in rows)]


def aligned(wanted: Rows, found: Rows, room: float) -> int:
    """The most cells that agree column by column when rows are matched in order."""

    def same(one: Sequence[str], other: Sequence[str]) -> int:
        return sum(a == b or Levenshtein.normalized_distance(a, b) <= room for a, b in zip(one, other, strict=False))

    best = [0] * (len(found) + 1)
    for row in wanted:
        before, best = best, [0]
        for n, other in enumerate(found):
            best.append(max(before[n + 1], best[n], before[n] + same(row, other)))
    return best[-1]


def tables(truth: Truth, draft: Draft, measured: Measured) -> None:
    left: list[list[list[str]]] = []
    captions: list[str | None] = []
    pieces: list[int] = []
    for table in (clause.table for clause in draft.clauses if clause.table):
        found = grid(table.header, table.rows)
        if left and table.header and left[-1][0] == found[0]:  # one table, cut where the page ends
            left[-1] += found[1:]
            pieces[-1] += 1
        else:
            left.append(found)
            captions.append(table.caption)
            pieces.append(1)
    room = FORGIVEN if "ocr" in truth else 0.0
    for entry in truth["tables"]:
        wanted = grid(entry["header"], entry["rows"])
        counts = [aligned(wanted, other, room) for other in left]
        place = max(range(len(left)), key=counts.__getitem__, default=None)
        cells = sum(map(len, wanted))
        right = counts[place] if place is not None else 0
        measured.shares["cells"] += Share(right, cells)
        if right < cells:
            measured.say(f"table {entry['caption'] or ''}: {right} of {cells} cells", *_unlike(wanted, left, place))
        measured.shares["in one piece"].add(place is not None and right > 0 and pieces[place] == 1)
        if entry["caption"]:
            caption = plain(captions[place] or "") if place is not None and right else ""
            measured.shares["caption"].add(plain(entry["caption"]) in caption)
            if plain(entry["caption"]) not in caption:
                measured.say("caption", entry["caption"], caption)
        if place is not None and right:
            captions.pop(place)
            pieces.pop(place)
            measured.shares["cells precision"] += Share(right, sum(map(len, left.pop(place))))
    measured.shares["cells precision"] += Share(0, sum(len(row) for other in left for row in other))


def _unlike(wanted: Rows, left: Sequence[Rows], place: int | None) -> tuple[Rows, Rows]:
    found: Rows = left[place] if place is not None else []
    return [row for row in wanted if row not in found], [row for row in found if row not in wanted]


# --- characters -----------------------------------------------------------------------------------


def printed(page: Page) -> str:
    return plain(
        "".join(
            block.text if isinstance(block, Line) else "".join((*block.header, *(c for row in block.rows for c in row)))
            for block in page.blocks
        )
    )


def characters(truth: Truth, reading: Reading, measured: Measured) -> None:
    pages = {page.number: page for page in reading.pages}
    for shot in truth.get("ocr", {}).get("pages", []):
        wanted, page = plain(shot["text"]), pages.get(shot["page"])
        found = printed(page) if page else ""
        share = Share(max(0, len(wanted) - Levenshtein.distance(wanted, found)), len(wanted))
        measured.shares["characters"] += share
        measured.shares[f"characters.{truth['ocr']['condition']}"] += share
        if page is None or not page.ocr:
            measured.say(f"page {shot['page']}", "a picture", "not marked as read by OCR")
        if wanted != found:
            edits = [
                f"{wanted[max(0, e.src_start - 4) : e.src_start]}[{wanted[e.src_start : e.src_end]}→"
                f"{found[e.dest_start : e.dest_end]}]"
                for e in Levenshtein.opcodes(wanted, found)
                if e.tag != "equal"
            ]
            measured.details.append(f"page {shot['page']}: {share} of the characters: {'  '.join(edits[:40])}")


# --- the run --------------------------------------------------------------------------------------


def measure(truth: Truth) -> Measured:
    measured = Measured(truth["file"], truth["unseen"])
    began, worked = time.perf_counter(), time.process_time()
    try:
        reading = read(DOCUMENTS / "files" / truth["file"], DEFAULT)
    except ReadingError as error:
        measured.failed = f"{type(error).__name__}: {error}"
        count_failed(truth, measured)
        return measured
    measured.seconds, measured.cpu = time.perf_counter() - began, time.process_time() - worked
    measured.pages, measured.ocr_pages = len(reading.pages), sum(page.ocr for page in reading.pages)
    measured.shares["format"].add(reading.format == truth["format"])
    if reading.format != truth["format"]:
        measured.say("format", truth["format"], reading.format)
    measured.shares["pages"].add((len(reading.pages), reading.paged) == (truth["pages"], truth["paged"]))
    if not measured.shares["pages"].right:
        measured.say("pages, paged", (truth["pages"], truth["paged"]), (len(reading.pages), reading.paged))
    began = time.perf_counter()
    draft = structure(reading)
    measured.cutting = time.perf_counter() - began
    for part in (clauses, loose, noise, metadata, tables):
        part(truth, draft, measured)
    characters(truth, reading, measured)
    return measured


def count_failed(truth: Truth, measured: Measured) -> None:
    """A file that was not read has everything wrong."""
    measured.shares["recall"] = Share(0, len(truth["clauses"]))
    measured.shares["metadata"] = Share(0, len(FIELDS))
    measured.shares["loose"] = Share(0, len(truth["loose"]))
    measured.shares["cells"] = Share(0, sum(len(t["header"]) * (len(t["rows"]) + 1) for t in truth["tables"]))
    measured.shares["characters"] = Share(0, sum(len(plain(p["text"])) for p in truth.get("ocr", {}).get("pages", [])))


COLUMNS = ("recall", "precision", "heading", "parent", "page", "loose", "noise", "metadata", "cells", "cells precision",
           "characters")  # fmt: skip


def total(rows: Iterable[Measured]) -> dict[str, Share]:
    shares: dict[str, Share] = defaultdict(Share)
    for row in rows:
        for name, share in row.shares.items():
            shares[name] += share
    return shares


def mean(rows: Iterable[Measured], column: str) -> str:
    """Over the files that have any of it."""
    shares = [row.shares[column] for row in rows if row.shares.get(column, Share()).of]
    return f"{sum(share.right / share.of for share in shares) / len(shares):.3f}" if shares else "-"


def line(name: str, shares: dict[str, Share], seconds: float | None = None) -> str:
    cells = "".join(f"{shares.get(column, Share())!s:>10}" for column in COLUMNS)
    return f"{name:36}{cells}" + (f"{seconds:9.2f}s" if seconds is not None else "")


def summary(name: str, rows: Sequence[Measured]) -> dict[str, Any]:
    shares = total(rows)
    print(f"\n{line(f'{name} ({len(rows)} files)', shares)}")
    print(f"{'  mean over files':36}" + "".join(f"{mean(rows, column):>10}" for column in COLUMNS))
    for group in ("metadata.", "characters."):
        parts = [f"{key.removeprefix(group)} {shares[key]}" for key in shares if key.startswith(group)]
        print(f"  {group.rstrip('.')}: {', '.join(parts) or '-'}")
    print(
        "  "
        + ", ".join(f"{key} {shares[key]}" for key in ("format", "pages", "caption", "in one piece") if key in shares)
    )
    texts = [row for row in rows if row.name.endswith(".pdf") and not row.ocr_pages and not row.failed]
    pictures = [row for row in rows if row.ocr_pages and row.ocr_pages == row.pages]
    speeds = {}
    for what, group_ in (("text PDF", texts), ("OCR", pictures)):
        pages, seconds, cpu = (sum(getattr(row, of) for row in group_) for of in ("pages", "seconds", "cpu"))
        speeds[what] = pages / seconds if seconds else None
        if seconds and cpu:
            print(
                f"  {what}: {pages} pages, {pages / seconds:.1f} a second, {pages / cpu:.1f} a second of processor time"
            )
    print(f"  cutting and describing: {sum(row.cutting for row in rows):.1f} s for {sum(r.pages for r in rows)} pages")
    return {
        "files": len(rows),
        "shares": {key: {"right": s.right, "of": s.of} for key, s in shares.items()},
        "pages_per_second": speeds,
    }


def warm(truths: Sequence[Truth]) -> None:
    """Load the libraries of each kind, which is not a matter of pages per second."""
    for wanted in ("pdf", "image"):
        for truth in truths:
            if truth["format"] == wanted:
                try:
                    read(DOCUMENTS / "files" / truth["file"], DEFAULT)
                except ReadingError:
                    continue
                break


def main(
    half: Annotated[Half, typer.Option(help="which files; who tunes looks at the seen ones only")] = Half.SEEN,
    file: Annotated[str | None, typer.Option(help="only files whose name holds this, with all that differs")] = None,
    out: Annotated[Path | None, typer.Option(help="write figures and differences as JSON")] = None,
) -> None:
    truths = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted((DOCUMENTS / "truth").glob("*.yaml"))]
    truths = [t for t in truths if half is Half.BOTH or t["unseen"] == (half is Half.UNSEEN)]
    truths = [t for t in truths if file is None or file in t["file"]]
    if not truths:
        raise typer.BadParameter(f"no truth of {half.value} files whose name holds {file!r}")
    if file is None:
        warm(truths)
    print(f"{'file':36}" + "".join(f"{column.replace('cells precision', 'cells pr.'):>10}" for column in COLUMNS))
    rows = []
    for truth in truths:
        row = measure(truth)
        rows.append(row)
        print(line(("* " if row.unseen else "  ") + row.name, row.shares, row.seconds))
        if row.failed:
            print(f"    not read: {row.failed}")
        if file is not None:
            print("\n".join(row.details))
    figures = {name: summary(name, group) for name, group in (
        ("seen", [row for row in rows if not row.unseen]), ("unseen", [row for row in rows if row.unseen]),
    ) if group}  # fmt: skip
    faults = Counter(detail.split("\n")[0].split(" of ")[0].split(":")[0] for row in rows for detail in row.details)
    print("\nwhat differs most:", ", ".join(f"{what} {count}" for what, count in faults.most_common(8)))
    if out is not None:
        details = {row.name: row.details for row in rows}
        out.write_text(json.dumps({"figures": figures, "differences": details}, ensure_ascii=False, indent=1), "utf-8")


if __name__ == "__main__":
    typer.run(main)
