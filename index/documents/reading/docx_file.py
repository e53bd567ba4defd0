"""DOCX → paragraphs with their automatic numbers, and tables; what was deleted or hidden is left out.

python-docx opens the package; the walk is over its XML, since its own lists pass over text boxes, content controls and
tracked changes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from docx.opc.part import PartFactory
from docx.oxml.exceptions import InvalidXmlError
from docx.oxml.ns import qn
from docx.parts.document import DocumentPart
from lxml.etree import LxmlError

from index.documents.reading.docx_numbering import Numbering
from index.documents.reading.grids import Cell, Grid, table, with_caption
from index.documents.reading.limits import Limits
from index.documents.reading.packages import look_over
from index.documents.reading.types import Format, Line, Page, Reading, Table
from index.errors import OverLimitError, ReadingError, RefusedFileError

_MACRO_TYPES = (
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
)
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_LEFT_OUT = {
    f"{_ALTERNATE}Fallback",
    *(
        qn(f"w:{name}")
        for name in "del moveFrom rPrChange pPrChange instrText delText delInstrText footnoteReference "
        "commentReference sectPr".split()
    ),
}
_BOX = qn("w:txbxContent")
_P, _TBL, _TR, _TC, _R, _T = (qn(f"w:{name}") for name in ("p", "tbl", "tr", "tc", "r", "t"))
_BREAKS = {qn("w:tab"): "\t", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-", qn("w:ptab"): "\t"}
_SYMBOLS = {"F0FE": "☑", "F0A8": "□", "F052": "☑", "F0A3": "□", "F06F": "□", "F0FC": "✓"}
_HEADING = re.compile(r"(?:heading|标题)\s*(\d)", re.I)
_OFF = ("0", "false", "off", "none")


def read_docx(content: bytes, limits: Limits, progress: Callable[[int, int], None]) -> Reading:  # noqa: ARG001
    """Body, text boxes and tables in order; headers, footers, notes and comments are not part of the text."""
    warnings = look_over(content, limits)
    for kind in _MACRO_TYPES:  # python-docx opens documents only; the others differ in nothing we read
        PartFactory.part_type_for[kind] = DocumentPart
    try:
        document = docx.opc.package.OpcPackage.open(io.BytesIO(content)).main_document_part  # type: ignore[attr-defined]
        if not isinstance(document, DocumentPart):
            raise RefusedFileError("damaged")
        walk = _Walk(document, limits)
        blocks = list(walk.blocks())
        title = document.package.core_properties.title or None
    except ReadingError:
        raise
    except (
        OpcError, LxmlError, InvalidXmlError, zipfile.BadZipFile, KeyError, ValueError, AttributeError, TypeError
    ) as error:  # fmt: skip
        raise RefusedFileError("damaged") from error
    warnings += sorted(walk.warnings)
    return Reading(Format.DOCX, (Page(1, tuple(with_caption(blocks))),), False, title, tuple(warnings))


class _Walk:
    def __init__(self, document: DocumentPart, limits: Limits) -> None:
        self.body = document.element.body
        self.limits = limits
        self.styles = {style.get(qn("w:styleId")): style for style in _styles(document)}
        self.normal = next((name for name, style in self.styles.items() if _default(style)), None)
        self.numbering = Numbering(_numbering(document), self.styles)
        self.warnings: set[str] = set()
        self.cells = 0

    def blocks(self) -> Iterator[Line | Table]:
        for element in self._within(self.body):
            if element.tag == _P:
                yield from self._paragraph(element)
            else:
                yield from self._table(element)

    def _within(self, holder: Any, depth: int = 0) -> Iterator[Any]:
        """Paragraphs and tables, those in content controls and insertions included."""
        if depth > self.limits.depth:
            raise OverLimitError("too-deep")
        for child in holder:
            if child.tag in (_P, _TBL):
                yield child
            elif child.tag not in _LEFT_OUT and isinstance(child.tag, str) and child.tag != qn("w:tcPr"):
                yield from self._within(child, depth + 1)

    def _paragraph(self, element: Any) -> Iterator[Line | Table]:
        style = self._style(element)
        runs: list[tuple[str, bool]] = []
        boxes: list[Any] = []
        self._runs(element, style, runs, boxes, 0)
        mark = "" if self._deleted(element) and not runs else self.numbering.mark(element, style)
        bold = all(is_bold for text, is_bold in runs if text.strip())
        level, centred = self._level(element, style), self._centred(element, style)
        written = "".join(text for text, _ in runs)
        for number, part in enumerate(written.split("\n")):
            text = re.sub(r"[ \t\u3000]*\t[ \t\u3000]*", "  ", part).strip()
            if text or (mark.strip("• ") and not number):
                shown = f"{mark if not number else ''}{text}".strip()
                yield Line(shown, bold=bold and bool(text), centred=centred, level=level, paragraph=True)
        for box in boxes:
            for inner in self._within(box):
                yield from self._paragraph(inner) if inner.tag == _P else self._table(inner)

    def _runs(self, holder: Any, style: str | None, runs: list[tuple[str, bool]], boxes: list[Any], depth: int) -> None:
        if depth > self.limits.depth:
            raise OverLimitError("too-deep")
        for child in holder:
            tag = child.tag
            if tag in _LEFT_OUT or not isinstance(tag, str):
                if tag in (qn("w:del"), qn("w:moveFrom")):
                    self.warnings.add("tracked-changes")
                continue
            if tag == _BOX:
                boxes.append(child)
            elif tag == _R:
                self._run(child, style, runs, boxes, depth)
            elif tag != qn("w:pPr"):
                self._runs(child, style, runs, boxes, depth + 1)

    def _run(self, run: Any, style: str | None, runs: list[tuple[str, bool]], boxes: list[Any], depth: int) -> None:
        properties = run.find(qn("w:rPr"))
        own = _value(properties, "w:rStyle")
        if self._on(properties, own, style, "w:vanish") or self._unseen(properties):
            if any(text.text and text.text.strip() for text in run.iter(_T)):
                self.warnings.add("hidden-text")
            return
        bold = self._on(properties, own, style, "w:b")
        for child in run:
            if child.tag == _T:
                runs.append((child.text or "", bold))
            elif child.tag in _BREAKS:
                runs.append((_BREAKS[child.tag], bold))
            elif child.tag == qn("w:br"):
                runs.append(("\n", bold))
            elif child.tag == qn("w:sym"):
                runs.append((_SYMBOLS.get((child.get(qn("w:char")) or "").upper(), ""), bold))
            elif child.tag not in _LEFT_OUT and isinstance(child.tag, str) and child.tag != qn("w:rPr"):
                self._runs(child, style, runs, boxes, depth + 1)

    def _table(self, element: Any) -> Iterator[Line | Table]:
        """The table; one of a single column only frames its paragraphs."""
        cells, marked = self._cells(element)
        grid = Grid(tuple(cells), marked or None)
        if grid.width < 2 or grid.height < 2:
            for cell in element.iter(_TC):
                if cell.getparent().getparent() is element or grid.height < 2:
                    for inner in self._within(cell):
                        yield from self._paragraph(inner) if inner.tag == _P else self._table(inner)
            return
        if (made := table(grid)) is not None:
            yield made

    def _cells(self, element: Any) -> tuple[list[Cell], int]:
        rows = [row for row in self._parts(element, _TR) if not self._row_left_out(row)]
        open_: dict[int, int] = {}  # column → number of the cell that goes on downwards
        made: list[Cell] = []
        marked = 0
        for number, row in enumerate(rows):
            properties = row.find(qn("w:trPr"))
            if properties is not None and properties.find(qn("w:tblHeader")) is not None and marked == number:
                marked += 1
            column = int(_value(properties, "w:gridBefore") or 0)
            for cell in self._parts(row, _TC):
                own = cell.find(qn("w:tcPr"))
                wide = max(1, min(int(_value(own, "w:gridSpan") or 1), 1000))
                merge = own.find(qn("w:vMerge")) if own is not None else None
                self.cells += wide
                if self.cells > self.limits.cells:
                    raise OverLimitError("too-many-cells", limit=self.limits.cells)
                if merge is not None and merge.get(qn("w:val"), "continue") != "restart" and column in open_:
                    above = made[open_[column]]
                    made[open_[column]] = replace(above, rows=number - above.row + 1)
                else:
                    text, bold = self._cell(cell)
                    made.append(Cell(number, column, text, 1, wide, bold))
                    open_.pop(column, None)
                    if merge is not None:
                        open_[column] = len(made) - 1
                column += wide
        return made, marked

    def _cell(self, cell: Any) -> tuple[str, bool]:
        """Text of a cell, its paragraphs parted by a space, and whether all of it is bold."""
        lines: list[Line] = []
        for inner in self._within(cell):
            for block in self._paragraph(inner) if inner.tag == _P else self._table(inner):
                if isinstance(block, Line):
                    lines.append(block)
                else:
                    lines += [Line("  ".join(row)) for row in (block.header, *block.rows) if row]
        return " ".join(line.text for line in lines), bool(lines) and all(line.bold for line in lines)

    def _parts(self, holder: Any, tag: str) -> Iterator[Any]:
        for child in holder:
            if child.tag == tag:
                yield child
            elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins")):
                yield from self._parts(child, tag)

    def _row_left_out(self, row: Any) -> bool:
        properties = row.find(qn("w:trPr"))
        if properties is None:
            return False
        if properties.find(qn("w:del")) is not None:
            self.warnings.add("tracked-changes")
            return True
        hidden = properties.find(qn("w:hidden"))
        return hidden is not None and hidden.get(qn("w:val")) not in _OFF

    def _deleted(self, paragraph: Any) -> bool:
        return bool(paragraph.findall(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}"))

    def _style(self, paragraph: Any) -> str | None:
        return _value(paragraph.find(qn("w:pPr")), "w:pStyle") or self.normal

    def _chain(self, style: str | None) -> Iterator[Any]:
        seen = set()
        while style is not None and style not in seen and style in self.styles:
            seen.add(style)
            yield self.styles[style]
            style = _value(self.styles[style], "w:basedOn")

    def _on(self, properties: Any, own: str | None, style: str | None, name: str) -> bool:
        """A property that is on or off: of the run, else of its style, else of the paragraph's style."""
        for holder in (properties, *(link.find(qn("w:rPr")) for start in (own, style) for link in self._chain(start))):
            found = holder.find(qn(name)) if holder is not None else None
            if found is not None:
                return found.get(qn("w:val")) not in _OFF
        return False

    def _unseen(self, properties: Any) -> bool:
        """White letters on white paper, and letters of two points and less."""
        if properties is None:
            return False
        colour, size = _value(properties, "w:color"), _value(properties, "w:sz")
        shaded = properties.find(qn("w:shd")) is not None or properties.find(qn("w:highlight")) is not None
        white = (colour or "").upper() in ("FFFFFF", "FEFEFE") and not shaded and not self._on_shade(properties)
        return white or (size is not None and size.isdecimal() and int(size) <= 4)

    def _on_shade(self, properties: Any) -> bool:
        """Whether the paragraph, cell or table around, or a drawn shape, paints a ground on which white can be read."""
        around = properties.getparent()
        while around is not None and around.tag != qn("w:body"):
            if around.tag == _BOX:
                return True
            for name in ("w:pPr", "w:tcPr", "w:tblPr"):
                holder = around.find(qn(name))
                shade = holder.find(qn("w:shd")) if holder is not None else None
                if shade is not None and (shade.get(qn("w:fill")) or "auto").upper() not in ("AUTO", "FFFFFF"):
                    return True
                if name == "w:tblPr" and _value(holder, "w:tblStyle"):
                    return True  # styles of tables paint their first rows
            around = around.getparent()
        return False

    def _level(self, paragraph: Any, style: str | None) -> int | None:
        own = _value(paragraph.find(qn("w:pPr")), "w:outlineLvl")
        for link in self._chain(style):
            name = (_value(link, "w:name") or "").strip()
            if name.lower() in ("title", "标题"):
                return 0
            if own is None:
                if found := _HEADING.match(name):
                    return int(found[1])
                own = _value(link.find(qn("w:pPr")), "w:outlineLvl")
        return int(own) + 1 if own is not None and own.isdecimal() and int(own) < 9 else None

    def _centred(self, paragraph: Any, style: str | None) -> bool:
        for holder in (paragraph.find(qn("w:pPr")), *(link.find(qn("w:pPr")) for link in self._chain(style))):
            if (value := _value(holder, "w:jc")) is not None:
                return value == "center"
        return False


def _value(holder: Any, name: str) -> str | None:
    found = holder.find(qn(name)) if holder is not None else None
    return found.get(qn("w:val")) if found is not None else None


def _default(style: Any) -> bool:
    return style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in ("1", "true")


def _styles(document: DocumentPart) -> list[Any]:
    try:
        return list(document.styles.element.findall(qn("w:style")))
    except (KeyError, ValueError):
        return []


def _numbering(document: DocumentPart) -> Any:
    for relation in document.rels.values():
        if not relation.is_external and relation.reltype.endswith("/numbering"):
            return relation.target_part.element
    return None
