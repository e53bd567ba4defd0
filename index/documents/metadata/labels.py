"""Values that are printed beside a label: 发布日期：2024-11-20."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from index.documents.metadata.sources import Said, lines
from index.documents.structure.types import Draft
from index.documents.yaml_files import load_yaml

_FILE = Path(__file__).with_name("labels.yaml")
_AT_THE_TOP = 40  # lines in which labels are looked for


@cache
def _labels() -> dict[str, list[str]]:
    return TypeAdapter(dict[str, list[str]]).validate_python(load_yaml(_FILE.read_text(encoding="utf-8")))


@cache
def _pattern(field: str) -> re.Pattern[str]:
    every = sorted((label for labels in _labels().values() for label in labels), key=len, reverse=True)
    own = "|".join(sorted(map(_spread, _labels()[field]), key=len, reverse=True))
    others = "|".join(map(_spread, every))
    begins, ends = r"(?:^|[\s；;|【\[（(])", rf"(?= *(?:[；;|）)]|$| (?:{others}) ?[:：]))"
    between = r"[】\]]?(?: ?[:：；;| ] ?|(?=\d{4}))"
    return re.compile(rf"{begins}(?:{own}){between}(?P<value>.+?){ends}", re.I)


def _spread(label: str) -> str:
    return " ?".join(map(re.escape, label)) if not label.isascii() else re.escape(label)


def labelled(draft: Draft, field: str) -> Said | None:
    """The value beside one of the field's labels, near the beginning."""
    for place, said in enumerate(lines(draft, fields=True)):
        if place >= _AT_THE_TOP:
            break
        if match := _pattern(field).search(said.text):
            return Said(match["value"].strip(), said.page)
    return None
