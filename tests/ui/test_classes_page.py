"""A class from its making to the certificate, as a trainer and their learners meet it in a real browser."""

from __future__ import annotations

import io
import json
import re
import urllib.request

import docx
import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import load_workbook
from pypdf import PdfReader
from staff import PASSWORD, Client, signed_in

from assistant.accounts.door import Door
from assistant.accounts.people import Role
from assistant.training.database import Database

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
LETTERS = "ABCDEFGH"


@pytest.fixture(scope="module")
def page(served):
    """The shipped corpus, and three people who train: two on their own, and an administrator."""
    door = Door(served.data_dir)
    for name, role in (("hetrainer", Role.STAFF), ("lintrainer", Role.STAFF), ("bosstrainer", Role.ADMINISTRATOR)):
        door.people.create(name, PASSWORD, role)
    door.close()
    return served


@pytest.fixture
def at_work(watched, page):
    """at_work("hetrainer") → their classes, signed in by the form."""

    def open_classes(name, **options):
        opened = watched(f"{page.url}/sign-in?next=classes", shows="#name", **options)
        opened.fill("#name", name)
        opened.fill("#password", PASSWORD)
        opened.click("main button")
        opened.wait_for_selector("#verify")
        return opened

    return open_classes


def sound(opened):
    """Nothing that axe-core finds wrong, and no need to scroll sideways."""
    found = Axe().run(opened).response["violations"]
    assert [(v["id"], [n["html"][:200] for n in v["nodes"]]) for v in found] == []
    assert opened.evaluate("document.documentElement.scrollWidth <= innerWidth")


def made(page, who="hetrainer", name="一班", **fields):
    """A class of five figure questions, made by requests alone; its maker and code."""
    trainer = signed_in(page.url, who)
    html = trainer.ask("/classes/new?kind=figure&number=5&lang=zh")[2]
    ids = re.findall(r'name="drill" value="([^"]+)" checked', html)
    assert len(ids) == 5
    sent = {"form_token": trainer.token("/classes/new"), "name": name, "do": "make", "pass": "60", "reveal": "at_end", **fields}
    body = "&".join(f"{k}={v}" for k, v in sent.items()) + "".join(f"&drill={quoted(id)}" for id in ids)
    status, headers, text = trainer.ask(
        "/classes/new", body=body.encode(), Content_Type="application/x-www-form-urlencoded"
    )
    assert status == 303, text
    return trainer, re.search(r"classes/([A-Z2-9]{6})\?done=made", headers["location"])[1]


def quoted(text):
    return text.replace("%", "%25").replace("#", "%23").replace("&", "%26").replace("+", "%2B")


def answers(html):
    """What is right, as the trainer's page says it: places of options."""
    return [LETTERS.index(letter) for letter in re.findall(r"<p>答案：([A-H])．", html)]


def join(page, code, name):
    """Somebody who joined; and the address of their first question."""
    learner = Client(page.url)
    token = learner.token(f"/training?class={code}&lang=zh")
    status, headers, text = learner.ask("/training/join", {"form_token": token, "class": code, "name": name})
    assert status == 303, text
    return learner, headers["location"].replace("..", "")


def sit(learner, first, chosen):
    """Answer one question after the other."""
    at = re.sub(r"/\d+$", "", "/" + first.lstrip("/"))
    for number, place in enumerate(chosen, 1):
        html = learner.ask(f"{at}/{number}")[2]
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', html))
        status, _, text = learner.ask(f"{at}/{number}", {**hidden, "choice": str(place)})
        assert status == 303, text


