"""Papers as they are printed, opened again by independent readers."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime, timezone

import docx
import pypdfium2
import pytest
from class_samples import DAY, a_case, a_choice, a_short, a_statement, an_order
from openpyxl import load_workbook
from pypdf import PdfReader

from assistant.export.docx import docx_of
from assistant.export.pdf import pdf_of
from assistant.export.types import PageBreak, Paragraph
from assistant.export.xlsx import xlsx_of
from assistant.texts import room_texts
from assistant.training.classes import Member, Reveal, SetDrill, TrainingClass
from assistant.training.papers import Form, Setting, form_of, in_paper_order, paper_of, right_answer
from assistant.training.results import worked_out
from assistant.training.tables import people_csv, sheets
from assistant.training.types import Attempt, Catalogue, Option, Response
from assistant.training.withdrawal import asked
from index.types import Clause, Document, Kind, Language

ZH, EN = room_texts("classes", Language.ZH), room_texts("classes", Language.EN)
DRILLS = (a_short(5), a_case(4), an_order(3), a_statement(2), a_choice(1))
SETTING = Setting("新人培训 第一期", DAY, "0123456789abcdef", "小微企业融资政策助手", 0.6)


def library(document_id, language):
    clauses = tuple(Clause(str(n), f"第{n}条", "额度", "单户授信额度原则上不超过1000万元。") for n in range(1, 6))
    return Document(
        document_id,
        language,
        Kind.NOTICE,
        "关于做好续贷工作的通知",
        "续贷通知",
        clauses,
        document_number="金规〔2024〕13号",
    )


def lines(paper):
    return "\n".join(block.text for block in paper.blocks if hasattr(block, "text"))


@pytest.fixture(scope="module")
def empty():
    return paper_of(DRILLS, SETTING, ZH, library, answers=False)


@pytest.fixture(scope="module")
def solved():
    return paper_of(DRILLS, SETTING, ZH, library, answers=True)


def test_a_paper_goes_by_what_is_to_be_done():
    assert [form_of(drill) for drill in in_paper_order(DRILLS)] == list(Form)
    assert form_of(replace(a_statement(1), options=(*a_statement(1).options, Option("说不清")))) is Form.CHOICE


def test_the_paper_has_room_for_answers_and_gives_none_away(empty):
    text = lines(empty)
    assert "姓名：____" in text
    assert "日期：____" in text
    assert "共 5 题，每题分值相同，满分 100 分，60 分合格。" in text
    assert "一、单项选择题（1 题，把字母写在题前的括号里）" in text
    assert "（　　）1．第1题：单户授信额度原则上不超过多少？" in text
    assert "A．500万元　　B．1000万元　　C．2000万元　　D．3000万元" in text
    assert "（　　）2．判断：单户授信额度不超过2000万元。" in text
    assert "正确顺序：____ → ____ → ____" in text
    assert "A．符合　　B．不符合" in text
    assert "①．有欠息\n②．人数太少\n③．行业不对" in text
    assert text.rstrip().endswith("_")  # lines to write on come last
    for told in (
        "第1条写明",
        "条文写的是1000万元",
        "条文没有这个数",
        "标准要求无欠息",
        "×（错）",
        "先走访，再推荐",
        "第5条",
    ):
        assert told not in text
    assert "2026年11月28日" in empty.note
    assert "0123456789ab" in empty.note


def test_the_answers_stand_on_pages_of_their_own(solved):
    blocks = list(solved.blocks)
    (cut,) = [place for place, block in enumerate(blocks) if isinstance(block, PageBreak)]
    before = "\n".join(b.text for b in blocks[:cut])
    behind = "\n".join(b.text for b in blocks[cut + 1 :])
    assert "第1条写明" not in before
    assert "1．B．1000万元" in behind
    assert "2．×（错）" in behind
    assert "3．C → A → B" in behind
    assert "4．结论：B．不符合；理由：①．有欠息" in behind
    assert "5．要点：1000万元" in behind
    assert behind.count("依据：《关于做好续贷工作的通知》") == 5
    assert "依据：《关于做好续贷工作的通知》（金规〔2024〕13号）第1条" in behind
    assert "不超过1000万元" in behind


def test_long_options_stand_one_below_the_other():
    long = replace(a_choice(1), options=tuple(Option(f"{n}：单户授信额度原则上不超过这个数") for n in range(4)))
    text = lines(paper_of([long], SETTING, ZH, library, answers=False))
    assert "A．0：单户授信额度原则上不超过这个数\nB．1：单户" in text


def test_a_clause_that_is_gone_is_said_to_be():
    text = lines(paper_of(DRILLS[:1], SETTING, ZH, lambda *_: None, answers=True))
    assert "依据：文件已不在政策库里" in text


def test_a_false_statement_is_explained_by_its_flaw():
    drill = replace(a_statement(1), options=(Option("正确"), Option("错误", "条文说的是1000万元，不是2000万元。")))
    text = lines(paper_of([drill], SETTING, ZH, library, answers=True))
    assert "条文说的是1000万元，不是2000万元。条文写的是1000万元。" in text


def test_what_the_explanation_says_is_not_said_twice():
    told = "《关于做好续贷工作的通知》（金规〔2024〕13号）第1条（据小微企业融资政策助手摘要）：“不超过1000万元”。"
    twice = (*a_choice(1).sources, *a_choice(1).sources)
    text = lines(paper_of([replace(a_choice(1), explanation=told, sources=twice)], SETTING, ZH, library, answers=True))
    assert text.count("第1条") == text.count("不超过1000万元") == 1
    other = replace(a_choice(1), sources=twice)
    assert lines(paper_of([other], SETTING, ZH, library, answers=True)).count("依据：") == 1


def test_papers_in_english_say_the_same():
    drills = [replace(drill, language=Language.EN) for drill in DRILLS]
    text = lines(paper_of(drills, SETTING, EN, library, answers=True))
    assert "Part 1: Choose one" in text
    assert "2. × (false)" in text
    assert right_answer(drills[2], EN) == "C → A → B"


@pytest.mark.parametrize("answers", [False, True])
def test_the_files_say_what_the_paper_says(answers):
    paper = paper_of(DRILLS, SETTING, ZH, library, answers=answers)
    said = [piece for block in paper.blocks if isinstance(block, Paragraph) for piece in block.text.split("\n")]
    said = [piece for piece in said if not set(piece) <= {"_"}]
    word = docx.Document(io.BytesIO(docx_of(paper)))
    written = "\n".join(paragraph.text for paragraph in word.paragraphs)
    assert [piece for piece in said if piece not in written] == []
    made = pdf_of(paper)
    by_pypdf = squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages))
    opened = pypdfium2.PdfDocument(made)
    by_pdfium = squeezed("".join(page.get_textpage().get_text_range() for page in opened))
    for text in (by_pypdf, by_pdfium):
        assert [piece for piece in said if squeezed(piece) not in text] == []
    pages = [squeezed(page.get_textpage().get_text_range()) for page in opened]
    assert any("答案和解析" in page for page in pages) is answers
    assert not any("答案和解析" in page and "把字母写在题前的括号里" in page for page in pages)


def squeezed(text):
    return "".join(text.split())


AT = datetime(2026, 11, 28, 9, 0, tzinfo=timezone.utc)
OF = TrainingClass(
    "ABC234", "一班", "li", Language.ZH, (*(SetDrill(d.id, "f1", d.prompt) for d in DRILLS), SetDrill("old:x#1:1", "f0", "旧题")),
    Reveal.AT_END, 0.6, (), AT,
)  # fmt: skip


def attempt(who, drill, score, chosen):
    return Attempt(who, drill.id, "f1", AT, score == 1, score, Language.ZH, Response(chosen), "ABC234")


@pytest.fixture(scope="module")
def found():
    catalogue = Catalogue(Language.ZH, DAY, {drill.id: drill for drill in DRILLS})
    members = [Member("a", "=1+1 张伟", AT), Member("b", "王芳", AT)]
    given = [attempt("a", drill, score, (0,)) for drill, score in zip(DRILLS, (1, 0.5, 1, 1, 0), strict=True)]
    given.append(attempt("b", DRILLS[4], 1, (1,)))
    return worked_out(OF, asked(OF, catalogue, library), members, given)


def test_the_workbook_opened_again_has_the_same_numbers(found):
    book = load_workbook(io.BytesIO(xlsx_of(sheets(OF, found, ZH, AT))))
    assert book.sheetnames == ["按学员", "按题目", "已撤下的题"]
    first, second = list(book["按学员"].values)[1:3]
    # 张伟: 1 + 0.5 + 1 + 1 + 0 = 3.5 of 5 = 70 of 100, three answers right
    assert first[:6] == ("=1+1 张伟", 5, 5, 3, 70, "合格")
    assert first[6:10] == ("2026-11-28 17:00", "2026-11-28 17:00", 0, 0)
    assert first[10:] == (100, 50, 100, 100, 0)
    assert second[:6] == ("王芳", 1, 5, 1, None, "未答完")
    assert second[10:] == (None, None, None, None, 100)
    assert book["按学员"]["A2"].data_type == "s"
    row = list(book["按题目"].values)[5]
    assert row[:9] == (5, "数字题", DRILLS[4].prompt, 2, 1, 50, 50, "A．500万元", 1)
    assert list(book["按题目"].values)[2][3:7] == (1, 0, 0, 50)  # half a point, not right
    gone = list(book["已撤下的题"].values)[1]
    assert gone == ("旧题", "续贷通知 第1条", "条款仍在，但已不再出这道题", 0, 0, "old:x#1:1")
    notes = [row[0] for row in book["按学员"].values if row[0]]
    assert any("平均分 70（按已答完的 1 人计算，共 2 人加入）" in note for note in notes)


def test_the_csv_opens_in_a_spreadsheet_and_runs_nothing(found):
    text = people_csv(found, ZH)
    assert text.startswith("\ufeff")
    lines = text.splitlines()
    assert lines[1].startswith('"\'=1+1 张伟","5","5","3","70","合格"')
    assert lines[2].startswith('"王芳","1","5","1","","未答完"')
