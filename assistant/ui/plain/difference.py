"""Two texts clause beside clause, the changed words marked. Texts are escaped here, at the sink."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from assistant.texts import Texts
from assistant.ui.plain.shell import t
from index.library.types import Change, ClauseDifference, WordChange


def changes_html(changes: Sequence[ClauseDifference], words: Texts, headings: Mapping[str, str] | None = None) -> str:
    """How many clauses changed and each that did; clauses that are the same are only counted and named.

    `headings` are those of clauses by id, where the printed reference alone would not tell one from another.
    """
    headed = headings or {}
    counts = Counter(str(clause.change) for clause in changes)
    told = words("difference.counts", **{str(change): counts[str(change)] for change in Change})
    changed = [clause for clause in changes if clause.change is not Change.SAME]
    body = "".join(clause_html(clause, words, headed) for clause in changed)
    body = f'<ol class="differences">{body}</ol>' if changed else f"<p>{t(words('difference.none'))}</p>"
    same = [clause for clause in changes if clause.change is Change.SAME]
    if same:
        names = words("comma").join(clause.new_reference or clause.new_id or "" for clause in same)
        summary = t(words("difference.same", count=len(same)))
        body += f"<details><summary>{summary}</summary><p>{t(names)}</p></details>"
    return f"<p><b>{t(told)}</b></p>{body}"


def clause_html(clause: ClauseDifference, words: Texts, headings: Mapping[str, str]) -> str:
    """One clause with its words: removed and added ones also told to whoever does not see colours."""
    name = clause.new_reference or clause.old_reference or clause.new_id or clause.old_id or ""
    if clause.old_reference and clause.new_reference and clause.old_reference != clause.new_reference:
        name = words("difference.renumbered", old=clause.old_reference, new=clause.new_reference)
    name = " ".join(filter(None, (name, headings.get(clause.new_id or clause.old_id or ""))))
    badge = f'<span class="badge {clause.change}">{t(words(f"difference.change.{clause.change}"))}</span>'
    return f'<li><h2>{t(name)} {badge}</h2><p class="text">{words_html(clause.words, words)}</p></li>'


def words_html(changes: Sequence[WordChange], words: Texts) -> str:
    """Runs of words, kept, removed or added."""
    tags, made = {"removed": "del", "added": "ins"}, []
    for run in changes:
        tag = tags.get(str(run.change))
        if tag is None:
            made.append(t(run.text))
            continue
        before = f'<span class="heard">{t(words(f"difference.word_{run.change}"))}</span>'
        after = f'<span class="heard">{t(words("difference.end"))}</span>'
        made.append(f"<{tag}>{before}{t(run.text)}{after}</{tag}>")
    return "".join(made)
