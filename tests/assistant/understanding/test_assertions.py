"""What a question takes for granted."""

from __future__ import annotations

import pytest

from assistant.understanding.assertions import assertion_in
from index.types import Language


def asserts(text: str):
    return assertion_in(text, Language.EN if text.isascii() else Language.ZH)


@pytest.mark.parametrize(
    "text",
    ["最高20万对吧", "普惠小微不是单户2000万以下吗", "听说要成立满2年", "据说贴息2个点", "网上说贴45%", "是不是必须先还本金",
     "银行说要先还本金", "Isn't the cap 3 million?", "I heard it is 2%", "The cap is 3 million, right?",
     "Is it true that the limit is 2 million?"],
)  # fmt: skip
def test_a_mark_makes_the_whole_turn_an_assertion(text):
    found = asserts(text)
    assert found is not None
    assert found.marked
    assert found.stretches == (text,)


@pytest.mark.parametrize(
    "text",
    ["个人创业担保贷款最高多少", "续贷和展期有什么区别", "能不能续贷", "贴息怎么算",
     "How much can I borrow?", "What is the difference between renewal and extension?"],
)  # fmt: skip
def test_a_plain_question_asserts_nothing(text):
    assert asserts(text) is None


def test_what_is_stated_before_asking_on_is_an_assertion_without_a_mark():
    found = asserts("续贷要找过桥，哪家便宜")
    assert found is not None
    assert not found.marked
    assert found.stretches == ("续贷要找过桥",)


def test_a_limit_named_in_asking_on_is_taken_for_granted():
    assert asserts("20万的创业担保贷款额度怎么申请").stretches == ("20万的创业担保贷款额度怎么申请",)
    assert asserts("20万的创业担保贷款怎么申请") is None  # an amount that somebody wants


def test_a_request_that_ends_like_a_belief_is_none():
    assert not asserts("帮我介绍一下融资协调机制吧").marked
