"""Cases, answers and rows made up by hand, with only what a test is about."""

from __future__ import annotations

from typing import Any

from assistant.evaluation.cases import Case
from assistant.evaluation.records import Told
from assistant.evaluation.score import Row, score


def case(id: str = "c1", outcome: str = "answered", **told: Any) -> Case:
    """case(question=…, language=…, facts=[["30万元"]], …): what is not of the question is expected of the answer."""
    own = {name: told.pop(name) for name in ("question", "context", "language", "topic", "audience") if name in told}
    basis = {"question": "最高多少", "language": "zh", "audience": "owner", "kind": "amount", "topic": "loan"}
    return Case.model_validate({"id": id, **basis, **own, "expect": {"outcome": outcome, **told}})


def citation(n: int, name: str, quote: str = "正文", **told: Any) -> dict[str, Any]:
    document, _, clause = name.partition("#")
    basis = {"document_number": None, "title": document, "clause": "一", "heading": "标题"}
    return {"n": n, "document_id": document, "clause_id": clause, "quote": quote, **basis, **told}


def answer(text: str = "", *cited: str | dict[str, Any], outcome: str = "answered", **told: Any) -> dict[str, Any]:
    """answer("最高30万元。[1]", "loan#1"): the record, its clauses numbered in order."""
    citations = [citation(n, c) if isinstance(c, str) else c for n, c in enumerate(cited, 1)]
    basis = {"question": "最高多少", "language": "zh", "as_of": "2026-11-23", "reason": None, "assessment": None}
    return {**basis, "outcome": outcome, "text": text, "citations": citations, **told}


def told(case: Case, answer: dict[str, Any], file: str = "main", milliseconds: float = 10.0, **more: Any) -> Told:
    return Told(file=file, case=case, milliseconds=milliseconds, answer=answer, **more)


def row(case: Case, answer: dict[str, Any], **more: Any) -> Row:
    return score(told(case, answer, **more))


def rows(right: int, wrong: int, file: str = "main") -> list[Row]:
    """So many cases right in everything, and so many that were declined though 30万元 was expected."""
    good = [row(case(f"r{i}", facts=[["30万元"]], documents=["loan"]), answer("最高30万元。[1]", _loan()), file=file)
            for i in range(right)]  # fmt: skip
    bad = [row(case(f"w{i}", facts=[["30万元"]], documents=["loan"]), answer("没有找到。", outcome="no_evidence"), file=file)
           for i in range(wrong)]  # fmt: skip
    return [*good, *bad]


def _loan() -> dict[str, Any]:
    return citation(1, "loan#1", "个人创业担保贷款最高30万元。")
