"""Turn the 4-bit weights of multilingual-e5-small into the model we serve: 49 MB on disk, no torch at run time.

The vocabulary is cut to what Chinese and English text needs, sentence-transformers assembles the model, torch writes
the encoder (from embedding rows to a normalised sentence vector) as ONNX, onnxruntime quantises its matrices to int8,
and the embedding rows keep their 4 bits. torch, transformers, sentence_transformers and onnx are imported inside
functions only: importing them takes seconds and hundreds of megabytes, and serving needs none of them.
"""

from __future__ import annotations

import gc
import hashlib
import json
import logging
import os
import shutil
import struct
import sys
import tempfile
import time
import unicodedata
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index import e5_weights
from index.e5_weights import E5Weights, Vocabulary
from index.encoders import FILES, FORMAT, MANIFEST, MIN_COSINE, OnnxE5
from index.errors import DamagedEncoderError, EncoderError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

NAME = "multilingual-e5-small"
QUERY_PREFIX, PASSAGE_PREFIX = "query: ", "passage: "  # what the model was trained with

_SPACE = "▁"  # how a piece writes the space before a word
_PROBES = ("query: 小微企业贷款贴息怎么申请？", "query: Who may apply?", "passage: 单户授信额度不超过1000万元。",
           "passage: Inclusive loans to small and micro enterprises grew by 14.7% to 32.9 trillion yuan.")  # fmt: skip
_STALE = 3600.0  # seconds after which a part directory belongs to a conversion that was killed


def convert(directory: Path, progress: Callable[[str, float], None]) -> None:
    """Build the serving model in `directory`, replacing what is there; about half a minute on two cores.

    All work happens in a directory beside it, which takes its place at the end: `directory` is never half-made.
    `progress` hears what is being done and the share done before it, from 0 to 1. Raises MissingEncoderError without
    the weights, DamagedEncoderError if they are damaged or if what was built does not agree with them.
    """
    directory.parent.mkdir(parents=True, exist_ok=True)
    with _part(directory) as part:
        _build(part, progress)
        _put(part, directory)
    progress("the encoder is ready", 1.0)


def _build(part: Path, progress: Callable[[str, float], None]) -> None:
    progress("reading the weights", 0.0)
    with closing(e5_weights.bundled()) as weights:
        kept = kept_ids(weights.vocabulary)
        tokenizer = build_tokenizer(weights, kept)
        tokenizer.save(str(part / FILES.tokenizer), pretty=False)
        scales, nibbles = weights.word_blocks(kept)
        np.save(part / FILES.scales, scales)
        np.save(part / FILES.nibbles, nibbles)
        with tempfile.TemporaryDirectory(dir=part) as scratch:
            progress("assembling the model with sentence-transformers", 0.1)
            model = assemble(weights, kept, tokenizer, Path(scratch) / "sentence-transformer")
            progress("exporting the encoder to ONNX", 0.5)
            export(model, Path(scratch) / "fp32.onnx")
            expected = model.encode(list(_PROBES), normalize_embeddings=True)
            del model
            gc.collect()
            progress("quantising the encoder", 0.7)
            quantise(Path(scratch) / "fp32.onnx", part / FILES.encoder)
        progress("comparing with sentence-transformers", 0.9)
        _describe(part, weights, len(kept))
    _compare(OnnxE5(part), expected)


def kept_ids(vocabulary: Vocabulary) -> list[int]:
    """Ids of the pieces we keep, ascending: 107,020 of 250,002.

    Those are the specials, every piece written with ASCII, Chinese characters, digits, punctuation and symbols alone,
    and every single character of any script. Text of the former kind is cut as with the full vocabulary; other scripts
    fall apart into characters, and are not what we search.
    """
    specials = {vocabulary.bos, vocabulary.eos, vocabulary.pad, vocabulary.unk}
    return [
        i for i, piece in enumerate(vocabulary.pieces)
        if i in specials or len(piece) == 1 or all(map(_is_kept, piece))
    ]  # fmt: skip


def build_tokenizer(weights: E5Weights, kept: Sequence[int]) -> Tokenizer:
    """The XLM-R tokenizer over the kept pieces, which are renumbered in that order."""
    from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

    full = weights.vocabulary
    new = {old: i for i, old in enumerate(kept)}
    pieces = [(full.pieces[i], full.scores[i]) for i in kept]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=new[full.unk], byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Precompiled(charsmap(weights.replacements)), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(_SPACE, prepend_scheme="always")]
    )
    tokenizer.decoder = decoders.Metaspace(_SPACE, prepend_scheme="always")
    bos, eos = full.pieces[full.bos], full.pieces[full.eos]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}", special_tokens=[(bos, new[full.bos]), (eos, new[full.eos])]
    )
    tokenizer.add_special_tokens([full.pieces[i] for i in (full.bos, full.pad, full.eos, full.unk)])
    return tokenizer


