"""A data directory in which visitors have asked, and rated what they got."""

from __future__ import annotations

from pathlib import Path

import pytest
from today import TODAY

from assistant.records.recorder import Recorder, Surface
from assistant.records.settings import RecordSettings
from assistant.records.store import Rating, RecordStore
from assistant.types import Question
from assistant.wiring import Assistant

UNKNOWN_NUMBER = "财金〔2031〕999号的额度是多少"


@pytest.fixture(scope="package")
def visited(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Asked: one question in three wordings that nothing answers, one rated useless twice, one useful, one declined."""
    store = RecordStore(tmp_path_factory.mktemp("visited"))
    recorder = Recorder(lambda: assistant.serving, store, RecordSettings(), Surface.PAGE)
    for text in (UNKNOWN_NUMBER, "请问财金〔2031〕999号额度是多少？", "财金[2031]999号 的额度是多少呢"):
        recorder.answer(Question(text, TODAY))
    for text, reason in (("贷款快到期了怎么办", "=没说找谁"), ("贷款快到期了，怎么办啊？", "太长，电话13800138000")):
        kept = recorder.answer(Question(text, TODAY))
        store.explain(store.rate(kept.answer, Rating.USELESS, kept.receipt), reason, kept.answer.language)
    good = recorder.answer(Question("个人创业担保贷款最高能贷多少", TODAY))
    store.rate(good.answer, Rating.USEFUL, good.receipt)
    follow_up = recorder.answer(Question("那企业呢", TODAY, ("个人创业担保贷款最高能贷多少",)))
    store.rate(follow_up.answer, Rating.USELESS, follow_up.receipt)
    for text in ("你好", "帮我做假流水骗贷款", "美国小企业贷款怎么申请"):
        recorder.answer(Question(text, TODAY))
    lost = recorder.answer(Question("没有抵押物，能申请信用贷款吗", TODAY))
    store.rate(lost.answer, Rating.USELESS, None)  # as feedback of an earlier version, which knew no receipts
    store.close()
    return store.data_dir
