"""A drill as a form: every kind can be answered with a keyboard alone, and without JavaScript."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.texts import texts
from assistant.training.sitting import LONGEST_TEXT
from assistant.training.types import Drill, DrillKind, Response
from assistant.ui.plain.shell import select, t
from assistant.ui.training.session_study import Study
from assistant.wording import value_words

_LONGEST_CLAUSE = 100  # characters


def fields_html(study: Study, drill: Drill, typed: Mapping[str, list[str]]) -> str:
    """The question with its fields, holding what was typed before."""
    say = study.say
    if drill.kind is DrillKind.ORDER:
        return _order(study, drill, typed)
    if drill.kind is DrillKind.SHORT:
        return _short(study, drill, typed)
    if drill.kind is DrillKind.CASE:
        verdicts, reasons = drill.options[: drill.reasons_from], drill.options[drill.reasons_from :]
        made = f'<p class="prompt">{t(drill.prompt)}</p>{profile_html(study, drill)}'
        made += _options("choice", "radio", say("drill.verdict"), [o.text for o in verdicts], 0, typed)
        return made + _options(
            "reason", "checkbox", say("drill.reasons"), [o.text for o in reasons], drill.reasons_from, typed
        )
    return _options("choice", "radio", drill.prompt, [o.text for o in drill.options], 0, typed, "prompt")


def read_response(drill: Drill, form: Mapping[str, list[str]]) -> tuple[Response | None, str]:
    """What was answered, or the name of what is missing."""
    if drill.kind is DrillKind.SHORT:
        text, clause = (form.get(name, [""])[0].strip() for name in ("text", "clause"))
        both = "\n".join(part for part in (text[:LONGEST_TEXT], clause[:_LONGEST_CLAUSE]) if part)
        return (Response(text=both), "") if text else (None, "empty")
    if drill.kind is DrillKind.ORDER:
        return _read_order(drill, form)
    chosen = _places(form.get("choice", [])[:1], range(drill.reasons_from or len(drill.options)))
    if not chosen:
        return None, "none"
    if drill.kind is not DrillKind.CASE:
        return Response(chosen), ""
    reasons = _places(form.get("reason", []), range(drill.reasons_from, len(drill.options)))
    if not reasons and drill.reasons_from < len(drill.options):
        return None, "reasons"
    return Response(chosen + tuple(sorted(set(reasons)))), ""


def profile_html(study: Study, drill: Drill) -> str:
    """The enterprise of a case, fact by fact: the question tells the same in a paragraph."""
    book = study.serving.parts.rulebook
    if drill.kind is not DrillKind.CASE or drill.profile is None or book is None:
        return ""
    say, found = texts(drill.language), []
    for name, fact in book.facts.items():
        value = drill.profile.value(name)
        if value is not None:
            shown = f"<b>{t(fact.label.in_(drill.language))}</b> {t(value_words(fact, value, say))}"
            found.append(f"<li>{shown}</li>")
    summary = f"<summary>{t(study.say('drill.profile'))}</summary>"
    return f'<details>{summary}<ul class="profile">{"".join(found)}</ul></details>' if found else ""


def _options(
    name: str,
    type: str,
    legend: str,
    options: list[str],
    first: int,
    typed: Mapping[str, list[str]],
    look: str = "",
) -> str:
    chosen = typed.get(name, [])
    rows = "".join(
        f'<label class="option"><input type="{type}" name="{name}" value="{place}"'
        f"{' checked' if str(place) in chosen else ''}{' required' if type == 'radio' else ''}>"
        f'<span class="key" aria-hidden="true">{place + 1}</span><span>{t(text)}</span></label>'
        for place, text in enumerate(options, start=first)
    )
    return f'<fieldset class="options"><legend class="{look}">{t(legend)}</legend>{rows}</fieldset>'


def _order(study: Study, drill: Drill, typed: Mapping[str, list[str]]) -> str:
    """Each step with a box for its number; scripts add buttons that move it up and down."""
    say, count = study.say, len(drill.options)
    rows = ""
    for place, option in enumerate(drill.options):
        given = typed.get(f"step-{place}", [""])[0]
        numbers = [("", say("drill.pick")), *((str(n), say("drill.nth", n=n)) for n in range(1, count + 1))]
        box = select(f"step-{place}", numbers, given, " required")
        rows += f'<li><label for="step-{place}">{t(option.text)}</label>{box}</li>'
    moving = f'data-up="{t(say("drill.up"))}" data-down="{t(say("drill.down"))}" data-moved="{t(say("drill.moved"))}"'
    return (
        f'<fieldset class="options"><legend class="prompt">{t(drill.prompt)}</legend><p class="hint">'
        f'{t(say("drill.order"))}</p><ol class="steps" {moving}>{rows}</ol></fieldset>'
    )


def _short(study: Study, drill: Drill, typed: Mapping[str, list[str]]) -> str:
    say, text, clause = study.say, typed.get("text", [""])[0], typed.get("clause", [""])[0]
    return (
        f'<p class="prompt">{t(drill.prompt)}</p><p><label for="text">{t(say("drill.own_words"))}</label>'
        f'<textarea id="text" name="text" rows="4" maxlength="{LONGEST_TEXT}" required aria-describedby="text-hint">'
        f'{t(text)}</textarea><span class="hint" id="text-hint">{t(say("drill.own_words_hint"))}</span></p>'
        f'<p><label for="clause">{t(say("drill.clause"))}</label><input id="clause" name="clause" value="{t(clause)}" '
        f'maxlength="{_LONGEST_CLAUSE}" autocomplete="off" aria-describedby="clause-hint">'
        f'<span class="hint" id="clause-hint">{t(say("drill.clause_hint"))}</span></p>'
    )


def _read_order(drill: Drill, form: Mapping[str, list[str]]) -> tuple[Response | None, str]:
    count = len(drill.options)
    numbers = [form.get(f"step-{place}", [""])[0] for place in range(count)]
    if any(number not in {str(n) for n in range(1, count + 1)} for number in numbers):
        return None, "steps"
    if len(set(numbers)) < count:
        return None, "twice"
    return Response(tuple(sorted(range(count), key=lambda place: int(numbers[place])))), ""


def _places(values: list[str], allowed: range) -> tuple[int, ...]:
    known = {str(place): place for place in allowed}
    return tuple(known[value] for value in values if value in known)
