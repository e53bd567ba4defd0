"""How drills name documents and quote clauses."""

from __future__ import annotations

from assistant.reference.citation import CitationForm, cite
from assistant.training.material import Material, Provision
from assistant.training.types import Source
from index.types import Kind


def name_of(material: Material, item: Provision) -> str:
    """A document as a prompt names it: its short title, and the number where it has one."""
    title, say = item.document.short_title, material.say
    if item.document.kind is Kind.PRODUCT:
        return say("document.product", title=title)
    number = item.number
    if number and item.document.document_number not in (None, number):
        return say("document.gathered", title=title, number=number)  # the title is that of another number
    return say("document.numbered", title=title, number=number) if number else say("document.plain", title=title)


def framed(material: Material, item: Provision, kind: str, **sentence: str) -> str:
    """The prompt around a sentence: with its document, unless the sentence names that by its number or its title."""
    said = " ".join(sentence.values())
    if any(name and name in said for name in (item.number, item.document.short_title)):
        return material.say(f"{kind}.prompt_named", **sentence)
    return material.say(f"{kind}.prompt", document=name_of(material, item), **sentence)


def clause_of(material: Material, item: Provision) -> str:
    """A clause as a prompt names it: its printed reference, which may name a place, and its heading."""
    reference, heading = item.clause.reference, item.clause.heading
    return heading if heading.startswith(reference) else material.say("clause", reference=reference, heading=heading)


def explained(material: Material, *sources: Source) -> str:
    """The clauses a drill rests on in their own words, each with number and reference."""
    told = []
    for source in sources:
        item = material.provisions[source.document_id, source.clause_id]
        cited = cite(item.document, item.clause, CitationForm.INLINE, material.on)
        told.append(material.say("explanation", cited=cited, heading=item.clause.heading, quote=source.quote))
    return "\n".join(told)
