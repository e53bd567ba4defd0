"""Every knob of signing in with its unit and default."""

from __future__ import annotations

import os
from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field

from assistant.errors import AccountsError
from index.environment import from_environment


class AccountSettings(BaseModel):
    """Read once at the edge and passed down."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    session_idle_minutes: int = Field(
        60, ge=1, le=1440, description="SME_SESSION_IDLE_MINUTES: minutes without a click after which one is signed out"
    )
    session_hours: int = Field(
        12, ge=1, le=168, description="SME_SESSION_HOURS: hours after which one signs in again, however busy"
    )
    secure_cookies: bool = Field(
        False,
        description="SME_SECURE_COOKIES: 1 behind a proxy with TLS that does not tell of it; with https always on",
    )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> AccountSettings:
        """Defaults overridden by SME_… variables; raises AccountsError naming the variable that cannot be used."""
        return from_environment(cls, environment, AccountsError)
