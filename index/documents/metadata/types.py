"""What is proposed about a document: each value with the words it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from index.types import Kind, Language, StrEnum

T = TypeVar("T")


class Certainty(StrEnum):
    """How far a value can be relied on."""

    SURE = "sure"  # the text says it in so many words, in the place where such documents say it
    LIKELY = "likely"  # worked out, or said in a place that may be about something else
    CONFIRMED = "confirmed"  # by a person


@dataclass(frozen=True, slots=True)
class Proposal(Generic[T]):
    """A value and what it rests on."""

    value: T
    evidence: str  # words of the document; "" where a person entered the value
    page: int | None = None
    certainty: Certainty = Certainty.LIKELY


@dataclass(frozen=True, slots=True)
class Named:
    """Another document, as a text names it."""

    title: str | None  # without 《》
    number: str | None  # 财金〔2024〕60号

    def __str__(self) -> str:
        return "".join(filter(None, [f"《{self.title}》" if self.title else None, self.number]))


@dataclass(frozen=True, slots=True)
class Metadata:
    """None, or an empty tuple: the text does not say. Nothing is guessed."""

    language: Proposal[Language]
    title: Proposal[str] | None = None
    number: Proposal[str] | None = None  # one form: 金规〔2024〕13号, 公告2024年第3号
    issuers: tuple[Proposal[str], ...] = ()
    issued: Proposal[date] | None = None
    effective: Proposal[date] | None = None  # first day in force
    expires: Proposal[date] | None = None  # last day in force
    repeals: tuple[Proposal[Named], ...] = ()  # 同时废止
    supersedes: tuple[Proposal[Named], ...] = ()  # 取代, 以本通知为准: replaced without the word 废止
    region: Proposal[str] | None = None  # 全国, 浙江省杭州市
    kind: Proposal[Kind] | None = None
    topics: tuple[Proposal[str], ...] = ()
