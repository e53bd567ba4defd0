"""What came of an answer: right or not, why, and the clause it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.training.grading import grade
from assistant.training.sitting import Given
from assistant.training.types import Drill, DrillKind
from assistant.ui.plain.shell import section, t
from assistant.ui.training.session_drill import profile_html
from assistant.ui.training.session_pieces import outcome
from assistant.ui.training.session_study import Study


def verdict_of(given: Given) -> str:
    """The name of what came of it."""
    return "right" if given.right else "partly" if given.score > 0 else "wrong"


def answer_html(study: Study, drill: Drill, given: Given) -> str:
    """The judgement first, where the focus goes; then question, options, explanation and clauses."""
    say, verdict = study.say, verdict_of(given)
    told = "".join(f"<p>{t(sentence)}</p>" for sentence in grade(drill, given.response, study.documents).told)
    lang = f' lang="{drill.language}"'
    result = outcome(say(f"answer.{verdict}"), verdict, f"<div{lang}>{told}</div>")
    asked = f'<p class="prompt">{t(drill.prompt)}</p>{profile_html(study, drill)}{_options(study, drill, given)}'
    why = section(say("answer.why"), f"<p{lang}>{t(drill.explanation)}</p>{_sources(study, drill)}", classes="why")
    return f"{result}<section{lang} class='asked'><h2>{t(say('answer.question'))}</h2>{asked}</section>{why}"


def _options(study: Study, drill: Drill, given: Given) -> str:
    say = study.say
    if drill.kind is DrillKind.SHORT:
        wanted = say("comma").join(drill.wanted)
        return (
            f"<p><b>{t(say('answer.yours'))}</b></p><p class='text'>{t(given.response.text)}</p>"
            f"<p><b>{t(say('answer.wanted'))}</b> {t(wanted)}</p>"
        )
    if drill.kind is DrillKind.ORDER:
        own = "".join(f"<li>{t(drill.options[place].text)}</li>" for place in given.response.chosen)
        return f"<h3>{t(say('answer.your_order'))}</h3><ol>{own}</ol>"  # the judgement gives the right one
    rows = ""
    for place, option in enumerate(drill.options):
        is_right, mine = place in drill.right, place in given.response.chosen
        if drill.kind is DrillKind.CASE and place == drill.reasons_from and place:
            rows += f"</ul><h3>{t(say('drill.reasons'))}</h3><ul class='judged'>"
        marks = [say("answer.is_right")] * is_right + [say("answer.chosen")] * mine
        look = "sure" if is_right else "removed"
        badges = "".join(f' <span class="badge {look}">{t(mark)}</span>' for mark in marks)
        told = is_right or mine  # the judgement says why already
        why = f'<span class="soft">{t(option.why)}</span>' if option.why and not told else ""
        state = "right" if is_right else "wrong" if mine else "other"
        rows += f'<li class="{state}"><span>{t(option.text)}{badges}</span>{why}</li>'
    return f'<ul class="judged">{rows}</ul>'


def _sources(study: Study, drill: Drill) -> str:
    """The clauses, each once."""
    quotes: dict[tuple[str, str], list[str]] = {}
    for source in drill.sources:
        quotes.setdefault((source.document_id, source.clause_id), []).append(source.quote)
    return "".join(_source(study, drill, *address, said) for address, said in quotes.items())


def _source(study: Study, drill: Drill, document_id: str, clause_id: str, quotes: Sequence[str]) -> str:
    """The words of a clause, where the explanation does not quote them already, and the way to the whole of it."""
    document = study.serving.document(document_id, drill.language)
    clause = next((c for c in document.clauses if c.id == clause_id), None) if document else None
    if document is None or clause is None:
        return ""
    name = study.say("answer.source", title=document.short_title, reference=clause.reference, heading=clause.heading)
    address = study.visit.url(f"policy/{document.id}?day={drill.on.isoformat()}#c-{clause.id}")
    said = "".join(f"<blockquote>{t(quote)}</blockquote>" for quote in quotes if quote not in drill.explanation)
    link = f'<figcaption><a href="{t(address)}">{t(name)}</a></figcaption>'
    return f'<figure class="quoted" lang="{drill.language}">{said}{link}</figure>'
