"""The documents that readers are measured on: each has its truth, both halves hold each format, none is too heavy."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

DOCUMENTS = Path(__file__).parent / "documents"
TRUTHS = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in (DOCUMENTS / "truth").glob("*.yaml")}


def test_every_file_has_a_truth_and_every_truth_a_file():
    assert {path.name for path in (DOCUMENTS / "files").iterdir()} == {truth["file"] for truth in TRUTHS.values()}


def test_there_are_enough_of_them_and_they_stay_small():
    assert len(TRUTHS) >= 32
    assert sum(path.stat().st_size for path in (DOCUMENTS / "files").iterdir()) < 12_000_000


def test_each_half_holds_every_format_and_every_condition_of_scans():
    def kinds(unseen: bool) -> set[str]:
        half = [truth for truth in TRUTHS.values() if truth["unseen"] is unseen]
        return {t["format"] for t in half} | {t["ocr"]["condition"] for t in half if "ocr" in t}

    assert kinds(True) == kinds(False)
    assert len(kinds(True)) == 10 + 4  # formats of the readers; clean, skew, stamp, photo


@pytest.mark.parametrize("name", TRUTHS)
def test_a_truth_agrees_with_itself(name):
    truth = TRUTHS[name]
    names = {clause["reference"] or clause["heading"] for clause in truth["clauses"]}
    pages = [clause["page"] for clause in truth["clauses"]]
    assert all(clause["parent"] is None or clause["parent"] in names for clause in truth["clauses"])
    assert all(clause["text"].startswith(clause["opening"]) for clause in truth["clauses"])
    assert pages == sorted(pages)
    assert not pages or pages[-1] <= truth["pages"]
    assert all(len(row) == len(table["header"]) for table in truth["tables"] for row in table["rows"])


@pytest.mark.parametrize("name", TRUTHS)
def test_no_clause_of_the_truth_holds_what_is_called_noise(name):
    truth = TRUTHS[name]
    said = "".join("".join(clause["text"].split()) for clause in truth["clauses"])
    assert not [noise for noise in truth["noise"] if "".join(noise.split()) in said]