def assemble(weights: E5Weights, kept: Sequence[int], tokenizer: Tokenizer, folder: Path) -> SentenceTransformer:
    """The fp32 model (BERT, mean pooling, normalisation) over the kept rows; its files stay in `folder` (240 MB)."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    shape, vocabulary = weights.shape, weights.vocabulary
    config = BertConfig(
        vocab_size=len(kept), hidden_size=shape.hidden, num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads, intermediate_size=shape.feed_forward, hidden_act="gelu",
        max_position_embeddings=shape.positions, type_vocab_size=shape.token_types, layer_norm_eps=shape.epsilon,
        pad_token_id=kept.index(vocabulary.pad),
    )  # fmt: skip
    with torch.device("meta"):  # without memory of its own: the weights are put in place, not copied
        bert = BertModel(config, add_pooling_layer=False)
    tensors = {name: torch.from_numpy(array) for name, array in weights.state_dict(kept).items()}
    bert.load_state_dict(tensors, assign=True)
    bert.save_pretrained(folder)
    del bert, tensors
    named = {"bos_token": vocabulary.bos, "cls_token": vocabulary.bos, "eos_token": vocabulary.eos,
             "sep_token": vocabulary.eos, "pad_token": vocabulary.pad, "unk_token": vocabulary.unk}  # fmt: skip
    fast: Any = PreTrainedTokenizerFast  # without annotations
    fast(
        tokenizer_object=tokenizer, model_max_length=shape.positions,
        **{name: vocabulary.pieces[i] for name, i in named.items()},
    ).save_pretrained(folder)  # fmt: skip
    encoder = Transformer(
        str(folder), max_seq_length=shape.positions,
        # The fused kinds of attention do not come apart into ONNX operators; a pooler has no weights here.
        model_kwargs={"attn_implementation": "eager", "add_pooling_layer": False},
    )  # fmt: skip
    pooling = Pooling(shape.hidden, pooling_mode="mean")
    return SentenceTransformer(modules=[encoder, pooling, Normalize()], device="cpu")


def export(model: SentenceTransformer, path: Path) -> None:
    """Write the encoder as ONNX: rows (n, t, 384) of n texts, all t ≤ 512 tokens long → vectors (n, 384), of length 1.

    Mean pooling and normalisation are part of the graph; the look-up of embedding rows is not, and there is no mask.
    """
    import torch

    class Sentences(torch.nn.Module):  # type: ignore[misc]
        def __init__(self, bert: Any) -> None:
            super().__init__()
            self.bert = bert

        def forward(self, rows: Any) -> Any:
            tokens = self.bert(inputs_embeds=rows).last_hidden_state
            return torch.nn.functional.normalize(tokens.mean(1), dim=1)

    sentences = Sentences(model[0].auto_model).eval()
    example = torch.zeros(2, 7, sentences.bert.config.hidden_size)
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # of the tracer, about branches on shapes; _compare tests the outcome
        torch.onnx.export(
            sentences, (example,), str(path), dynamo=False, opset_version=17,
            input_names=["rows"], output_names=["vectors"],
            dynamic_axes={"rows": {0: "n", 1: "t"}, "vectors": {0: "n"}},
        )  # fmt: skip


def quantise(source: Path, target: Path) -> None:
    """Quantise the matrices of an ONNX model to int8 by channel; activations are quantised as they come.

    Weights get 7 of the 8 bits: with 8, processors without VNNI saturate their 16-bit sums and the vectors are wrong.
    On the reference texts this moves the mean cosine from .9968 to .9965.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    before = logging.root.manager.disable
    logging.disable(logging.WARNING)  # it recommends a preparation that changes nothing here
    try:
        quantize_dynamic(str(source), str(target), per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)
    finally:
        logging.disable(before)


