"""Scanned pages straightened, and the ruling lines on them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from index.documents.reading.types import Box

_STEEPEST = 6.0  # degrees
_LEVEL = 0.25  # degrees that do no harm
_LONG = 0.035  # share of the longer side that a ruling line has at least


@dataclass(frozen=True, slots=True)
class Back:
    """The way back from a straightened picture: its angle, and both sizes."""

    degrees: float
    size: tuple[int, int]  # width and height before
    straight: tuple[int, int]

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A place on the picture as it came."""
        angle = math.radians(self.degrees)
        dx, dy = x - self.straight[0] / 2, y - self.straight[1] / 2
        return (
            dx * math.cos(angle) - dy * math.sin(angle) + self.size[0] / 2,
            dx * math.sin(angle) + dy * math.cos(angle) + self.size[1] / 2,
        )


def straightened(image: Any) -> tuple[Any, Back]:
    """The page with its lines level."""
    height, width = image.shape[:2]
    degrees = _skew(image)
    if abs(degrees) < _LEVEL:
        return image, Back(0.0, (width, height), (width, height))
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    cos, sin = abs(matrix[0, 0]), abs(matrix[0, 1])
    wide, high = int(height * sin + width * cos), int(height * cos + width * sin)
    matrix[0, 2] += wide / 2 - width / 2
    matrix[1, 2] += high / 2 - height / 2
    turned = cv2.warpAffine(image, matrix, (wide, high), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255))
    return turned, Back(degrees, (width, height), (wide, high))


@dataclass(frozen=True, slots=True)
class Turned:
    """The way back from a picture turned by quarters (counter-clockwise) after straightening."""

    quarters: int
    width: int  # of the turned picture
    height: int
    back: Back

    def shown(self, box: Box) -> Box:
        """A rectangle around the place on the picture as it came."""
        corners = [self._unturned(x, y) for x in (box.x0, box.x1) for y in (box.y0, box.y1)]
        points = [self.back.point(*corner) for corner in corners]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return Box(min(xs), min(ys), max(xs), max(ys))

    def _unturned(self, x: float, y: float) -> tuple[float, float]:
        if self.quarters == 1:
            return self.height - y, x
        if self.quarters == 2:
            return self.width - x, self.height - y
        if self.quarters == 3:
            return y, self.width - x
        return x, y


def rules(image: Any) -> list[tuple[float, float, float, float]]:
    """Level and upright lines, as their end points in pixels."""
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    dark = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 12)
    length = max(20, int(max(image.shape[:2]) * _LONG))
    found = []
    for level in (True, False):
        kernel = np.ones((1, length) if level else (length, 1), np.uint8)
        # A line that is a hair off level is broken into steps: thicken it across first.
        thick = cv2.dilate(dark, np.ones((3, 1) if level else (1, 3), np.uint8))
        strokes = cv2.morphologyEx(thick, cv2.MORPH_OPEN, kernel)
        count, _, stats, _ = cv2.connectedComponentsWithStats(strokes, connectivity=8)
        for left, top, width, height, _ in stats[1:count]:
            across, along = (height, width) if level else (width, height)
            if across > max(14, length // 5) or along < length:
                continue
            x, y = left + width / 2, top + height / 2
            ends = (left, y, left + width, y) if level else (x, top, x, top + height)
            found.append(tuple(float(value) for value in ends))
    return found  # type: ignore[return-value]


def _skew(image: Any) -> float:
    """Degrees by which the page must be turned counter-clockwise for the rows of letters to be sharpest."""
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    scale = 900 / max(grey.shape)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else grey
    _, ink = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    if not 0.002 < ink.mean() / 255 < 0.5:
        return 0.0
    coarse = _sharpest(ink, np.arange(-_STEEPEST, _STEEPEST + 0.1, 1.0))
    middle = _sharpest(ink, np.arange(coarse - 1.0, coarse + 1.05, 0.25))
    return float(_sharpest(ink, np.arange(middle - 0.2, middle + 0.21, 0.1)))


def _sharpest(ink: Any, angles: Any) -> float:
    height, width = ink.shape
    scores = []
    for angle in angles:
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), float(angle), 1.0)
        turned = cv2.warpAffine(ink, matrix, (width, height), flags=cv2.INTER_NEAREST)
        best = 0.0
        for axis in (1, 0):  # lines may run up the page, too
            profile = turned.sum(axis=axis, dtype=np.float64)
            best = max(best, float(np.square(np.diff(profile)).sum()))
        scores.append(best)
    return float(angles[int(np.argmax(scores))])
