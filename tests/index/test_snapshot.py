"""Building beside the index in use, switching at once, and saying what is wrong with an index that cannot be used."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from index.documents.corpus import Corpus, load_corpus
from index.errors import DamagedSnapshotError, MissingSnapshotError, SettingsError, StaleSnapshotError
from index.snapshot import build, current_manifest, is_current, open_snapshot
from index.types import Language

ROOT = Path(__file__).parent.parent.parent
ZH, EN = Language.ZH, Language.EN
PASSAGES = 11  # of the small corpus in each language: 4 + 2 + 2 + 1 clauses and 2 terms


class Renamed:
    """The real encoder under another name or dimension, listing what it was given to encode."""

    def __init__(self, encoder, name: str | None = None, dimension: int | None = None) -> None:
        self._encoder = encoder
        self.name = name or encoder.name
        self.dimension = dimension or encoder.dimension
        self.encoded: list[str] = []

    def queries(self, texts):
        return self._encoder.queries(texts)

    def passages(self, texts, progress=None):
        self.encoded += texts
        return self._encoder.passages(texts, progress)[:, : self.dimension]


@pytest.fixture
def index(small_index, tmp_path) -> Path:
    """A copy of the built index of the small corpus."""
    return Path(shutil.copytree(small_index, tmp_path / "index"))


def in_use(index: Path) -> Path:
    return index / (index / "current").read_text()


def edited(corpus: Path, file: str, before: str, after: str) -> Corpus:
    path = corpus / file
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")
    return load_corpus(corpus)


def first(index: Path, encoder, query: str = "续贷的风险分类") -> str:
    """The text of the clause that is found first."""
    snapshot = open_snapshot(index, encoder, 60)
    try:
        return snapshot.searcher.search(query, ZH)[0].passage.text
    finally:
        snapshot.close()


# Building


def test_a_manifest_says_what_was_built_from_what(small_index, small_corpus, encoder):
    manifest = current_manifest(small_index)
    assert (manifest.documents, manifest.passages) == (5, {ZH: PASSAGES, EN: PASSAGES})
    assert (manifest.encoder, manifest.dimension) == ("multilingual-e5-small", 384)
    assert (manifest.encoded, manifest.reused) == (2 * PASSAGES, 0)
    assert manifest.corpus == load_corpus(small_corpus).digest
    assert is_current(manifest, manifest.corpus, encoder.name)
    assert not is_current(manifest, "0" * 64, encoder.name)
    assert not is_current(manifest, manifest.corpus, "another")
    assert not is_current(None, manifest.corpus, encoder.name)


def test_building_again_from_the_same_encodes_nothing(index, small_corpus, encoder):
    watched = Renamed(encoder)
    manifest = build(index, load_corpus(small_corpus), watched)
    assert (manifest.encoded, manifest.reused, watched.encoded) == (0, 2 * PASSAGES, [])
    assert first(index, encoder) == "符合条件的续贷贷款可以划分为正常类。"


def test_one_changed_clause_encodes_only_its_own_text(index, small_corpus, encoder):
    before = np.load(in_use(index) / "zh" / "vectors.npy")
    changed = edited(small_corpus, "policies/renewal.zh.md", "可以划分为正常类", "可以归为正常类")
    watched = Renamed(encoder)
    manifest = build(index, changed, watched)
    assert watched.encoded == ["续贷通知 风险分类\n符合条件的续贷贷款可以归为正常类。"]
    assert (manifest.encoded, manifest.reused) == (1, 2 * PASSAGES - 1)
    after = np.load(in_use(index) / "zh" / "vectors.npy")
    assert [not np.array_equal(a, b) for a, b in zip(before, after, strict=True)].count(True) == 1
    assert first(index, encoder) == "符合条件的续贷贷款可以归为正常类。"


def test_another_encoder_takes_no_vectors_over(index, small_corpus, encoder):
    watched = Renamed(encoder, name="another", dimension=128)
    manifest = build(index, load_corpus(small_corpus), watched)
    assert (manifest.encoder, manifest.dimension, manifest.encoded) == ("another", 128, 2 * PASSAGES)


def test_words_alone_are_built_without_an_encoder_and_vectors_are_kept_for_later(index, small_corpus, encoder):
    corpus = load_corpus(small_corpus)
    assert build(index, corpus, None).encoder is None
    assert open_snapshot(index, encoder, 60).searcher.by_words_only
    assert build(index, corpus, encoder).reused == 2 * PASSAGES


def test_vectors_of_a_damaged_snapshot_are_encoded_anew(index, small_corpus, encoder):
    (in_use(index) / "zh" / "vectors.npy").write_bytes(b"")
    (in_use(index) / "en" / "texts.json").write_text("{")
    assert build(index, load_corpus(small_corpus), encoder).encoded == 2 * PASSAGES
    assert first(index, encoder)


def test_old_and_half_made_snapshots_are_cleaned_away_but_for_the_one_before(index, small_corpus):
    corpus = load_corpus(small_corpus)
    (index / "20200101T000000000000-half").mkdir()
    names = [in_use(index).name]
    for _ in range(3):
        build(index, corpus, None)
        names.append(in_use(index).name)
    left = {path.name for path in index.iterdir() if path.is_dir()}
    assert left == set(names[-2:])
    assert len(set(names)) == 4


def test_progress_is_told_in_shares_and_ends_with_done(tmp_path, small_corpus):
    told: list[tuple[str, float]] = []
    build(tmp_path / "index", load_corpus(small_corpus), None, lambda what, share: told.append((what, share)))
    assert told == [("words (zh)", 0.0), ("words (en)", 0.0), ("done", 1.0)]


def test_an_index_that_cannot_be_written_is_a_matter_of_settings(tmp_path, small_corpus):
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="index cannot be written to"):
        build(tmp_path / "file" / "index", load_corpus(small_corpus), None)


# Killed

KILLED = """
import sys, time
from pathlib import Path
from index.documents.corpus import load_corpus
from index.encoders import OnnxE5
from index.snapshot import build
def wait(what, share):
    if what == sys.argv[4]:
        print("there", flush=True)
        time.sleep(600)
