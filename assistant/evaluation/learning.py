"""Learning what questions resemble: softmax regression over vectors, the same every time."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant.answering.resemblance import GOES_ON, LEARNT, Learnt, sayings, sayings_digest
from index.encoders import Encoder

_SPREAD = 8.0  # vectors of one encoder lie close together; spread out, learning takes fewer steps
_PENALTY = 0.1  # on squared weights; chosen on each file of sayings in turn, learning from the others
_STEPS = 1500


def learn(encoder: Encoder, headings: Sequence[str]) -> Learnt:
    """Learn from the sayings; headings of clauses count as questions that are answered."""
    examples = [*sayings(), *((GOES_ON, heading) for heading in headings)]
    labels = tuple(sorted({label for label, _ in examples}))
    vectors = np.concatenate([encoder.queries([said]) for _, said in examples]).astype(np.float64)
    centre = vectors.mean(axis=0)
    wanted = np.array([[label == name for name in labels] for label, _ in examples], dtype=np.float64)
    weights, bias = fitted((vectors - centre) * _SPREAD, wanted)
    return Learnt(
        encoder.name, sayings_digest(), labels, centre.astype(np.float32), (weights * _SPREAD).astype(np.float32),
        bias.astype(np.float32),
    )  # fmt: skip


def save(learnt: Learnt, path: Path = LEARNT) -> None:
    """Write it as `learnt` reads it."""
    write_arrays(
        path, encoder=learnt.encoder, sayings=learnt.sayings, labels=np.array(learnt.labels), centre=learnt.centre,
        weights=learnt.weights.astype(np.float16), bias=learnt.bias,
    )  # fmt: skip


def write_arrays(path: Path, **arrays: Any) -> None:
    """Write a file of arrays whole or not at all."""
    beside = path.with_name(path.name + ".new")
    with beside.open("wb") as file:
        np.savez_compressed(file, **arrays)
    os.replace(beside, path)


def fitted(vectors: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weights and bias by gradient descent with momentum (Nesterov), from zero."""
    weights = np.zeros((wanted.shape[1], vectors.shape[1]))
    bias = np.zeros(wanted.shape[1])
    weights_before, bias_before = weights, bias
    # The loss curves at most half as much as the data: the step that never overshoots.
    step = 1.0 / (0.5 * np.linalg.eigvalsh(vectors.T @ vectors)[-1] + 0.5 * len(vectors) + _PENALTY)
    for turn in range(_STEPS):
        ahead = turn / (turn + 3)
        at_weights = weights + ahead * (weights - weights_before)
        at_bias = bias + ahead * (bias - bias_before)
        scores = vectors @ at_weights.T + at_bias
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        off = shares / shares.sum(axis=1, keepdims=True) - wanted
        weights_before, bias_before = weights, bias
        weights = at_weights - step * (off.T @ vectors + _PENALTY * at_weights)
        bias = at_bias - step * off.sum(axis=0)
    return weights, bias
