"""What took the place of a document, over as many steps as there are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from assistant.answering.succession import Successor, successor_of
from index.types import Clause, Document, Kind, Language, Period

DAY = date(2026, 6, 1)


def document(id: str, year: int, **more: object) -> Document:
    return Document(
        id=id, language=Language.ZH, kind=Kind.NOTICE, title=f"{id}的通知", short_title=id, document_number=f"金规〔{year}〕1号",
        clauses=(Clause("1", "一", "总体", "内容。"),), period=Period(effective=date(year, 1, 1)), **more,
    )  # fmt: skip


def test_a_chain_is_followed_to_its_last_link_in_force():
    first = document("a", 2020, superseded_by=("b",))
    second = document("b", 2022, superseded_by=("金规〔2024〕1号",))
    third = document("c", 2024)
    assert successor_of(first, [first, second, third], DAY) == Successor("金规〔2024〕1号", third)


def test_a_link_may_be_given_from_the_later_document():
    old, new = document("a", 2020), document("b", 2022, supersedes=("金规〔2020〕1号",))
    assert successor_of(old, [old, new], DAY) == Successor("金规〔2022〕1号", new)


def test_a_successor_that_is_not_held_is_known_by_its_number():
    old = document("a", 2020, superseded_by=("银发〔2025〕9号",))
    assert successor_of(old, [old], DAY) == Successor("银发〔2025〕9号", None)


def test_a_successor_counts_from_its_first_day():
    old, new = document("a", 2020, superseded_by=("b",)), document("b", 2026)
    assert successor_of(old, [old, new], date(2025, 12, 31)) is None
    assert successor_of(old, [old, new], date(2026, 1, 1)) == Successor("金规〔2026〕1号", new)


def test_a_chain_that_comes_back_to_itself_ends():
    first = document("a", 2020, superseded_by=("b",))
    second = document("b", 2022, superseded_by=("a",))
    assert successor_of(first, [first, second], DAY) == Successor("金规〔2022〕1号", second)


def test_a_document_in_force_has_none():
    alone = document("a", 2020)
    assert successor_of(alone, [alone, replace(alone, id="b", document_number="金规〔2021〕7号")], DAY) is None
