"""Documents and clauses that a question names and that are not there, or are about something else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.premises.correction import Correction
from assistant.texts import Texts, texts
from assistant.types import Evidence, Query
from index.references import chinese_number, clause_number, named_clause, names_a_document_number, references
from index.search import Searcher
from index.text import normalise, sentences
from index.types import Document, Kind, Language, Passage

_ARTICLE = re.compile(r"第[零一二三四五六七八九十百\d]+条|\b(?:article|section|clause) \d+\b", re.I)
_TOTAL = {
    Language.ZH: re.compile(r"共(?:\d+(?:章|部分|节))?[、，]?(?:共)?(\d+)条"),
    Language.EN: re.compile(r"\b(\d+) (?:articles|sections|clauses|points|items|provisions)\b"),
}
_NUMBER = re.compile(
    r"(?P<issuer>[\u4e00-\u9fff]{2,6}?)?\s*(?:〔(?P<year>\d{4})〕|(?P<bare>20\d{2})\s*年?)\s*第?\s*(?P<n>\d{1,4})\s*号|(?<!\d)(?P<short>\d{1,4})\s*号(?:文|公告|令|通知)"
)
_NEAR = 3


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A question that gives one document's number and asks for what stands in another."""

    correction: Correction
    text: str  # the question without the number


def number_said(query: Query) -> str:
    """The document number as a question gives it; empty where it gives none in Chinese."""
    match = _NUMBER.search(normalise(query.text))
    return match[0].strip() if match else ""


def succeeded(query: Query, searcher: Searcher) -> Correction | None:
    """Where the number is of a document that is not held and that a held one took the place of: that one."""
    said = number_said(query)
    wanted = re.sub(r"\D", "", said)
    if not wanted:
        return None
    say = texts(query.language)
    for document in searcher.languages[query.language].documents:
        for old in document.supersedes:
            if not _same_number(said, normalise(old)):
                continue
            for passage in searcher.passages_of(document.id, query.language):
                sentence = next((s for s in sentences(passage.clause.text, query.language) if old in s), None)
                if sentence is not None:
                    text = say("premise.succeeded", old=old, title=document.title)
                    return Correction(text, (passage,), sentence)
    return None


def near_documents(query: Query, evidence: Sequence[Evidence], searcher: Searcher) -> str:
    """Up to three documents near a number that is not held: by the number itself, then by the topic."""
    match = _NUMBER.search(normalise(query.text))
    say = texts(query.language)
    numbered = [d for d in searcher.languages[query.language].documents if d.document_number]
    distances = {d.id: distance for d in numbered if match and (distance := _distance(match, d)) is not None}
    by_number = sorted((d for d in numbered if d.id in distances), key=lambda d: distances[d.id])
    rest = re.findall(r"\w{2,}", _NUMBER.sub(" ", normalise(query.text)))
    by_topic = [item.passage.document for item in evidence if item.passage.document.document_number and rest]
    found = {d.document_number: d for d in (*by_number[:2], *by_topic, *by_number)}
    names = [
        say("premise.named", title=document.short_title, number=number) for number, document in found.items() if number
    ]
    return say("list_comma").join(names[:_NEAR])


def _distance(match: re.Match[str], document: Document) -> tuple[int, int, int] | None:
    """How far a document's number lies from the one that was given; None where they have nothing in common."""
    held = re.search(
        r"(?P<issuer>[\u4e00-\u9fff]{2})〔(?P<year>\d{4})〕(?P<n>\d+)号", normalise(document.document_number or "")
    )
    if held is None:
        return None
    number, year = int(match["n"] or match["short"]), match["year"] or match["bare"]
    issuer = (match["issuer"] or "")[-2:] == held["issuer"]
    if not issuer and int(held["n"]) != number:
        return None
    return (0 if issuer else 1, 0 if year in (None, held["year"]) else 1, abs(int(held["n"]) - number))


