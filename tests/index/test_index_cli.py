"""The commands, run as a user would run them."""

from __future__ import annotations

import json
import math
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from index.evaluate import Benchmark, measure
from index.lock import DataLock

ROOT = Path(__file__).parent.parent.parent


class Commands:
    """`python -m index …` on a corpus and a data directory of the test's own, with no network."""

    def __init__(self, corpus: Path, data: Path) -> None:
        self.corpus, self.data = corpus, data
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("SME_")},
            "SME_CORPUS_DIR": str(corpus), "SME_DATA_DIR": str(data), "HF_HUB_OFFLINE": "1", "COLUMNS": "400",
        }  # fmt: skip

    def __call__(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "index", *arguments],
            cwd=ROOT, env=self.environment | environment, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert "Traceback" not in done.stderr, done.stderr
        return done


@pytest.fixture
def run(small_corpus, small_data_dir) -> Commands:
    return Commands(small_corpus, small_data_dir)


@pytest.fixture
def built(run, small_index) -> Commands:
    shutil.copytree(small_index, run.data / "index")
    return run


def fails(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """One clear message on standard error and exit code 1."""
    assert done.returncode == 1
    assert done.stdout == ""
    for word in words:
        assert word in done.stderr


def test_build_search_and_status_from_nothing(run):
    fails(run("status"), "Nothing is built in", "Run `python -m index build`")
    fails(run("search", "续贷"), "MissingSnapshotError: There is no index in", "Run `python -m index build`")

    done = run("build")
    assert done.returncode == 0
    assert (
        "Built 5 documents, passages: 11 zh, 11 en; 22 encoded, 0 unchanged; encoder: multilingual-e5-small."
        in done.stderr
    )
    assert "vectors (zh): 100%" in done.stderr

    status = json.loads(run("status").stdout)
    assert (status["up_to_date"], status["documents"], status["passages"]) == (True, 5, {"zh": 11, "en": 11})

    rows = [json.loads(line) for line in run("search", "续贷的风险分类", "--json", "--count", "3").stdout.splitlines()]
    assert rows[0]["id"] == "renewal#3"
    assert len(rows) == 3
    assert rows[0] | {"score": 0, "words": 0, "cosine": 0} == {
        "id": "renewal#3", "score": 0, "words": 0, "cosine": 0, "title": "关于做好续贷工作的通知",
        "document_number": "金规〔2024〕13号", "clause": "三", "heading": "风险分类", "in_force": "yes",
        "text": "符合条件的续贷贷款可以划分为正常类。",
    }  # fmt: skip
    assert rows[0]["cosine"] > 0.8
    assert rows[0]["score"] >= rows[1]["score"] >= rows[2]["score"]

    again = run("build")
    assert again.returncode == 0
    assert "Up to date: 5 documents" in again.stderr


def test_search_narrows_by_its_options(built):
    def ids(*arguments: str) -> list[str]:
        done = built("search", "--json", *arguments)
        assert done.returncode == 0
        return [json.loads(line)["id"] for line in done.stdout.splitlines()]

    assert "subsidy#1" in ids("贴息", "--on", "2026-12-31")
    assert "subsidy#1" not in ids("贴息", "--on", "2027-01-01")
    assert ids("续贷", "--region", "浙江省杭州市") == ["hangzhou-pool#3"]
    assert set(ids("贷款", "--kind", "product", "--topic", "信用贷款")) == {"tax-loan#conditions", "tax-loan#amount"}
    assert ids("贷款", "--language", "en", "--kind", "glossary") != []


def test_search_for_people_prints_reference_text_and_neighbours(built):
    done = built("search", "risk classification of a renewed loan", "--count", "1", "--neighbours")
    lines = done.stdout.splitlines()
    assert lines[0].endswith("renewal#3  Renewal notice 金规〔2024〕13号 Section 3｜Risk classification")
    assert lines[1].strip() == "A renewed loan that meets the conditions may be classified as normal."
    assert [line.split("｜")[0].strip() for line in lines[2:]] == ["… Section 2", "… Section 4"]
    nothing = built("search", "？")
    assert (nothing.returncode, nothing.stdout) == (0, "")
    assert "Nothing found." in nothing.stderr


def test_check_says_what_is_in_order_and_what_is_not(built):
    done = built("check")
    assert done.returncode == 0
    assert "corpus: 5 documents, 22 clauses in both languages: in order" in done.stdout
    assert "index: in order" in done.stdout

    page = built.corpus / "policies" / "renewal.zh.md"
    page.write_text(page.read_text(encoding="utf-8").replace("正常类", "正常"), encoding="utf-8")
    stale = built("check")
    assert stale.returncode == 1
    assert "index: not up to date with the corpus and the encoder. Run `python -m index build`." in stale.stderr
    assert json.loads(built("status").stdout)["up_to_date"] is False

    rebuilt = built("build")
    assert "1 encoded, 21 unchanged" in rebuilt.stderr
    assert built("check").returncode == 0


RULE = """
- about: {clause: renewal#3, quote: {zh: 可以划分为正常类, en: may be classified as normal}}
- about: {clause: renewal#2, quote: {zh: 签订新的借款合同, en: new loan contract}}
"""


def test_check_reports_rules_whose_quotation_is_gone_with_the_way_to_them(built):
    (built.corpus / "rules").mkdir()
    rules = built.corpus / "rules" / "loans.yaml"
    rules.write_text(RULE, encoding="utf-8")
    done = built("check")
    assert done.returncode == 0
    assert "rules: 2 quotations stand in their clauses: in order" in done.stdout

    page = built.corpus / "policies" / "renewal.zh.md"
    page.write_text(page.read_text(encoding="utf-8").replace("正常类", "正常"), encoding="utf-8")
    stale = built("check")
    assert stale.returncode == 1
    told = [line for line in stale.stdout.splitlines() if line.startswith("rules:")]
    assert told == ["rules: stale: rules/loans.yaml: 0.about: renewal#3 does not say '可以划分为正常类'"]
    assert (
        "Stale rules are not used. Correct their quotations (and values) to what the clauses say now." in stale.stderr
    )

    rules.write_text("[", encoding="utf-8")
    broken = built("check")
    assert broken.returncode == 1
    assert "loans.yaml: cannot be read" in broken.stderr


def test_a_broken_corpus_file_is_named_and_the_index_in_use_stays(built):
    page = built.corpus / "policies" / "renewal.zh.md"
    page.write_text(page.read_text(encoding="utf-8").replace("issued: 2024-09-24", "issued: soon"), encoding="utf-8")
    for command in ("build", "check"):
        fails(
            built(command),
            "CorpusError",
            "renewal.zh.md: issued: Input should be a valid date",
            "python -m index check",
        )
    assert "renewal#3" in built("search", "风险分类", "--json").stdout


def test_a_missing_corpus_is_said_to_be_empty(run, tmp_path):
    fails(run("build", SME_CORPUS_DIR=str(tmp_path / "none")), "CorpusError", "there are no documents")


def test_a_data_directory_that_cannot_be_written_is_named(run, tmp_path):
    (tmp_path / "file").write_text("")  # a path below a file cannot be written by anyone, root included
    done = run("build", SME_DATA_DIR=str(tmp_path / "file" / "data"))
    fails(done, "SettingsError: The data directory", "file/data cannot be written", "SME_DATA_DIR")


def test_a_wrong_encoder_is_named_with_what_may_stand_there(built, tmp_path):
    done = built("build", SME_ENCODER=str(tmp_path / "no-model"))
    fails(done, "MissingEncoderError: The encoder", "no-model", "Set SME_ENCODER")


@pytest.mark.parametrize(("name", "value"), [("SME_CANDIDATES", "many"), ("SME_CANDIDATES", "0")])
def test_a_setting_that_cannot_be_used_is_named_with_its_value(run, name, value):
    fails(run("status", **{name: value}), f"SettingsError: {name}='{value}' cannot be used")


def test_a_directory_in_use_by_another_process_is_left_alone(built):
    lock = DataLock(built.data).acquire()
    for command in (["build"], ["search", "续贷"]):
        fails(built(*command), "LockedError", f"process {os.getpid()}", "set SME_DATA_DIR to another directory")
    lock.release()
    assert built("search", "续贷").returncode == 0


def test_a_damaged_index_is_reported_and_built_anew_on_request(built):
    (built.data / "index" / "current").write_text("no-such-snapshot")
    fails(built("search", "续贷"), "DamagedSnapshotError", "Run `python -m index build --fresh`")
    assert built("build", "--fresh").returncode == 0
    assert built("search", "续贷").returncode == 0


def test_words_alone_can_be_built(run):
    done = run("build", "--words-only")
    assert "encoder: none, words only." in done.stderr
    (first, *_) = run("search", "风险分类", "--json").stdout.splitlines()
    assert json.loads(first)["id"] == "renewal#3"
    assert json.loads(first)["cosine"] is None


@pytest.mark.parametrize(
    "arguments", [["search"], ["search", "x", "--on", "tomorrow"], ["search", "x", "--kind", "poster"], ["none"]]
)
def test_wrong_usage_leaves_with_2_and_says_how_it_is_meant(run, arguments):
    done = run(*arguments)
    assert done.returncode == 2
    assert "Usage: python -m index" in done.stderr


# Evaluation


@pytest.fixture
def beir(tmp_path) -> Path:
    """Three texts, three questions; the second text answers the first question less well than the first does."""
    folder = tmp_path / "beir"
    (folder / "qrels").mkdir(parents=True)
    texts = {"d1": "小微企业贷款贴息的比例", "d2": "固定资产贷款由中央财政给予贴息", "d3": "信用修复在网上申请办理"}
    queries = {"q1": "小微企业贷款贴息的比例", "q2": "信用修复在哪里申请", "q3": "没有评判的问题"}
    for name, rows in (("corpus", texts), ("queries", queries)):
        lines = [json.dumps({"_id": id, "title": "", "text": text}, ensure_ascii=False) for id, text in rows.items()]
        (folder / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "qrels" / "test.tsv").write_text(
        "query-id\tcorpus-id\tscore\nq1\td2\t1\nq2\td3\t1\nq2\td1\t0\n", encoding="utf-8"
    )
    return folder


def test_evaluate_measures_as_worked_out_by_hand(run, beir):
    # q1 finds d1 first and the relevant d2 second: DCG 1/log2(3) = 0.6309, ideal 1/log2(2) = 1.
    # q2 finds its d3 first: 1. q3 has no judgement and does not count.
    # nDCG (0.6309 + 1)/2 = 0.8155; reciprocal rank (1/2 + 1)/2 = 0.75.
    done = run("evaluate", str(beir))
    assert done.returncode == 0, done.stderr
    measured = json.loads(done.stdout)
    assert measured | {"ms_median": 0, "ms_p95": 0} == {
        "queries": 2, "ndcg_10": 0.8155, "recall_10": 1.0, "recall_50": 1.0, "mrr_10": 0.75,
        "ms_median": 0, "ms_p95": 0,
    }  # fmt: skip
    odd, even = (json.loads(run("evaluate", str(beir), "--half", half).stdout) for half in ("odd", "even"))
    assert sorted([odd["ndcg_10"], even["ndcg_10"]]) == [0.6309, 1.0]


def test_a_folder_that_is_no_benchmark_is_named(run, beir):
    (beir / "qrels" / "test.tsv").unlink()
    fails(
        run("evaluate", str(beir)),
        "SettingsError",
        "beir is not a BEIR folder",
        "corpus.jsonl, queries.jsonl and qrels/test.tsv",
    )


def test_gains_places_and_cut_off_by_hand():
    relevant = {"q": {"a": 2, "b": 1, "z": 1}}
    benchmark = Benchmark({}, {"q": "question"}, relevant)
    ranked = ["x", "a", "x", "b", *[f"n{n}" for n in range(8)], "z"]
    # Places, a document counted once: x 1, a 2, b 3, …, z 12. DCG@10 = 2/log2(3) + 1/log2(4) = 1.2619 + 0.5;
    # ideal 2/log2(2) + 1/log2(3) + 1/log2(4) = 2 + 0.6309 + 0.5. Recall@10 = 2/3, @50 = 1. First relevant at 2.
    measured = measure(benchmark, lambda text: ranked)
    assert measured.ndcg_10 == pytest.approx((2 / math.log2(3) + 0.5) / (2.5 + 1 / math.log2(3)), abs=1e-9)
    assert measured.ndcg_10 == pytest.approx(0.5628, abs=1e-4)
    assert (measured.recall_10, measured.recall_50, measured.mrr_10) == (pytest.approx(2 / 3), 1.0, 0.5)
