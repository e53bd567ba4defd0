"""Making a class: what it is to be about, its drills looked through, single ones taken out, and made."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from starlette.responses import Response

from assistant.training.classes import FEWEST, MOST, Reveal
from assistant.training.names import LONGEST, clean_name
from assistant.training.paths import load_paths
from assistant.training.types import Catalogue, Drill, DrillKind
from assistant.ui.plain.shell import alert, form, t
from assistant.ui.training.classes_desk import Desk
from assistant.ui.training.classes_drills import drill_html
from assistant.ui.training.classes_plan import Plan, documents_of, topics_of

_FIRST_TOPICS = 18  # shown at once; the others are folded away
_PASS = 60  # per cent, where nothing else is said


def show(desk: Desk) -> Response:
    """What was asked for in the address, with the drills it comes to."""
    plan = Plan.read(desk.many)
    catalogue = desk.catalogue(desk.language)
    drills = plan.drills(plan.pool(catalogue, desk.documents()))
    return _page(desk, catalogue, plan, drills)


def send(desk: Desk) -> Response:
    """Make the class, or fill up with other drills for those that were taken out."""
    visit, say = desk.visit, desk.say
    plan = Plan.read(lambda name: visit.form.get(name, []))
    catalogue = desk.catalogue(desk.language)
    ids, seen = visit.form.get("drill", [])[:MOST], visit.form.get("seen", [])[:MOST]
    kept = [catalogue.drills[id] for id in dict.fromkeys(ids) if id in catalogue.drills]
    if visit.field("do") == "refill":
        pool = plan.pool(catalogue, desk.documents())
        return _page(desk, catalogue, plan, plan.drills(pool, kept, set(seen) - {drill.id for drill in kept}))
    name, share = clean_name(visit.field("name")), _percent(visit.field("pass"))
    problem = ""
    if name is None:
        problem = say("new.name_wrong", longest=LONGEST)
    elif not kept:
        problem = say("new.none_left")
    elif len(kept) < len(dict.fromkeys(ids)):
        problem = say("new.gone")
    elif share is None:
        problem = say("new.pass_wrong")
    if problem or name is None or share is None:
        return _page(desk, catalogue, plan, tuple(kept), problem)
    reveal = Reveal.AT_ONCE if visit.field("reveal") == Reveal.AT_ONCE else Reveal.AT_END
    made = desk.store.classes.create(desk.owner, name, desk.language, kept, reveal, share, plan.topics)
    return desk.to(f"classes/{made.code}?done=made")


def _page(desk: Desk, catalogue: Catalogue, plan: Plan, drills: Sequence[Drill], problem: str = "") -> Response:
    say = desk.say
    back = f'<p><a href="{desk.visit.url("classes")}">{t(say("page.all_classes"))}</a></p>'
    wrong = alert(problem) if problem else ""
    body = back + wrong + _choosing(desk, catalogue, plan) + _preview(desk, catalogue, plan, drills)
    chosen = urlencode([pair for pair in plan.pairs() if pair[0] != "lang"]) + "&"
    return desk.page(say("new.title"), body, 422 if problem else 200, chosen=chosen)


def _choosing(desk: Desk, catalogue: Catalogue, plan: Plan) -> str:
    say, language = desk.say, desk.language
    topics = topics_of(catalogue)
    first = topics[:_FIRST_TOPICS] + [pair for pair in topics[_FIRST_TOPICS:] if pair[0] in plan.topics]
    more = [pair for pair in topics[_FIRST_TOPICS:] if pair not in first]
    stages = [
        (f"{path.id}/{stage.id}", say("new.stage", path=path.name.in_(language), stage=stage.name.in_(language)), None)
        for path in load_paths().paths for stage in path.stages
    ]  # fmt: skip
    counts = documents_of(catalogue)
    documents = sorted(
        (document.id, document.short_title, counts[document.id])
        for document in desk.documents() if document.language is language and counts[document.id]
    )  # fmt: skip
    kinds = [(str(kind), say(f"kind.{kind}"), None) for kind in DrillKind]
    inner = (
        _boxes(say("new.topics"), "topic", [(topic, topic, count) for topic, count in first], plan.topics)
        + _folded(desk, say("new.more_topics", count=len(more)), "topic", [(a, a, n) for a, n in more], plan.topics)
        + _folded(desk, say("new.stages"), "stage", stages, plan.stages)
        + _folded(desk, say("new.documents", count=len(documents)), "document", documents, plan.documents)
        + _boxes(say("new.kinds"), "kind", kinds, tuple(str(kind) for kind in plan.kinds))
        + f'<p class="soft">{t(say("new.any"))}</p>'
        f'<p><label for="number">{t(say("new.number", fewest=FEWEST, most=MOST))}</label>'
        f'<input id="number" class="short" type="number" name="number" min="{FEWEST}" max="{MOST}" '
        f'value="{plan.number}" required></p>'
        f'<input type="hidden" name="seed" value="{plan.seed}">'
        f'<p><button type="submit">{t(say("new.preview_button"))}</button></p>'
    )
    action = desk.visit.url("classes/new") + "#drills"
    language_note = f'<p class="soft">{t(say("new.language"))}</p>'
    return (
        f"<section><h2>{t(say('new.choose'))}</h2>{language_note}"
        f'<form method="get" action="{t(action)}">{inner}</form></section>'
    )


def _boxes(
    legend: str, name: str, options: Sequence[tuple[str, str, int | None]], chosen: Sequence[str], more: str = ""
) -> str:
    made = "".join(
        f'<label class="choice"><input type="checkbox" name="{name}" value="{t(value)}"'
        f"{' checked' if value in chosen else ''}>{t(shown)}"
        f"{f' <span class=count>{count}</span>' if count is not None else ''}</label>"
        for value, shown, count in options
    )
    return f'<fieldset class="choices"><legend>{t(legend)}</legend>{more}{made}</fieldset>'


def _folded(
    desk: Desk, title: str, name: str, options: Sequence[tuple[str, str, int | None]], chosen: Sequence[str]
) -> str:
    """Long lists, open where something of them is chosen; the script adds a field that narrows them down."""
    if not options:
        return ""
    opened = " open" if any(value in chosen for value, _, _ in options) else ""
    label = t(desk.say("new.narrow"))
    return (
        f'<details class="folded"{opened} data-narrow="{label}"><summary>{t(title)}</summary>'
        f"{_boxes(title, name, options, chosen)}</details>"
    )


def _preview(desk: Desk, catalogue: Catalogue, plan: Plan, drills: Sequence[Drill]) -> str:
    say, visit = desk.say, desk.visit
    found = len(plan.pool(catalogue, desk.documents()))
    told = say("new.found", found=found, chosen=len(drills))
    if not drills:
        return f'<section id="drills"><h2>{t(say("new.preview"))}</h2><p>{t(say("new.nothing"))}</p></section>'
    others = visit.url("classes/new") + "?" + urlencode(plan.others().pairs()) + "#drills"
    items = "".join(
        f'<li class="drill"><label class="choice"><input type="checkbox" name="drill" value="{t(drill.id)}" checked>'
        f'{t(say("new.keep", number=number))}</label><input type="hidden" name="seen" value="{t(drill.id)}">'
        f"{drill_html(number, drill, visit, say, desk.document)}</li>"
        for number, drill in enumerate(drills, 1)
    )
    hidden = "".join(f'<input type="hidden" name="{t(n)}" value="{t(v)}">' for n, v in plan.pairs())
    reveal = visit.field("reveal")
    reveals = "".join(
        f'<label class="choice"><input type="radio" name="reveal" value="{r}"'
        f"{' checked' if r == reveal or (r is Reveal.AT_END and reveal != Reveal.AT_ONCE) else ''}>"
        f"{t(say(f'reveal.{r}'))}</label>"
        for r in Reveal
    )
    inner = (
        # Enter in a field presses the first button of a form: it makes the class, whatever stands above it.
        '<button type="submit" name="do" value="make" class="heard" tabindex="-1" aria-hidden="true"></button>'
        f'{hidden}<ol class="drills">{items}</ol>'
        f'<p><button type="submit" class="second" name="do" value="refill" formnovalidate>{t(say("new.refill"))}'
        f"</button></p><h2>{t(say('new.make'))}</h2>"
        f'<p><label for="name">{t(say("new.name"))}</label><input id="name" name="name" maxlength="{LONGEST}" '
        f'value="{t(visit.field("name")[:LONGEST])}" autocomplete="off" required></p>'
        f'<fieldset class="choices"><legend>{t(say("new.reveal"))}</legend>{reveals}</fieldset>'
        f'<p><label for="pass">{t(say("new.pass"))}</label><input id="pass" class="short" type="number" name="pass" '
        f'min="1" max="100" value="{t(visit.field("pass")[:3] or _PASS)}" required></p>'
        f'<p><button type="submit" name="do" value="make">{t(say("new.make_button"))}</button></p>'
    )
    return (
        f'<section id="drills"><h2>{t(say("new.preview"))}</h2><p>{t(told)} '
        f'<a href="{t(others)}">{t(say("new.others"))}</a></p>'
        f"{form(visit.url('classes/new'), visit.token, inner)}</section>"
    )


def _percent(typed: str) -> float | None:
    plain = typed.strip()
    whole = int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 4 else 0
    return whole / 100 if 1 <= whole <= 100 else None
