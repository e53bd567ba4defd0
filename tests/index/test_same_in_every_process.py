"""The same question finds the same passages in every process that opens the index."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np

from index.snapshot import open_snapshot
from index.types import Language

ASK = """
import json, sys
from pathlib import Path
import numpy as np
from index.encoders import OnnxE5
from index.snapshot import open_snapshot
from index.types import Language
snapshot = open_snapshot(Path(sys.argv[1]), OnnxE5(Path(sys.argv[2])), 60)
index = snapshot.searcher.languages[Language.ZH]
print(json.dumps([[int(row) for row in index.store.nearest(np.asarray(index.vectors[i]), 60)[0]] for i in range(0, len(index.passages), 97)]))
snapshot.close()
"""


def test_chroma_finds_the_nearest_of_all_in_every_process(data_dir, encoder, encoder_dir, tmp_path):
    """Its graph is linked anew by each process; only a search that looks at everything does not depend on that."""
    index = shutil.copytree(data_dir / "index", tmp_path / "index")
    told = [
        json.loads(subprocess.run([sys.executable, "-c", ASK, index, encoder_dir], capture_output=True, text=True,
                                  check=True, cwd=Path(__file__).parents[2]).stdout)
        for _ in range(2)
    ]  # fmt: skip
    exact = open_snapshot(data_dir / "index", encoder, 60, use_chroma=False).searcher.languages[Language.ZH]
    for position, row in enumerate(range(0, len(exact.passages), 97)):
        cosines = np.asarray(exact.vectors @ exact.vectors[row]).round(6)
        least = sorted(cosines)[-60]
        for found in (told[0][position], told[1][position]):
            assert len(found) == 60
            assert min(cosines[found]) >= least - 1e-6
