"""What tests of several rooms share: a small corpus to change at will, and the shipped corpus, built once.

The encoder comes from SME_TEST_MODEL_DIR where that is set, and is converted once otherwise. Vectors of the shipped
corpus are kept in pytest's cache, so that only what changed since the last run is encoded; `--cache-clear` forgets
them.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from filelock import FileLock

from index.documents.corpus import Corpus, load_corpus
from index.e5_conversion import convert
from index.encoders import BUILT_IN, OnnxE5
from index.errors import EncoderError
from index.snapshot import Snapshot, build, open_snapshot

TESTS = Path(__file__).parent
ROOT = TESTS.parent


@pytest.fixture(scope="session", autouse=True)
def one_encoder_for_all(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Without SME_TEST_MODEL_DIR every room would convert an encoder of its own, half a minute each."""
    with pytest.MonkeyPatch.context() as patch:
        if not os.environ.get("SME_TEST_MODEL_DIR"):
            patch.setenv("SME_TEST_MODEL_DIR", str(tmp_path_factory.mktemp("converted") / BUILT_IN))
        yield


@pytest.fixture(scope="session")
def encoder_dir() -> Path:
    """Where the encoder lies, converted where it was not yet."""
    directory = Path(os.environ["SME_TEST_MODEL_DIR"]).absolute()
    try:
        OnnxE5(directory)
    except EncoderError:
        convert(directory, lambda what, share: None)
    return directory


@pytest.fixture(scope="session")
def encoder(encoder_dir: Path) -> OnnxE5:
    return OnnxE5(encoder_dir)


@pytest.fixture
def small_corpus(tmp_path: Path) -> Path:
    """A folder with 4 documents in both languages, glossary and synonyms; 11 clauses in each language."""
    return Path(shutil.copytree(TESTS / "small_corpus", tmp_path / "corpus"))


@pytest.fixture(scope="session")
def small_index(encoder: OnnxE5, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built index of the small corpus, with vectors and Chroma: to copy or to read, never to change."""
    directory = tmp_path_factory.mktemp("small") / "index"
    build(directory, load_corpus(TESTS / "small_corpus"), encoder)
    return directory


@pytest.fixture(scope="session")
def small_snapshot(small_index: Path, encoder: OnnxE5) -> Snapshot:
    """The small corpus, opened to search by words and vectors, without Chroma."""
    return open_snapshot(small_index, encoder, candidates=60, use_chroma=False)


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    """The corpus we ship."""
    return load_corpus(ROOT / "corpus")


@pytest.fixture(scope="session")
def data_dir(
    corpus: Corpus,
    encoder: OnnxE5,
    encoder_dir: Path,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> Path:
    """A data directory with the encoder and the built index of the shipped corpus: to read, never to change."""
    directory = tmp_path_factory.mktemp("data")
    with_encoder(directory, encoder_dir)
    cache = getattr(request.config, "cache", None)
    kept = cache.mkdir("index") if cache else None
    with FileLock(kept / "lock") if kept else nullcontext():  # several runs may share one cache
        if kept and (kept / "index").is_dir():
            shutil.copytree(kept / "index", directory / "index")
        manifest = build(directory / "index", corpus, encoder)
        if kept and manifest.encoded:
            shutil.rmtree(kept / "index", ignore_errors=True)
            shutil.copytree(directory / "index", kept / "index", ignore=shutil.ignore_patterns("chroma", "words"))
    return directory


@pytest.fixture(scope="session")
def snapshot(data_dir: Path, encoder: OnnxE5) -> Iterator[Snapshot]:
    """The index of the shipped corpus, opened with encoder and Chroma."""
    opened = open_snapshot(data_dir / "index", encoder, candidates=60)
    yield opened
    opened.close()


def with_encoder(data_dir: Path, encoder_dir: Path) -> Path:
    """Let a data directory find the converted encoder where it would have converted its own."""
    (data_dir / "models").mkdir(parents=True)
    (data_dir / "models" / BUILT_IN).symlink_to(encoder_dir)
    return data_dir


@pytest.fixture
def small_data_dir(tmp_path: Path, encoder_dir: Path) -> Path:
    """An empty data directory that has the encoder."""
    return with_encoder(tmp_path / "data", encoder_dir)
