"""Every knob of the records with its unit and default."""

from __future__ import annotations

import os
from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import RecordsError


class RecordSettings(BaseModel):
    """Read once at the edge and passed down."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    receipt_days: int = Field(180, ge=0, le=36500, description="SME_RECEIPT_DAYS: days receipts are kept; 0 keeps none")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> RecordSettings:
        """Defaults overridden by SME_… variables; raises RecordsError naming the variable that cannot be used."""
        given = {name: environment.get(f"SME_{name.upper()}", "").strip() for name in cls.model_fields}
        try:
            return cls.model_validate({name: value for name, value in given.items() if value})
        except ValidationError as error:
            first = error.errors()[0]
            name = f"SME_{str(first['loc'][0]).upper()}"
            raise RecordsError(f"{name}={first['input']!r} cannot be used: {first['msg']}.") from error
