"""Plots as inline SVG: shapes alone, words stay in the page so that they are read at any width and in any script."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def strip(value: float, low: float, high: float, start: float = 0.0, end: float = 1.0) -> str:
    """A point with its interval on a line from `start` to `end`; what lies outside is drawn at the edge."""

    def x(number: float) -> float:
        return 1 + 98 * (min(max(number, start), end) - start) / (end - start)

    ticks = "".join(
        f'<line class="axis" x1="{x(start + (end - start) * i / 4):.1f}" x2="{x(start + (end - start) * i / 4):.1f}"'
        ' y1="2" y2="18" stroke-width="1" vector-effect="non-scaling-stroke"/>'
        for i in range(5)
    )
    return (
        '<svg class="strip" viewBox="0 0 100 20" preserveAspectRatio="none" aria-hidden="true">'
        f'<line class="axis" x1="1" x2="99" y1="10" y2="10" stroke-width="1" vector-effect="non-scaling-stroke"/>'
        f"{ticks}"
        f'<line class="span" x1="{x(low):.2f}" x2="{max(x(high), x(low) + 0.2):.2f}" y1="10" y2="10" stroke-width="7"'
        ' vector-effect="non-scaling-stroke"/>'
        f'<rect class="point" x="{x(value) - 0.5:.2f}" y="4" width="1" height="12"/></svg>'
    )


def histogram(values: Sequence[float], bins: int = 30) -> tuple[str, float]:
    """How often values lie where, up to their 99th percentile, which is given too; higher ones are in the last bar."""
    top = float(np.quantile(values, 0.99)) or 1.0
    counts, _ = np.histogram(np.minimum(values, top), bins=bins, range=(0.0, top))
    width, most = 100 / bins, max(int(counts.max()), 1)
    bars = "".join(
        f'<rect class="bar" x="{i * width + 0.15:.2f}" width="{width - 0.3:.2f}" y="{60 - 58 * n / most:.2f}"'
        f' height="{58 * n / most:.2f}"/>'
        for i, n in enumerate(counts.tolist())
    )
    return f'<svg class="bars" viewBox="0 0 100 60" preserveAspectRatio="none" aria-hidden="true">{bars}</svg>', top
