"""How long the rules take: a profile against all programmes and products, and reading the facts of a turn.

Run from the root: python -m benchmarks.eligibility [PROFILES]
"""

from __future__ import annotations

import random
import statistics
import time
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from assistant.eligibility.desks import decide
from assistant.eligibility.rulebook import Rulebook
from assistant.eligibility.rules import Fact, FactKind
from assistant.profile import Choice, Days, Desk, Profile, Range, Several, Stated, Value
from assistant.rule_files import load_rulebook
from assistant.understanding.facts.reader import read_facts
from index.documents.corpus import load_corpus
from index.types import Language

CORPUS = Path(__file__).parent.parent / "corpus"
ON = date(2026, 11, 23)
TURNS = [
    ("开了三年餐馆，12个人，去年流水两百来万，想贷50万", Language.ZH),
    ("我在建行有笔100万的经营贷，1月8号到期，现在被列为关注类，能无还本续贷吗", Language.ZH),
    ("We run a restaurant in Hangzhou with 12 staff and about 2 million yuan turnover, open three years.", Language.EN),
]


def any_value(fact: Fact, chance: random.Random) -> Value:
    """A value that the fact may have."""
    if fact.kind is FactKind.NUMBER:
        low = Decimal(chance.choice([1, 8, 15, 24, 50, 120, 300, 800, 2500, 9000]))
        return Range(low, low if chance.random() < 0.8 else low * 2)
    if fact.kind is FactKind.DATE:
        return Days.of(date(chance.choice([2023, 2025, 2026, 2027]), chance.randint(1, 12), chance.randint(1, 28)))
    if fact.kind is FactKind.FLAG:
        return chance.random() < 0.5
    if fact.kind is FactKind.CHOICE:
        return Choice.of(chance.choice(list(fact.choices)))
    if fact.kind is FactKind.SEVERAL:
        return Several(frozenset(chance.sample(list(fact.choices), 1)))
    return chance.choice(["浙江省/杭州市", "广东省/深圳市", "黑龙江省/大庆市"])


def profiles(book: Rulebook, count: int) -> list[Profile]:
    """Made-up profiles, from hardly known to fully known; the same every time."""
    chance = random.Random(20261123)
    made = []
    for _ in range(count):
        known = chance.sample(list(book.facts), chance.randint(1, len(book.facts)))
        made.append(Profile.of(Stated(name, any_value(book.facts[name], chance), "") for name in known))
    return made


def told(name: str, times: list[float]) -> str:
    """A line with median, 95th percentile and maximum in milliseconds."""
    ordered = sorted(times)
    p95 = ordered[int(0.95 * (len(ordered) - 1))]
    middle = statistics.median(ordered)
    return f"{name:<28} n={len(times):<5} p50={middle:6.2f} ms  p95={p95:6.2f} ms  max={ordered[-1]:6.2f} ms"


def main(count: Annotated[int, typer.Argument(metavar="PROFILES", min=20)] = 1000) -> None:
    """Measure and print: milliseconds for made-up profiles, and for reading turns."""
    book = load_rulebook(CORPUS, load_corpus(CORPUS).documents)
    assert book is not None
    made = profiles(book, count)
    for desk in (Desk.MATCH, Desk.SIZE, Desk.RENEWAL):
        times = []
        for profile in made:
            start = time.perf_counter()
            decide(desk, profile, book, ON)
            times.append((time.perf_counter() - start) * 1000)
        print(told(f"{desk}: {len(book.candidates)} candidates", times))
    times = []
    for text, language in TURNS * max(1, count // 10):
        start = time.perf_counter()
        read_facts(text, language, ON)
        times.append((time.perf_counter() - start) * 1000)
    print(told("reading a turn", times[len(TURNS) :]))


if __name__ == "__main__":
    typer.run(main)
