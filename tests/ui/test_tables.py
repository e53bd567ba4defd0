"""Tables of originals in the panel of sources: as tables, the rows used highlighted, nothing of them executed."""

from __future__ import annotations

from assistant.types import Citation
from assistant.ui.tables import rows_cited, table_html
from index.types import Grid

GRID = Grid(("银行", "额度"), (("云溪农商行", "50万元"), ("<img src=x onerror=alert(1)>", "30万元")), "表1 额度")
TEXT = "银行：云溪农商行；额度：50万元\n银行：<img src=x onerror=alert(1)>；额度：30万元"


def cited(*spans: tuple[int, int], quote: str = TEXT) -> Citation:
    return Citation(
        n=1, document_id="d", document_number=None, title="t", clause="表1", clause_id="t1", heading="", quote=quote,
        spans=spans, official_url=None, in_force="yes", verification="seen",
    )  # fmt: skip


def test_the_rows_an_answer_used_are_those_its_spans_touch():
    first = TEXT.index("\n")
    assert rows_cited(cited((0, first)), GRID) == [0]
    assert rows_cited(cited((first + 1, len(TEXT))), GRID) == [1]
    assert rows_cited(cited((first - 2, first + 3)), GRID) == [0, 1]
    assert rows_cited(cited(), GRID) == []
    assert rows_cited(cited((0, 5), quote="one line"), GRID) == []  # the text is no list of rows


def test_a_table_is_shown_with_caption_header_and_marks_and_its_cells_are_text():
    html = table_html(GRID, "表格", [0])
    assert "<caption>表1 额度</caption>" in html
    assert '<th scope="col">银行</th>' in html
    assert "<td><mark>云溪农商行</mark></td>" in html
    assert "<td>30万元</td>" in html
    assert "<img" not in html
    assert "&lt;img src=x onerror=alert(1)&gt;" in html