build(Path(sys.argv[1]), load_corpus(Path(sys.argv[2])), OnnxE5(Path(sys.argv[3])), wait)
"""


@pytest.mark.parametrize("moment", ["words (zh)", "vectors (zh)", "Chroma (en)"])
def test_killed_at_any_moment_the_old_snapshot_serves_on_and_the_next_build_works(
    index, small_corpus, encoder, encoder_dir, moment
):
    old = in_use(index)
    corpus = edited(small_corpus, "policies/renewal.zh.md", "可以划分为正常类", "可以归为正常类")
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(index), str(small_corpus), str(encoder_dir), moment],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout.readline() == "there\n"
        os.kill(process.pid, signal.SIGKILL)
    (half_made,) = [path for path in index.iterdir() if path.is_dir() and path != old]
    assert in_use(index) == old
    assert first(index, encoder) == "符合条件的续贷贷款可以划分为正常类。"
    build(index, corpus, encoder)
    assert first(index, encoder) == "符合条件的续贷贷款可以归为正常类。"
    assert not half_made.exists()


def test_a_reader_sees_the_old_or_the_new_index_and_never_half_of_one(tmp_path, small_corpus):
    one = load_corpus(small_corpus)
    two = edited(small_corpus, "policies/renewal.zh.md", "可以划分为正常类", "可以归为正常类")
    said = {one.digest: "符合条件的续贷贷款可以划分为正常类。", two.digest: "符合条件的续贷贷款可以归为正常类。"}
    index = tmp_path / "index"
    build(index, one, None)
    seen: list[str] = []
    trouble: list[BaseException] = []
    opened, stop = threading.Semaphore(0), threading.Event()

    def read() -> None:
        try:
            while not stop.is_set():
                snapshot = open_snapshot(index, None, 60, use_chroma=False)
                assert snapshot.searcher.search("续贷的风险分类", ZH)[0].passage.text == said[snapshot.manifest.corpus]
                assert snapshot.manifest.corpus == snapshot.corpus.digest
                seen.append(snapshot.manifest.corpus)
                opened.release()
        except BaseException as error:  # handed to the test below
            trouble.append(error)
            opened.release()

    reader = threading.Thread(target=read)
    reader.start()
    for corpus in (two, one, two, one):
        build(index, corpus, None)
        for _ in range(2):  # the snapshot before the last is cleaned away: a reader gets one build's time to open it
            opened.acquire(timeout=60)
    stop.set()
    reader.join(timeout=60)
    assert trouble == []
    assert set(seen) == set(said)


def test_a_snapshot_that_is_open_searches_on_while_it_is_replaced_and_cleaned_away(index, small_corpus, encoder):
    snapshot = open_snapshot(index, encoder, 60)
    old = in_use(index)
    corpus = load_corpus(small_corpus)
    build(index, corpus, None)
    build(index, corpus, None)
    assert not (old / "manifest.json").exists()
    assert snapshot.searcher.search("续贷的风险分类", ZH)[0].passage.text == "符合条件的续贷贷款可以划分为正常类。"
    snapshot.close()


# Stale


@pytest.mark.parametrize(
    ("name", "dimension", "words"),
    [
        ("another", None, r"built with encoder 'multilingual-e5-small', but 'another' is wanted now"),
        (None, 128, r"built with dimension 384, but 128 is wanted now"),
    ],
)
def test_another_encoder_than_the_index_was_built_with_is_refused(small_index, encoder, name, dimension, words):
    with pytest.raises(StaleSnapshotError, match=words + r".*Run `python -m index build` to rebuild it, or restore"):
        open_snapshot(small_index, Renamed(encoder, name, dimension), 60)


@pytest.mark.parametrize(("field", "value", "words"), [
    ("splitter", "0", "splitter version '0', but '.+' is wanted now"),
    ("format", 0, r"format 0, but \d+ is wanted now"),
])  # fmt: skip
def test_an_index_of_another_version_of_the_program_is_refused(index, encoder, field, value, words):
    path = in_use(index) / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {field: value}))
    with pytest.raises(StaleSnapshotError, match=words + r".*Run `python -m index build`"):
        open_snapshot(index, encoder, 60)


# Missing and damaged


def test_where_nothing_was_built_the_command_that_builds_is_named(tmp_path, encoder):
    assert current_manifest(tmp_path) is None
    with pytest.raises(MissingSnapshotError, match=r"There is no index in .*Run `python -m index build`"):
        open_snapshot(tmp_path, encoder, 60)


def damage(path: Path, how: str) -> None:
    if how == "missing":
        path.unlink()
    elif how == "empty":
        path.write_bytes(b"")
    else:
        content = path.read_bytes()
        path.write_bytes(content[: len(content) // 2])


@pytest.mark.parametrize("how", ["missing", "empty", "cut"])
@pytest.mark.parametrize("file", ["manifest.json", "corpus.json", "zh/vectors.npy", "en/words/count.json"])
def test_a_damaged_file_is_named_with_the_remedy(index, encoder, file, how):
    damage(in_use(index) / file, how)
    with pytest.raises(DamagedSnapshotError) as caught:
        open_snapshot(index, encoder, 60)
    assert file.removesuffix("/count.json") in str(caught.value)
    assert "Run `python -m index build --fresh` to build it anew" in str(caught.value)


@pytest.mark.parametrize("content", ["", "no-such-snapshot", "..", "../outside", "/etc"])
def test_what_current_names_must_be_a_snapshot(index, encoder, content):
    (index.parent / "outside").mkdir()
    (index / "current").write_text(content)
    with pytest.raises(DamagedSnapshotError, match=r"current names .*which is not there.*--fresh"):
        open_snapshot(index, encoder, 60)


def test_current_that_is_no_text_is_damaged(index, encoder):
    (index / "current").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DamagedSnapshotError, match="current"):
        open_snapshot(index, encoder, 60)


def test_vectors_of_another_number_than_the_passages_are_damaged(index, encoder):
    path = in_use(index) / "zh" / "vectors.npy"
    np.save(path, np.load(path)[:-1])
    with pytest.raises(DamagedSnapshotError, match="holds 10 vectors for 11 texts"):
        open_snapshot(index, encoder, 60)


def test_a_damaged_index_can_be_built_anew(index, small_corpus, encoder):
    (index / "current").write_text("no-such-snapshot")
    build(index, load_corpus(small_corpus), encoder)
    assert first(index, encoder) == "符合条件的续贷贷款可以划分为正常类。"


@pytest.mark.parametrize("how", ["lost", "cut", "overwritten"])
def test_chroma_is_filled_again_where_its_vector_files_are_damaged(data_dir, encoder, tmp_path, how):
    index = Path(
        shutil.copytree(data_dir / "index", tmp_path / "index")
    )  # Chroma keeps files only beyond 1000 passages
    files = sorted((in_use(index) / "chroma").glob("*/data_level0.bin"))
    assert len(files) == 2
    for file in files:
        if how == "overwritten":
            file.write_bytes(b"\xff" * file.stat().st_size)
        else:
            damage(file, "missing" if how == "lost" else how)
    for _ in range(2):  # what was filled again is found in order the next time
        snapshot = open_snapshot(index, encoder, 60)
        vectors = snapshot.searcher.languages[EN]
        rows, similarities = vectors.store.nearest(vectors.vectors[30], 20)
        assert rows[0] == 30
        assert similarities == pytest.approx(vectors.vectors[rows] @ vectors.vectors[30], abs=1e-3)
        snapshot.close()


def test_opening_does_not_fill_chroma_again_where_it_is_in_order(data_dir, encoder, tmp_path):
    index = Path(shutil.copytree(data_dir / "index", tmp_path / "index"))
    before = [(file.name, file.stat().st_mtime_ns) for file in sorted((in_use(index) / "chroma").glob("*/*"))]
    for _ in range(3):
        snapshot = open_snapshot(index, encoder, 60)
        assert snapshot.searcher.search("续贷", ZH)
        snapshot.close()
    assert [(file.name, file.stat().st_mtime_ns) for file in sorted((in_use(index) / "chroma").glob("*/*"))] == before


@pytest.mark.parametrize(
    "how", ["directory lost", "database lost", "database cut", "database overwritten", "vectors of zh lost"]
)
def test_chroma_is_filled_again_from_the_vectors_beside_it(index, encoder, how):
    chroma = in_use(index) / "chroma"
    database = chroma / "chroma.sqlite3"
    if how == "directory lost":
        shutil.rmtree(chroma)
    elif how == "database lost":
        database.unlink()
    elif how == "database cut":
        damage(database, "cut")
    elif how == "database overwritten":
        database.write_bytes(b"not a database" * 1000)
    else:
        import chromadb

        client = chromadb.PersistentClient(path=str(chroma))
        client.delete_collection("passages_zh")
        client.close()
    snapshot = open_snapshot(index, encoder, 60)
    assert snapshot.chroma is not None
    vectors = snapshot.searcher.languages[ZH]
    rows, similarities = vectors.store.nearest(vectors.vectors[3], 3)
    assert rows[0] == 3
    assert similarities == pytest.approx(vectors.vectors[rows] @ vectors.vectors[3], abs=1e-3)
    snapshot.close()
