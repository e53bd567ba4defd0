"""What the server lets through, how it starts and how it stops."""

import http.client
import json
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request

import pytest
from running import ROOT, serving

from assistant.ui.server import ServerError, ServerSettings, bind, front_page


def fetch(url, **options):
    try:
        with urllib.request.urlopen(urllib.request.Request(url, **options), timeout=30) as response:
            return response.status, response.headers, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()


def test_the_front_page_names_no_other_host_to_load_from(served):
    status, headers, html = fetch(served.url)
    assert status == 200
    for foreign in ("googleapis", "gstatic", "cdnjs", "jsdelivr", "githubusercontent", "og:image"):
        assert foreign not in html
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'self'; ")
    assert "'unsafe-inline'" not in policy.split("style-src")[0]
    assert "http" not in policy


def test_the_nonce_is_new_each_time(served):
    first, second = (fetch(served.url)[1]["content-security-policy"] for _ in range(2))
    assert first != second


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/gradio_api/upload"),
        ("GET", "/gradio_api/proxy=https://example.com"),
        ("GET", "/gradio_api/file=/etc/passwd"),
        ("GET", "/gradio_api/file/etc/passwd"),
        ("GET", "/gradio_api/runs"),
        ("GET", "/monitoring"),
        ("POST", "/gradio_api/vibe-edit"),
        ("GET", "/gradio_api/deep_link"),
        ("GET", "/gradio_api/openapi.json"),
        ("GET", "/docs"),
        ("GET", "/llms.txt"),
        ("GET", "/assets/../../../etc/passwd"),
        ("GET", "/assets/%2e%2e/%2e%2e/routes.py"),
    ],
)
def test_what_the_page_does_not_need_is_not_there(served, method, path):
    assert fetch(served.url + path, method=method, data=b"" if method == "POST" else None)[0] == 404


def test_a_request_that_is_too_large_is_refused(served):
    connection = http.client.HTTPConnection(served.url.removeprefix("http://"), timeout=30)
    connection.putrequest("POST", "/gradio_api/queue/join")
    connection.putheader("Content-Length", "1000001")
    connection.endheaders()  # told by its announced length: not a byte of it is read
    assert connection.getresponse().status == 413
    connection.close()


def test_a_path_given_by_a_proxy_does_no_harm(served):
    for name in ("X-Forwarded-Prefix", "X-Script-Name", "X-Forwarded-Host"):
        assert fetch(served.url, headers={name: "/elsewhere"})[0] == 200


@pytest.mark.parametrize("path", ["/check", "/renewal"])
def test_every_page_is_as_closed_as_the_first(served, path):
    status, headers, html = fetch(served.url + path)
    assert status == 200
    for foreign in ("googleapis", "gstatic", "cdnjs", "jsdelivr", "og:image"):
        assert foreign not in html
    assert "'nonce-" in headers["content-security-policy"]
    assert html.count("<script") == html.count('<script nonce="') + html.count("<script defer src=")


def test_the_calendar_file_comes_for_a_day_to_come_only(served):
    status, headers, text = fetch(served.url + "/renewal.ics?due=2099-03-05&lang=en")
    assert status == 200
    assert headers["content-type"].startswith("text/calendar")
    assert headers["content-disposition"] == 'attachment; filename="renewal-2099-03-05.ics"'
    assert text.startswith("BEGIN:VCALENDAR")
    for wrong in ("", "?due=2099-13-05", "?due=2099-03-05&lang=%0d%0aX", "?due=2001-01-01", "?due=" + "9" * 5000):
        assert fetch(served.url + "/renewal.ics" + wrong)[0] == 400


def test_gradio_reports_to_nobody(served):
    config = json.loads(fetch(served.url + "/config")[2])
    assert config["analytics_enabled"] is False


def test_the_server_itself_connects_to_nobody(tmp_path, small_corpus):
    (tmp_path / "sitecustomize.py").write_text(LISTENER)
    said = tmp_path / "connections.txt"
    environment = {"SME_WORDS_ONLY": "1", "SME_CORPUS_DIR": str(small_corpus), "PYTHONPATH": str(tmp_path)}
    with serving(tmp_path, {**environment, "CONNECTIONS": str(said)}) as page:
        fetch(page.url)
    assert [line for line in said.read_text().splitlines() if "127.0.0.1" not in line] == []


LISTENER = """
import os, sys
def note(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo"):
        with open(os.environ["CONNECTIONS"], "a") as file:
            file.write(f"{event} {arguments!r}\\n")
sys.addaudithook(note)
"""


def test_a_taken_port_is_named_before_anything_else_is_done(served, tmp_path):
    port = served.url.rsplit(":", 1)[1]
    run = subprocess.run(
        [sys.executable, "app.py"], cwd=ROOT, capture_output=True, text=True, timeout=120,
        env={"PATH": "", "SME_PORT": port, "SME_DATA_DIR": str(tmp_path)},
    )  # fmt: skip
    assert run.returncode == 1
    assert f"127.0.0.1:{port}" in run.stderr
    assert "SME_PORT" in run.stderr
    assert "Traceback" not in run.stderr
    assert not (tmp_path / "index").exists()


@pytest.mark.parametrize(("name", "value"), [("SME_PORT", "http"), ("SME_PORT", "70000"), ("SME_PORT", "-1")])
def test_a_setting_that_cannot_be_used_is_named(name, value):
    with pytest.raises(ServerError, match=rf"{name}='{value}' cannot be used"):
        ServerSettings.from_environment({name: value})


def test_settings_left_empty_keep_their_defaults():
    assert ServerSettings.from_environment({"SME_HOST": " ", "SME_PORT": ""}) == ServerSettings()


def test_an_address_of_another_machine_is_refused():
    with pytest.raises(ServerError, match="SME_HOST"):
        bind(ServerSettings(host="192.0.2.1", port=0))


def test_a_port_can_be_taken_again_after_it_was_given_back():
    first = bind(ServerSettings(port=0))
    port = first.getsockname()[1]
    first.close()
    bind(ServerSettings(port=port)).close()


def test_an_ipv6_address_can_be_served():
    if not socket.has_ipv6:
        pytest.skip("no IPv6 here")
    try:
        bind(ServerSettings(host="::1", port=0)).close()
    except ServerError:
        pytest.skip("no IPv6 here")


def test_every_inline_script_carries_the_nonce():
    html = front_page('<html lang="en"><head></head><script>1</script><script data-x>2</script></html>', "abc")
    assert html.count("<script") == html.count('<script nonce="abc"') + html.count("<script defer src=")


@pytest.mark.parametrize("stop", ["SIGINT", "SIGTERM"])
def test_stopping_closes_everything_while_a_page_is_open(tmp_path, small_corpus, stop):
    with serving(tmp_path, {"SME_WORDS_ONLY": "1", "SME_CORPUS_DIR": str(small_corpus)}) as page:
        fetch(page.url)
        page.process.send_signal(getattr(signal, stop))
        assert page.process.wait(30) == 0
    assert "Traceback" not in (tmp_path / "log.txt").read_text()
    with serving(tmp_path, {"SME_WORDS_ONLY": "1", "SME_CORPUS_DIR": str(small_corpus)}) as again:
        assert fetch(again.url)[0] == 200
