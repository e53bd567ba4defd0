"""Two versions beside one another, clause by clause, the changed words marked, and what they touch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from starlette.responses import Response

from assistant.texts import Texts
from assistant.ui.plain.shell import page_html, page_response, t
from assistant.ui.plain.visit import Visit
from assistant.ui.staff.report_view import touched_html
from assistant.ui.staff.uploads import visible
from index.library.library import Library
from index.library.types import Change, ClauseDifference, Difference, Upload, WordChange


class Differences:
    """The endpoint of comparing."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def page(self, visit: Visit) -> Response:
        """`?old=` and `?new=` are uploads the visitor may see."""
        old, new = (visible(self._library, visit, visit.query.get(which, "")) for which in ("old", "new"))
        found = self._library.difference(old.id, new.id)
        body = difference_html(found, old, new, visit)
        title = visit.words("difference.title")
        signed_in = visit.signed_in
        chosen = f"old={old.id}&new={new.id}&"
        return page_response(200, page_html(visit.words, title, body, visit.url(), signed_in, chosen=chosen))


def difference_html(found: Difference, old: Upload, new: Upload, visit: Visit) -> str:
    """The comparison; clauses that are the same are only counted and named."""
    words = visit.words
    heads = "".join(
        f'<p><a href="{visit.url(f"documents/{u.id}")}">'
        f"{t(words(f'difference.{which}', title=u.title or u.name, version=u.version))}</a></p>"
        for which, u in (("old", old), ("new", new))
    )
    counts = Counter(str(clause.change) for clause in found.clauses)
    told = words("difference.counts", **{str(change): counts[str(change)] for change in Change})
    changed = [clause for clause in found.clauses if clause.change is not Change.SAME]
    body = "".join(clause_html(clause, words) for clause in changed)
    body = f'<ol class="differences">{body}</ol>' if changed else f"<p>{t(words('difference.none'))}</p>"
    same = [clause for clause in found.clauses if clause.change is Change.SAME]
    if same:
        names = words("comma").join(clause.new_reference or clause.new_id or "" for clause in same)
        summary = t(words("difference.same", count=len(same)))
        body += f"<details><summary>{summary}</summary><p>{t(names)}</p></details>"
    return f"{heads}<p><b>{t(told)}</b></p>{body}{touched_html(found.touched, words)}"


def clause_html(clause: ClauseDifference, words: Texts) -> str:
    """One clause with its words: removed and added ones also told to whoever does not see colours."""
    name = clause.new_reference or clause.old_reference or clause.new_id or clause.old_id or ""
    if clause.old_reference and clause.new_reference and clause.old_reference != clause.new_reference:
        name = words("difference.renumbered", old=clause.old_reference, new=clause.new_reference)
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
