"""A scored run as one page of HTML: what it reached, with intervals; worst topics first; every case that is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any

from assistant.evaluation.compare import compare
from assistant.evaluation.gates import pass_through, read_gates
from assistant.evaluation.plots import histogram, strip
from assistant.evaluation.report_cases import changes, wrong_cases
from assistant.evaluation.run_folder import REPORT, SETTINGS, SUMMARY, read_json, read_rows, write
from assistant.evaluation.score import Row
from assistant.evaluation.summary import MEASURES

_HERE = Path(__file__).parent
_WORST = 20  # topics shown at once; the others are folded away
_MEANS = {
    "right": "everything as expected",
    "facts": "expected facts that stand in the answer",
    "document_cited": "an accepted document is cited",
    "clause_cited": "an accepted clause is cited",
    "document_precision": "documents cited anywhere that are accepted",
    "leading_documents": "documents cited in the leading part that are accepted",
    "leading_clauses": "clauses cited in the leading part that are accepted",
    "direct": "the first sentence answers",
    "outcome": "answered or declined as expected",
    "abstention_precision": "declined, and rightly so",
    "abstention_recall": "to be declined, and was",
    "false_refusal": "to be answered, but declined (lower is better)",
    "forbidden": "says what it must not (lower is better)",
    "unsupported": "figures per answer that nothing vouches for (lower is better)",
}
_GROUPINGS = {"file": "File of cases", "audience": "Audience", "language": "Language", "kind": "Kind of question",
              "expected": "Expected outcome", "turn": "Turn of the conversation"}  # fmt: skip


def write_report(directory: Path, against: Path | None = None) -> Path:
    """Write report.html into a scored run's folder; `against` names an earlier run to compare with."""
    rows = read_rows(directory)
    summary, settings = read_json(directory / SUMMARY), read_json(directory / SETTINGS)
    before = read_rows(against) if against else None
    write(directory / REPORT, page(rows, summary, settings, before))
    return directory / REPORT


def page(
    rows: Sequence[Row], summary: dict[str, Any], settings: dict[str, Any], before: Sequence[Row] | None = None
) -> str:
    """The whole page; it loads nothing from elsewhere."""
    css = (_HERE / "report.css").read_text(encoding="utf-8")
    sections = [
        *_head(rows, settings), *_measures(summary), *_topics(summary), *_groups(summary), *_languages(summary),
        *_latency(rows), *(changes(compare(before, rows)) if before is not None else ()), *wrong_cases(rows),
        *_made_with(settings),
    ]  # fmt: skip
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        "<title>Evaluation of the assistant</title>\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<style>\n{css}</style>\n</head>\n<body>\n" + "\n".join(sections) + "\n</body>\n</html>\n"
    )


def _head(rows: Sequence[Row], settings: dict[str, Any]) -> Iterator[str]:
    wrong = [row for row in rows if not row.right]
    yield "<h1>Evaluation of the assistant</h1>"
    yield (
        f"<p>{len(rows)} cases, {len(rows) - len(wrong)} right and {len(wrong)} wrong. "
        f"Asked {escape(str(settings.get('created', '')))}.</p>"
    )
    missed = [passage for passage in pass_through(rows, read_gates()) if passage.missed]
    if missed:
        told = "".join(f"<li>{escape(str(passage.gate))}: {passage.found.value:.4f}</li>" for passage in missed)
        yield f'<p class="bad"><strong>{len(missed)} gates missed</strong></p><ul>{told}</ul>'
    else:
        yield '<p class="good"><strong>All gates passed.</strong></p>'
    yield (
        '<p class="soft">A point is a mean, the band behind it the 95&nbsp;% interval of 2,000 bootstrap resamples, '
        "n the cases it rests on. Few cases make wide bands, and differences within a band mean nothing; no band "
        "at all means that all cases came out alike, not that it is certain.</p>"
    )


def _measures(summary: dict[str, Any]) -> Iterator[str]:
    yield "<h2>What was reached</h2>"
    found = summary["groups"].get("all", {}).get("all", {}).get("measures", {})
    for name in MEASURES:
        if name in found:
            label = f'{name.replace("_", " ")}<br><span class="soft">{_MEANS[name]}</span>'
            yield _row(label, found[name])
    yield _ticks()


