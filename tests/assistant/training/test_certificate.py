"""Certificates: issued to who passed, recognised by their number, and by no number that was made up."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import datetime, timezone

import pypdfium2
import pytest
from class_samples import DAY, a_choice, learner
from pypdf import PdfReader

from assistant.export.pdf import pdf_of
from assistant.records.seal import make_seal
from assistant.texts import room_texts
from assistant.training.certificate import Certificates, certificate_paper, read_number
from assistant.training.classes import Classes, Reveal
from assistant.training.results import results
from assistant.training.types import Catalogue
from assistant.training.withdrawal import asked
from index.types import Language

AT = datetime(2026, 11, 28, 17, 30, tzinfo=timezone.utc)  # 29 November in China
DRILLS = tuple(a_choice(number) for number in range(1, 6))
ZH = room_texts("classes", Language.ZH)


@pytest.fixture
def certificates(database, tmp_path):
    return Certificates(database, lambda: make_seal(tmp_path), lambda: AT)


@pytest.fixture
def room(database):
    """A class of five questions; room.answer("a", right ones) and room.person("a")."""
    return Room(database)


class Room:
    def __init__(self, database):
        self.database, self.classes = database, Classes(database, lambda: AT)
        self.made = self.classes.create("li", "新人培训", Language.ZH, DRILLS, Reveal.AT_END, 0.6)
        self.drills = DRILLS

    def answer(self, who, right, name="张伟"):
        learner(self.database, who)
        self.classes.join(self.made.code, who, name)
        with self.database.transaction() as connection:
            for place, drill in enumerate(DRILLS):
                good = place < right
                connection.execute(
                    "INSERT INTO attempts (learner, drill, fingerprint, at, right, score, language, response, class_code)"
                    " VALUES (?, ?, 'f1', ?, ?, ?, 'zh', ?, ?)",
                    (
                        who,
                        drill.id,
                        AT.isoformat(),
                        good,
                        float(good),
                        json.dumps({"chosen": [1 if good else 0]}),
                        self.made.code,
                    ),
                )

    def person(self, who):
        catalogue = Catalogue(Language.ZH, DAY, {drill.id: drill for drill in self.drills})
        found = asked(self.made, catalogue, lambda *_: None)
        return results(self.made, found, self.classes, self.database).person(who)


def test_who_passed_is_certified_and_recognised_by_the_number(room, certificates):
    room.answer("a", 4)
    given = certificates.issue(room.made, room.person("a"), DRILLS)
    assert (given.name, given.class_name, given.drills, given.score) == ("张伟", "新人培训", 5, "80")
    assert given.passed_on == "2026-11-29"
    assert given.topics == ("coordination",)
    assert certificates.find(given.number.lower().replace("-", " ")) == given
    assert certificates.issue(room.made, room.person("a"), DRILLS) == given


def test_who_did_not_pass_or_finish_is_not(room, certificates, database):
    room.answer("a", 2)
    learner(database, "b")
    room.classes.join(room.made.code, "b", "王芳")
    assert certificates.issue(room.made, room.person("a"), DRILLS) is None
    assert certificates.issue(room.made, room.person("b"), DRILLS) is None


def test_numbers_that_were_made_up_are_not_recognised(room, certificates, database):
    room.answer("a", 5)
    given = certificates.issue(room.made, room.person("a"), DRILLS)
    other = ("B" if given.number[0] == "A" else "A") + given.number[1:]
    for typed in ("", "ABCD", other, "1" * 12, given.number + "A", "'; DROP"):
        assert certificates.find(typed) is None
    content = json.dumps(
        {**json.loads(database.rows("SELECT content FROM certificates")[0]["content"]), "score": "100", "name": "李四"}
    )
    with database.transaction() as connection:  # by somebody who can write the file but has no key
        connection.execute("UPDATE certificates SET content = ?", (content,))
    assert certificates.find(given.number) is None


def test_another_key_recognises_nothing(room, certificates, database, tmp_path):
    room.answer("a", 5)
    given = certificates.issue(room.made, room.person("a"), DRILLS)
    assert Certificates(database, lambda: make_seal(tmp_path / "elsewhere")).find(given.number) is None


def test_what_is_withdrawn_later_changes_no_certificate(room, certificates):
    room.answer("a", 3)  # 3 of 5
    given = certificates.issue(room.made, room.person("a"), DRILLS)
    room.drills = DRILLS[2:]  # now 1 of 3
    assert room.person("a").passed is False
    assert certificates.issue(room.made, room.person("a"), DRILLS) == given
    assert certificates.find(given.number) == given


def test_under_another_name_it_is_issued_anew(room, certificates):
    room.answer("a", 5, "张韦")
    wrong = certificates.issue(room.made, room.person("a"), DRILLS)
    room.classes.join(room.made.code, "a", "张伟")
    mended = certificates.issue(room.made, room.person("a"), DRILLS)
    assert mended == replace(wrong, name="张伟", number=mended.number)
    assert certificates.find(wrong.number) is None
    assert certificates.find(mended.number) == mended


def test_a_class_deleted_takes_its_certificates(room, certificates):
    room.answer("a", 5)
    given = certificates.issue(room.made, room.person("a"), DRILLS)
    room.classes.delete(room.made.code)
    assert certificates.find(given.number) is None


@pytest.mark.parametrize("typed", ["abcd-efgh-jklm", " ABCD EFGH JKLM ", "ＡＢＣＤＥＦＧＨＪＫＬＭ"])
def test_a_number_may_be_typed_as_people_type(typed):
    assert read_number(typed) == "ABCD-EFGH-JKLM"


def test_the_certificate_says_what_it_is_and_what_it_is_not(room, certificates):
    room.answer("a", 4)
    given = certificates.issue(room.made, room.person("a"), DRILLS)
    made = pdf_of(certificate_paper(given, "小微企业融资政策助手", ZH))
    by_pypdf = "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages).split())
    by_pdfium = "".join("".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made)).split())
    for text in (by_pypdf, by_pdfium):
        for said in (
            "培训练习证书",
            "张伟",
            "于2026年11月29日完成“新人培训”",
            "共5题，得分80分",
            given.number,
            "不是官方职业资格",
        ):
            assert said in text, said
    assert len(PdfReader(io.BytesIO(made)).pages) == 1
