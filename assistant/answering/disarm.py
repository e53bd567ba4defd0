"""A question without orders, roles and forged turns that only try to steer the assistant; oaths go too.

Such parts have no power: what is left is read and answered as usual. Nothing here decides whether to answer.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import TextsError
from assistant.texts import load_data
from index.documents.instructions import kind_of_instruction, plainly

_FILE = Path(__file__).with_name("disarm.yaml")
# Parts of a sentence, each with its closing mark; quotations stay whole.
# An order and a question may be joined by "and".
_JOINED = r"\b(?:and|then) (?=(?:tell|explain|answer|what|how|give|say|output|print|reply)\b)"
_JOINED_ZH = r"(?:然后|并且?|再)(?=回答|输出|告诉|说)"
_END = r"[。！？!?；;，,\n]|\.(?=\s|$)"
_PART = re.compile(
    r"(?:“[^”\n]*”|「[^」\n]*」|\"[^\"\n]*\"|"
    rf"(?!{_JOINED}|{_JOINED_ZH}|{_END}).)+(?:{_END})*|(?:{_END})+|{_JOINED}|{_JOINED_ZH}",
    re.I | re.S,
)
_LOOSE_ENDS = re.compile(
    r"\A(?:\b(?:and|then)\b|然后|并且?|[\s，,；;、])+|(?:\b(?:and|then)\b|然后|并且?|[\s，,；;、])+\Z", re.I
)


class _Patterns(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    parts: list[str]
    markers: list[str]
    blobs: list[str]
    oaths: list[str]


@cache
def _pattern(name: str) -> re.Pattern[str]:
    try:
        found = _Patterns.model_validate(load_data(_FILE))
        return re.compile("|".join(f"(?:{source})" for source in getattr(found, name)), re.I | re.S)
    except (ValidationError, re.error) as error:
        raise TextsError(f"{_FILE}: {error}") from error


def disarmed(text: str) -> str:
    """The text without the parts that give orders; the text itself where there are none."""
    bare = text
    for name in ("blobs", "markers", "oaths"):
        bare = _pattern(name).sub(" ", bare)
    parts = _PART.findall(bare)
    kept = [part for part in parts if not _steers(part)]
    return text if bare == text and len(kept) == len(parts) else _LOOSE_ENDS.sub("", "".join(kept))


def _steers(part: str) -> bool:
    plain = plainly(part).strip(" 。！？!?；;，,.:")
    return bool(plain) and (_pattern("parts").search(plain) is not None or kind_of_instruction(part) is not None)
