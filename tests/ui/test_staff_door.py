"""The door of the pages for staff, tried with requests that no browser of ours would send too."""

from __future__ import annotations

import re
import urllib.parse
from pathlib import Path

import pytest
from running import ROOT, serving
from staff import PASSWORD, Client, hire, signed_in

from assistant.accounts.door import Door
from assistant.ui.plain.visit import Reception
from assistant.ui.staff.routes import SERVED, staff_room
from index.library.library import Library
from index.settings import IndexSettings

NOBODY = "0" * 32
SMALL = ROOT / "tests" / "small_corpus"


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    directory = tmp_path_factory.mktemp("door")
    hire(directory)
    with serving(directory, {"SME_WORDS_ONLY": "1", "SME_CORPUS_DIR": str(SMALL)}) as served:
        yield served


@pytest.fixture
def visitor(page):
    return Client(page.url)


def every_route(tmp_path):
    settings = IndexSettings(data_dir=tmp_path)
    library = Library(settings)
    for route in staff_room(Reception(Door(tmp_path)), library, 1, tmp_path).routes:
        path = re.sub(r"\{page:int\}", "1", route.path).replace("{id}", NOBODY)
        for method in sorted(route.methods - {"HEAD"}):
            yield method, path


OPEN = {"/sign-in", "/staff.js"}


def test_nothing_is_shown_or_done_without_signing_in(visitor, tmp_path):
    tried = 0
    for method, path in every_route(tmp_path):
        assert SERVED.fullmatch(path), f"{path} is not let through"
        if path in OPEN:
            continue
        status, headers, text = visitor.ask(path, {"form_token": "x"} if method == "POST" else None)
        if path.startswith("/original") and path.endswith(".png"):
            assert status == 404
        elif method == "POST":
            assert status in (401, 403), path
        elif status == 303:
            assert headers["location"].lstrip("./").startswith("sign-in?next="), path
        else:
            assert status == 401, path
        assert "<h2" not in text
        tried += 1
    assert tried >= 15


def test_signing_in_opens_the_page_asked_for_and_the_cookie_is_kept_from_scripts(visitor):
    status, headers, _ = visitor.ask("/documents?all=review")
    assert (status, headers["location"]) == (303, "./sign-in?next=documents%3Fall%3Dreview".replace("./", ""))
    status, headers, _ = visitor.sign_in("li", next="documents?all=review")
    assert (status, headers["location"]) == (303, "documents?all=review")
    session = next(c for c in headers.get_all("set-cookie") if c.startswith("sme-session="))
    assert {"httponly", "samesite=lax", "path=/"} <= {part.strip().lower() for part in session.split(";")}
    assert "secure" not in session.lower()  # over plain http a browser would drop it
    status, headers, text = visitor.ask("/documents")
    assert status == 200
    assert "li" in text
    assert "台州银行" in text
    assert headers["cache-control"] == "no-store"
    assert "unsafe" not in headers["content-security-policy"]


def test_behind_a_proxy_with_tls_the_cookie_goes_over_https_alone(visitor):
    _, headers, text = visitor.ask("/sign-in", X_Forwarded_Proto="https")
    secret = headers["set-cookie"].split(";")[0]
    assert "Secure" in headers["set-cookie"]
    token = re.search(r'name="form_token" value="(\w+)"', text)[1]
    form = {"form_token": token, "name": "li", "password": PASSWORD}
    status, headers, _ = visitor.ask("/sign-in", form, X_Forwarded_Proto="https", Cookie=secret, Sec_Fetch_Site="same-origin")
    assert status == 303
    session = next(c for c in headers.get_all("set-cookie") if "sme-session=" in c)
    assert session.startswith("__Host-sme-session=")
    assert "Secure" in session
    plain = session.split(";")[0].replace("__Host-", "")
    assert visitor.ask("/documents", X_Forwarded_Proto="https", Cookie=plain)[0] == 303  # the plain name is not heeded
    assert visitor.ask("/documents", X_Forwarded_Proto="https", Cookie=session.split(";")[0])[0] == 200


def test_a_wrong_password_and_an_unknown_name_are_told_alike(page):
    pages = []
    for name in ("li", "nobody"):
        status, _, text = Client(page.url).sign_in(name, "wrong wrong wrong")
        assert status == 401
        pages.append(re.sub(r'value="[^"]*"', "", text))
    assert pages[0] == pages[1]


def test_guessing_is_made_to_wait(tmp_path):
    hire(tmp_path)
    environment = {"SME_WORDS_ONLY": "1", "SME_CORPUS_DIR": str(SMALL)}
    with serving(tmp_path, environment) as served:
        visitor = Client(served.url)
        assert [visitor.sign_in("li", "wrong wrong wrong")[0] for _ in range(6)] == [401] * 5 + [429]
    with serving(tmp_path, environment) as served:  # a restart forgives nothing
        for _ in range(3):
            status, headers, text = Client(served.url).sign_in("li", "wrong wrong wrong")
        assert status == 429
        assert int(headers["retry-after"]) >= 1
        assert headers["retry-after"] in text
        assert "wrong wrong" not in (tmp_path / "log.txt").read_text()