def test_a_trainer_makes_a_class_and_a_learner_passes(at_work, watched, page):
    trainer = at_work("hetrainer")
    sound(trainer)
    trainer.click("text=新建班级")
    trainer.wait_for_selector("#drills")
    trainer.check("input[name=kind][value=figure]")
    trainer.fill("#number", "6")
    with trainer.expect_navigation():
        trainer.click("text=选题并预览")
    trainer.wait_for_selector("#drills .drill >> nth=5")
    sound(trainer)
    assert trainer.locator("#drills .drill").count() == 6
    first = trainer.get_attribute("#drills .drill input[name=drill] >> nth=0", "value")
    trainer.uncheck("#drills .drill input[name=drill] >> nth=0")
    with trainer.expect_navigation():
        trainer.click("text=给取消勾选的题换上别的题")
    trainer.wait_for_selector("#drills .drill >> nth=5")
    ids = [box.get_attribute("value") for box in trainer.locator("input[name=drill]").all()]
    assert first not in ids
    assert len(ids) == 6
    trainer.uncheck("input[name=drill] >> nth=5")
    trainer.fill("main #name", "新人培训 <第一期>")
    trainer.press("main #name", "Enter")
    trainer.wait_for_selector("p.code")
    code = trainer.inner_text("p.code").replace(" ", "")
    assert trainer.inner_text("h1") == "新人培训 <第一期>"
    trainer.wait_for_selector("#join:has-text('http')")  # the script makes the address whole
    assert trainer.inner_text("#join") == f"{page.url}/training?class={code}"
    sound(trainer)
    right = answers(trainer.content())
    assert len(right) == 5
    assert "还没有人加入" in trainer.inner_text("#people")

    learner = watched(f"{page.url}/training?class={code.lower()}", shows="#name", **PHONE)
    learner.fill("#name", "张伟")
    learner.click("main form button")
    for number, place in enumerate(right, 1):
        learner.wait_for_selector("form#drill")
        chosen = place if number < 5 else (place + 1) % 2
        learner.locator("label.option").nth(chosen).click()
        with learner.expect_navigation():
            learner.click("form#drill button[type=submit]")

    trainer.reload()
    row = trainer.locator("#people tbody tr").inner_text()
    assert re.search(r"张伟\s+5/5\s+80\s+合格", row)
    assert "1 人已答完，平均 80 分，1 人合格" in trainer.inner_text("#people")
    assert re.search(r"0%（1 人中 0 人）", trainer.locator("#questions tbody tr").nth(4).inner_text())
    sound(trainer)
    trainer.click("#people >> text=证书")
    trainer.wait_for_selector(".framed")
    number = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", trainer.inner_text(".framed"))[0]
    assert "不是官方职业资格" in trainer.inner_text(".framed")
    sound(trainer)

    learner.click("text=查看我的证书")
    learner.wait_for_selector(".framed")
    assert number in learner.inner_text(".framed")
    sound(learner)
    with learner.expect_download() as given:
        learner.click("main >> text=PDF")
    text = "".join("".join(p.extract_text() for p in PdfReader(given.value.path()).pages).split())
    assert "张伟" in text
    assert number in text

    trainer.goto(f"{page.url}/classes")
    trainer.fill("#number", number.lower().replace("-", " "))
    trainer.click("#verify button")
    trainer.wait_for_selector(".notice.good")
    assert "属实" in trainer.inner_text(".notice.good")
    assert "张伟" in trainer.inner_text(".facts")
    sound(trainer)
    trainer.fill("#number", "AAAA-BBBB-CCCC")
    trainer.click("#verify button")
    trainer.wait_for_selector(".notice.bad")
    assert "没有签发过" in trainer.inner_text(".notice.bad")


def test_a_class_is_made_with_a_keyboard_alone_on_a_phone(at_work):
    phone = at_work("lintrainer", **PHONE)
    sound(phone)
    phone.focus("a.button")
    phone.keyboard.press("Enter")
    phone.wait_for_selector("#drills")
    sound(phone)
    phone.focus("input[name=topic] >> nth=0")
    phone.keyboard.press("Space")
    phone.focus("#number")
    phone.keyboard.press("Enter")
    phone.wait_for_url(re.compile(r"topic=.*number=10"))
    phone.wait_for_selector("#drills .drill")
    assert phone.is_checked("input[name=topic] >> nth=0")
    phone.focus("details.folded summary >> nth=-1")
    phone.keyboard.press("Enter")
    phone.keyboard.press("Tab")
    phone.keyboard.type("没有这份文件")
    assert phone.locator("details.folded >> nth=-1").locator("label.choice:visible").count() == 0
    phone.focus("main #name")
    phone.keyboard.type("键盘班")
    phone.keyboard.press("Enter")
    phone.wait_for_selector("p.code")
    sound(phone)
    phone.focus("#print a >> nth=3")
    phone.keyboard.press("Enter")
    phone.wait_for_selector(".paper .break", state="attached")
    assert "答案和解析" in phone.inner_text(".paper")
    sound(phone)


