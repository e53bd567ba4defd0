"""Nothing that people typed becomes a formula in a spreadsheet, and everything can be read back."""

import csv
import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.learning.csv_file import csv_text, safe

HOSTILE = [
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x","点这里")', "\t=1+1", "\r=1+1",
    "\n=1+1", "  =1+1", "\u3000=1+1", "\u00a0=1+1", '"=1+1', "'=1+1", '" \'=1+1', "“=1+1”", "＝1+1", "＋1", "－1",
    "＠SUM(A1)", "﹦1+1", "﹢1", "﹣1", "﹫x", "\ufeff=1+1", "\u200b=1+1", "\u202e=1+1", "\x00=1+1", "\x07=1+1",
    "\u2028=1+1", "|calc", "%0A=1", "−1+1", "\t", "\t续贷", "`=1+1", "⁺1+1", "₌1",
    "\U000e0041=1+1",
]  # fmt: skip
HARMLESS = ["贷款快到期了怎么办", "300万=多少", "利率3.5%", "a-b", "", "1", "（+）", "[1]", "“续贷”"]
DANGEROUS = tuple("=+-@|%")


def seen_by_a_spreadsheet(cell: str) -> str:
    """What a spreadsheet makes of a cell: it folds width, and passes over blanks, quotes and what cannot be seen."""
    folded = unicodedata.normalize("NFKC", cell)
    visible = "".join(c for c in folded if unicodedata.category(c)[0] != "C" or c in "\t\r\n")
    return visible.replace("−", "-").strip(" \u3000\"“”‘’`")


@pytest.mark.parametrize("cell", HOSTILE)
def test_a_cell_that_could_be_a_formula_is_made_text(cell):
    made = safe(cell)
    assert made.startswith("'")
    assert not any(character in made for character in "\t\r\n")


@pytest.mark.parametrize("cell", ["问题\r\n=1+1", "问题\t=1+1", "问题\u2028=1+1"])
def test_what_follows_a_tab_or_line_break_stays_in_its_cell(cell):
    assert safe(cell) == "问题 =1+1"


@pytest.mark.parametrize("cell", HARMLESS)
def test_any_other_cell_stays_as_it_is(cell):
    assert safe(cell) == cell


@given(st.text())
def test_no_text_at_all_begins_like_a_formula(cell):
    assert not seen_by_a_spreadsheet(safe(cell)).startswith((*DANGEROUS, "\t", "\r", "\n"))


def test_a_table_is_read_back_cell_by_cell_with_nothing_that_calculates():
    rows = [(cell, 3) for cell in [*HOSTILE, *HARMLESS]]
    text = csv_text(("question", "count"), rows)
    assert text.encode("utf-8").startswith(b"\xef\xbb\xbf")  # by which Excel knows the encoding
    read = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert read[0] == ["question", "count"]
    assert len(read) == len(rows) + 1
    for (cell, _), (question, count) in zip(rows, read[1:], strict=True):
        assert (question, count) == (safe(cell), "3")
        assert not seen_by_a_spreadsheet(question).startswith(DANGEROUS)


def test_quotes_commas_and_semicolons_stay_within_their_cell():
    (_, row) = csv.reader(io.StringIO(csv_text(("a", "b"), [('说"能"吗;=1+1,=2', "x")]).removeprefix("\ufeff")))
    assert row == ['说"能"吗;=1+1,=2', "x"]