def charsmap(replacements: Mapping[str, str]) -> bytes:
    """A table of replacements for single characters in the form SentencePiece compiles them to.

    The form: size of the trie in bytes (uint32), the trie as a double array of uint32 units (darts-clone), then the
    replacements, each ended by NUL. Keys are UTF-8 bytes; a leaf holds the offset of its replacement.
    """
    texts = bytearray()
    places: dict[str, int] = {}
    trie: dict[int, Any] = {}
    for character, text in replacements.items():
        if text not in places:
            places[text] = len(texts)
            texts += text.encode() + b"\0"
        node = trie
        for byte in character.encode():
            node = node.setdefault(byte, {})
        node[0] = places[text]  # no key contains NUL, so 0 can mark the end
    units = _double_array(trie)
    return struct.pack(f"<I{len(units)}I", 4 * len(units), *units) + bytes(texts)


def _double_array(trie: Mapping[int, Any]) -> list[int]:
    """Lay out nested dictionaries (byte → node, 0 → value) so that the child for `byte` lies at base ^ byte.

    A unit is label | has_leaf << 8 | offset << 10 with offset = position ^ base; a leaf is value | 1 << 31.
    """
    units: dict[int, int] = {0: 0}
    bases: set[int] = set()  # two nodes with one base would find each other's children
    highest = 0
    pending: list[tuple[int, Mapping[int, Any]]] = [(0, trie)]
    while pending:
        position, node = pending.pop()
        free = range(max(1, highest - 1024), 1 << 21)  # further down there are gaps, but searching them takes long
        base = next(b for b in free if b not in bases and not any(b ^ byte in units for byte in node))
        bases.add(base)
        highest = max(highest, *(base ^ byte for byte in node))
        units[position] |= (position ^ base) << 10 | (0 in node) << 8
        for byte, child in node.items():
            units[base ^ byte] = byte if byte else child | 1 << 31
            if byte:
                pending.append((base ^ byte, child))
    return [units.get(i, 0) for i in range(max(units) // 256 * 256 + 256)]


def _is_kept(character: str) -> bool:
    if character == _SPACE or character.isascii():
        return True
    chinese = unicodedata.name(character, "").startswith(("CJK", "IDEOGRAPHIC"))
    return chinese or unicodedata.category(character)[0] in "NPS"


def _describe(part: Path, weights: E5Weights, pieces: int) -> None:
    """Write the manifest, which the encoder reads first."""
    manifest = {
        "name": NAME,
        "dimension": weights.shape.hidden,
        "max_tokens": weights.shape.positions,
        "query_prefix": QUERY_PREFIX,
        "passage_prefix": PASSAGE_PREFIX,
        "format": FORMAT,
        "pieces": pieces,
        "made_from": {"package": e5_weights.PACKAGE, "version": e5_weights.VERSION, "sha256": e5_weights.SHA256},
        "files": {
            path.name: {"bytes": path.stat().st_size, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
            for path in (part / name for name in FILES)
        },
    }
    (part / MANIFEST).write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _compare(encoder: OnnxE5, expected: np.ndarray) -> None:
    found = encoder.encode(_PROBES)
    lowest = float((found * expected).sum(axis=1).min())
    if not lowest >= MIN_COSINE:
        raise DamagedEncoderError(
            f"The converted encoder does not agree with the weights it was made from (cosine {lowest:.3f}, at least "
            f"{MIN_COSINE} expected). Install the versions of torch, transformers and onnxruntime that "
            "requirements.txt names, then run `python -m index build` again."
        )


@contextmanager
def _part(directory: Path) -> Iterator[Path]:
    """A directory to work in, on the same file system; gone afterwards, also those that killed conversions left."""
    prefix = f".{directory.name}.part-"
    for left in directory.parent.glob(f"{prefix}*"):
        if time.time() - left.stat().st_mtime > _STALE:
            shutil.rmtree(left, ignore_errors=True)
    part = Path(tempfile.mkdtemp(prefix=prefix, dir=directory.parent))
    try:
        yield part
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _put(part: Path, directory: Path) -> None:
    """Let `part` take the place of `directory`; a directory that is not empty must step aside first."""
    part.chmod(0o755)  # mkdtemp makes it private
    aside = part.with_name(part.name + "-old")
    if directory.exists():
        os.replace(directory, aside)
    os.replace(part, directory)
    shutil.rmtree(aside, ignore_errors=True)


def main(arguments: Sequence[str]) -> int:
    """`python -m index.e5_conversion DIRECTORY`: convert in a process of its own, whose memory goes back at the end.

    Writes lines of JSON to standard output: {"what": …, "share": …}, and {"error": …} before leaving with 1.
    """

    def report(**message: object) -> None:
        print(json.dumps(message, ensure_ascii=False), flush=True)

    try:
        convert(Path(arguments[0]), lambda what, share: report(what=what, share=share))
    except EncoderError as error:
        report(error=str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
