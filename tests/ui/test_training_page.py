"""Training in a real browser: a sitting from the first page to the mistakes tried again, with a nickname or an account.

What is right is looked up in the drills made of the shipped corpus, as they are made for the page.
"""

from __future__ import annotations

import re
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from running import ROOT
from staff import PASSWORD, Client

from assistant.accounts.door import Door
from assistant.accounts.people import Role
from assistant.rule_files import rules_digest
from assistant.training.catalogue import checked
from assistant.training.classes import Classes, Reveal
from assistant.training.database import Database
from assistant.training.material import Material
from assistant.training.sitting import Sittings
from assistant.training.types import DrillKind
from index.types import Language

DESK = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}}


@pytest.fixture(scope="module")
def drills(corpus, rulebook):
    """Every drill in Chinese, by id."""
    own = {language: tuple(d for d in corpus.documents if d.language is language) for language in Language}
    rules = rules_digest(ROOT / "corpus")
    material = Material(Language.ZH, date.today(), own[Language.ZH], rulebook, rules, others=own[Language.EN])
    return checked(material).drills


@pytest.fixture(scope="module")
def kept(served):
    """What the page keeps, read from beside it."""
    database = Database(served.data_dir)
    yield database
    database.close()


@pytest.fixture
def asked(kept, drills):
    """asked(page) → the drill a page asks."""

    def find(page):
        sitting, place = re.search(r"/sitting/([0-9a-f]{16})/(\d+)", page.url).groups()
        rows = kept.rows("SELECT learner FROM sittings WHERE id = ?", (sitting,))
        items = Sittings(kept).find(sitting, rows[0]["learner"]).items
        return drills[items[int(place) - 1].drill]

    return find


