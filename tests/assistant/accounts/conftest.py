"""A door with a clock that tests turn; the hashes are real."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from passphrases import GOOD

from assistant.accounts.door import Door
from assistant.accounts.people import Role
from assistant.accounts.settings import AccountSettings


class Clock:
    """Seconds since 1970, as the test says."""

    def __init__(self) -> None:
        self.now = 1_790_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with an administrator 王芳 and a clerk li of one bank: to copy, since hashing takes its time."""
    directory = tmp_path_factory.mktemp("accounts")
    opened = Door(directory)
    opened.people.create("王芳", GOOD, Role.ADMINISTRATOR)
    opened.people.create("li", GOOD, Role.STAFF, ["台州银行"])
    opened.close()
    return directory


@pytest.fixture
def door(staffed: Path, tmp_path: Path, clock: Clock) -> Iterator[Door]:
    """With 王芳 and li."""
    shutil.copytree(staffed, tmp_path, dirs_exist_ok=True)
    opened = Door(tmp_path, AccountSettings(), clock)
    yield opened
    opened.close()
