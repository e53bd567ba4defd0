"""Seals taken off scanned pages, so that the words under them can be read."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

_SEAL = (0.09, 0.45)  # share of the page's shorter side that a seal measures: 20 to 60 mm of A4
_SEARCHED_AT = 560  # pixels of the shorter side: enough to find a ring
_RING = 0.8  # share of a circle that must be inked for it to be the ring of a seal
_LIGHTER = 30  # of 255, by which the ink of a seal in grey is lighter than print


def without_seals(image: Any) -> Any:
    """The page (rows, columns, RGB) with seals bleached out, red ones and, on scans without colour, grey ones.

    Red letters and lines, which are longer than high, are kept. A seal as dark as the print on it is left.
    """
    scale = min(1.0, _SEARCHED_AT / min(image.shape[:2]))
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    if _red(small).mean() > 0.0005:
        return _without_red(image, small, scale)
    return _without_grey(image, small, scale)


def _red(image: Any) -> Any:
    """Where the ink is red, as 0 and 1."""
    red, green, blue = cv2.split(image)
    return ((cv2.subtract(red, cv2.max(green, blue)) > 40) & (red > 90)).astype(np.uint8)


def _without_red(image: Any, small: Any, scale: float) -> Any:
    side = min(small.shape[:2])
    joined = cv2.morphologyEx(_red(small), cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8), iterations=2)
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    cleaned = image.copy()
    for left, top, width, height, _ in stats[1:count]:
        short, large = sorted((width, height))
        if not (_SEAL[0] * side <= short and large <= _SEAL[1] * side and large <= 1.7 * short):
            continue
        down = slice(max(int((top - 3) / scale), 0), int((top + height + 3) / scale))
        window = (down, slice(max(int((left - 3) / scale), 0), int((left + width + 3) / scale)))
        # In the red channel red ink is as bright as paper, and black ink under it stays dark.
        channel = image[window][:, :, 0].astype(np.float32)
        grey = np.clip((channel - 40) * (255 / 110), 0, 255).astype(np.uint8)
        near = cv2.dilate(_red(image[window]), np.ones((5, 5), np.uint8)).astype(bool)
        cleaned[window] = np.where(near[:, :, None], grey[:, :, None], image[window])
    return cleaned


def _without_grey(image: Any, small: Any, scale: float) -> Any:
    shortest = min(small.shape[:2])
    circles = cv2.HoughCircles(
        cv2.medianBlur(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), 3),
        cv2.HOUGH_GRADIENT, dp=1.5, minDist=shortest * _SEAL[0], param1=120, param2=60,
        minRadius=int(shortest * _SEAL[0] / 2), maxRadius=int(shortest * _SEAL[1] / 2),
    )  # fmt: skip
    if circles is None:
        return image
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    cleaned = image.copy()
    print_ = float(np.percentile(grey[grey < 128], 20)) if (grey < 128).any() else 0.0
    for x, y, radius in circles.reshape(-1, 3)[:6] / scale:
        ink = _ring(grey, x, y, radius)
        if ink is None or ink < print_ + _LIGHTER:
            continue
        reach = radius * 1.08
        window = (
            slice(max(int(y - reach), 0), int(y + reach) + 1),
            slice(max(int(x - reach), 0), int(x + reach) + 1),
        )
        rows, columns = np.ogrid[window]
        inside = (rows - y) ** 2 + (columns - x) ** 2 <= reach**2
        bleached = np.clip((grey[window].astype(np.float32) - print_) * (255 / max(ink - 12 - print_, 1)), 0, 255)
        cleaned[window] = np.where(inside[:, :, None], bleached.astype(np.uint8)[:, :, None], image[window])
    return cleaned


def _ring(grey: Any, x: float, y: float, radius: float) -> float | None:
    """How dark the ring of a seal is; None where there is no ring."""
    angles = np.linspace(0, 2 * np.pi, 180, endpoint=False)
    around = []
    for part in np.linspace(0.93, 1.05, 9):  # the circle found is not exact
        rows = np.clip((y + radius * part * np.sin(angles)).astype(int), 0, grey.shape[0] - 1)
        columns = np.clip((x + radius * part * np.cos(angles)).astype(int), 0, grey.shape[1] - 1)
        around.append(grey[rows, columns])
    darkest = np.min(around, axis=0)
    inked = darkest < 170
    return float(np.median(darkest[inked])) if inked.mean() >= _RING else None
