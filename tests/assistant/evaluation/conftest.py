"""What tests of the evaluation share."""

from __future__ import annotations

from datetime import date

import pytest
from today import TODAY


@pytest.fixture(scope="session")
def today() -> date:
    return TODAY
