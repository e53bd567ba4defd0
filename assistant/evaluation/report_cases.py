"""The report's cases one by one: those that are wrong, and those a comparison found changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from assistant.evaluation.compare import Change, Comparison
from assistant.evaluation.plots import strip
from assistant.evaluation.score import Row


def wrong_cases(rows: Sequence[Row]) -> Iterator[str]:
    """Every case that is wrong or states what nothing vouches for, by file and id."""
    wrong = [row for row in rows if not row.right or row.unsupported]
    yield f"<h2>Every case that is wrong ({len(wrong)})</h2>"
    if not wrong:
        yield "<p>None.</p>"
    for row in wrong:
        yield f'<div class="case">{_asked(row)}{"".join(_faults(row))}{_answer(row)}</div>'


def changes(comparison: Comparison) -> Iterator[str]:
    """What a run changed against an earlier one."""
    yield f"<h2>Compared with the run before ({comparison.common} cases in both)</h2>"
    yield '<p class="soft">Differences from −0.2 to +0.2; a band beside the middle is more than chance.</p>'
    for name, found in comparison.differences.items():
        if found.value is None or found.low is None or found.high is None:
            continue
        yield (
            f'<div class="row"><span>{name.replace("_", " ")}</span>'
            f"{strip(found.value, found.low, found.high, -0.2, 0.2)}"
            f'<span>{found.value:+.3f} <span class="soft">[{found.low:+.3f}, {found.high:+.3f}] n={found.n}</span>'
            "</span></div>"
        )
    for title, found_changes in (
        ("Worse", comparison.worse), ("Better by one measure, worse by another", comparison.mixed),
        ("Better", comparison.better),
    ):  # fmt: skip
        cases = "".join(map(_change, found_changes))
        yield f"<details><summary>{title}: {len(found_changes)}</summary>{cases}</details>"


def _change(change: Change) -> str:
    told = ", ".join(f"{name} {old:g} → {new:g}" for name, (old, new) in change.measures.items())
    return f'<div class="case">{_asked(change.after)}<p>{escape(told)}</p>{_answer(change.after)}</div>'


def _asked(row: Row) -> str:
    earlier = "".join(f'<p class="soft">earlier: {escape(turn)}</p>' for turn in row.context)
    about = " · ".join((row.file, row.topic, row.audience, row.language, row.kind))
    question = f"<p><strong>{escape(row.question)}</strong></p>"
    return f'<p class="soft">{escape(row.id)} · {escape(about)}</p>{earlier}{question}'


def _faults(row: Row) -> Iterator[str]:
    if not row.measures["outcome"]:
        reason = f" ({row.reason})" if row.reason else ""
        yield _fault(f"expected {row.expected}, got {row.got}{reason}")
    if row.missing:
        yield _fault("missing: " + "; ".join(row.missing))
    if row.measures["document_cited"] == 0.0:
        yield _fault(f"cited {', '.join(row.cited) or 'nothing'}; accepted {', '.join(row.accepted)}")
    if row.forbidden:
        yield _fault("must not say: " + "; ".join(row.forbidden))
    if row.unsupported:
        yield _fault("nothing vouches for: " + "; ".join(row.unsupported))


def _fault(text: str) -> str:
    return f'<p class="bad">{escape(text)}</p>'


def _answer(row: Row) -> str:
    return f"<details><summary>Answer</summary><pre>{escape(row.text)}</pre></details>"
