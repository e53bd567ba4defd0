"""The reader over documents whose every text is hostile: nothing of it becomes HTML, an attribute or a link."""

from __future__ import annotations

import re
from datetime import date

import pytest
from starlette.datastructures import QueryParams

from assistant.pipeline import Parts
from assistant.reference.lifeline import lifeline
from assistant.serving import Serving
from assistant.settings import AnswerSettings
from assistant.texts import staff_texts
from assistant.ui.library.reader import SERVED, Reader
from assistant.ui.plain.visit import Visit
from index.documents.corpus import Corpus
from index.library.library import Library
from index.settings import IndexSettings
from index.snapshot import build, open_snapshot
from index.types import Clause, Document, Grid, Kind, Language, Link, Period

EVIL = "<img src=x onerror=alert(1)>\"'&</script><svg/onload=alert(2)>"


def evil(id, language, **changes):
    grid = Grid((EVIL, EVIL), ((EVIL, EVIL),), EVIL)
    clauses = (
        Clause("1", EVIL + "一", EVIL, f"先申请{EVIL}，后续贷{id}。", links=(Link(0, 3, "2"),), period=Period(date(2025, 1, 1), date(2025, 12, 31)),
               document_number=EVIL),
        Clause("2", EVIL + "二", EVIL, f"额度：{EVIL}", table=grid),
    )  # fmt: skip
    return Document(
        id, language, Kind.NOTICE, f"{EVIL}{id}", f"{EVIL}{id}", clauses, document_number=EVIL, other_numbers=(EVIL + "2",),
        issuers=(EVIL,), issued=date(2024, 1, 1), region=EVIL, topics=(EVIL,), supersedes=(EVIL + "3", "other"),
        official_url="javascript:alert(3)", **changes,
    )  # fmt: skip


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    folder = tmp_path_factory.mktemp("evil")
    documents = [evil(id, language) for id in ("bad", "other") for language in Language]
    build(folder / "index", Corpus(tuple(documents), (), "0" * 64), None)
    opened = open_snapshot(folder / "index", None, candidates=10, use_chroma=False)
    serving = Serving(Parts(opened.searcher, opened.words), opened.manifest, "", AnswerSettings(), 10)
    library = Library(IndexSettings(data_dir=folder))
    yield Reader(lambda: serving, library)
    library.close()


def visit(query, language=Language.ZH, below=""):
    path = f"/policy/bad{below}"
    return Visit(path, QueryParams(query), staff_texts(language), None, "", parts={"id": "bad"}, site="http://127.0.0.1/")


def safe(html):
    """Without a tag, an attribute or a link that is not ours."""
    assert "<img" not in html
    assert "<svg/" not in html
    assert html.count("</script>") <= 1  # our own file's
    assert not re.search(r"<[^>]*\son\w+=", re.sub(r'"[^"]*"', '""', html)), "an attribute was broken out of"
    assert not re.search(r'(?:href|src|action)="\s*javascript:', html)
    return html


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("query", [{}, {"both": "1"}, {"day": EVIL}, {"both": EVIL, "day": "2025-06-01"}])
def test_every_text_of_a_document_is_escaped(reader, language, query):
    html = safe(reader.page(visit(query, language)).body.decode())
    assert html.count("&lt;img src=x onerror=alert(1)&gt;") > 20


@pytest.mark.parametrize("query", [{"with": "other"}, {"with": EVIL}, {"first": "2025-06-01"}, {"first": "2025-06-01", "last": EVIL}])
def test_comparing_escapes_too(reader, query):
    safe(reader.difference(visit(query, below="/difference")).body.decode())


def test_the_name_of_a_file_stays_a_name(reader):
    name = reader.export(visit({"format": "docx"}, below="/export")).headers["content-disposition"]
    assert re.fullmatch(r"attachment; filename=\"bad-\d{4}-\d\d-\d\d\.docx\"; filename\*=UTF-8''[\w%.-]+", name)


def test_what_does_not_exist_is_not_there_below_either(reader):
    away = Visit("/policy/none", QueryParams(), staff_texts(Language.EN), None, "", parts={"id": "none"})
    for endpoint in (reader.page, reader.difference, reader.export):
        response = endpoint(away)
        assert response.status_code == 404
        assert "This document was not found" in response.body.decode()


@pytest.mark.parametrize(
    ("path", "served"),
    [
        ("/policy/jingui-2024-13", True), ("/policy/没有", True), ("/policy/a/difference", True), ("/policy/a/export", True),
        ("/reader.css", True), ("/policy/", False), ("/policy/a/b", False), ("/policy/a/export/b", False), ("/readerXcss", False),
    ],
)  # fmt: skip
def test_only_these_paths_are_served(path, served):
    assert bool(SERVED.fullmatch(path)) is served


def test_the_picture_tells_where_the_day_lies(reader):
    html = reader.page(visit({"day": "2025-06-01"})).body.decode()
    lines = dict(re.findall(r'<line class="(\w+)" x1="([\d.]+)"', html))
    marks = {str(mark.event): mark.day for mark in lifeline(evil("bad", Language.ZH)).marks}
    # Issued on 1 January 2024, the last clause ended on 31 December 2025: 730 days, and 36.5 on either side. The day
    # looked at is the 517th: (517 + 36.5) / (730 + 73) of 1000.
    assert marks == {"issued": date(2024, 1, 1), "begins": date(2025, 1, 1), "ends": date(2025, 12, 31)}
    assert float(lines["now"]) == pytest.approx(1000 * 553.5 / 803, abs=0.1)
