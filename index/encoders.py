"""Text in, vectors out: the encoder we ship, and any other that sentence-transformers can load."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np

from index.e5_weights import dequantise
from index.errors import DamagedEncoderError, EncoderError, MissingEncoderError

BUILT_IN = "multilingual-e5-small"
FORMAT = 1  # of the converted directory; raise it when files or their meaning change
MANIFEST = "model.json"
MIN_COSINE = 0.98  # between a vector and its reference; int8 gives .99 and more

Progress = Callable[[float], None]  # hears the share of the texts that is done, from 0 to 1


class _Files(NamedTuple):
    encoder: str = "encoder.onnx"
    tokenizer: str = "tokenizer.json"
    scales: str = "embedding_scales.npy"  # (pieces, 12) fp16
    nibbles: str = "embedding_nibbles.npy"  # (pieces, 12, 16) uint8


FILES = _Files()


class Encoder(Protocol):
    """Vectors are float32, (n, dimension), each of length 1, so that a dot product is a cosine."""

    @property
    def name(self) -> str:
        """What the settings call it; an index is bound to it."""

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""

    def queries(self, texts: Sequence[str]) -> np.ndarray:
        """Encode what people ask."""

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> np.ndarray:
        """Encode what is searched, in the order given."""


class OnnxE5:
    """multilingual-e5-small as `e5_conversion.convert` leaves it: onnxruntime on the CPU, 4-bit embedding rows.

    Safe to use from several threads. Text beyond 512 tokens is cut off; an empty text has a vector like any other.
    """

    def __init__(self, directory: Path, threads: int | None = None) -> None:
        """Load from a converted directory; `threads` within one call, all cores (at most 8) by default.

        Raises MissingEncoderError if nothing of this format was converted there, DamagedEncoderError if files are
        missing, unreadable or of the wrong size. Their SHA-256, in the manifest, are not computed here; see `verify`.
        """
        import onnxruntime
        from tokenizers import Tokenizer

        manifest = _read_manifest(directory)
        self.name = manifest.name
        self.dimension = manifest.dimension
        self.max_tokens = manifest.max_tokens
        self._query_prefix = manifest.query_prefix
        self._passage_prefix = manifest.passage_prefix
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads or min(os.cpu_count() or 1, 8)
        options.enable_cpu_mem_arena = False  # it would keep the memory of the longest text for good
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # waiting threads leave the cores free
        try:
            self._tokenizer = Tokenizer.from_file(str(directory / FILES.tokenizer))
            self._scales = np.load(directory / FILES.scales, mmap_mode="r")
            self._nibbles = np.load(directory / FILES.nibbles, mmap_mode="r")
            self._session = onnxruntime.InferenceSession(
                str(directory / FILES.encoder), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # tokenizers and onnxruntime raise their own, without a common root
            raise _damaged(directory, f"a file cannot be read ({error})") from error
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(self.max_tokens)
        self._cached = lru_cache(maxsize=256)(self._encode_one)  # people repeat questions, and rewording asks twice

    def queries(self, texts: Sequence[str]) -> np.ndarray:
        """Encode what people ask; about 4 ms each on two cores, nothing for one asked lately."""
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        return np.stack([self._cached(self._query_prefix + text) for text in texts])

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> np.ndarray:
        """Encode what is searched, in the order given; `progress` hears of every 16 texts."""
        return self.encode([self._passage_prefix + text for text in texts], progress)

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> np.ndarray:
        """Encode texts that carry their prefixes already.

        One at a time: int8 activations share one scale per call, so in a batch a vector would depend on its company
        (cosine .996), and on two cores batches are hardly faster.
        """
        vectors = np.empty((len(texts), self.dimension), np.float32)
        for i, text in enumerate(texts):
            vectors[i] = self._encode_one(text)
            if progress is not None and (i % 16 == 15 or i + 1 == len(texts)):
                progress((i + 1) / len(texts))
        return vectors

    def pieces(self, text: str) -> list[str]:
        """The pieces a text is cut into, `<s>` and `</s>` included."""
        return list(self._tokenizer.encode(text).tokens)

    def _encode_one(self, text: str) -> np.ndarray:
        ids = self._tokenizer.encode(text).ids
        rows = dequantise(self._scales[ids], self._nibbles[ids])
        vector: np.ndarray = self._session.run(["vectors"], {"rows": rows[None]})[0][0]
        return vector


class SentenceTransformerEncoder:
    """Any model sentence-transformers can load from a hub or a local folder, without running code it brings along."""

    def __init__(self, name_or_path: str, query_prefix: str | None = None, passage_prefix: str | None = None) -> None:
        """Load the model; this imports torch, which takes seconds.

        A prefix of None means the model's own prompt, else `query: ` and `passage: ` for the e5 family, else none.
        Raises MissingEncoderError if the model cannot be found or loaded.
        """
        from sentence_transformers import SentenceTransformer

        try:
            self._model = SentenceTransformer(name_or_path, device="cpu", trust_remote_code=False)
        except (OSError, ValueError, RuntimeError, ImportError, KeyError) as error:
            reason = (str(error).strip() or type(error).__name__).splitlines()[0]
            raise MissingEncoderError(
                f"The encoder {name_or_path!r} could not be loaded ({reason}). Set SME_ENCODER to the path of a folder "
                "that sentence-transformers can load, to a hub name that can be reached from here (models that bring "
                f"code of their own are not run), or to {BUILT_IN}, which needs no hub."
            ) from error
        self.name = name_or_path
        self.dimension = len(self._model.encode("a", normalize_embeddings=True, show_progress_bar=False))
        known = default_prefixes(name_or_path)
        own = self._model.prompts
        self.query_prefix = query_prefix if query_prefix is not None else own.get("query") or known[0]
        self.passage_prefix = (
            passage_prefix if passage_prefix is not None else own.get("document") or own.get("passage") or known[1]
        )

    def queries(self, texts: Sequence[str]) -> np.ndarray:
        """Encode what people ask."""
        return self._encode(texts, self.query_prefix)

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> np.ndarray:
        """Encode what is searched, in the order given; `progress` hears of every 256 texts."""
        parts = []
        for start in range(0, len(texts), 256):
            parts.append(self._encode(texts[start : start + 256], self.passage_prefix))
            if progress is not None:
                progress(min(start + 256, len(texts)) / len(texts))
        return np.concatenate(parts) if parts else self._encode((), "")

    def _encode(self, texts: Sequence[str], prefix: str) -> np.ndarray:
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        vectors = self._model.encode(
            list(texts), prompt=prefix, normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True
        )
        return np.asarray(vectors, np.float32)


def load_encoder(name: str, data_dir: Path) -> Encoder:
    """The encoder the settings name: the one we ship, else a hub name or a path for sentence-transformers.

    Raises MissingEncoderError if it is not there, DamagedEncoderError if its files cannot be used.
    """
    if name == BUILT_IN:
        return OnnxE5(data_dir / "models" / BUILT_IN)
    return SentenceTransformerEncoder(name)


def verify(encoder: Encoder, reference: Path) -> float:
    """Compare with reference vectors and return the lowest cosine.

    `reference` is an npz with `texts`, which carry the prefix `query: ` or `passage: `, and `vectors` (n, dimension).
    Raises DamagedEncoderError, naming the text, when a cosine is below MIN_COSINE.
    """
    try:
        with np.load(reference, allow_pickle=False) as data:
            texts, vectors = [str(text) for text in data["texts"]], data["vectors"].astype(np.float32)
        kinds, bare = zip(*(text.split(": ", 1) for text in texts), strict=True)
    except (OSError, KeyError, ValueError) as error:
        raise EncoderError(f"The reference vectors {reference} cannot be read ({error}). Restore the file.") from error
    found = np.full_like(vectors, np.nan)
    for kind, encode in (("query", encoder.queries), ("passage", encoder.passages)):
        rows = [i for i, found_kind in enumerate(kinds) if found_kind == kind]
        found[rows] = encode([bare[i] for i in rows])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    cosines = (found * vectors).sum(axis=1)
    worst = int(np.argmin(cosines))
    if not cosines[worst] >= MIN_COSINE:  # so written, NaN fails too
        raise DamagedEncoderError(
            f"The encoder {encoder.name} does not give the vectors it must: {texts[worst]!r} has cosine "
            f"{cosines[worst]:.3f} to its reference, at least {MIN_COSINE} is expected. "
            "Delete its directory under models/ and run `python -m index build` to convert it anew."
        )
    return float(cosines[worst])


def default_prefixes(name: str) -> tuple[str, str]:
    """Prefixes for queries and passages of a known family: e5 was trained with them, e5 "instruct" was not."""
    if re.search(r"(?:^|[\\/_-])e5-", name, re.IGNORECASE) and "instruct" not in name.lower():
        return "query: ", "passage: "
    return "", ""


_REMEDY = "Delete the directory and run `python -m index build` to convert it anew."


@dataclass(frozen=True, slots=True)
class _Manifest:
    name: str
    dimension: int
    max_tokens: int
    query_prefix: str
    passage_prefix: str


def _read_manifest(directory: Path) -> _Manifest:
    """What model.json says, once its format and the sizes of all files are found to be right."""
    try:
        data = json.loads((directory / MANIFEST).read_text(encoding="utf-8"))
        if data["format"] != FORMAT:
            raise MissingEncoderError(
                f"The encoder in {directory} was converted for another version of this program (format "
                f"{data['format']}, not {FORMAT}). Run `python -m index build`, which converts it anew."
            )
        for path in (directory / name for name in FILES):
            wanted = data["files"][path.name]["bytes"]
            found = path.stat().st_size if path.is_file() else 0
            if found != wanted:
                raise _damaged(directory, f"{path.name} has {found:,} bytes instead of {wanted:,}")
        return _Manifest(
            data["name"], data["dimension"], data["max_tokens"], data["query_prefix"], data["passage_prefix"]
        )
    except FileNotFoundError as error:
        raise MissingEncoderError(
            f"The encoder {BUILT_IN} has not been converted yet: there is no {directory / MANIFEST}. "
            "Run `python -m index build`, which does so (half a minute), or set SME_ENCODER to another model."
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise _damaged(directory, f"{MANIFEST} cannot be read ({error!r})") from error


def _damaged(directory: Path, what: str) -> DamagedEncoderError:
    return DamagedEncoderError(f"The encoder in {directory} is damaged: {what}. {_REMEDY}")