def test_a_session_given_beforehand_is_never_taken_up(page):
    visitor = Client(page.url)
    chosen = "A" * 43
    token = visitor.token("/sign-in")
    cookies = "; ".join(f"{c.name}={c.value}" for c in visitor.jar)
    form = {"form_token": token, "name": "li", "password": PASSWORD}
    status, headers, _ = visitor.ask("/sign-in", form, Cookie=f"{cookies}; sme-session={chosen}")
    assert status == 303
    given = next(c for c in headers.get_all("set-cookie") if c.startswith("sme-session="))
    assert chosen not in given
    assert Client(page.url).ask("/documents", Cookie=f"sme-session={chosen}")[0] == 303


def test_signing_out_ends_the_session_on_the_server_too(page):
    worker = signed_in(page.url, "li")
    old = worker.session()
    status, headers, _ = worker.ask("/sign-out", {"form_token": worker.token()})
    assert (status, headers["location"]) == (303, "sign-in?said=signed_out")
    assert worker.session() is None
    assert Client(page.url).ask("/documents", Cookie=f"sme-session={old}")[0] == 303


def test_another_password_signs_a_browser_out(page):
    worker = signed_in(page.url, "qian")
    door = Door(page.data_dir)
    door.people.set_password("qian", "another quiet pond")
    assert worker.ask("/documents")[0] == 303
    door.people.set_password("qian", PASSWORD)
    door.close()


def test_a_form_of_another_site_does_nothing(page):
    worker = signed_in(page.url, "li")
    token = worker.token()
    for form, headers in (
        ({}, {}),
        ({"form_token": "0" * 64}, {}),
        ({"form_token": signed_in(page.url, "zhao").token()}, {}),
        ({"form_token": token}, {"Origin": "https://evil.example"}),
        ({"form_token": token}, {"Origin": "null"}),
        ({"form_token": token}, {"Sec_Fetch_Site": "cross-site"}),
        ({"form_token": token}, {"Sec_Fetch_Site": "same-site"}),
    ):
        assert worker.ask("/sign-out", form, **headers)[0] == 403
    assert worker.ask("/documents")[0] == 200
    for headers in ({"X_Form_Token": "0" * 64}, {"Origin": "https://evil.example"}, {"Sec_Fetch_Site": "cross-site"}):
        assert worker.add("a.txt", b"text", "台州银行", **headers)[0] == 403


def test_signing_in_needs_a_form_of_ours_too(page):
    visitor = Client(page.url)
    form = {"name": "li", "password": PASSWORD}
    assert visitor.ask("/sign-in", form)[0] == 403
    assert visitor.ask("/sign-in", form | {"form_token": visitor.token("/sign-in")}, Origin="https://evil.example")[0] == 403
    assert visitor.session() is None


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "documents/../../x", "documents//evil.example",
     "sign-out", "documents\r\nSet-Cookie: a=b", "documents?x=//evil.example"],
)  # fmt: skip
def test_signing_in_leads_to_pages_of_ours_only(page, wanted):
    status, headers, _ = Client(page.url).sign_in("li", next=wanted)
    assert (status, headers["location"]) == (303, "documents")


@pytest.mark.parametrize("path", ["/documents/x", f"/documents/{NOBODY}/../..", f"/documents/{NOBODY}/page-0.png",
                                  f"/documents/{NOBODY.upper()}A", "/documents/", f"/original/{NOBODY}/1.pdf", "/staff.py"])  # fmt: skip
def test_addresses_that_are_not_of_ours_are_not_there(page, path):
    assert signed_in(page.url, "li").ask(path)[0] == 404


def test_forms_that_are_too_large_are_refused(page):
    worker = signed_in(page.url, "li")
    assert worker.ask("/sign-out", {"form_token": worker.token(), "x": "y" * 300_000})[0] == 413
    many = urllib.parse.urlencode([("a", "b")] * 2000).encode()
    assert worker.ask("/sign-out", body=many)[0] == 413
    assert worker.ask("/documents")[0] == 200


def test_both_languages_and_the_choice_is_kept(page):
    worker = signed_in(page.url, "li")
    assert 'lang="zh"' in worker.ask("/documents", Accept_Language="zh-CN")[2]
    assert '<html lang="en">' in worker.ask("/documents?lang=en", Accept_Language="zh-CN")[2]
    assert '<html lang="en">' in worker.ask("/documents", Accept_Language="zh-CN")[2]


def test_secrets_reach_no_log_and_no_file(page):
    worker = signed_in(page.url, "li")
    for path in Path(page.data_dir).rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert PASSWORD.encode() not in content, path
            assert worker.session().encode() not in content, path
