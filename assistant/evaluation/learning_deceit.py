"""Learning what requests to deceive are like: logistic regression by scikit-learn, the same every time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from assistant.answering.deceit import LEARNT, Deceit, pieces
from assistant.answering.resemblance import sayings, sayings_digest
from assistant.evaluation.learning import write_arrays
from index.encoders import Encoder

# Chosen on each file of sayings in turn, learning from the others: the share of requests found where one of 200
# answerable cases would be declined.
_MEANING, _WORDS = 5.0, 8.0  # what a vector of length 1 less its centre, and the words, weigh before learning
_ASKED = 0.1  # what a question of a clause counts beside a saying: there are ten times as many


def learn_deceit(encoder: Encoder, asked: Sequence[str]) -> Deceit:
    """Learn from the sayings; `asked` are questions that clauses answer."""
    examples = sayings()
    texts = [*(said for _, said in examples), *asked]
    wanted = np.array([*(label.startswith("fraud") for label, _ in examples), *(False for _ in asked)])
    counted = np.array([*(1.0 for _ in examples), *(_ASKED for _ in asked)])
    vectors = np.concatenate([encoder.queries([text]) for text in texts]).astype(np.float64)
    centre = vectors.mean(axis=0)
    counter = TfidfVectorizer(analyzer=pieces, min_df=2, sublinear_tf=True)
    words = counter.fit_transform(texts)
    learnt = LogisticRegression(max_iter=2000)
    learnt.fit(hstack([csr_matrix((vectors - centre) * _MEANING), words * _WORDS]).tocsr(), wanted, counted)
    weights, dimension = learnt.coef_[0], vectors.shape[1]
    return Deceit(
        encoder.name, sayings_digest(), centre.astype(np.float32), (weights[:dimension] * _MEANING).astype(np.float32),
        counter.vocabulary_, counter.idf_.astype(np.float32), (weights[dimension:] * _WORDS).astype(np.float32),
        float(learnt.intercept_[0]),
    )  # fmt: skip


def save_deceit(learnt: Deceit, path: Path = LEARNT) -> None:
    """Write it as `deceit` reads it."""
    known = sorted(learnt.places, key=learnt.places.__getitem__)
    write_arrays(
        path, encoder=learnt.encoder, sayings=learnt.sayings, centre=learnt.centre,
        meaning=learnt.meaning.astype(np.float16),
        pieces=np.frombuffer("\n".join(known).encode("utf-8"), dtype=np.uint8),
        rarity=learnt.rarity.astype(np.float16), words=learnt.words.astype(np.float16), bias=learnt.bias,
    )  # fmt: skip
