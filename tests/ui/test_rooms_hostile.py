"""Library and training under attack: whatever an address or a form says, there is a page, and it is there for others too."""

from __future__ import annotations

import asyncio
import threading
import urllib.parse
from concurrent.futures import ThreadPoolExecutor

import pytest
from running import ROOT, serving
from staff import Client, hire
from starlette.responses import Response

from assistant.training.database import FILE
from assistant.ui.plain.visit import AT_ONCE, MOST_WAITING, Turns

MARK = "<x1y2z3>\"'</script><script>"
JUNK = [  # as an address carries it
    "", urllib.parse.quote(MARK), "%00%01%1F%7F", "%ED%A0%80", "%FF%FE%", "%E2%80%AE%E2%81%A6", "9" * 400, "-1", "1e999999",
    "%C2%B2", "%D9%A3", "0000-00-00", "0001-01-01", "9999-12-31", "2026-02-30", "2026-W01-1", "..%2F..%2Fetc%2Fpasswd",
    "%0D%0ASet-Cookie:%20x=1", "%7B0.__class__%7D%25s", "%E9%95%BF" * 300,
]  # fmt: skip
ASKED = {
    "library": "q kind status issuer region topic origin issued_from issued_to effective_from effective_to day in document sort page",
    "library/results": "q kind status issued_from effective_to day in document sort page",
    "policy/jingui-2024-13": "day both", "policy/jingui-2024-13/difference": "with first last day",
    "policy/jingui-2024-13/export": "clauses format all day", "products": "q day amount term sort province city p only f.region",
    "products/compare": "p day only province city f.employees f.region", "products.xlsx": "q p day amount term",
    "changes": "day since last month region kind topic", "changes.ics": "day since region topic",
    "changes/briefing": "day since last region topic", "changes/briefing.docx": "day topic",
    "changes/briefing.pdf": "day topic", "reply": "question day", "training": "class done",
    "training/choose": "q topic document", "training/path/visitor": "day", "visiting": "industry province city size day",
    "visiting/checklist": "industry province city size day", "visiting/leaflet.pdf": "industry province day",
}  # fmt: skip
SENT = ["reply", "training/begin", "training/join", "training/me", "training/sitting/" + "0" * 16 + "/1", "classes/new",
        "classes/AAAAAA/close", "classes/AAAAAA/reopen", "classes/AAAAAA/delete"]  # fmt: skip


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    directory = tmp_path_factory.mktemp("hostile")
    hire(directory)
    settings = {"SME_WORDS_ONLY": "1", "SME_CORPUS_DIR": str(ROOT / "tests" / "small_corpus")}
    with serving(directory, settings) as served:
        yield served


def log(page):
    return (page.data_dir / "log.txt").read_text()


@pytest.mark.parametrize("path", ASKED)
def test_whatever_an_address_says_there_is_a_page(served, path):
    visitor, names, before = Client(served.url), ASKED[path].split(), log(served)
    queries = [[(name, junk) for name in (*names, "lang")] for junk in JUNK]
    queries += [[(name, junk) for name in names] * 60 for junk in ("", "1", "2026-11-28")]
    for pairs in queries:
        asked = "&".join(f"{name}={value}" for name, value in pairs)
        status, headers, text = visitor.ask(f"/{path}?{asked}")
        assert status in (200, 303, 404, 409, 422, 429), (status, asked[:200])
        assert not [tag for tag in ("<x1y2z3>", "</script><script>") if tag in text], asked[:200]
        assert "x=1" not in (headers["set-cookie"] or "")
    assert log(served) == before


@pytest.mark.parametrize("path", SENT)
def test_no_form_is_taken_that_is_not_of_this_visitor(page, path):
    visitor, name = Client(page.url), "li" if path.startswith("classes") else ""
    if name:
        assert visitor.sign_in(name)[0] == 303
    own, foreign = visitor.token("/reply"), Client(page.url).token("/reply")
    for form in ({}, {"form_token": "0" * 64}, {"form_token": foreign}):
        assert visitor.ask(f"/{path}", form)[0] == 403
    for told in ({"Origin": "https://example.com"}, {"Origin": "null"}, {"Sec_Fetch_Site": "cross-site"}):
        assert visitor.ask(f"/{path}", {"form_token": own}, **told)[0] == 403


def test_many_values_do_not_swell_the_search_page(page):
    values = "&".join(f"{name}={'v' * 190}{n}" for name in ("kind", "issuer", "region", "topic") for n in range(60))
    status, _, text = Client(page.url).ask(f"/library?{values}")
    assert status == 200
    assert len(text) < 1_000_000  # every link has all values: it would be 12 MB


def test_a_draft_of_digits_is_checked_like_any_other(page):
    visitor = Client(page.url)
    sent = {"form_token": visitor.token("/reply"), "question": "小微企业贷款额度最高多少？", "action": "check"}
    assert visitor.ask("/reply", {**sent, "text": "1" * 8000})[0] == 200
    assert visitor.ask("/reply", {**sent, "text": "1" * 8001})[0] == 422


def test_training_that_cannot_be_read_says_so_and_the_library_goes_on(page):
    path = page.data_dir / FILE
    assert not path.exists()  # nothing was ever kept
    path.write_bytes(b"no database at all\n" * 100)
    visitor = Client(page.url)
    try:
        token = visitor.token("/training?lang=zh")
        for asked in ("/training?class=AAAAAA", "/training/join"):
            form = {"form_token": token, "class": "AAAAAA", "name": "小王"} if "join" in asked else None
            status, _, text = visitor.ask(asked, form)
            assert (status, "培训记录现在读不出或存不进" in text) == (503, True), asked
        for other in ("library", "products", "changes", "reply", "visiting"):
            assert visitor.ask(f"/{other}")[0] == 200
    finally:
        path.unlink()
    assert visitor.ask("/training?class=AAAAAA")[0] == 404
    assert "Training results cannot be read or kept" in log(page)
    assert "Traceback" not in log(page)


def test_costly_requests_are_answered_a_few_at_once_and_too_many_not_at_all():
    go, begun = threading.Event(), []

    def answer():
        begun.append(1)
        assert go.wait(60)
        return Response()

    async def many():
        turns = Turns()
        waiting = [asyncio.create_task(turns.take(answer)) for _ in range(AT_ONCE + MOST_WAITING)]
        while len(begun) < AT_ONCE:
            await asyncio.sleep(0)
        assert await turns.take(answer) is None  # one too many
        assert len(begun) == AT_ONCE
        go.set()
        return await asyncio.gather(*waiting)

    with ThreadPoolExecutor(1) as elsewhere:  # the browser of other tests keeps a loop of its own in this thread
        responses = elsewhere.submit(asyncio.run, many()).result(60)
    assert all(response is not None for response in responses)
    assert len(begun) == AT_ONCE + MOST_WAITING
