"""Answering asks nothing of any other machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from index.settings import ROOT

# Python reads sitecustomize before anything else: from then on only this machine can be reached, and each try is noted.
GUARD = """
import os, socket

def refuse(what):
    with open(os.environ["TRIED"], "a") as file:
        file.write(f"{what}\\n")
    raise OSError(f"no network in this test: {what}")

def local(address):
    return isinstance(address, (str, bytes)) or address[0] in ("127.0.0.1", "::1", "localhost")

def guarded(name):
    original = getattr(socket.socket, name)
    def call(self, address, *rest):
        return original(self, address, *rest) if self.family == socket.AF_UNIX or local(address) else refuse(address)
    return call

class Guarded(socket.socket):
    connect, connect_ex = guarded("connect"), guarded("connect_ex")

    def sendto(self, data, *rest):
        return super().sendto(data, *rest) if self.family == socket.AF_UNIX or local(rest[-1]) else refuse(rest[-1])

socket.socket = Guarded
lookup = socket.getaddrinfo
socket.getaddrinfo = lambda host, *rest, **named: (
    lookup(host, *rest, **named) if host in (None, "127.0.0.1", "::1", "localhost") else refuse(host))
"""


@pytest.fixture
def without_network(tmp_path: Path, own_data_dir: Path):
    """Run Python where no other machine can be reached; gives the result and what was tried."""
    (tmp_path / "guard").mkdir()
    (tmp_path / "guard" / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    tried = tmp_path / "tried.txt"

    def run(*arguments: str) -> tuple[subprocess.CompletedProcess[str], list[str]]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SME_")}
        environment = {
            **kept, "SME_DATA_DIR": str(own_data_dir), "PYTHONPATH": str(tmp_path / "guard"), "TRIED": str(tried),
        }  # fmt: skip
        result = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
        )
        return result, tried.read_text().splitlines() if tried.exists() else []

    return run


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.create_connection(('example.com', 80))",
        "import socket; socket.socket().connect(('192.0.2.1', 80))",
        "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))",
        "import urllib.request; urllib.request.urlopen('http://192.0.2.1/')",
    ],
)
def test_the_guard_itself_refuses_and_notes(without_network, code):
    result, tried = without_network("-c", code)
    assert result.returncode == 1
    assert tried


def test_asking_reaches_for_no_other_machine(without_network):
    result, tried = without_network("-m", "assistant", "ask", "个人创业担保贷款最高能贷多少", "--json")
    assert tried == []
    assert result.returncode == 0, result.stderr
    assert "30万元" in json.loads(result.stdout)["text"]
