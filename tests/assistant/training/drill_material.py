"""The shipped corpus, or a changed one, as what drills are made of on a day."""

from __future__ import annotations

from datetime import date

from assistant.training.material import Material
from index.types import Document, Language

DAY = date(2026, 11, 28)
FEW = {
    "agri-guarantee", "caijin-2025-11", "caijin-2026-4", "guobanfa-2019-6", "jingui-2024-13", "jingui-2025-9",
    "loan-three-measures-2024", "reg-sme-payment-2025", "yinbaojian-2020-18", "startup-guarantee-loan",
    "jiangsu-zhenjiang-suzhou",
}  # fmt: skip


def material_of(documents: tuple[Document, ...], language: Language, on: date = DAY) -> Material:
    own = tuple(document for document in documents if document.language is language)
    others = tuple(document for document in documents if document.language is not language)
    return Material(language, on, own, others=others)
