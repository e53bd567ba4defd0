"""Words and meaning on one absolute scale.

Reciprocal-rank fusion forgets by how much one passage beats another; a weighted sum of BM25's share of its reachable
maximum and the cosine keeps it, and needs no other candidates to scale by. So a score means the same in every query,
and one floor can say where evidence ends.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

COSINE_WEIGHT = 6.0
# e5 cosines of unrelated texts lie near this; without it the scale would begin at about 4.5.
COSINE_ORIGIN = 0.75

# Two questions are nearer than a question and the clause that answers it.
QUESTION_SHIFT = 0.01

Scores = npt.NDArray[np.float32]


def fuse(words: Scores, cosines: Scores) -> Scores:
    """Fused scores of the same passages, (n,); words in [0, 1], cosines in [-1, 1]. Higher is better."""
    return np.asarray(words + COSINE_WEIGHT * (cosines - COSINE_ORIGIN), dtype=np.float32)
