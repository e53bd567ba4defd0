"""The strict schema of a corpus file's front matter."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from index.types import Kind, Language, Verification

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=80)]
ClauseId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:[-.][a-z0-9]+)*$", max_length=60)]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]

# Hosts that belong to the authority or the institution itself; a reprint is never an official address.
OFFICIAL_HOST = re.compile(
    r"(?:^|\.)(?:gov\.cn|chinatax\.gov\.cn|court\.gov\.cn|npc\.gov\.cn|pbccrc\.org\.cn|zhongdengwang\.org\.cn|crcrfsp\.com"
    r"|chinamoney\.com\.cn|icbc\.com\.cn|ccb\.com|boc\.cn|abchina\.com(?:\.cn)?|bankcomm\.com|psbc\.com|cmbchina\.com"
    r"|cebbank\.com|cib\.com\.cn|cmbc\.com\.cn|pingan\.com|webank\.com|mybank\.cn|jsbchina\.cn|sinosure\.com\.cn)$"
)


class ClauseEntry(BaseModel):
    """What differs in one clause from its document."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    verification: Verification | None = None
    effective: date | None = None
    expires: date | None = None
    repealed: date | None = None
    document_number: Text | None = None


class FrontMatter(BaseModel):
    """Everything a corpus file says about its document before the first clause."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Slug
    language: Language
    kind: Kind
    title: Text
    short_title: Annotated[Text, StringConstraints(max_length=60)]
    document_number: Text | None
    other_numbers: list[Text] = []
    issuers: list[Text] = Field(min_length=1)
    issued: date | None
    effective: date | None
    expires: date | None = Field(description="last day in force")
    repealed: date | None = Field(default=None, description="first day no longer in force")
    status: Literal["in_force", "lapsed", "unconfirmed"]
    supersedes: list[Text]
    superseded_by: list[Text]
    region: Text
    topics: list[Text] = Field(min_length=1)
    audience: list[Literal["owner", "bank", "official"]] = Field(min_length=1)
    official_url: str | None
    as_of: date
    verification: Verification
    clauses: dict[ClauseId, ClauseEntry] = {}

    @field_validator("clauses", mode="before")
    @classmethod
    def _keys_are_text(cls, value: object) -> object:
        # YAML reads the key of `7: {…}` as a number.
        return {str(key): entry for key, entry in value.items()} if isinstance(value, dict) else value

    @field_validator("official_url")
    @classmethod
    def _authority_only(cls, value: str | None) -> str | None:
        if value is not None:
            parts = urlsplit(value)
            if parts.scheme not in ("http", "https") or not OFFICIAL_HOST.search(parts.hostname or ""):
                raise ValueError("must be null or an address of the authority's or bank's own host, not of a reprint")
        return value

    @model_validator(mode="after")
    def _dates_in_order(self) -> FrontMatter:
        if self.effective and self.expires and self.expires < self.effective:
            raise ValueError("expires lies before effective")
        if self.issued and self.issued > self.as_of:
            raise ValueError("issued lies after as_of")
        if self.status == "lapsed" and self.expires is None and self.repealed is None:
            raise ValueError("a lapsed document needs an expires or repealed date")
        return self
