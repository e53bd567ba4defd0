"""The clauses of a draft beside the page they stand on, the place marked."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from urllib.parse import urlencode

from assistant.texts import Texts
from assistant.ui.plain.shell import section, t
from assistant.ui.tables import table_html
from index.documents.structure.types import DraftClause
from index.library.types import Draft, PagePicture

LISTED = 400  # clauses on one page


def clauses_html(draft: Draft, chosen: str, picture: str, words: Texts) -> str:
    """The clauses, and the page of the chosen one (`picture`, as HTML)."""
    items = "".join(_clause(clause, clause.id == chosen, clause.id in draft.kept_out, bool(picture), words)
                    for clause in draft.clauses[:LISTED])  # fmt: skip
    count = f'<p class="soft">{t(words("review.clauses_count", count=len(draft.clauses)))}</p>'
    hint = f'<p class="soft">{t(words("review.clauses_hint"))}</p>' if picture else ""
    body = f'<div class="clauses" tabindex="0" aria-label="{t(words("review.clauses"))}"><ol>{items}</ol></div>'
    beside = f'<div id="picture" aria-live="polite">{picture}</div>' if picture else ""
    both = f'<div class="beside{"" if picture else " single"}">{body}{beside}</div>'
    return section(words("review.clauses"), count + hint + both, id="clauses")


def picture_html(picture: PagePicture, source: str, title: str, clause: str, words: Texts, *, turning: str = "") -> str:
    """A page with its marks drawn over it; `source` is the address of the picture, `turning` links to other pages."""
    alt = words("review.picture_alt", title=title, page=picture.page)
    if clause and picture.marks:
        alt += words("parentheses", text=words("review.picture_marked", clause=clause))
    width, height = picture.width, picture.height
    marks = "".join(
        f'<rect class="mark" x="{m.x0 * width:.1f}" y="{m.y0 * height:.1f}" width="{(m.x1 - m.x0) * width:.1f}" '
        f'height="{(m.y1 - m.y0) * height:.1f}"/>'
        for m in picture.marks
    )
    place = t(words("review.page_of", page=picture.page, pages=picture.pages))
    return (
        f"<figure><figcaption>{place}{turning}</figcaption>"
        f'<svg class="sheet" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{t(alt)}"><image href="{t(source)}" width="{width}" height="{height}"/>{marks}</svg></figure>'
    )


def turning_html(page: int, pages: int, words: Texts, kept: Mapping[str, str] | None = None) -> str:
    """Links to the page before and the page after; `kept` of the address stays in it."""
    made = ""
    for name, other in (("previous", page - 1), ("next", page + 1)):
        if 1 <= other <= pages:
            href = t(f"?{urlencode({'page': other, **(kept or {})})}#picture")
            made += f' <a class="to-page" href="{href}" data-page="{other}">{t(words(f"review.{name}"))}</a>'
    return f'<span class="turning">{made}</span>' if made else ""


def _clause(clause: DraftClause, chosen: bool, kept_out: bool, paged: bool, words: Texts) -> str:
    page = clause.pages[0] if clause.pages and paged else None
    name = " ".join(filter(None, (clause.reference, clause.heading))) or clause.id
    if page is None:
        head = f"<b>{t(name)}</b>"
    else:
        current = ' aria-current="true"' if chosen else ""
        head = (
            f'<a class="to-page" href="?page={page}&amp;clause={t(clause.id)}#picture" data-page="{page}" '
            f'data-clause="{t(clause.id)}"{current}>{t(name)}</a> '
            f'<span class="soft">{t(words("review.on_page", page=page))}</span>'
        )
    badges = f' <span class="badge warn">{t(words("review.kept_out"))}</span>' if kept_out else ""
    if clause.confidence is not None:
        share = round(100 * clause.confidence)
        badges += f' <span class="badge">{t(words("review.ocr", share=share))}</span>'
    text = f'<p class="text">{escape(clause.text)}</p>'
    if clause.table is not None:
        text = table_html(clause.table, words("review.table"))
    return f'<li id="clause-{t(clause.id)}"{" class=chosen" if chosen else ""}>{head}{badges}{text}</li>'
