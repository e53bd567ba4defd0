"""Drills written by hand, to be asked and answered in tests of what is done with drills."""

from __future__ import annotations

from datetime import date

from assistant.training.types import Catalogue, Drill, DrillKind, Option, Source
from index.types import Language

ON = date(2026, 3, 2)


def drill(
    name,
    *,
    kind=DrillKind.FIGURE,
    document="jingui-2024-13",
    clause="7",
    fingerprint="f1",
    language=Language.ZH,
    **more,
):
    """One with two choices, the second of them right."""
    return Drill(
        id=f"{kind}:{document}#{clause}:{name}",
        kind=kind,
        language=language,
        on=ON,
        topics=more.pop("topics", ("续贷",)),
        prompt=f"第{name}题",
        explanation="因为条款这样写。",
        sources=(Source(document, clause, "最长3年"),),
        fingerprint=fingerprint,
        options=(Option("1年", "条款说的是3年"), Option("3年", "条款原话")),
        right=(1,),
        **more,
    )


def catalogue(*drills, language=Language.ZH):
    """These drills, as they are."""
    return Catalogue(language, ON, {drill.id: drill for drill in drills})
