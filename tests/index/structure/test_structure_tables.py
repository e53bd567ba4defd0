"""Tables: rows that carry their headers, and the table itself as it is shown."""

from __future__ import annotations

from hand_readings import cut

from index.documents.reading.types import Table
from index.documents.structure.tables import row_text
from index.figures import figures


def test_a_row_says_its_headers():
    header = ("产品", "期限", "利率 / 抵押", "利率 / 信用")
    assert (
        row_text(header, ("商户贷", "1年", "3.45%", "4.35%"))
        == "产品：商户贷；期限：1年；利率 / 抵押：3.45%；利率 / 信用：4.35%"
    )


def test_a_sheet_of_names_and_values_reads_as_such():
    assert row_text(("项目", "内容"), ("贷款额度", "最高300万元")) == "贷款额度：最高300万元"
    assert row_text((), ("贷款额度：", "最高300万元")) == "贷款额度：最高300万元"


def test_cells_without_a_value_are_left_out():
    assert row_text(("银行", "上半年", "下半年"), ("合计", "5,650", "—")) == "银行：合计；上半年：5,650"


def test_a_table_is_a_clause_of_its_own_behind_the_one_it_stands_in():
    table = Table(("银行", "额度（万元）"), (("甲银行", "300"), ("乙银行", "500")))
    drafted = cut("某局关于额度的通知\n一、额度分配\n具体额度如下。\n表1 额度分配表\n二、执行\n遵照执行。", (4, table))
    assert [(c.id, c.reference, c.heading) for c in drafted.clauses] == [
        ("1", "一", "额度分配"),
        ("t1", "一 表1", "表1 额度分配表"),
        ("2", "二", "执行"),
    ]
    clause = drafted.clauses[1]
    assert clause.text == "银行：甲银行；额度（万元）：300\n银行：乙银行；额度（万元）：500"
    assert clause.table is not None
    assert clause.table.rows[1] == ("乙银行", "500")
    assert figures(clause.text) == {"300", "500"}
    assert drafted.clauses[0].text == "具体额度如下。"  # the caption is the table's


def test_a_long_table_gives_groups_of_rows():
    rows = tuple((f"企业{n}", str(n)) for n in range(1, 101))
    drafted = cut("某局名单表\n一、名单\n见下。", (3, Table(("名称", "序号"), rows, "名单")))
    assert [clause.id for clause in drafted.clauses] == ["1", "t1", "t1-2", "t1-3"]
    assert sum(len(clause.table.rows) for clause in drafted.clauses if clause.table) == 100


def test_a_table_that_only_frames_text_is_text():
    drafted = cut(
        "某局关于贷款的通知\n一、甲。", (2, Table((), (("温馨提示：以实际审批为准，请咨询经办银行网点工作人员。",),)))
    )
    assert drafted.clauses[-1].text.endswith("以实际审批为准，请咨询经办银行网点工作人员。")
    assert all(clause.table is None for clause in drafted.clauses)


def test_copies_set_as_a_table_belong_to_the_frame():
    table = Table((), (("抄送：市委办公室。",), ("某市财政局办公室2024年10月9日印发",)))
    drafted = cut("某局关于贷款的通知\n一、甲。", (2, table))
    assert [framing.role.value for framing in drafted.frame][-2:] == ["copies", "printed"]
