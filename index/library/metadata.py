"""What is known of an upload: proposed by the text, corrected by a person, made into the document that is indexed."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError, field_validator

from index.documents.hidden import without_strays
from index.documents.metadata.types import Certainty, Proposal
from index.documents.metadata.types import Metadata as Read
from index.documents.structure.document import as_clause
from index.documents.structure.types import Draft as Structured
from index.documents.vetting import carries_instructions, vetted
from index.errors import LibraryError
from index.library.problems import failure
from index.library.types import Metadata, Proposed
from index.text import clean
from index.types import Clause, Document, Kind, Period, Verification

SHORT = 60  # characters of a short title
_PARTED = re.compile(r"[、；;\n]")


def _line(value: object) -> object:
    return re.sub(r"\s+", " ", clean(value)).strip() if isinstance(value, str) else value


def _listed(value: object) -> object:
    return [part for part in _PARTED.split(value) if part.strip()] if isinstance(value, str) else value


def _or_none(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


Line = Annotated[str, BeforeValidator(_line), StringConstraints(min_length=1, max_length=300)]
Lines = Annotated[tuple[Line, ...], BeforeValidator(_listed), Field(max_length=40)]
Number = Annotated[str, BeforeValidator(_line), StringConstraints(min_length=1, max_length=80)]
Day = Annotated[date | None, BeforeValidator(_or_none)]


class Corrections(BaseModel):
    """What a person may change; what is not given stays as it was read."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Line | None = None
    short_title: Annotated[str, BeforeValidator(_line), StringConstraints(min_length=1, max_length=SHORT)] | None = None
    kind: Kind | None = None
    document_number: Annotated[Number | None, BeforeValidator(_or_none)] = None
    issuers: Lines = ()
    issued: Day = None
    effective: Day = None
    expires: Day = None
    repealed: Day = None
    supersedes: Lines = ()
    region: Line | None = None
    topics: Lines = ()
    official_url: Annotated[Line | None, BeforeValidator(_or_none)] = None
    product: dict[str, Any] | None = None

    @field_validator("official_url")
    @classmethod
    def _of_the_web(cls, value: str | None) -> str | None:
        if value is not None and urlsplit(value).scheme not in ("http", "https"):
            raise ValueError("must begin with http:// or https://")
        return value


_NEVER_EMPTY = ("title", "short_title", "kind", "region")
_WORDS = {
    "title": ("标题", "title"), "short_title": ("简称", "short title"), "kind": ("类别", "kind"),
    "document_number": ("文号", "document number"), "issuers": ("发文机关", "issuers"),
    "issued": ("发布日期", "issued"),
    "effective": ("施行日期", "effective"), "expires": ("有效期至", "expires"), "repealed": ("废止日期", "repealed"),
    "supersedes": ("取代文件", "supersedes"), "region": ("适用地区", "region"), "topics": ("主题词", "topics"),
    "official_url": ("官方网址", "official address"), "product": ("产品条款", "product terms"),
}  # fmt: skip


BEFORE, _EMPTY = "lies before the first day in force", "must not be empty"
_IN_CHINESE = {BEFORE: "早于施行日期", _EMPTY: "不能为空"}


def checked(changes: Mapping[str, Any]) -> Corrections:
    """Corrections from outside; raises LibraryError "invalid" with what is wrong by field."""
    wrong: dict[str, str] = {}
    try:
        found = Corrections.model_validate(dict(changes))
    except ValidationError as error:
        wrong = {str(e["loc"][0]) if e["loc"] else "": e["msg"] for e in error.errors()}
        raise invalid(wrong) from error
    wrong = {n: _EMPTY for n in _NEVER_EMPTY if n in found.model_fields_set and not getattr(found, n)}
    for name in found.model_fields_set - {"product"}:
        value = getattr(found, name)
        texts = value if isinstance(value, tuple) else (value,) if isinstance(value, str) else ()
        for text in texts:
            if problems := vetted(text):
                wrong[name] = problems[0]
    if wrong:
        raise invalid(wrong)
    return found


def invalid(wrong: Mapping[str, str]) -> LibraryError:
    """The error that names every field that is wrong."""
    # What else is wrong is told in English by those who found it: Chinese names the entry.
    zh = "；".join(
        _WORDS.get(name, (name, name))[0] + (f"（{_IN_CHINESE[what]}）" if what in _IN_CHINESE else "")
        for name, what in wrong.items()
    )
    en = "; ".join(f"{_WORDS.get(name, (name, name))[1]} ({what})" for name, what in wrong.items())
    return failure("invalid", fields=wrong, problems=zh, problems_en=en)


def proposals(read: Read) -> tuple[Proposed, ...]:
    """Every entry that the text proposes, with its evidence."""
    named = {
        "title": read.title, "document_number": read.number, "issuers": read.issuers, "issued": read.issued,
        "effective": read.effective, "expires": read.expires, "supersedes": (*read.repeals, *read.supersedes),
        "region": read.region, "kind": read.kind, "topics": read.topics,
    }  # fmt: skip
    found = []
    for name, proposed in named.items():
        for one in proposed if isinstance(proposed, tuple) else (proposed,):
            if isinstance(one, Proposal):
                value = str(one.value) if name == "supersedes" else one.value
                found.append(Proposed(name, value, one.evidence, one.page, Certainty(one.certainty)))
    return tuple(found)


