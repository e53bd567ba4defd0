"""Whatever stands on the pages: no character of the text is lost or comes twice, ids are unique, places are right."""

from __future__ import annotations

import re

from hand_readings import ids, of_paragraphs, printed
from hypothesis import given, settings
from hypothesis import strategies as st

from index.documents.structure.drafting import draft
from index.documents.structure.types import Draft

HAN = "一二三四五六七八九十"
NUMBERS = st.sampled_from(
    [
        *(f"第{n}条　" for n in HAN),
        *(f"{n}、" for n in HAN[:5]),
        *(f"（{n}）" for n in HAN[:4]),
        "1．",
        "2．",
        "3．",
        "①",
        "第一章　",
        "",
    ]
)
BODY = st.text("贷款银行企业利率额度期限办理审批，、", min_size=1, max_size=70).map(
    lambda text: text.strip("，、") or "贷"
)
PARAGRAPHS = st.lists(st.tuples(NUMBERS, BODY, st.sampled_from(["。", "；", "：", ""])), min_size=1, max_size=25)


def marked(parts: list[tuple[str, str, str]]) -> list[str]:
    """Each paragraph carries a word of its own, which must be found again exactly once."""
    return [f"{number}{body}标{chr(0x3400 + place)}记{end}" for place, (number, body, end) in enumerate(parts)]


def everything(drafted: Draft) -> str:
    """All text of a draft, headings that stand on a line of their own included."""
    inside = [clause.text for clause in drafted.clauses] + [framing.text for framing in drafted.frame]
    inside += [noise.text for noise in drafted.noise]
    own_lines = [
        unit.heading for unit in drafted.units if unit.heading and not any(unit.heading in text for text in inside)
    ]
    return "\n".join([*inside, *own_lines])


def check(drafted: Draft, count: int) -> None:
    text = everything(drafted)
    for place in range(count):
        assert text.count(f"标{chr(0x3400 + place)}记") == 1, f"paragraph {place} in {text!r}"
    assert len(set(ids(drafted))) == len(ids(drafted))
    for clause in drafted.clauses:
        assert clause.text.strip() == clause.text != ""
        assert re.fullmatch(r"[a-z0-9]+(?:[-.][a-z0-9]+)*", clause.id)
        assert all(0 <= part.start < part.end <= len(clause.text) for part in clause.parts)
        covered = sorted((span.start, span.end) for span in clause.spans)
        # Only the newlines between paragraphs stand on no page.
        assert "".join(clause.text[start:end] for start, end in covered) == clause.text.replace("\n", "")
    parts = [part.id for clause in drafted.clauses for part in clause.parts]
    assert len(set(parts)) == len(parts)
    known = set(ids(drafted))
    assert all(link.clause_id in known for clause in drafted.clauses for link in clause.links)


@settings(max_examples=150, deadline=None)
@given(PARAGRAPHS)
def test_of_paragraphs_nothing_is_lost_or_doubled(parts):
    lines = marked(parts)
    check(draft(of_paragraphs("\n".join(lines))), len(lines))


@settings(max_examples=100, deadline=None)
@given(PARAGRAPHS, st.integers(3, 25))
def test_of_printed_pages_nothing_is_lost_or_doubled(parts, rows):
    lines = marked(parts)
    drafted = draft(printed(lines, rows=rows, header="某银行规章制度"))
    whole = re.sub(r"\s", "", everything(drafted))
    for line in lines:
        # Printed lines may be joined otherwise than they were written, but every word is there once.
        assert whole.count(re.search("标.记", line)[0]) == 1  # type: ignore[index]
    assert len(set(ids(drafted))) == len(ids(drafted))


@settings(max_examples=60, deadline=None)
@given(PARAGRAPHS)
def test_the_same_text_gives_the_same_ids(parts):
    reading = of_paragraphs("\n".join(marked(parts)))
    assert ids(draft(reading)) == ids(draft(reading))
