"""Certificates of those who passed in a class: kept as they were issued, under a number that cannot be invented.

The number is made by HMAC from all that the certificate says, with the key that seals receipts: whoever can write
the database but not read the key makes none that is recognised. What is withdrawn later changes no certificate.
"""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timezone

from assistant.export.types import Block, Heading, Paper, Paragraph, Style
from assistant.records.seal import Seal
from assistant.texts import Texts, texts
from assistant.training.classes import TrainingClass
from assistant.training.codes import ALPHABET
from assistant.training.database import Database
from assistant.training.moments import day_of
from assistant.training.results import Person, of_hundred
from assistant.training.types import Drill
from assistant.wording import day_words
from index.types import Language

_GROUPS, _LENGTH = 3, 4  # 12 characters of 32: 60 bits
_MOST_TOPICS = 6


@dataclass(frozen=True, slots=True)
class Certificate:
    """What is certified; `score` is of 100, to a tenth."""

    class_code: str
    class_name: str
    name: str
    topics: tuple[str, ...]
    drills: int
    score: str
    passed_on: str  # ISO, the day in China on which the last drill was answered
    language: str
    number: str = ""


class Certificates:
    """Issues certificates and recognises them. Raises TrainingError, and RecordsError where the key is missing."""

    def __init__(
        self, database: Database, seal: Callable[[], Seal],
        clock: Callable[[], datetime] = lambda: datetime.now(timezone.utc),
    ) -> None:  # fmt: skip
        self._database = database
        self._seal = seal
        self._clock = clock

    def issue(self, of: TrainingClass, person: Person, drills: Sequence[Drill]) -> Certificate | None:
        """The certificate of somebody: as it was issued, or issued now; None where they have not passed.

        Under another name than before it is issued anew, and the number before is recognised no more.
        """
        before = self._issued(of.code, person.member.learner)
        if before is not None and before.name == person.member.name:
            return before
        if before is None and not person.passed:
            return None
        made = self._renamed(before, person.member.name) if before is not None else self._made(of, person, drills)
        content = json.dumps(_content(made), ensure_ascii=False)
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO certificates (number, class_code, learner, content, issued)"
                " VALUES (?, ?, ?, ?, ?)",
                (made.number, of.code, person.member.learner, content, self._clock().isoformat(timespec="seconds")),
            )
        return made

    def find(self, typed: str) -> Certificate | None:
        """The certificate of a number as somebody typed it; None where none of that number was issued here."""
        number = read_number(typed)
        rows = self._database.rows("SELECT * FROM certificates WHERE number = ?", (number,)) if number else []
        return self._genuine(rows[0]) if rows else None

    def _issued(self, code: str, learner: str) -> Certificate | None:
        rows = self._database.rows("SELECT * FROM certificates WHERE class_code = ? AND learner = ?", (code, learner))
        return self._genuine(rows[0]) if rows else None

    def _genuine(self, row: sqlite3.Row) -> Certificate | None:
        """None where the record was changed by whoever had no key."""
        content = json.loads(row["content"])
        kept = Certificate(**{**content, "topics": tuple(content["topics"])})
        return self._numbered(kept) if self._numbered(kept).number == row["number"] else None

    def _made(self, of: TrainingClass, person: Person, drills: Sequence[Drill]) -> Certificate:
        last = person.last
        assert last is not None  # who passed has answered
        return self._numbered(
            Certificate(
                of.code, of.name, person.member.name, of.topics[:_MOST_TOPICS] or _topics(drills), person.of,
                str(of_hundred(person.points / person.of)), day_of(last).isoformat(), str(of.language),
            )
        )  # fmt: skip

    def _renamed(self, before: Certificate, name: str) -> Certificate:
        return self._numbered(Certificate(**{**asdict(before), "name": name}))

    def _numbered(self, certificate: Certificate) -> Certificate:
        content = _content(certificate)
        return Certificate(**{**asdict(certificate), "number": _number(self._seal(), content)})


def certificate_paper(certificate: Certificate, site: str, words: Texts) -> Paper:
    """The certificate to print; words in its language."""
    topics = words("paper.comma").join(certificate.topics)
    made_on = date.fromisoformat(certificate.passed_on)
    day = day_words(made_on, texts(words.language))
    lines = [
        words("certificate.did", name=certificate.class_name, day=day),
        words("certificate.result", count=certificate.drills, score=certificate.score),
        *([words("certificate.topics", topics=topics)] if topics else []),
        words("certificate.issued", site=site, day=day),
        words("certificate.number", number=certificate.number),
    ]
    blocks: list[Block] = [Heading(certificate.name), *(Paragraph(line, Style.CENTRED) for line in lines)]
    blocks += [
        Paragraph(words("certificate.exercise_only"), Style.NOTE),
        Paragraph(words("certificate.verify", site=site), Style.NOTE),
    ]
    return Paper(words("certificate.title"), words.language, blocks, made_on, landscape=True, framed=True)


def read_number(typed: str) -> str | None:
    """A number as people type it; None where it cannot be one."""
    plain = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", typed[:60])).upper()
    if len(plain) != _GROUPS * _LENGTH or set(plain) - set(ALPHABET):
        return None
    return "-".join(plain[start : start + _LENGTH] for start in range(0, len(plain), _LENGTH))


def language_of(certificate: Certificate) -> Language:
    """The language it was issued in."""
    return Language(certificate.language)


def _content(certificate: Certificate) -> dict[str, object]:
    return {name: value for name, value in asdict(certificate).items() if name != "number"}


def _number(seal: Seal, content: dict[str, object]) -> str:
    digits = int(seal.of(str(content["class_code"]), "certificate", content), 16)
    written = "".join(ALPHABET[digits >> 5 * place & 31] for place in range(_GROUPS * _LENGTH))
    number = read_number(written)
    assert number is not None
    return number


def _topics(drills: Sequence[Drill]) -> tuple[str, ...]:
    """Those that several of the drills are about, of most first."""
    counted = Counter(topic for drill in drills for topic in dict.fromkeys(drill.topics))
    several = sorted((-count, topic) for topic, count in counted.items() if count > 1)
    return tuple(topic for _, topic in several[:_MOST_TOPICS])