def sound(page):
    """Nothing that axe-core finds wrong, and no need to scroll sideways."""
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [n["html"][:200] for n in v["nodes"]]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def tab_to(page, selector, most=80):
    """Tab on until something has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement?.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached with the keyboard")


def press(page, key):
    """A key that leads to another page."""
    with page.expect_navigation():
        page.keyboard.press(key)


def answer_by_keys(page, drill, *, right):
    """Answer with the keyboard alone."""
    if drill.kind is DrillKind.SHORT:
        tab_to(page, "#text")
        page.keyboard.type(drill.sources[0].quote if right else "不知道")
        tab_to(page, "#drill button[type=submit]")
    elif drill.kind is DrillKind.ORDER:
        for number, place in enumerate(drill.right if right else drill.right[::-1]):
            page.focus(f"#step-{place}")
            up = page.evaluate("id => [...document.querySelectorAll('.steps li')].findIndex(li => li.querySelector(id))", f"#step-{place}")  # fmt: skip
            for _ in range(up - number):
                page.focus(f"li:has(#step-{place}) button.move")
                page.keyboard.press("Enter")
        page.focus("#drill button[type=submit]:not(.move)")
    else:
        wrong = next(place for place in range(drill.reasons_from or len(drill.options)) if place not in drill.right)
        chosen = drill.right if right else (wrong, *drill.right[1:])
        for place in chosen:
            page.keyboard.press(str(place + 1))
    press(page, "Enter")


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_a_sitting_of_five_by_keyboard_alone(watched, served, asked, screen):
    page = watched(f"{served.url}/training", shows="#nickname-first", **screen)
    sound(page)
    tab_to(page, "#nickname-first")
    page.keyboard.type("小王")
    press(page, "Enter")  # the first button: five drills of the first role
    met, missed = [], []
    for number in range(1, 6):
        drill = asked(page)
        met.append(drill)
        assert f"第 {number} 题，共 5 题" in page.inner_text(".place")
        if number in (1, 3):
            sound(page)
        if number == 3:
            page.reload()
            assert asked(page).id == drill.id
        answer_by_keys(page, drill, right=number != 2)
        assert page.evaluate("document.activeElement.id") == "result"
        assert page.get_attribute("#result", "role") == "status"
        if number == 2:
            assert "答对了" not in page.inner_text("#result h2")
        elif drill.kind is not DrillKind.SHORT:  # the words of the clause may lack its name
            assert page.inner_text("#result h2") == "答对了"
        if page.inner_text("#result h2") != "答对了":
            missed.append(drill.id)
        source = drill.sources[0]
        assert page.get_attribute(".quoted a", "href").endswith(
            f"policy/{source.document_id}?day={date.today()}#c-{source.clause_id}"
        )
        if number in (1, 2):
            sound(page)
        press(page, "n")
    assert page.url.endswith("/end")
    sound(page)
    assert len({drill.id for drill in met}) == 5
    assert met[1].id in missed
    assert page.locator("section:has(h2:has-text('没答对')) li").count() == len(missed)
    tab_to(page, "form.begin button")
    press(page, "Enter")  # the mistakes again
    assert "错题重做" in page.inner_text(".place")
    for number, id in enumerate(missed, start=1):
        assert f"第 {number} 题，共 {len(missed)} 题" in page.inner_text(".place")
        assert asked(page).id == id
        answer_by_keys(page, asked(page), right=True)
        press(page, "n")
    assert page.url.endswith("/end")
    page.goto(f"{served.url}/training")
    assert "小王" in page.inner_text(".today h2")
    sound(page)
    for address in ("/training/me", "/training/path/visitor", "/training/choose?document=enterprise-size"):
        page.goto(served.url + address)
        sound(page)


def test_number_keys_can_be_switched_off(watched, served, drills, kept):
    figure = next(drill for drill in drills.values() if drill.kind is DrillKind.FIGURE)
    page = in_class(watched, served, kept, [figure])
    page.keyboard.press("2")
    assert page.locator(".option input:checked").get_attribute("value") == "1"
    page.click("#keys summary")
    page.uncheck("#keys-on")
    page.reload()
    page.keyboard.press("2")
    assert page.locator(".option input:checked").count() == 0


def begun(watched, served, name="小李", **screen):
    """Somebody in the middle of their first sitting."""
    page = watched(f"{served.url}/training", shows="#nickname-first", **screen)
    page.fill("#nickname-first", name)
    with page.expect_navigation():
        page.click("form.begin button[value='5']")
    return page


def test_steps_are_put_in_order_by_buttons_or_boxes(watched, served, drills, kept):
    order = next(drill for drill in drills.values() if drill.kind is DrillKind.ORDER)
    page = in_class(watched, served, kept, [order])
    first = f"li:has(#step-{order.right[0]})"
    while page.locator(".steps li").first.locator(f"#step-{order.right[0]}").count() == 0:
        page.click(f"{first} button.move >> nth=0")
    assert page.input_value(f"#step-{order.right[0]}") == "1"
    for number, place in enumerate(order.right, start=1):
        page.select_option(f"#step-{place}", str(number))
    shown = page.eval_on_selector_all(".steps select", "boxes => boxes.map(box => box.id)")
    assert shown == [f"step-{place}" for place in order.right]
    sound(page)
    page.click("#drill button[type=submit]:not(.move)")
    page.wait_for_selector("#result.right")


def test_it_works_without_scripts(watched, served, drills, kept):
    order = next(drill for drill in drills.values() if drill.kind is DrillKind.ORDER)
    case = next(drill for drill in drills.values() if drill.kind is DrillKind.CASE)
    page = in_class(watched, served, kept, [case, order], java_script_enabled=False)
    page.check(f"input[name=choice][value='{case.right[0]}']")
    for place in case.right[1:]:
        page.check(f"input[name=reason][value='{place}']")
    page.click("#drill button[type=submit]")
    page.wait_for_selector("#result.right")
    page.click("#next")
    for place in order.right:
        page.select_option(f"#step-{place}", "1")
    page.click("#drill button[type=submit]")
    assert "不重复" in page.inner_text("[role=alert]")
    for number, place in enumerate(order.right, start=1):
        page.select_option(f"#step-{place}", str(number))
    page.click("#drill button[type=submit]")
    page.wait_for_selector("#result.right")


def in_class(watched, served, kept, set_drills, reveal=Reveal.AT_ONCE, name="学员甲", **screen):
    """Somebody who joined a class of these drills."""
    made = Classes(kept).create("li", "新人班", Language.ZH, set_drills, reveal, 0.6)
    page = watched(f"{served.url}/training?class={made.code.lower()}", shows="#name", **screen)
    page.fill("#name", name)
    with page.expect_navigation():
        page.click("main form[method=post] button")
    return page


def test_a_class_that_tells_at_its_end_tells_nothing_before(watched, served, drills, kept):
    two = [drill for drill in drills.values() if drill.kind is DrillKind.FIGURE][:2]
    page = in_class(watched, served, kept, two, Reveal.AT_END, **PHONE)
    sitting = page.url.rsplit("/", 1)[0]
    page.check(f"input[name=choice][value='{next(p for p in range(4) if p not in two[0].right)}']")
    page.click("#drill button[type=submit]")
    page.wait_for_url(f"{sitting}/2")
    page.goto(f"{sitting}/1")
    assert page.url == f"{sitting}/2"
    page.goto(f"{served.url}/training")
    assert "答错" not in page.inner_text(".today")
    page.goto(f"{sitting}/2?lang=en")
    assert "asked in Chinese" in page.inner_text(".notice.warn")
    sound(page)
    page.check(f"input[name=choice][value='{two[1].right[0]}']")
    page.click("#drill button[type=submit]")
    page.wait_for_url(f"{sitting}/end")
    assert "50%" in page.inner_text("#result")  # one of two; 60 % are needed
    assert page.locator("#result").inner_text().count("60%") == 1
    page.click("a.cut >> nth=0")
    page.wait_for_selector("#result.wrong")
    code = kept.rows("SELECT code FROM classes ORDER BY created DESC, rowid DESC LIMIT 1")[0]["code"]
    Classes(kept).close(code)
    page.goto(f"{served.url}/training?class={code}")
    assert page.url == f"{sitting}/end"


def test_a_change_of_language_keeps_the_same_drills(watched, served, asked):
    page = begun(watched, served)
    drill = asked(page)
    page.click("a.language")
    page.wait_for_selector("html[lang=en]")
    assert asked(page).id == drill.id
    assert page.inner_text(".place").count("Question 1 of 5") == 1
    sound(page)
    page.goto(f"{served.url}/training")
    sound(page)


# --- what is sent, by requests alone ------------------------------------------------------------------------


def learner(served, name="小赵"):
    """A client with a nickname, and the address of their first drill."""
    client = Client(served.url)
    client.ask("/training", Accept_Language="zh")
    sent = {"form_token": client.token("/training"), "nickname": name, "aim": "path", "of": "visitor", "count": "5"}
    status, headers, _ = client.ask("/training/begin", sent)
    assert status == 303
    return client, "/" + headers["location"].removeprefix("../") + "/1"


def fields(client, address, drill, *, right):
    """The form of a drill, filled in."""
    page = client.ask(address)[2]
    sent = {name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("form_token", "print", "language")}
    if drill.kind is DrillKind.SHORT:
        return {**sent, "text": "不知道"}
    if drill.kind is DrillKind.ORDER:
        steps = drill.right if right else drill.right[::-1]
        return {**sent, **{f"step-{place}": str(number) for number, place in enumerate(steps, start=1)}}
    wrong = next(place for place in range(drill.reasons_from or len(drill.options)) if place not in drill.right)
    chosen = drill.right[0] if right else wrong
    return {**sent, "choice": str(chosen), **({"reason": str(drill.right[1])} if drill.reasons_from else {})}


class At:
    """Where a client is, as `asked` looks at it."""

    def __init__(self, url):
        self.url = url


def test_sending_twice_answers_once(served, asked, kept):
    client, address = learner(served)
    drill = asked(At(address))
    before = len(kept.rows("SELECT * FROM attempts"))
    sent = fields(client, address, drill, right=False)
    again = fields(client, address, drill, right=True)
    assert client.ask(address, sent)[0] == 303
    assert client.ask(address, again)[0] == 303
    assert len(kept.rows("SELECT * FROM attempts")) == before + 1
    assert 'class="result wrong"' in client.ask(address)[2] or 'class="result partly"' in client.ask(address)[2]


def test_nothing_is_sent_without_an_answer(served, asked, kept):
    client, address = learner(served)
    sent = fields(client, address, asked(At(address)), right=True)
    status, _, page = client.ask(address, {name: sent[name] for name in ("form_token", "print", "language")})
    assert status == 422
    assert 'role="alert"' in page


def test_a_form_from_elsewhere_is_refused(served, asked):
    client, address = learner(served)
    sent = fields(client, address, asked(At(address)), right=True)
    assert client.ask(address, {**sent, "form_token": "0" * 64})[0] == 403
    assert client.ask(address, sent, Sec_Fetch_Site="cross-site")[0] == 403


def test_nobody_else_sees_a_sitting(served):
    _, address = learner(served)
    other, _ = learner(served)
    for path in (address, address.rsplit("/", 1)[0], address.rsplit("/", 1)[0] + "/end"):
        assert other.ask(path)[0] == 404
        assert Client(served.url).ask(path)[0] == 404


def test_the_token_of_a_nickname_is_out_of_reach_of_scripts_and_other_sites(served):
    client = Client(served.url)
    sent = {"form_token": client.token("/training"), "nickname": "小赵", "aim": "path", "of": "visitor", "count": "5"}
    _, headers, _ = client.ask("/training/begin", sent)
    (cookie,) = [line for line in headers.get_all("set-cookie") if line.startswith("sme-learner=")]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie


@pytest.mark.parametrize(
    ("name", "told"), [("", "请写一个名字"), ("王13800138000", "手机号"), ("王" * 21, "最多 20 个字")]
)
def test_a_nickname_that_cannot_be_is_told_why(served, kept, name, told):
    client = Client(served.url)
    client.ask("/training?lang=zh")
    before = len(kept.rows("SELECT * FROM learners"))
    sent = {"form_token": client.token("/training"), "nickname": name, "aim": "path", "of": "manager", "count": "5"}
    status, _, page = client.ask("/training/begin", sent)
    assert status == 422
    assert told in page
    assert re.search(r'value="manager" checked', page)
    assert len(kept.rows("SELECT * FROM learners")) == before


def test_whatever_a_form_says_there_is_a_page(served):
    client, address = learner(served)
    token = client.token("/training")
    for sent in (
        {"aim": "class", "of": "ABC234"},
        {"aim": "path", "of": "nobody"},
        {"aim": "topic", "of": "<b>"},
        {"aim": "mistakes", "of": "x"},
    ):
        status, _, page = client.ask("/training/begin", {"form_token": token, "count": "9" * 9, **sent})
        assert status in (303, 422)
        assert "<b>" not in page.replace("<b>", "", page.count("<span><b>"))
    base = address.rsplit("/", 1)[0]
    assert client.ask(f"{base}/99")[0] == 303
    assert client.ask(f"{base}/3")[1]["location"].endswith("/1")  # not yet
    assert client.ask(f"{base}/end")[1]["location"].endswith("/1")
    assert client.ask("/training/path/nobody")[0] == 404
    assert client.ask("/training/sitting/" + "0" * 16)[0] == 404
    assert client.ask("/training?class=ZZZZZZ")[0] == 404


def test_progress_of_a_nickname_becomes_an_account_s_and_is_found_on_another_device(served, asked):
    door = Door(served.data_dir)
    door.people.create("zhou", PASSWORD, Role.STAFF, ["台州银行"])
    door.close()
    client, address = learner(served, "小周")
    client.ask(address, fields(client, address, asked(At(address)), right=False))
    assert client.sign_in("zhou")[0] == 303
    page = client.ask("/training?lang=zh")[2]
    assert "小周" in page
    token = re.findall(r'name="form_token" value="([0-9a-f]{64})"', page)[-1]
    status, headers, _ = client.ask("/training/me", {"form_token": token, "what": "take_over"})
    assert (status, headers["location"]) == (303, "../training?done=taken_over")
    elsewhere = Client(served.url)
    elsewhere.ask("/training?lang=zh")
    elsewhere.sign_in("zhou")
    assert "答错待重做：1 题" in elsewhere.ask("/training")[2]
    assert elsewhere.ask(address)[0] == 200
    assert client.ask("/sign-out", {"form_token": token})[0] == 303
    assert client.ask(address)[0] == 404  # on a shared computer the next one finds nothing


def test_all_data_are_deleted_when_that_is_confirmed(served, asked, kept):
    client, address = learner(served, "要删的")
    client.ask(address, fields(client, address, asked(At(address)), right=False))
    token = client.token("/training/me")
    assert client.ask("/training/me", {"form_token": token, "what": "forget"})[0] == 422
    assert client.ask("/training/me", {"form_token": token, "what": "rename", "nickname": "138 0013 8000"})[0] == 422
    assert client.ask("/training/me", {"form_token": token, "what": "rename", "nickname": "老赵"})[0] == 303
    assert "老赵" in client.ask("/training")[2]
    assert client.ask("/training/me", {"form_token": token, "what": "forget", "sure": "yes"})[0] == 303
    assert client.ask(address)[0] == 404
    assert kept.rows("SELECT * FROM learners WHERE nickname = '老赵'") == []
