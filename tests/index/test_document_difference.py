"""Two versions side by side; how much of two documents is the same."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from index.documents.difference import Change, FigureChange, changed_words, difference, likeness
from index.documents.resemblance import SAME, VERSION, resemblance, sketch
from index.types import Clause


def clause(id: str, text: str) -> Clause:
    return Clause(id, f"第{id}条", "", text)


OLD = [
    clause("1", "为规范贷款风险补偿资金的管理，制定本办法。"),
    clause("2", "单户补偿金额最高不超过三百万元，补偿比例按照百分之四十确定。"),
    clause("3", "合作银行应当按季度报送补偿申请。"),
    clause("4", "本办法自2022年7月1日起施行，有效期3年。"),
]
NEW = [
    clause("1", "为规范贷款风险补偿资金的管理，制定本办法。"),
    clause("2", "合作银行的不良率高于5%的，暂停受理。"),
    clause("3", "单户补偿金额最高不超过五百万元，补偿比例按照百分之四十确定。"),
    clause("5", "本办法自2025年7月1日起施行，有效期5年。"),
]


def test_clauses_are_found_again_under_another_number():
    found = difference(OLD, NEW)
    assert [(c.change, c.old and c.old.id, c.new and c.new.id) for c in found.changes] == [
        (Change.SAME, "1", "1"),
        (Change.ADDED, None, "2"),
        (Change.CHANGED, "2", "3"),
        (Change.REMOVED, "3", None),
        (Change.CHANGED, "4", "5"),
    ]


def test_changed_figures_are_named():
    figures = [figure for _, figure in difference(OLD, NEW).figures]
    assert figures == [
        FigureChange("三百万元", "五百万元"),
        FigureChange("2022年7月1日", "2025年7月1日"),
        FigureChange("3年", "5年"),
    ]


def test_clauses_whose_figures_changed_come_first():
    old = [clause("1", "银行应当认真审查贷款申请。"), clause("2", "利率不超过4%。")]
    new = [clause("1", "银行应当审慎审查贷款申请。"), clause("2", "利率不超过3%。")]
    assert [entry.new.id for entry in difference(old, new).of(Change.CHANGED) if entry.new] == ["2", "1"]


def test_a_clause_that_only_moved_is_not_called_changed():
    found = difference([clause("1", "甲银行办理。"), clause("2", "乙银行办理。")], [clause("1", "乙银行办理。")])
    assert [(c.change, c.old and c.old.id) for c in found.changes] == [(Change.REMOVED, "1"), (Change.MOVED, "2")]


def test_an_id_given_to_another_provision_is_an_addition():
    found = difference([clause("1", "为规范管理，制定本办法。")], [clause("1", "单户额度最高300万元。")])
    assert [entry.change for entry in found.changes] == [Change.ADDED, Change.REMOVED]


def test_words_are_marked_whole():
    pieces = changed_words("各银行应当在五个工作日内答复。", "各银行必须在三个工作日内书面答复。")
    assert [(piece.text, piece.change) for piece in pieces if piece.change is not Change.SAME] == [
        ("应当", Change.REMOVED),
        ("必须", Change.ADDED),
        ("五个工作日", Change.REMOVED),
        ("三个工作日", Change.ADDED),
        ("书面", Change.ADDED),
    ]


TEXT = st.text("银行贷款利率额度3月年，。", max_size=40)


@settings(max_examples=100, deadline=None)
@given(TEXT, TEXT)
def test_pieces_give_both_texts_again(old, new):
    pieces = changed_words(old, new)
    assert "".join(p.text for p in pieces if p.change is not Change.ADDED) == old
    assert "".join(p.text for p in pieces if p.change is not Change.REMOVED) == new


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXT, max_size=6), st.lists(TEXT, max_size=6))
def test_every_clause_of_both_versions_comes_once(old, new):
    before = [clause(str(n), text) for n, text in enumerate(old, 1)]
    after = [clause(str(n), text) for n, text in enumerate(new, 1)]
    changes = difference(before, after).changes
    assert [c.new for c in changes if c.new] == after
    assert sorted(c.old.id for c in changes if c.old) == sorted(c.id for c in before)


def test_likeness_has_its_ends():
    assert likeness("同样的话", "同样的话") == 1
    assert likeness("贷款利率", "完全不同") == 0


RANDOM = Random(7)
LONG = ["".join(chr(RANDOM.randrange(0x4E00, 0x9000)) for _ in range(40)) + f"不超过{n}万元。" for n in range(60)]


def test_lines_and_pages_make_no_difference():
    one = sketch(LONG)
    other = sketch(["\n".join(text[at : at + 11] for at in range(0, len(text), 11)) for text in LONG])
    assert resemblance(one, other) == 1


def test_versions_lie_between_the_same_text_and_another():
    # Every third clause is new: two thirds of the shingles are common, of four thirds in all.
    amended = [text[::-1] if n % 3 == 0 else text for n, text in enumerate(LONG)]
    assert abs(resemblance(sketch(LONG), sketch(amended)) - 0.5) < 0.1
    other = [text[::-1] for text in LONG]
    assert resemblance(sketch(LONG), sketch(other)) < VERSION < 0.4 < SAME


def test_an_empty_text_resembles_nothing():
    assert resemblance(sketch([]), sketch(LONG)) < 0.01
