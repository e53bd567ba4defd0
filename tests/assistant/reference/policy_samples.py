"""Documents written for these tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from index.types import Clause, Document, Kind, Language


def clause(id: str = "2", text: str = "先申请，后续贷。", **changes: Any) -> Clause:
    """A clause, 二 of its document."""
    values: dict[str, Any] = {"reference": "二", "heading": "办理"}
    return Clause(id, text=text, **{**values, **changes})


def digest(*clauses: Clause, **changes: Any) -> Document:
    """Our digest of a notice of 2024."""
    values: dict[str, Any] = {
        "id": "notice", "language": Language.ZH, "kind": Kind.NOTICE, "title": "关于做好续贷工作的通知",
        "short_title": "续贷通知", "document_number": "金规〔2024〕13号", "issuers": ("国家金融监督管理总局",),
        "issued": date(2024, 9, 24), "as_of": date(2026, 11, 22),
    }  # fmt: skip
    return Document(clauses=clauses or (clause(),), **{**values, **changes})
