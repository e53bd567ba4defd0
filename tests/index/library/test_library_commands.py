"""The commands, alone and beside a process that holds the data directory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from index.library.library import Library
from index.library.types import State
from index.lock import DataLock
from index.settings import ROOT


@pytest.fixture
def index(settings):
    """index("add", …) → the finished process."""

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {
            "SME_CORPUS_DIR": str(settings.corpus_dir), "SME_DATA_DIR": str(settings.data_dir), "COLUMNS": "300",
        }  # fmt: skip
        command = [sys.executable, "-m", "index", *map(str, arguments)]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)

    return run


def test_a_file_is_added_released_listed_retired_and_removed(index, settings, notice):
    added = index("add", notice(), "--release")
    assert added.returncode == 0, added.stderr
    assert "云金〔2025〕7号" in added.stdout
    assert "4 clauses" in added.stdout
    (upload,) = Library(settings).list()
    assert upload.state is State.RELEASED
    assert upload.by.startswith("command")
    (listed,) = (json.loads(line) for line in index("documents", "--json").stdout.splitlines())
    assert (listed["id"], listed["state"]) == (upload.id, "released")
    assert index("retire", upload.id[:8]).returncode == 0
    assert Library(settings).get(upload.id).state is State.RETIRED
    assert index("remove", upload.id, "--yes").returncode == 0
    assert Library(settings).list() == ()


def test_what_is_wrong_with_one_file_is_said_and_the_others_are_added(index, settings, notice, tmp_path):
    (tmp_path / "empty.pdf").touch()
    added = index("add", tmp_path / "empty.pdf", tmp_path / "missing.pdf", notice())
    assert added.returncode == 1
    assert "文件是空的" in added.stderr
    assert "missing.pdf" in added.stderr
    assert [upload.state for upload in Library(settings).list()] == [State.REVIEW]


def test_an_unknown_id_is_an_error_in_a_sentence(index):
    done = index("release", "0" * 32)
    assert done.returncode == 1
    assert "There is no upload" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_running_process_reads_what_a_command_hands_over(index, settings, desk, notice):
    lock = DataLock(settings.data_dir).acquire()  # as the page holds it
    try:
        added = index("add", notice(), "--release", "--group", "甲行")
    finally:
        lock.release()
    assert added.returncode == 0, added.stderr
    assert "Another process" in added.stderr
    assert "4 clauses" in added.stdout
    (upload,) = desk.library.list()
    assert (upload.state, upload.group) == (State.RELEASED, "甲行")
    assert desk.published[-1] == (upload.id,)  # by that process: it answers from it


def test_a_version_is_compared_by_command(index, settings, notice):
    assert index("add", notice()).returncode == 0
    (old,) = Library(settings).list()
    assert index("add", notice(days=5, name="b.txt"), "--replaces", old.id[:8]).returncode == 0
    new = Library(settings).list()[0]
    shown = index("difference", old.id, new.id).stdout
    assert "changed 第三条" in shown
    assert "[-10个工作日-]{+5个工作日+}" in shown
