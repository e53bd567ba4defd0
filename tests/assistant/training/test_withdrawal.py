"""A clause is changed in a small corpus, and what becomes of a class that was asked about it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timezone
from pathlib import Path

import pytest
from class_samples import learner

from assistant.serving import Serving
from assistant.texts import room_texts
from assistant.training.catalogue import catalogue
from assistant.training.classes import Classes, Reveal, TrainingClass
from assistant.training.database import Database
from assistant.training.papers import Setting, paper_of
from assistant.training.results import results
from assistant.training.withdrawal import Why, asked
from assistant.wiring import open_at_once
from index.settings import IndexSettings
from index.types import Language

TESTS = Path(__file__).parents[2]
DAY = date(2026, 11, 28)
AT = datetime(2026, 11, 28, 9, 0, tzinfo=timezone.utc)
ZH = room_texts("classes", Language.ZH)
CEILING = {"zh": "5000万元", "en": "50 million yuan"}


@contextmanager
def served(corpus: Path, data: Path) -> Iterator[Serving]:
    """What is served of a corpus, by words alone."""
    opened = open_at_once(IndexSettings(data_dir=data, corpus_dir=corpus))
    try:
        yield opened.serving
    finally:
        opened.close()


def rewrite(corpus, old, new, name="subsidy"):
    """Other words in both languages; `old` and `new` by language."""
    for language in ("zh", "en"):
        path = corpus / "policies" / f"{name}.{language}.md"
        text = path.read_text(encoding="utf-8")
        assert old[language] in text
        path.write_text(text.replace(old[language], new[language]), encoding="utf-8")


@pytest.fixture
def database(tmp_path):
    kept = Database(tmp_path / "training")
    yield kept
    kept.close()


@pytest.fixture(scope="module")
def drills(tmp_path_factory):
    """Everything the small corpus gives as it is."""
    with served(TESTS / "small_corpus", tmp_path_factory.mktemp("before")) as serving:
        return list(catalogue(serving, Language.ZH, DAY).drills.values())


@pytest.fixture
def made(drills, database) -> TrainingClass:
    """A class of all of them, and one learner who answered it all right."""
    classes = Classes(database, lambda: AT)
    of = classes.create("li", "续贷班", Language.ZH, drills[:50], Reveal.AT_END, 0.6)
    classes.join(of.code, learner(database, "a"), "张伟")
    with database.transaction() as connection:
        for drill in of.drills:
            connection.execute(
                "INSERT INTO attempts (learner, drill, fingerprint, at, right, score, language, response, class_code)"
                " VALUES ('a', ?, ?, '2026-11-28T09:00:00+00:00', 1, 1.0, 'zh', '{\"chosen\": [0]}', ?)",
                (drill.id, drill.fingerprint, of.code),
            )
    return of


def today(of, serving, on=DAY):
    return asked(of, catalogue(serving, of.language, on), serving.document)


def about(of, address):
    """Ids of the drills of a clause."""
    return {drill.id for drill in of.drills if drill.id.split(":")[1] == address}


def test_drills_of_a_changed_clause_are_withdrawn_by_themselves(made, small_corpus, tmp_path, database):
    gone = about(made, "subsidy#2")
    assert {id.split(":")[0] for id in gone} >= {"figure", "statement"}
    rewrite(small_corpus, CEILING, {"zh": "6000万元", "en": "60 million yuan"})
    with served(small_corpus, tmp_path / "after") as serving:
        found = today(made, serving)
        paper = paper_of(found.drills, Setting("续贷班", DAY, "x", "s"), ZH, serving.document, answers=True)
    told = {one.drill.id: one for one in found.withdrawn}
    assert gone <= set(told)
    assert {told[id].why for id in gone} == {Why.CHANGED}
    assert {told[id].place for id in gone} == {"贷款贴息 二"}
    assert {told[id].drill.quote for id in gone} == {"贴息贷款单户最多5000万元。"}
    assert not gone & {drill.id for drill in found.drills}
    assert not any("贴息贷款单户最多5000万元" in getattr(block, "text", "") for block in paper.blocks)
    kept = results(made, found, Classes(database), database)
    person = kept.people[0]
    assert person.of == person.done == len(found.drills) == len(made.drills) - len(told)
    assert person.withdrawn == len(told)
    assert all(kept.withdrawn[id] == (1, 1) for id in gone)


def test_a_change_taken_back_brings_the_drills_back(made, small_corpus, tmp_path):
    other = {"zh": "6000万元", "en": "60 million yuan"}
    rewrite(small_corpus, CEILING, other)
    rewrite(small_corpus, other, CEILING)
    with served(small_corpus, tmp_path / "back") as serving:
        found = today(made, serving)
    assert [drill.id for drill in found.drills] == [drill.id for drill in made.drills]
    assert found.withdrawn == ()


def test_drills_of_a_clause_that_has_lapsed_are_withdrawn_on_the_day_after(made, small_corpus, tmp_path):
    gone = about(made, "subsidy#1") | about(made, "subsidy#2")
    with served(small_corpus, tmp_path / "later") as serving:
        on_the_last, after = (today(made, serving, day) for day in (date(2026, 12, 31), date(2027, 1, 1)))
    assert not gone & {one.drill.id for one in on_the_last.withdrawn}
    assert {one.drill.id: one.why for one in after.withdrawn if one.drill.id in gone} == dict.fromkeys(gone, Why.LAPSED)


def test_drills_of_a_document_that_is_gone_are_withdrawn(made, small_corpus, tmp_path):
    for path in small_corpus.rglob("tax-loan.*.md"):
        path.unlink()
    gone = about(made, "tax-loan#conditions")
    assert gone
    with served(small_corpus, tmp_path / "without") as serving:
        found = today(made, serving)
    assert {one.why for one in found.withdrawn if one.drill.id in gone} == {Why.DOCUMENT}