def clause_beyond(query: Query, searcher: Searcher) -> Correction | None:
    """Where a question names a clause by number that its document does not have, or that is not held."""
    if not _ARTICLE.search(normalise(query.text)) or (wanted := named_clause(query.text)) is None:
        return None
    document = _only(query, searcher)
    if document is None:
        return None
    held = {clause_number(clause) for clause in document.clauses}
    if wanted in held or any(_within(wanted, clause.reference + clause.text) for clause in document.clauses):
        return None
    say = texts(query.language)
    asked = _ARTICLE.search(normalise(query.text))
    assert asked is not None
    name = _name(document, say)
    passages = searcher.passages_of(document.id, query.language)
    for passage in passages:
        for sentence in sentences(passage.clause.text, query.language):
            total = _TOTAL[query.language].search(sentence)
            if total and int(total[1]) < wanted:
                text = say("premise.clause_beyond", name=name, total=total[1], clause=asked[0])
                return Correction(text, (passage,), sentence, given=asked[0])
    text = say("premise.clause_not_held", name=name, clause=asked[0])
    return Correction(text, (passages[0],), given=asked[0])


def elsewhere(query: Query, searcher: Searcher) -> Elsewhere | None:
    """Where the number and the topic do not belong together: what the number is of, and the rest of the question."""
    if not names_a_document_number(query.text) or (document := _only(query, searcher)) is None:
        return None
    rest = _NUMBER.sub(" ", normalise(query.text))
    documents = [d for d in searcher.languages[query.language].documents if d.kind is not Kind.GLOSSARY]
    alike = [d for d in documents if d.document_number == document.document_number]
    own = normalise("\n".join(t for d in alike for t in (d.title, *d.topics, *(c.heading + c.text for c in d.clauses))))
    others = [normalise(topic) for other in documents if other not in alike for topic in other.topics]
    named = {topic for topic in others if len(topic) >= 2 and topic in rest}
    strange = {topic for topic in named if topic not in own}
    if not strange or any(normalise(topic) in rest for topic in document.topics) or (named - strange):
        return None
    say = texts(query.language)
    topic = max(strange, key=lambda name: (len(name), name))
    passage = _opening(searcher.passages_of(document.id, query.language))
    sentence = sentences(passage.clause.text, query.language)[0]
    text = say("premise.other_topic", name=_name(document, say), topic=topic)
    return Elsewhere(Correction(text, (passage,), sentence), rest.strip())


def _only(query: Query, searcher: Searcher) -> Document | None:
    """The one document that a question names, by number or by its title."""
    documents = {d.id: d for d in searcher.languages[query.language].documents if d.kind is not Kind.GLOSSARY}
    if names_a_document_number(query.text):
        found = [r for r in references(query.text, list(documents.values())) if r.clause_id is None]
        named = [documents[r.document_id] for r in found]
    else:
        said = normalise(query.text)
        named = [d for d in documents.values() if d.document_number and normalise(d.short_title) in said]
    # A notice and the sheet of the programme it sets up carry one number.
    named.sort(key=lambda d: d.kind in (Kind.PRODUCT, Kind.PROGRAMME))
    return named[0] if len({document.document_number for document in named}) == 1 else None


def _opening(passages: Sequence[Passage]) -> Passage:
    """The clause that tells what the document is."""
    return next((passage for passage in passages if passage.clause_id == "overview"), passages[0])


def _name(document: Document, say: Texts) -> str:
    return say("premise.named", title=document.title, number=document.document_number or "")


def _within(wanted: int, text: str) -> bool:
    """Whether a range of clauses that a text names holds that number: 第二十条至第二十六条."""
    for first, last in re.findall(
        r"第([零一二三四五六七八九十百\d]+)条[至到—-]+第([零一二三四五六七八九十百\d]+)条", text
    ):
        low, high = chinese_number(first), chinese_number(last)
        if low is not None and high is not None and low <= wanted <= high:
            return True
    return bool(re.search(rf"Articles? {wanted}\b", text))


def _same_number(said: str, old: str) -> bool:
    """Whether a number as said is that of an old document: 728号令 and 国务院令第728号, 2016 56号 and 〔2016〕56号."""
    digits = re.findall(r"\d+", said)
    return bool(digits) and digits == re.findall(r"\d+", old)[-len(digits) :]
