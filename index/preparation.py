"""From settings to a searchable index: convert the encoder, build what is missing or stale, open it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from index.documents.corpus import corpus_digest, load_corpus
from index.encoders import BUILT_IN, Encoder, load_encoder
from index.errors import DamagedSnapshotError, EncoderError, MissingEncoderError
from index.lock import DataLock
from index.settings import ROOT, IndexSettings
from index.snapshot import Manifest, Progress, Snapshot, build, current_manifest, is_current, open_snapshot, silent


def index_dir(settings: IndexSettings) -> Path:
    """Where snapshots lie."""
    return settings.data_dir / "index"


def prepare_words(settings: IndexSettings) -> Snapshot:
    """An index that answers within seconds: whatever serves already, or else words alone, built now.

    The caller holds the data lock.
    """
    encoder = encoder_if_ready(settings)
    digest = corpus_digest(settings.corpus_dir)
    manifest = _manifest_or_none(settings)
    if not (is_current(manifest, digest, settings.encoder if encoder else None) or is_current(manifest, digest, None)):
        corpus = load_corpus(settings.corpus_dir)
        build(index_dir(settings), corpus, None)
    return _open(settings, encoder)


def prepare(
    settings: IndexSettings, progress: Progress = silent, *, fresh: bool = False, encode: bool = True
) -> tuple[Snapshot, bool]:
    """The whole index, built where it is missing, stale or damaged, and whether anything was built.

    With `encode` off, words alone serve. The caller holds the data lock.
    """
    encoder = prepare_encoder(settings, progress) if encode else None
    digest = corpus_digest(settings.corpus_dir)
    built = fresh or not is_current(_manifest_or_none(settings), digest, encoder.name if encoder else None)
    if built:
        build(index_dir(settings), load_corpus(settings.corpus_dir), encoder, progress)
    try:
        return _open(settings, encoder), built
    except DamagedSnapshotError:
        build(index_dir(settings), load_corpus(settings.corpus_dir), encoder, progress)
        return _open(settings, encoder), True


@contextmanager
def open_existing(settings: IndexSettings) -> Iterator[Snapshot]:
    """The index as it was built, for commands that do not build: opened under the lock, closed at the end."""
    lock = DataLock(settings.data_dir).acquire()
    try:
        encoder = encoder_if_ready(settings)
        snapshot = _open(settings, encoder)
        try:
            yield snapshot
        finally:
            snapshot.close()
    finally:
        lock.release()


def read_only(settings: IndexSettings) -> Snapshot:
    """What another process serves, read without opening Chroma: for asking while the page runs."""
    return _open(settings, encoder_if_ready(settings), use_chroma=False)


def encoder_if_ready(settings: IndexSettings) -> Encoder | None:
    """The encoder where it can be loaded at once; None where it must be converted first."""
    try:
        return load_encoder(settings.encoder, settings.data_dir)
    except MissingEncoderError:
        if settings.encoder != BUILT_IN:
            raise
        return None


def prepare_encoder(settings: IndexSettings, progress: Progress = silent) -> Encoder:
    """The encoder, converted first where it must be; raises EncoderError saying what to do."""
    encoder = encoder_if_ready(settings)
    if encoder is None:
        _convert(settings.data_dir, progress)
        encoder = load_encoder(settings.encoder, settings.data_dir)
    return encoder


def _convert(data_dir: Path, progress: Callable[[str, float], None]) -> None:
    """Convert in a process of its own, so that the gigabyte torch takes is given back."""
    command = [sys.executable, "-m", "index.e5_conversion", str(data_dir / "models" / BUILT_IN)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        problem = ""
        try:
            for line in process.stdout:
                try:
                    message = json.loads(line)
                except ValueError:
                    continue
                problem = message.get("error", problem)
                if "what" in message:
                    progress(message["what"], message["share"])
            trouble = process.stderr.read()
        except BaseException:
            process.kill()  # its half-made model is left in a directory of its own and never used
            raise
    if process.returncode != 0:
        raise EncoderError(problem or f"The encoder could not be converted: {trouble.strip().splitlines()[-1:]}")


def _open(settings: IndexSettings, encoder: Encoder | None, *, use_chroma: bool = True) -> Snapshot:
    return open_snapshot(
        index_dir(settings), encoder, settings.candidates, use_chroma=use_chroma, retrievers=settings.retrievers
    )


def _manifest_or_none(settings: IndexSettings) -> Manifest | None:
    try:
        return current_manifest(index_dir(settings))
    except DamagedSnapshotError:
        return None
