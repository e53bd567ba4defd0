"""The size class → safe HTML: the class or those still possible, what makes it, and what would change it."""

from __future__ import annotations

from html import escape

from assistant.eligibility.rules import SizeTest, Source
from assistant.eligibility.size import CLASSES, Boundary, Indicator
from assistant.eligibility.view import View
from assistant.profile import Choice, Range
from assistant.ui.verdicts import Writer
from assistant.wording import range_words, rule_value


def size_card(write: Writer) -> str:
    """The card; it says what to fill in where nothing can be told yet."""
    view, words = write.view, write.words
    title = f"<h2>{escape(words('size.title'))}</h2>"
    return (
        f'<section class="size card">{title}<p class="class">{escape(size_words(write))}</p>'
        f"{_hint(write)}{_indicators(write)}{_boundaries(write)}{_clauses(view, write)}</section>"
    )


def size_words(write: Writer) -> str:
    """The class, the classes still possible, or that the standard does not say."""
    result, words = write.view.size, write.words
    among = [name for name in CLASSES if name in result.among]
    if not among:
        return words("size.uncovered")
    if result.exact:
        return words("size.exact", size=write.size(result.exact))
    if len(among) == len(CLASSES):
        return words("size.open")
    return words("size.among", sizes=write.say("value.or").join(write.size(name) for name in among))


def _hint(write: Writer) -> str:
    result = write.view.size
    found = ""
    if result.missing and result.among and not result.exact:
        found += f'<p class="note">{escape(write.words("size.missing", what=write.labels(result.missing)))}</p>'
    if _is_individual(write.view):
        found += f'<p class="note">{escape(write.words("size.individual"))}</p>'
    return found


def _indicators(write: Writer) -> str:
    if len(write.view.size.industries) > 1:
        return ""
    rows = "".join(_indicator(item, write) for item in write.view.size.indicators)
    if not rows:
        return ""
    head = "".join(f'<th scope="col">{escape(write.words(f"size.{key}"))}</th>' for key in ("figure", "value", "reach"))
    return f'<div class="table"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'


def _indicator(item: Indicator, write: Writer) -> str:
    fact = write.view.facts[item.fact]
    value = range_words(item.value, fact.unit, write.say) if item.value else write.say("value.unknown")
    if item.fact == "revenue_wan" and _annualised(write.view):
        value += write.words("size.annualised")
    reached = [write.size(name) for name in CLASSES if name in item.allows]
    reach = write.say("value.or").join(reached) if len(reached) < len(CLASSES) else write.words("size.any")
    deciding = ""
    if item.fact in write.view.size.deciding and len(write.view.size.indicators) > 1 and write.view.size.exact:
        deciding = f' <span class="deciding">{escape(write.words("size.deciding"))}</span>'
    known_as = write.view.revenue_from if item.fact == "revenue_wan" else item.fact
    label = escape(write.label(known_as))
    return f'<tr><th scope="row">{label}</th><td>{escape(value)}</td><td>{escape(reach)}{deciding}</td></tr>'


def _boundaries(write: Writer) -> str:
    found = []
    for key, boundary in (("up", write.view.size.up), ("down", write.view.size.down)):
        if boundary is not None:
            found.append(f"<li>{escape(_boundary(key, boundary, write))}</li>")
    return f'<ul class="plain">{"".join(found)}</ul>' if found else ""


def _boundary(key: str, boundary: Boundary, write: Writer) -> str:
    limits = [
        write.words(
            f"size.limit.{key}", fact=write.label(fact), value=rule_value(write.view.facts[fact], limit, write.say)
        )
        for fact, limit in boundary.changes
    ]
    joined = write.words(f"size.join.{boundary.combine}").join(limits)
    return write.words(f"size.{key}", what=joined, size=write.size(boundary.to))


def _clauses(view: View, write: Writer) -> str:
    """The clauses behind it: the industry's, how limits combine, and what else applies to this enterprise."""
    standard = view.standard
    found: list[tuple[str, Source]] = []
    industry = view.profile.value("industry")
    if isinstance(industry, Choice) and industry.exact:
        if industry.exact == "none":
            found.append(("uncovered", standard.uncovered))
        else:
            found.append(("industry", _test(view, industry.exact)))
    if view.size.among:
        found += [("rule", standard.rule), ("inclusive", standard.inclusive)]
    if _is_individual(view):
        found.append(("individual", standard.individual))
    if _annualised(view):
        found.append(("young", standard.young))
    found += [("disputed", standard.disputed), ("self_test", standard.self_test)]
    rows = "".join(
        f"<li>{escape(write.words(f'size.clause.{key}'))}{write.shelf.html(source)}</li>" for key, source in found
    )
    return (
        f'<details class="basis" data-keep="size-basis"><summary>{escape(write.words("size.basis"))}</summary>'
        f'<ul class="plain">{rows}</ul></details>'
    )


def _test(view: View, industry: str) -> SizeTest:
    """The sentence of the standard for the class, or its first for a class not known."""
    tests = view.standard.industries[industry]
    return {"medium": tests.medium, "large": tests.large}.get(view.size.exact or "", tests.small)


def _is_individual(view: View) -> bool:
    form = view.profile.value("form")
    return isinstance(form, Choice) and form.exact == "individual_business"


def _annualised(view: View) -> bool:
    return view.profile.value("revenue_wan") is None and isinstance(view.value("revenue_wan"), Range)