def test_what_was_sent_wrong_is_said_and_nothing_is_lost(page):
    trainer = signed_in(page.url, "hetrainer")
    html = trainer.ask("/classes/new?kind=figure&number=5&lang=zh")[2]
    id = re.findall(r'name="drill" value="([^"]+)" checked', html)[0]
    sent = {"form_token": trainer.token("/classes/new"), "drill": id, "do": "make", "name": "二班", "pass": "60"}
    for wrong, said in (
        ({"name": "  "}, "请填班级名称"),
        ({"pass": "101"}, "1 到 100 的整数"),
        ({"pass": "<x>"}, "1 到 100 的整数"),
        ({"drill": "figure:gone#1:1"}, "至少要留一道题"),
    ):
        status, _, text = trainer.ask("/classes/new", {**sent, **wrong})
        assert status == 422
        assert said in text
    assert 'value="二班"' in trainer.ask("/classes/new", {**sent, "pass": "0"})[2]
    for odd in ("number=x&seed=-1", "number=999999999999", "kind=nonsense", "topic=" + "x" * 500, "stage=a/b&document=../x"):
        assert trainer.ask(f"/classes/new?{odd}")[0] == 200


def test_others_see_nothing_of_a_class(page):
    trainer, code = made(page, "hetrainer", "三班")
    learner, _ = join(page, code, "王芳")
    paths = [
        f"/classes/{code}{ending}"
        for ending in ("", "/paper", "/paper.pdf", "/paper.docx", "/results.csv", "/results.xlsx", "/delete",
                       f"/certificate/{'0' * 16}", f"/certificate/{'0' * 16}.pdf")
    ]  # fmt: skip
    outsider, administrator, stranger = signed_in(page.url, "lintrainer"), signed_in(page.url, "bosstrainer"), Client(page.url)
    for path in paths:
        status, _, text = outsider.ask(path)
        assert status == 404, path
        assert "三班" not in text
        assert stranger.ask(path)[0] == 303, path  # to sign in
        assert learner.ask(path)[0] == 303, path
        assert administrator.ask(path)[0] == (404 if "certificate" in path else 200), path
    assert "三班" not in outsider.ask("/classes")[2]
    assert "三班" in administrator.ask("/classes")[2]
    for action in ("close", "reopen", "delete"):
        assert outsider.ask(f"/classes/{code}/{action}", {"form_token": outsider.token("/classes"), "confirmed": "yes"})[0] == 404
        assert trainer.ask(f"/classes/{code}/{action}", {"confirmed": "yes"})[0] == 403  # no token
    assert learner.ask(f"/training/certificate/{code}")[0] == 404  # not finished
    assert stranger.ask(f"/training/certificate/{code}")[0] == 404
    assert trainer.ask(f"/classes/{code}")[0] == 200


def test_a_class_is_closed_opened_again_and_deleted(page):
    trainer, code = made(page, "hetrainer", "四班")
    token = trainer.token("/classes")
    join(page, code, "李娜")
    assert trainer.ask(f"/classes/{code}/close", {"form_token": token})[0] == 303
    assert "已结束" in trainer.ask(f"/classes/{code}?lang=zh")[2]
    late = Client(page.url)
    sent = {"form_token": late.token("/training?lang=zh"), "class": code, "name": "迟到"}
    assert late.ask("/training/join", sent)[0] in (409, 422)
    assert trainer.ask(f"/classes/{code}/reopen", {"form_token": token})[0] == 303
    assert late.ask("/training/join", sent)[0] == 303
    assert trainer.ask(f"/classes/{code}/delete", {"form_token": token})[0] == 422  # it was not confirmed
    assert trainer.ask(f"/classes/{code}/delete", {"form_token": token, "confirmed": "yes"})[0] == 303
    assert trainer.ask(f"/classes/{code}")[0] == 404


