"""What reading gave, as HTML: counts, warnings in plain words, what is alike, what is touched."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.texts import Texts
from assistant.ui.plain.shell import described, section, t
from assistant.ui.staff.uploads_page import Link
from index.library.types import Report, Similar, Touched, Warned

_ELSEWHERE = ("near-duplicate",)  # told with its title among what is similar, to those who may know of it
_COUNTED = ("hidden-rows", "hidden-sheet", "hidden-slide")  # their figure is that of a sheet or slide, not of a page
ALIKE = 8  # similar documents that are named
NEARLY_THE_SAME = 0.9  # share from which a similar document is probably the same one
LISTED = 40  # warnings, rules or cases; a scan of 300 pages warns 300 times


def report_html(report: Report, words: Texts) -> str:
    """Counts and warnings."""
    share = round(100 * report.characters_indexed / report.characters_in) if report.characters_in else 0
    ocr = words("comma").join(map(str, report.ocr_pages))
    rows = [
        (words("review.counts.format"), report.format.upper()),
        (words("review.counts.pages"), report.pages if report.paged else words("review.unpaged")),
        (words("review.counts.characters_in"), f"{report.characters_in:,}"),
        (words("review.counts.characters_indexed"), words("review.share", count=f"{report.characters_indexed:,}",
                                                          share=share)),
        (words("review.counts.clauses"), report.clauses),
        (words("review.counts.tables"), report.tables),
        (words("review.counts.ocr_pages"), ocr or words("none")),
        (words("review.counts.kept_out"), words("comma").join(report.kept_out) or words("none")),
    ]  # fmt: skip
    return section(words("review.report"), described(rows) + _warnings(report.warnings, words), id="report")


def similar_html(similar: Sequence[Similar], upload: str, words: Texts, link: Link) -> str:
    """Documents that say nearly the same; nothing where there are none."""
    if not similar:
        return ""
    items = "".join(_alike(s, upload, words, link) for s in similar[:ALIKE])
    return section(words("review.similar"), f"<ul>{items}</ul>")


def touched_html(touched: Touched, words: Texts) -> str:
    """Rules and cases that a release touches."""
    body = ""
    for name, found in (("rules", touched.rules), ("cases", touched.cases)):
        if found:
            body += f"<h3>{t(words(f'review.touched_{name}'))}</h3>{listed(found)}"
    return section(words("review.touched"), body or f'<p class="soft">{t(words("review.touched_none"))}</p>')


def listed(texts: Sequence[str]) -> str:
    """A list that stays readable however long it is."""
    more = [f"… +{len(texts) - LISTED}"] if len(texts) > LISTED else []
    return "<ul>" + "".join(f"<li>{t(text)}</li>" for text in [*texts[:LISTED], *more]) + "</ul>"


def warning_said(warned: Warned, words: Texts) -> str:
    """A warning in plain words, with its page."""
    known = warned.code in words.section("warning") and warned.code != "other"
    page, detail = warned.page, warned.detail
    if page is None and detail.isdigit() and warned.code not in _COUNTED:
        page, detail = int(detail), ""
    said = words(f"warning.{warned.code if known else 'other'}", code=warned.code, detail=detail).strip()
    return said if page is None else said + words("parentheses", text=words("review.on_page", page=page))


def _warnings(warnings: Sequence[Warned], words: Texts) -> str:
    said = list(dict.fromkeys(warning_said(warned, words) for warned in warnings if warned.code not in _ELSEWHERE))
    if not said:
        return f'<p class="soft">{t(words("review.no_warnings"))}</p>'
    return f'<div class="notice warn"><h3>{t(words("review.warnings"))}</h3>{listed(said)}</div>'


def _alike(similar: Similar, upload: str, words: Texts, link: Link) -> str:
    nearly = similar.share >= NEARLY_THE_SAME
    badge = f' <span class="badge warn">{t(words("review.nearly_the_same"))}</span>' if nearly else ""
    kind = words("review.similar_upload" if similar.upload else "review.similar_corpus")
    facts = [kind, words("review.similar_share", share=round(100 * similar.share))]
    if similar.same_number:
        facts.append(words("review.same_number"))
    title, compare = t(similar.title), ""
    if similar.upload:
        title = f'<a href="{t(link(f"documents/{similar.document}"))}">{title}</a>'
        href = t(link(f"documents/difference?old={similar.document}&new={upload}"))
        compare = f' <a href="{href}">{t(words("review.compare_with"))}</a>'
    return f'<li>{title} <span class="soft">{" · ".join(map(t, facts))}</span>{badge}{compare}</li>'
