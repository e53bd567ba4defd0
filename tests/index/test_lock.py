"""One process at a time may use a data directory."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.errors import LockedError, SettingsError
from index.lock import DataLock

ROOT = Path(__file__).parent.parent.parent
HOLD = """
import sys, time
from pathlib import Path
from index.lock import DataLock
lock = DataLock(Path(sys.argv[1])).acquire()
print("held", flush=True)
time.sleep(600)
"""


@pytest.fixture
def holder(tmp_path):
    """Another process that holds the lock of tmp_path / "data"."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "data")], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_process_is_told_who_holds_the_directory(tmp_path, holder):
    with pytest.raises(LockedError) as caught:
        DataLock(tmp_path / "data").acquire()
    said = str(caught.value)
    assert f"process {holder.pid}" in said
    assert str(tmp_path / "data") in said
    assert "stop that process, or set SME_DATA_DIR" in said


def test_the_directory_is_free_once_its_holder_is_killed(tmp_path, holder):
    holder.kill()
    holder.wait()
    lock = DataLock(tmp_path / "data").acquire()
    with pytest.raises(LockedError, match=f"process {os.getpid()}: "):
        DataLock(tmp_path / "data").acquire()
    lock.release()


def test_a_released_directory_can_be_taken_again_and_releasing_twice_is_harmless(tmp_path):
    lock = DataLock(tmp_path / "data").acquire()
    lock.release()
    lock.release()
    DataLock(tmp_path / "data").acquire().release()


def test_who_holds_it_may_be_unknown(tmp_path, holder):
    (tmp_path / "data" / "lock.holder").write_text("{")
    with pytest.raises(LockedError, match="an unknown process"):
        DataLock(tmp_path / "data").acquire()


def test_being_refused_takes_no_time(tmp_path, holder):
    began = time.monotonic()
    with pytest.raises(LockedError):
        DataLock(tmp_path / "data").acquire()
    assert time.monotonic() - began < 1


def test_a_directory_that_cannot_be_written_is_a_matter_of_settings(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match=r"file/data cannot be written \(.*\)\. .*SME_DATA_DIR"):
        DataLock(tmp_path / "file" / "data").acquire()


def test_a_lock_whose_holder_cannot_be_noted_is_given_back(tmp_path):
    (tmp_path / "lock.holder").mkdir()
    refused = DataLock(tmp_path)
    with pytest.raises(SettingsError, match="cannot be written"):
        refused.acquire()
    (tmp_path / "lock.holder").rmdir()
    DataLock(tmp_path).acquire().release()