def test_the_files_of_a_class_say_the_same_as_its_page(page):
    trainer, code = made(page, "hetrainer", "五班")
    right = answers(trainer.ask(f"/classes/{code}?lang=zh")[2])
    learner, first = join(page, code, "=cmd 赵强")
    sit(learner, first, [*right[:2], *((place + 1) % 2 for place in right[2:])])
    html = trainer.ask(f"/classes/{code}?lang=zh")[2]
    assert re.search(r"<th scope=\"row\">=cmd 赵强</th><td>5/5</td><td>40</td>", html)
    csv = trainer.ask(f"/classes/{code}/results.csv")[2]
    assert csv.startswith("\ufeff")
    assert "\"'=cmd 赵强\",\"5\",\"5\",\"2\",\"40\",\"未合格\"" in csv
    book = load_workbook(io.BytesIO(fetched(trainer, f"/classes/{code}/results.xlsx")))
    assert list(book["按学员"].values)[1][:6] == ("=cmd 赵强", 5, 5, 2, 40, "未合格")
    questions = list(book["按题目"].values)[1:6]
    assert [row[5] for row in questions] == [row[6] for row in questions] == [100, 100, 0, 0, 0]
    prompts = [row[2] for row in questions]
    pdf = "".join(p.extract_text() for p in PdfReader(io.BytesIO(fetched(trainer, f"/classes/{code}/paper.pdf"))).pages)
    word = docx.Document(io.BytesIO(fetched(trainer, f"/classes/{code}/paper.docx?answers=1")))
    written = "\n".join(paragraph.text for paragraph in word.paragraphs)
    for prompt in prompts:
        assert "".join(prompt.split()) in "".join(pdf.split())
        assert prompt in written
    assert "答案和解析" in written
    assert "答案和解析" not in pdf
    assert trainer.ask(f"/training/certificate/{code}")[0] == 404  # the trainer has learnt nothing


def test_a_withdrawn_question_is_listed_with_its_reason_and_asked_no_more(page):
    trainer, code = made(page, "hetrainer", "六班")
    right = answers(trainer.ask(f"/classes/{code}?lang=zh")[2])
    learner, first = join(page, code, "孙悦")
    sit(learner, first, right)
    training = Database(page.data_dir)  # as if the first question had been set while its clause said something else
    with training.transaction() as connection:
        content = json.loads(connection.execute("SELECT content FROM classes WHERE code = ?", (code,)).fetchone()[0])
        drill = content["drills"][0]
        drill["fingerprint"] = "0" * 16
        kept = (json.dumps(content, ensure_ascii=False), code)
        connection.execute("UPDATE classes SET content = ? WHERE code = ?", kept)
        connection.execute("UPDATE attempts SET fingerprint = ? WHERE drill = ?", ("0" * 16, drill["id"]))
    training.close()
    html = trainer.ask(f"/classes/{code}?lang=zh")[2]
    listed = html[html.index('id="withdrawn"') : html.index('id="people"')]
    assert drill["asked"] in listed
    assert "所依据的条款、规则或选项有改动" in listed
    assert "1 人答过，1 人答对" in listed
    assert re.search(r"孙悦</th><td>4/4</td><td>100</td>.*另有 1 题作答后被撤下", html)
    assert drill["asked"] not in trainer.ask(f"/classes/{code}/paper?lang=zh")[2]


def fetched(client, path):
    """A file as it is sent."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(client.jar))
    with opener.open(client.url + path, timeout=60) as response:
        return response.read()
