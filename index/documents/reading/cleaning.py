"""Texts of every format without characters that nobody sees, and with letters that look alike made the same."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from index.documents.hidden import without_invisible
from index.documents.reading.types import Line, Page, Reading, Table

# Fonts in PDFs often map Chinese letters to the radicals that look like them (⼀ for 一, ⽇ for 日).
_RADICALS = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_CLEAN = re.compile("[\t\n\x20-\x7e\u3400-\u9fff\u3001-\u303f\uff01-\uff5e]*")
# Those that Unicode's normalisation passes over.
_ALIKE = dict(zip("⺠⻚⻓⻔⻢⻋⻅⻉⻛⻜⻝⻥⻦⻩⻬⻰⺟⻄⻘", "民页长门马车见贝风飞食鱼鸟黄齐龙母西青", strict=True))


def cleaned(reading: Reading) -> Reading:
    """The same reading; what is empty afterwards is gone."""
    return replace(reading, pages=tuple(_page(page) for page in reading.pages))


def clean(text: str) -> str:
    """One text."""
    if _CLEAN.fullmatch(text):
        return text
    text = _CONTROL.sub("", without_invisible(text))
    return _RADICALS.sub(lambda found: _ALIKE.get(found[0], unicodedata.normalize("NFKC", found[0])), text)


def _page(page: Page) -> Page:
    blocks = (_block(block) for block in page.blocks)
    return replace(page, blocks=tuple(block for block in blocks if isinstance(block, Table) or block.text.strip()))


def _block(block: Line | Table) -> Line | Table:
    if isinstance(block, Line):
        text = clean(block.text)
        return block if text == block.text else replace(block, text=text)
    return replace(
        block,
        header=tuple(map(clean, block.header)),
        rows=tuple(tuple(map(clean, row)) for row in block.rows),
        caption=clean(block.caption) if block.caption else None,
    )
