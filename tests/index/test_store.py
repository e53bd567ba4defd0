"""Chroma finds what a matrix product finds, in one process, without opening a port."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index.documents.corpus import load_corpus
from index.documents.splitter import split
from index.errors import DamagedSnapshotError
from index.store import ChromaStore, ExactVectors
from index.types import Language

ROOT = Path(__file__).parent.parent.parent
LISTENING = """
import json, sys
from pathlib import Path
import psutil
from index.documents.corpus import load_corpus
from index.encoders import OnnxE5
from index.snapshot import build, open_snapshot
from index.types import Language
encoder = OnnxE5(Path(sys.argv[1]))
build(Path(sys.argv[2]), load_corpus(Path(sys.argv[3])), encoder)
snapshot = open_snapshot(Path(sys.argv[2]), encoder, 60)
hits = snapshot.searcher.search("续贷", Language.ZH)
mine = psutil.Process()
listening = [
    str(connection.laddr)
    for process in (mine, *mine.children(recursive=True))
    for connection in process.net_connections(kind="inet")
    if connection.status == psutil.CONN_LISTEN
]
print(json.dumps({"hits": len(hits), "chroma": snapshot.chroma is not None, "listening": listening}))
"""


@pytest.fixture
def passages(small_corpus):
    documents = load_corpus(small_corpus).documents
    return [passage for document in documents if document.language is Language.ZH for passage in split(document)]


@pytest.mark.parametrize("language", list(Language))
def test_similarity_is_the_dot_product(snapshot, encoder, language):
    index = snapshot.searcher.languages[language]
    for query in ("无还本续贷怎么办理", "What is the interest subsidy?", "天气"):
        vector = encoder.queries([query])[0]
        rows, similarities = index.store.nearest(vector, 50)
        assert len(rows) == len(set(rows.tolist())) == 50
        assert similarities == pytest.approx(index.vectors[rows] @ vector, abs=1e-3)
        assert np.all(np.diff(similarities) <= 1e-6)


def test_chroma_finds_nearly_all_that_comparing_with_every_vector_finds(snapshot, encoder):
    index = snapshot.searcher.languages[Language.ZH]
    vector = encoder.queries(["贷款到期还不上怎么办"])[0]
    exact, _ = ExactVectors(index.vectors).nearest(vector, 20)
    found, _ = index.store.nearest(vector, 20)
    assert len(set(exact.tolist()) & set(found.tolist())) >= 19


def test_three_vectors_by_hand(tmp_path, passages):
    # cos((1,0), (1,0)) = 1, (0.6,0.8) → 0.6, (0,1) → 0
    vectors = np.array([[0, 1], [1, 0], [0.6, 0.8]], dtype=np.float32)
    store = ChromaStore(tmp_path / "chroma")
    store.write(Language.ZH, passages[:3], vectors)
    for found in (store.vectors(Language.ZH, passages[:3]), ExactVectors(vectors)):
        rows, similarities = found.nearest(np.array([1, 0], dtype=np.float32), 10)
        assert rows.tolist() == [1, 2, 0]
        assert similarities == pytest.approx([1, 0.6, 0], abs=1e-6)
    store.close()


def test_a_collection_must_hold_just_the_passages_it_is_opened_for(tmp_path, passages):
    store = ChromaStore(tmp_path / "chroma")
    store.write(Language.ZH, passages[:3], np.eye(3, dtype=np.float32))
    with pytest.raises(DamagedSnapshotError, match="collection of zh holds 3 of 4 texts"):
        store.vectors(Language.ZH, passages[:4])
    with pytest.raises(DamagedSnapshotError, match="collection of en cannot be opened"):
        store.vectors(Language.EN, passages[:3])
    store.close()


def test_more_passages_than_fit_into_one_batch_are_all_kept(snapshot):
    for language in Language:
        passages = snapshot.searcher.languages[language].passages
        assert len(passages) > 1000
        assert snapshot.chroma.vectors(language, passages) is not None  # counts them


def test_building_and_searching_open_no_port(encoder_dir, small_corpus, tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", LISTENING, str(encoder_dir), str(tmp_path / "index"), str(small_corpus)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["chroma"]
    assert said["hits"] > 0
    assert said["listening"] == []
