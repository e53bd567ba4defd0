"""Drills made by hand, and learners to answer them."""

from __future__ import annotations

from datetime import date

from assistant.training.database import Database
from assistant.training.types import Drill, DrillKind, Option, Source
from index.types import Language

DAY = date(2026, 11, 28)


def a_choice(number: int, *, fingerprint: str = "f1", language: Language = Language.ZH) -> Drill:
    """A question with four choices, the second of which is right."""
    return Drill(
        id=f"figure:jingui-2024-13#{number}:1", kind=DrillKind.FIGURE, language=language, on=DAY,
        topics=("coordination",), prompt=f"第{number}题：单户授信额度原则上不超过多少？",
        explanation=f"第{number}条写明不超过1000万元。",
        sources=(Source("jingui-2024-13", str(number), "不超过1000万元"),), fingerprint=fingerprint,
        options=(Option("500万元", "条文没有这个数"), Option("1000万元"), Option("2000万元"), Option("3000万元")),
        right=(1,),
    )  # fmt: skip


def learner(database: Database, id: str) -> str:
    """A learner, as those who join are."""
    with database.transaction() as connection:
        connection.execute(
            "INSERT INTO learners (id, nickname, created) VALUES (?, ?, '2026-11-01T08:00:00+00:00')", (id, id)
        )
    return id


def a_statement(number: int, *, fingerprint: str = "f1") -> Drill:
    """A sentence that is false."""
    return Drill(
        id=f"statement:jingui-2024-13#{number}:1", kind=DrillKind.STATEMENT, language=Language.ZH, on=DAY,
        topics=("coordination",), prompt="判断：单户授信额度不超过2000万元。", explanation="条文写的是1000万元。",
        sources=(Source("jingui-2024-13", str(number), "不超过1000万元"),), fingerprint=fingerprint,
        options=(Option("正确"), Option("错误")), right=(1,),
    )  # fmt: skip


def an_order(number: int) -> Drill:
    """Three steps: C, A, B is right."""
    return Drill(
        id=f"order:jingui-2024-13#{number}:1", kind=DrillKind.ORDER, language=Language.ZH, on=DAY,
        topics=("coordination",), prompt="把推荐企业的步骤按先后排好。", explanation="先走访，再推荐，后授信。",
        sources=(Source("jingui-2024-13", str(number), "先走访"),), fingerprint="f1",
        options=(Option("区县推荐给银行"), Option("银行授信"), Option("走访企业")), right=(2, 0, 1),
    )  # fmt: skip


def a_case(number: int) -> Drill:
    """A profile; verdict B, reasons c and e."""
    return Drill(
        id=f"case:jingui-2024-13#{number}:1", kind=DrillKind.CASE, language=Language.ZH, on=DAY,
        topics=("coordination",), prompt="某餐饮企业，19人，正常经营，有欠息。这家企业能进推荐清单吗？",
        explanation="有欠息，不符合五项标准。", sources=(Source("jingui-2024-13", str(number), "无欠息"),),
        fingerprint="f1",
        options=(
            Option("符合"), Option("不符合"), Option("有欠息", "标准要求无欠息"), Option("人数太少"), Option("行业不对"),
        ),
        right=(1, 2), reasons_from=2,
    )  # fmt: skip


def a_short(number: int) -> Drill:
    """A question to answer in one's own words."""
    return Drill(
        id=f"short:jingui-2024-13#{number}:1", kind=DrillKind.SHORT, language=Language.ZH, on=DAY,
        topics=("coordination",), prompt="单户授信额度的上限是多少？写明依据。", explanation="不超过1000万元。",
        sources=(Source("jingui-2024-13", str(number), "不超过1000万元"),), fingerprint="f1", wanted=("1000万元",),
    )  # fmt: skip
