"""Claims become the answer that surfaces show: text with [n] marks, numbered citations, notices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from assistant.answering.screen import Refusal
from assistant.answering.succession import successor_of
from assistant.lexicon.regions import applies
from assistant.settings import AnswerSettings
from assistant.texts import Texts, texts
from assistant.types import Answer, Citation, Claim, Evidence, Outcome, Part, Query
from index.search import Searcher
from index.types import Clause, Document, Kind, Language, Passage, Validity, Verification

ENDING_SOON = timedelta(days=90)
_TITLES: dict[Part, str | None] = {
    Part.LEAD: None,
    Part.SUMS: "case.parts.sums",
    Part.RULES: "case.parts.rules",
    Part.FITS: "case.parts.fits",
    Part.OPEN: "case.parts.open",
    Part.UNFIT: "case.parts.unfit",
    Part.DATES: "case.parts.dates",
    Part.NORMAL: "case.parts.normal",
    Part.OTHERWISE: "case.parts.otherwise",
    Part.MORE: "answer.more",
    Part.NEXT: "answer.next",
}  # in the order in which an answer tells them
_DRY = {"概况", "文号", "提示", "About the notice", "Document number", "Note"}  # headings nobody would ask about


def presented(
    base: Answer,
    query: Query,
    claims: Sequence[Claim],
    evidence: Sequence[Evidence],
    searcher: Searcher,
    lacks: str | None,
    preface: str = "",
) -> Answer:
    """The answer from grounded claims; `lacks` names the text that says what it does not give.

    `preface` says of which day the rules are told.
    """
    say = texts(query.language)
    citations = _citations(claims, base.as_of)
    numbered = _numbered(claims, citations)
    notices = _notices(query, claims, citations, base.as_of, searcher, say)
    before = "".join(line + "\n\n" for line in (preface, say(f"partial.{lacks}") if lacks else "") if line)
    return replace(
        base,
        outcome=Outcome.PARTIAL if lacks else Outcome.ANSWERED,
        reason=lacks,
        text=before + _text(numbered, notices, say),
        claims=numbered,
        citations=citations,
        notices=notices,
        follow_ups=_follow_ups(query, claims, evidence, searcher),
        considered=_considered(evidence),
    )


def presented_case(
    base: Answer,
    language: Language,
    claims: Sequence[Claim],
    assessment: Mapping[str, Any],
    asks: Sequence[str],
    told: Sequence[str],
    follow_ups: Sequence[str],
    outcome: Outcome,
    judged_on: date,
) -> Answer:
    """The answer to a case from grounded claims: verdict first, then questions, then `told`, which always holds.

    `judged_on` is the day whose rules count; of it the notices on validity speak.
    """
    say = texts(language)
    citations = _citations(claims, judged_on)
    numbered = _numbered(claims, citations)
    passages = {(p.document_id, p.clause_id): p for claim in claims for p in claim.passages}
    notices = (*_source_notices(passages, citations, judged_on, base.as_of, say), *told)
    asked = ""
    if asks:
        asked = f"\n\n**{say('case.asks')}**\n\n" + "\n".join(f"{n}. {ask}" for n, ask in enumerate(asks, 1))
    said_last = f"\n\n{_quoted(notices)}" if notices else ""
    return replace(
        base,
        judged_on=judged_on,
        outcome=outcome,
        text=(_text(numbered, (), say) or say("case.need_more")) + asked + said_last,
        claims=numbered,
        citations=citations,
        notices=notices,
        asks=tuple(asks),
        follow_ups=tuple(follow_ups),
        assessment=assessment,
    )


def declined(
    base: Answer,
    refusal: Refusal,
    settings: AnswerSettings,
    evidence: Sequence[Evidence] = (),
    nearest: Sequence[Claim] = (),
) -> Answer:
    """The answer that says why there is none, and what lies nearest: topics, or claims that hold."""
    say = texts(base.language)
    text = say(
        refusal.text,
        length=len(base.question),
        longest=settings.longest_question,
        subject=refusal.subject or "",
    )
    topics = list(dict.fromkeys(item.passage.document.short_title for item in evidence[:4]))
    if refusal.reason == "no_evidence" and topics:
        text += "\n\n" + say("abstain.nearest", topics=say("list_comma").join(topics[:3]))
    citations = _citations(nearest, base.as_of)
    numbered = _numbered(nearest, citations)
    if nearest:
        lines = [f"- {line}" for line in _merged(numbered, base.language)]
        text += f"\n\n**{say('abstain.known')}**\n\n" + "\n".join(lines)
    return replace(
        base,
        outcome=refusal.outcome,
        reason=refusal.reason,
        text=text,
        claims=numbered,
        citations=citations,
        considered=_considered(evidence),
    )


def told(answer: Answer, notice: str) -> Answer:
    """The answer, whatever its outcome, with one more notice at its end."""
    before = _quoted(answer.notices)
    joint = "\n>\n" if answer.notices and answer.text.endswith(before) else "\n\n"
    return replace(answer, text=answer.text + joint + _quoted([notice]), notices=(*answer.notices, notice))


def _considered(evidence: Sequence[Evidence]) -> tuple[str, ...]:
    return tuple(item.passage.id for item in evidence[:20])


def as_written(day: date, say: Texts) -> str:
    """A date as people write it in the language."""
    return say("date", year=day.year, month=day.month, day=day.day, month_name=day.strftime("%B"))


def _numbered(claims: Sequence[Claim], citations: Sequence[Citation]) -> tuple[tuple[Claim, tuple[int, ...]], ...]:
    number = {(c.document_id, c.clause_id): c.n for c in citations}
    return tuple((claim, tuple(number[p.document_id, p.clause_id] for p in claim.passages)) for claim in claims)


def _text(numbered: Sequence[tuple[Claim, tuple[int, ...]]], notices: Sequence[str], say: Texts) -> str:
    """Markdown: the direct answer, points, where to go, notices."""
    blocks: list[str] = []
    for part, title in _TITLES.items():
        lines = _merged([(claim, numbers) for claim, numbers in numbered if claim.part is part], say.language)
        if not lines:
            continue
        if title is None:
            blocks.append("\n\n".join(lines))
        else:
            blocks.append(f"**{say(title)}**\n\n" + "\n".join(f"- {line}" for line in lines))
    if notices:
        blocks.append(_quoted(notices))
    return "\n\n".join(blocks)


def _quoted(notices: Sequence[str]) -> str:
    return "\n>\n".join(f"> {notice}" for notice in notices)


def _merged(numbered: Sequence[tuple[Claim, tuple[int, ...]]], language: Language) -> list[str]:
    """One line per run of claims on the same clauses; each sentence keeps its mark."""
    lines: list[str] = []
    before: tuple[int, ...] | None = None
    gap = "" if language is Language.ZH else " "
    for claim, numbers in numbered:
        marked = _ended(claim, language) + gap + "".join(f"[{n}]" for n in numbers)
        if numbers == before and not claim.line:
            lines[-1] += gap + marked
        else:
            lines.append(marked)
        before = numbers
    return lines


def _ended(claim: Claim, language: Language) -> str:
    """A quotation on a line of its own ends like a sentence, wherever it was cut."""
    if not claim.line or claim.text[-1] in "。！？；）.!?)":
        return claim.shown
    return claim.shown + ("。" if language is Language.ZH else ".")


def _citations(claims: Sequence[Claim], on: date) -> tuple[Citation, ...]:
    """Every clause that claims rest on, numbered in the order it is first used."""
    found: dict[tuple[str, str], Citation] = {}
    for claim in claims:
        for passage in claim.passages:
            key = (passage.document_id, passage.clause_id)
            if key not in found:
                found[key] = _citation(len(found) + 1, passage, on)
            start = passage.clause.text.find(claim.text)
            if start >= 0:
                spans = sorted({*found[key].spans, (start, start + len(claim.text))})
                found[key] = replace(found[key], spans=tuple(spans), pages=_pages(passage.clause, spans))
    return tuple(found.values())


def _pages(clause: Clause, parts: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """The pages of an original that parts of a clause stand on; those of the whole clause where no part is known."""
    used = [s for s in clause.spans if not parts or any(s.start < end and start < s.end for start, end in parts)]
    return tuple(dict.fromkeys(span.page for span in used or clause.spans))


def _citation(n: int, passage: Passage, on: date) -> Citation:
    document, clause = passage.document, passage.clause
    return Citation(
        n=n, document_id=document.id, document_number=passage.document_number,
        title=document.title, clause=clause.reference, clause_id=clause.id, heading=clause.heading, quote=clause.text,
        spans=(), official_url=document.official_url, in_force=passage.validity(on), verification=clause.verification,
        upload=document.upload, pages=_pages(clause, ()),
    )  # fmt: skip


def _notices(
    query: Query, claims: Sequence[Claim], citations: Sequence[Citation], on: date, searcher: Searcher, say: Texts
) -> tuple[str, ...]:
    """What a reader must know before acting on the answer."""
    passages = {(p.document_id, p.clause_id): p for claim in claims for p in claim.passages}
    notices = _source_notices(passages, citations, on, on, say)
    if query.places and not any(applies(p.document.region, query.places) for p in passages.values()):
        names = [place.name if query.language is Language.ZH else place.english for place in query.places]
        notices.append(say("answer.no_local", place=say("list_comma").join(names)))
    notices += _succession_notices(passages, citations, on, searcher.languages[query.language].documents, say)
    if searcher.by_words_only:
        notices.append(say("answer.words_only"))
    return tuple(notices)


def _source_notices(
    passages: Mapping[tuple[str, str], Passage], citations: Sequence[Citation], on: date, today: date, say: Texts
) -> list[str]:
    """What must be known about the sources: which do not hold on the day judged, end soon, or were not compared."""
    notices: list[str] = []
    by_message: dict[tuple[str, date | None], list[int]] = {}
    for citation in citations:
        passage = passages[citation.document_id, citation.clause_id]
        if (message := _validity_message(passage, on, today)) is not None:
            by_message.setdefault(message, []).append(citation.n)
    for (key, day), numbers in by_message.items():
        marks = "][".join(map(str, numbers))
        notices.append(say(f"answer.{key}", n=marks, day=as_written(day, say) if day else ""))
    known = [c.n for c in citations if c.verification is Verification.KNOWN and c.document_id != "glossary"]
    if known:
        notices.append(say("answer.known", n="][".join(map(str, known))))
    return notices


def _succession_notices(
    passages: Mapping[tuple[str, str], Passage],
    citations: Sequence[Citation],
    on: date,
    documents: Sequence[Document],
    say: Texts,
) -> list[str]:
    """What took the place of the documents that are cited, once for each document."""
    numbers: dict[str, list[int]] = {}
    for citation in citations:
        numbers.setdefault(citation.document_id, []).append(citation.n)
    notices = []
    for document in {p.document_id: p.document for p in passages.values()}.values():
        if (successor := successor_of(document, documents, on)) is None:
            continue
        key = "superseded" if successor.document is not None else "superseded_not_held"
        marks = "][".join(map(str, numbers[document.id]))
        notices.append(say(f"answer.{key}", n=marks, title=document.title, successor=successor.name))
    return notices


def _validity_message(passage: Passage, on: date, today: date) -> tuple[str, date | None] | None:
    """Which notice a passage needs for a day judged, and its date. Days to its end count from the later of both."""
    validity = passage.validity(on)
    if validity is Validity.UNKNOWN:
        return "unconfirmed", None
    period = passage.period
    if validity is Validity.YES:
        if period.expires is None:
            return None
        if period.expires < today:
            return "held_then", period.expires
        return ("ends", period.expires) if period.expires - max(on, today) <= ENDING_SOON else None
    if period.repealed and on >= period.repealed:
        return "lapsed_before", period.repealed
    if period.expires and on > period.expires:
        return "lapsed", period.expires
    return "not_yet", period.effective


def _follow_ups(
    query: Query, claims: Sequence[Claim], evidence: Sequence[Evidence], searcher: Searcher
) -> tuple[str, ...]:
    """Up to three questions the leading document answers and this answer did not: its other clauses, nearest first."""
    document = claims[0].passages[0].document
    if document.kind in (Kind.GLOSSARY, Kind.FIGURES):
        return ()
    used = {(p.document_id, p.clause_id) for claim in claims for p in claim.passages}
    near = [item.passage for item in evidence if item.passage.document_id == document.id]
    rest = [*near, *searcher.passages_of(document.id, query.language)]
    offered = dict.fromkeys(
        p.heading
        for p in rest
        if (p.document_id, p.clause_id) not in used and p.span[0] == 0 and p.heading and p.heading not in _DRY
    )
    colon = "：" if query.language is Language.ZH else ": "
    return tuple(f"{document.short_title}{colon}{heading}" for heading in list(offered)[:3])