def as_read(read: Read, draft: Structured, name: str) -> Metadata:
    """What the text says of itself; the file's name is the title of last resort."""
    one = {p.field: p.value for p in reversed(proposals(read))}
    many = {f: tuple(p.value for p in proposals(read) if p.field == f) for f in ("issuers", "supersedes", "topics")}
    title = _shown(one.get("title") or draft.title or name.rsplit(".", 1)[0])
    return Metadata(
        title=title, short_title=shortened(title), kind=one.get("kind") or Kind.NOTICE,
        document_number=one.get("document_number"), issuers=many["issuers"], issued=one.get("issued"),
        effective=one.get("effective"), expires=one.get("expires"), supersedes=many["supersedes"],
        region=one.get("region") or "全国", topics=many["topics"],
    )  # fmt: skip


def corrected(metadata: Metadata, corrections: Corrections) -> Metadata:
    """With a person's corrections in the place of what was read; a new title gives a new short title."""
    given = {name: getattr(corrections, name) for name in corrections.model_fields_set - {"product"}}
    if "title" in given and "short_title" not in given:
        given["short_title"] = shortened(given["title"])
    return replace(metadata, **given)


def shortened(title: str) -> str:
    """The title, or the name of the document within it: 关于…的通知 is known by what it is about."""
    about = re.fullmatch(r".*?关于(?:印发)?《?(?P<what>.+?)》?的(?:通知|公告|意见|决定|批复|函)", title)
    short = about["what"] if about and len(title) > 24 else title
    return short if len(short) <= SHORT else short[: SHORT - 1] + "…"


def missing(metadata: Metadata, clauses: Sequence[Clause]) -> None:
    """Raise LibraryError where a person must give something first."""
    if not clauses:
        raise failure("no-clauses")
    wrong = {}
    texts = {"title": metadata.title, "short_title": metadata.short_title, "region": metadata.region}
    texts |= {"issuers": " ".join(metadata.issuers), "topics": " ".join(metadata.topics)}
    texts |= {"document_number": metadata.document_number or "", "supersedes": " ".join(metadata.supersedes)}
    for name, text in texts.items():
        if text and (problems := vetted(text)):
            wrong[name] = problems[0]
    if metadata.effective and metadata.expires and metadata.expires < metadata.effective:
        wrong["expires"] = BEFORE
    if wrong:
        raise invalid(wrong)


def indexable(
    draft: Structured, known: Collection[str] | None = None
) -> tuple[tuple[Clause, ...], tuple[str, ...]]:
    """The clauses that may be indexed, and the ids of those that hide something or instruct a machine.

    Where those are `known` from the reading, nothing is looked for again: a draft never changes.
    """
    kept, out = [], []
    for drafted in draft.clauses:
        clause = without_stray_characters(as_clause(drafted))
        if known is not None:
            hides = clause.id in known
        else:
            hides = carries_instructions(clause) or not any(map(str.isalnum, clause.text))
        if hides:
            out.append(clause.id)
        else:
            kept.append(clause)
    return tuple(kept), tuple(out)


def without_stray_characters(clause: Clause) -> Clause:
    """The clause without zero-width characters; spans and links moved along."""
    if (text := without_strays(clause.text)) == clause.text:
        return replace(clause, heading=without_strays(clause.heading), reference=without_strays(clause.reference))
    place, places = 0, []
    for character in clause.text:
        places.append(place)
        place += bool(without_strays(character))
    places.append(place)
    return replace(
        clause,
        text=text,
        heading=without_strays(clause.heading),
        reference=without_strays(clause.reference),
        spans=tuple(replace(s, start=places[s.start], end=places[s.end]) for s in clause.spans),
        links=tuple(replace(x, start=places[x.start], end=places[x.end]) for x in clause.links),
    )


def as_document(
    id: str, group: str | None, metadata: Metadata, read: Read, clauses: Sequence[Clause], as_of: date
) -> Document:
    """The document as it is indexed. A person released it: that it holds, within its dates, counts as confirmed."""
    return Document(
        id=document_id(id), language=read.language.value, kind=metadata.kind, title=metadata.title,
        short_title=metadata.short_title, clauses=tuple(clauses), document_number=metadata.document_number,
        issuers=metadata.issuers, issued=metadata.issued,
        period=Period(metadata.effective, metadata.expires, metadata.repealed), supersedes=metadata.supersedes,
        region=metadata.region, topics=metadata.topics, official_url=metadata.official_url, as_of=as_of,
        verification=Verification.SEEN, original=True, group=group, upload=id,
    )  # fmt: skip


_PREFIX = "upload-"


def document_id(upload: str) -> str:
    """The id under which an upload is indexed."""
    return _PREFIX + upload


def _shown(text: str) -> str:
    return re.sub(r"\s+", " ", without_strays(clean(text))).strip()[:300] or "（无标题）"


FIELDS = tuple(field.name for field in fields(Metadata))
