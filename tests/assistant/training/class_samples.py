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
