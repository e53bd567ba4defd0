"""Pictures of pages → lines and tables, with the confidence of recognition.

The home of rapidocr, whose models (PP-OCRv6, Chinese and English) come within its package; nothing is fetched.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from index.documents.reading import layout, scans, seals
from index.documents.reading.lines import WIDE
from index.documents.reading.pdfium import Drawn, Glyph, Rule
from index.documents.reading.types import Box, Line, Page, Table

_DETECTED_AT = 1_280  # pixels of the longer side: enough to find lines of 8 points, and twice as quick as the full size
_LONGEST = 2_600
_MOST_PIXELS = 12_000_000  # larger pictures are made smaller first: A4 at 350 dots per inch
_SURE = 0.5  # less sure than this is noise: patterns, seals, signatures
_DOUBTFUL = 0.75  # mean of a page that may stand on its head
_LETTER = 0.85  # height of letters against that of the box around their line


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of text on a picture, in pixels."""

    text: str
    box: Box
    confidence: float


def read_page(picture: Any, dpi: float, number: int) -> Page:
    """Read a Pillow image in RGB, whichever way up it stands; places are given in points of the picture as it came."""
    pixels = picture.width * picture.height
    if pixels > _MOST_PIXELS:
        part = (_MOST_PIXELS / pixels) ** 0.5
        picture, dpi = picture.resize((round(picture.width * part), round(picture.height * part))), dpi * part
    image = seals.without_seals(np.asarray(picture))
    image, back = scans.straightened(image)
    found, turns = _upright(image)
    image = np.rot90(image, turns)
    scale = 72 / dpi
    rules = [Rule(*(value * scale for value in rule)) for rule in scans.rules(image)]
    glyphs = [glyph for one in found for glyph in _glyphs(one, scale)]
    height, width = image.shape[:2]
    blocks = layout.laid_out(glyphs, Drawn(rules, [], []), width * scale, height * scale)
    turned = scans.Turned(turns, width, height, back)
    blocks = [_placed(_sure(block, found, scale), turned, scale) for block in blocks]
    letters = sum(len(one.text) for one in found)
    mean = sum(one.confidence * len(one.text) for one in found) / letters if letters else None
    return Page(
        number, tuple(blocks), picture.width * scale, picture.height * scale, ocr=True,
        confidence=round(mean, 4) if mean is not None else None,
    )  # fmt: skip


def resized(page: Page, width: float, height: float) -> Page:
    """The page with its places scaled to another size."""
    if not page.width or not page.height or abs(page.width - width) < 0.5:
        return replace(page, width=width, height=height)
    across, down = width / page.width, height / page.height
    blocks = [
        replace(block, box=Box(block.box.x0 * across, block.box.y0 * down, block.box.x1 * across, block.box.y1 * down))
        if block.box is not None
        else block
        for block in page.blocks
    ]
    return replace(page, blocks=tuple(blocks), width=width, height=height)


def recognised(image: Any) -> list[Found]:
    """What stands on a picture (rows, columns, RGB), from top to bottom."""
    result = _engine()(np.ascontiguousarray(image[:, :, ::-1]))
    if result.boxes is None or result.txts is None:
        return []
    return [
        Found(text, Box(*_around(corners)), float(score))
        for corners, text, score in zip(result.boxes, result.txts, result.scores, strict=True)
        if text.strip()
    ]


def _upright(image: Any) -> tuple[list[Found], int]:
    """What was read, and by how many quarters (counter-clockwise) the picture had to be turned for it."""
    first = recognised(image)
    tall = sum(one.box.y1 - one.box.y0 > 1.5 * (one.box.x1 - one.box.x0) for one in first if len(one.text) > 1)
    if first and tall * 2 <= len(first) and _mean(first) >= _DOUBTFUL:
        return first, 0
    if not first:
        return [], 0
    tries = [(first, 0)] + [
        (recognised(np.rot90(image, turns)), turns) for turns in ((1, 3) if tall * 2 > len(first) else (2,))
    ]
    return max(tries, key=lambda tried: sum(one.confidence**2 * len(one.text) for one in tried[0]))


def _mean(found: Sequence[Found]) -> float:
    letters = sum(len(one.text) for one in found)
    return sum(one.confidence * len(one.text) for one in found) / max(letters, 1)


def _glyphs(found: Found, scale: float) -> list[Glyph]:
    """Letters spread over the width of what was found, Chinese ones twice as wide as others."""
    x0, y0, x1, y1 = (value * scale for value in (found.box.x0, found.box.y0, found.box.x1, found.box.y1))
    widths = [1.0 if WIDE.match(letter) else 0.5 for letter in found.text]
    unit = (x1 - x0) / sum(widths)
    # Chinese letters stand at a distance of their own size, which the box around them tells only roughly.
    chinese = sum(widths) * 2 > len(widths) * 1.5
    size = min(unit, (y1 - y0) * 1.2) if chinese else min((y1 - y0) * _LETTER, unit * 1.6)
    base = (y0 + y1) / 2 + 0.36 * size
    made = []
    for letter, width in zip(found.text, widths, strict=True):
        made.append(Glyph(letter, x0, x0 + width * unit, base, size, 0, False, (0, 0, 0), 255, True, y0, y1))
        x0 += width * unit
    return made


def _sure(block: Line | Table, found: Sequence[Found], scale: float) -> Line | Table:
    box = block.box
    if box is None:
        return block
    inside = [
        one for one in found
        if box.x0 - 1 <= (one.box.x0 + one.box.x1) / 2 * scale <= box.x1 + 1
        and box.y0 - 1 <= (one.box.y0 + one.box.y1) / 2 * scale <= box.y1 + 1
    ]  # fmt: skip
    return replace(block, confidence=round(_mean(inside), 4)) if inside else block


def _placed(block: Line | Table, turned: scans.Turned, scale: float) -> Line | Table:
    if block.box is None:
        return block
    pixels = Box(block.box.x0 / scale, block.box.y0 / scale, block.box.x1 / scale, block.box.y1 / scale)
    box = turned.shown(pixels)
    return replace(block, box=Box(box.x0 * scale, box.y0 * scale, box.x1 * scale, box.y1 * scale))


def _around(corners: Any) -> tuple[float, float, float, float]:
    (x0, y0), (x1, y1) = corners.min(axis=0), corners.max(axis=0)
    return float(x0), float(y0), float(max(x1, x0 + 1)), float(max(y1, y0 + 1))


@cache
def _engine() -> Any:
    import rapidocr

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    models = Path(rapidocr.__file__).parent / "models"
    return rapidocr.RapidOCR(
        params={
            # Named, so that it never looks whether there are others to fetch.
            "Det.model_path": str(models / "PP-OCRv6_det_small.onnx"),
            "Rec.model_path": str(models / "PP-OCRv6_rec_small.onnx"),
            "Cls.model_path": str(models / "ch_ppocr_mobile_v2.0_cls_mobile.onnx"),
            "Global.log_level": "error",
            "Global.use_cls": False,  # which way up is settled for the whole page
            "Global.text_score": _SURE,
            "Global.max_side_len": _LONGEST,
            "Det.limit_type": "max",
            "Det.limit_side_len": _DETECTED_AT,
            # One thread: the other core answers questions meanwhile, and two are hardly faster on small pictures.
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
