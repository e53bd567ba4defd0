"""Every knob of the records with its unit and default."""

from __future__ import annotations

import os
from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field

from assistant.errors import RecordsError
from index.environment import from_environment


class RecordSettings(BaseModel):
    """Read once at the edge and passed down."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    receipt_days: int = Field(180, ge=0, le=36500, description="SME_RECEIPT_DAYS: days receipts are kept; 0 keeps none")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> RecordSettings:
        """Defaults overridden by SME_… variables; raises RecordsError naming the variable that cannot be used."""
        return from_environment(cls, environment, RecordsError)