def _topics(summary: dict[str, Any]) -> Iterator[str]:
    topics = summary["groups"].get("topic", {})
    ranked = sorted(topics.items(), key=lambda item: (item[1]["measures"]["right"]["mean"], -item[1]["cases"], item[0]))
    yield "<h2>Worst topics first</h2>"
    yield '<p class="soft">Share of cases that are right.</p>'
    shown = [_row(escape(name), told["measures"]["right"]) for name, told in ranked]
    yield from shown[:_WORST]
    yield _ticks()
    if shown[_WORST:]:
        yield f"<details><summary>{len(shown) - _WORST} more topics</summary>{''.join(shown[_WORST:])}</details>"


def _groups(summary: dict[str, Any]) -> Iterator[str]:
    yield "<h2>By group</h2>"
    for grouping, title in _GROUPINGS.items():
        groups = summary["groups"].get(grouping, {})
        ranked = sorted(groups.items(), key=lambda item: item[1]["measures"]["right"]["mean"])
        yield f"<details{' open' if grouping == 'file' else ''}><summary>{title}, by cases right</summary>"
        yield "".join(_row(escape(name), told["measures"]["right"]) for name, told in ranked) + _ticks()
        yield _table(groups) + "</details>"


def _table(groups: dict[str, Any]) -> str:
    columns = [name for name in MEASURES if any(name in told["measures"] for told in groups.values())]
    head = "".join(f"<th>{escape(name)}</th>" for name in groups)
    body = "".join(
        f"<tr><td>{column.replace('_', ' ')}</td>"
        + "".join(f"<td>{_cell(told['measures'].get(column))}</td>" for told in groups.values())
        + "</tr>"
        for column in columns
    )
    return f'<div class="scroll"><table><tr><th></th>{head}</tr>{body}</table></div>'


def _cell(found: dict[str, Any] | None) -> str:
    if found is None:
        return "–"
    return f'{found["mean"]:.3f} <span class="soft">[{found["low"]:.2f}, {found["high"]:.2f}] n={found["n"]}</span>'


def _languages(summary: dict[str, Any]) -> Iterator[str]:
    both, covered = summary["both_languages"], summary["figures_covered"]
    yield "<h2>The same question in Chinese and English</h2>"
    if not both["pairs"]:
        yield '<p class="soft">No case was asked in both languages.</p>'
    else:
        yield from (_row(f"same {key}", both[key]) for key in ("clauses", "figures", "outcome"))
    for item in both["differing"]:
        sides = "".join(
            f"<p>{escape(id)}: {escape(', '.join(clauses) or 'no clause')}; "
            f"{escape(', '.join(stated) or 'no figure')}</p>"
            for id, clauses, stated in zip(item["ids"], item["leading"], item["stated"], strict=True)
        )
        yield f'<div class="case">{sides}</div>'
    yield "<h2>What the cases cover</h2>"
    yield (
        f"<p>{covered['clauses']} of the {covered['of']} clauses that state a figure are cited for a figure that a "
        "case expects: a change there would be noticed, elsewhere it would not.</p>"
    )


def _latency(rows: Sequence[Row]) -> Iterator[str]:
    yield "<h2>How long an answer takes</h2>"
    if rows:
        bars, top = histogram([row.milliseconds for row in rows])
        yield f'{bars}<div class="ticks"><span>0</span><span>{top:.0f} ms and more</span></div>'


def _made_with(settings: dict[str, Any]) -> Iterator[str]:
    rows = "".join(
        f"<tr><td>{escape(str(group))}</td><td>{escape(str(name))}</td><td><code>{escape(str(value))}</code></td></tr>"
        for group in ("index_settings", "answer_settings", "versions", "index", "digests")
        for name, value in settings.get(group, {}).items()
    )
    yield f'<details><summary>What it was made with</summary><div class="scroll"><table>{rows}</table></div></details>'


def _row(label: str, found: dict[str, Any]) -> str:
    return (
        f'<div class="row"><span>{label}</span>{strip(found["mean"], found["low"], found["high"])}'
        f'<span>{found["mean"]:.3f} <span class="soft">[{found["low"]:.2f}, {found["high"]:.2f}]'
        f" n={found['n']}</span></span></div>"
    )


def _ticks() -> str:
    return '<p class="soft">Lines mark 0, 0.25, 0.5, 0.75 and 1.</p>'
