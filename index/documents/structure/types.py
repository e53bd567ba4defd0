"""A draft: a file's text cut into clauses with addresses, before a person has confirmed anything about it."""

from __future__ import annotations

from dataclasses import dataclass

from index.types import Grid, Language, Link, Span, StrEnum

__all__ = [
    "Doubt",
    "Draft",
    "DraftClause",
    "Framing",
    "Grid",
    "Heading",
    "Link",
    "Noise",
    "Part",
    "Role",
    "Span",
    "Unit",
]


class Role(StrEnum):
    """What a paragraph outside the clauses is: the frame of an official document."""

    COPY_NUMBER = "copy number"  # 份号
    SECRECY = "secrecy"  # 密级
    URGENCY = "urgency"  # 紧急程度
    MASTHEAD = "masthead"  # 发文机关标志
    NUMBER = "number"  # 发文字号
    SIGNER = "signer"  # 签发人
    TITLE = "title"
    ADOPTION = "adoption"  # （2024年1月1日国务院令第…号公布 …）below the title
    ADDRESSEE = "addressee"  # 主送机关
    CONTENTS = "contents"  # 目录
    ENCLOSURES = "enclosures"  # 附件：1. … 2. …: the list, not the attachments themselves
    SIGNATURE = "signature"
    DATE = "date"  # 成文日期
    NOTE = "note"  # 附注：（此件公开发布）
    COPIES = "copies"  # 抄送
    PRINTED = "printed"  # 印发机关和印发日期


@dataclass(frozen=True, slots=True)
class Framing:
    """One paragraph of the frame."""

    role: Role
    text: str
    spans: tuple[Span, ...] = ()

    @property
    def page(self) -> int:
        """Where it begins."""
        return self.spans[0].page if self.spans else 1


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph (款) or item (项) within a clause, which cross-references may name."""

    id: str  # as if it were a clause: "10-p2" is 第十条第二款, "10-1" 第十条第（一）项
    reference: str  # 第十条第二款
    start: int  # into the clause's text
    end: int  # exclusive


@dataclass(frozen=True, slots=True)
class DraftClause:
    """A provision, passage or table of the draft."""

    id: str  # as in the corpus: "10" is 第十条, "2-1" 二（一）, "a1-3" 第三条 of attachment 1, "p7" a passage
    reference: str  # as printed, outer numbers included: 第十条, 二（一）, 附件1 第三条
    heading: str  # its own, or that of the part it stands in; "" where neither has one
    text: str  # paragraphs parted by newlines; begins after the printed number and its own heading
    spans: tuple[Span, ...] = ()
    headings: tuple[str, ...] = ()  # of what it stands in, as printed, outermost first: 第一章 总则
    parts: tuple[Part, ...] = ()
    links: tuple[Link, ...] = ()
    table: Grid | None = None
    confidence: float | None = None  # of OCR; the least of its lines

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages it stands on, each once."""
        return tuple(dict.fromkeys(span.page for span in self.spans))


@dataclass(frozen=True, slots=True)
class Unit:
    """One numbered or headed unit of the outline with its own text, whether it is a clause, in one, or over several."""

    id: str  # of its clause or part, or as theirs would be
    parent: str | None  # id of the unit it stands in
    number: str  # as printed, punctuation included: 第十条, 一、, 1.; "" where a heading has none
    heading: str
    text: str  # behind its number, up to the next one; begins with a heading set in its line
    page: int
    attachment: str = ""  # as printed: 附件2


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the outline, for a table of contents."""

    level: int  # 1 is the outermost
    text: str  # as printed
    page: int
    clause_id: str | None  # the first clause under it


@dataclass(frozen=True, slots=True)
class Noise:
    """A printed line that is no part of the text: running header or footer, page number."""

    text: str
    page: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a person should look at.

    Codes: "number-jumps", "number-repeats", "no-structure", "no-title", "link-unresolved", "attachment-missing",
    "ocr-unsure", "page-empty".
    """

    code: str
    detail: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole document, cut."""

    title: str | None
    language: Language
    clauses: tuple[DraftClause, ...]
    frame: tuple[Framing, ...] = ()
    outline: tuple[Heading, ...] = ()
    units: tuple[Unit, ...] = ()
    noise: tuple[Noise, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    pages: int = 1
    ocr_pages: tuple[int, ...] = ()
    tables: int = 0
    characters_in: int = 0  # of everything read, blanks not counted
    characters_in_clauses: int = 0  # of what clauses and headings hold
    paged: bool = True

    def framed(self, role: Role) -> tuple[Framing, ...]:
        """The paragraphs of one role, in order."""
        return tuple(framing for framing in self.frame if framing.role is role)
