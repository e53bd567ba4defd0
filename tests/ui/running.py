"""The real page in a process of its own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Served:
    """A running page."""

    url: str
    data_dir: Path
    process: subprocess.Popen[str]


@contextmanager
def serving(data_dir: Path, environment: Mapping[str, str]) -> Iterator[Served]:
    """`python app.py` on a free port until the end of the block."""
    settings = {"SME_PORT": "0", "SME_DATA_DIR": str(data_dir), "PYTHONUNBUFFERED": "1", **environment}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SME_")}
    with (
        (data_dir / "log.txt").open("w") as log,
        subprocess.Popen(
            [sys.executable, "app.py"],
            cwd=ROOT,
            env={**kept, **settings},
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        ) as process,
    ):
        assert process.stdout is not None
        line = process.stdout.readline()
        address = re.search(r"http://\S+", line)
        assert address, f"no address in {line!r}; log:\n{(data_dir / 'log.txt').read_text()}"
        try:
            yield Served(address.group(), data_dir, process)
        finally:  # a test that fails must not wait for a page that goes on for ever
            process.send_signal(signal.SIGINT)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                raise


def ask(page: Any, question: str, *, turns: int = 1) -> None:
    """Type a question, press Enter, and wait until turn number `turns` is answered."""
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    page.wait_for_selector(f"#turn-{turns} .reply[data-done]")
