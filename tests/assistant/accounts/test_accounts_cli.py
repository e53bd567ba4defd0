"""The commands as an administrator types them."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import time

import pytest
from passphrases import GOOD

from index.settings import ROOT


@pytest.fixture
def run(tmp_path):
    def run(*arguments, said=GOOD + "\n"):
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SME_")}
        return subprocess.run(
            [sys.executable, "-m", "assistant", "accounts", *arguments], cwd=ROOT, text=True, encoding="utf-8", input=said,
            env={**kept, "SME_DATA_DIR": str(tmp_path), "COLUMNS": "500"}, capture_output=True, timeout=120, check=False,
        )  # fmt: skip

    return run


def test_an_account_from_its_creation_to_its_end(run):
    made = run("create", "王芳", "--administrator", "--group", "信贷处", "--group", "台州银行")
    assert (made.returncode, made.stdout) == (0, "王芳 can sign in (administrator, 信贷处, 台州银行).\n")
    assert run("create", "li").returncode == 0
    assert run("list").stdout.splitlines()[0].startswith("li  staff  since ")
    assert "another password" in run("password", "li", said="another quiet pond\n").stdout
    assert run("groups", "li", "--group", "台州银行").stdout == "li: staff, 台州银行\n"
    assert "0 sessions" in run("sign-out", "li").stdout
    assert run("remove", "li").stdout == "li was removed.\n"
    assert len(run("list").stdout.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "said", "told"),
    [
        (("create", "li"), "password1234\n", "too common"),
        (("create", "li"), "", "at least 12"),
        (("create", "a b"), GOOD, "cannot be a name"),
        (("password", "nobody"), GOOD, "There is no account 'nobody'"),
        (("remove", "nobody"), "", "accounts list"),
    ],
)
def test_what_cannot_be_is_a_sentence(run, arguments, said, told):
    done = run(*arguments, said=said)
    assert done.returncode == 1
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert run("list").stdout == ""


def test_no_option_takes_a_password(run):
    assert run("create", "li", "--password", GOOD).returncode == 2
    assert run("create", "li", GOOD).returncode == 2


def at_a_terminal(tmp_path, *answers):
    """The command as a person types it: what the terminal showed, and the exit code."""
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update({"SME_DATA_DIR": str(tmp_path), "COLUMNS": "200"})
        os.chdir(ROOT)
        os.execv(sys.executable, [sys.executable, "-m", "assistant", "accounts", "create", "li"])
    shown, left, deadline = b"", list(answers), time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            shown += os.read(terminal, 4096)
        except OSError:
            break
        if left and shown.count(b": ") > len(answers) - len(left):
            os.write(terminal, left.pop(0).encode() + b"\n")
    return shown.decode(), os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_at_a_terminal_a_password_is_asked_for_twice_and_not_shown(tmp_path, run):
    shown, code = at_a_terminal(tmp_path, GOOD, GOOD)
    assert code == 0
    assert GOOD not in shown
    assert "li can sign in" in shown
    shown, code = at_a_terminal(tmp_path / "other", GOOD, GOOD + "x")
    assert code == 1
    assert "not the same" in shown
