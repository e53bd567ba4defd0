"""Sentences that speak to a machine reading the text: recognised, so that documents stay data.

A document has no say in how questions are answered. Where one tries, its clause is kept out: `index check` refuses it
in the corpus, and whoever takes in documents of others asks `instruction_in` about each clause.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from index.documents.yaml_files import load_yaml
from index.errors import SettingsError
from index.text import normalise

_FILE = Path(__file__).with_name("instructions.yaml")
KINDS = ("override", "address", "dictate", "markers")
_SENTENCE = re.compile(r"[^。！？!?\n]*[。！？!?]*")
_BETWEEN_CHINESE = re.compile(r"(?<=[\u4e00-\u9fff])[ \t*_~·|\\/.+-]+(?=[\u4e00-\u9fff])")
_SPELT_OUT = re.compile(r"(?<!\w)(?:[a-z][ .*_-]){3,}[a-z](?!\w)")
_ENCODED = re.compile(r"(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{24,}={0,2}(?![A-Za-z0-9+/=])")
# Letters of other scripts that look like Latin ones; NFKC leaves them alone.
_LOOKALIKES = str.maketrans("аеорсухіјѕһԁɡνοαρ", "aeopcyxijshdgvoap")


@dataclass(frozen=True, slots=True)
class Instruction:
    """A sentence for a machine, as it stands in the text."""

    kind: str  # one of KINDS, or "encoded"
    text: str


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    try:
        found = load_yaml(_FILE.read_text(encoding="utf-8"))
        return {kind: re.compile("|".join(f"(?:{source})" for source in found[kind])) for kind in KINDS}
    except (OSError, KeyError, re.error, yaml.YAMLError) as error:
        raise SettingsError(f"{_FILE}: cannot be used: {error}") from error


def instruction_in(text: str) -> Instruction | None:
    """The first sentence of a text that tells a reading machine what to do; None where there is none."""
    for sentence in _SENTENCE.findall(text):
        if (kind := kind_of_instruction(sentence)) is not None:
            return Instruction(kind, sentence.strip())
    # A sentence may be broken over lines to hide it; what is joined counts too.
    joined = " ".join(text.split())
    kind = kind_of_instruction(joined) if "\n" in text else None
    return Instruction(kind, joined) if kind is not None else None


def kind_of_instruction(sentence: str) -> str | None:
    """Which kind of instruction a sentence is, read through blanks, look-alike letters and base64."""
    plain = plainly(sentence)
    for kind, pattern in _patterns().items():
        if pattern.search(plain):
            return kind
    return "encoded" if any(kind_of_instruction(hidden) for hidden in _decoded(sentence)) else None


def plainly(text: str) -> str:
    """The form in which instructions are looked for: lower case, nothing invisible, letters not spaced out."""
    text = normalise(text).translate(_LOOKALIKES)
    text = _BETWEEN_CHINESE.sub("", text)
    return _SPELT_OUT.sub(lambda spelt: re.sub(r"[ .*_-]", "", spelt[0]), text)


def _decoded(text: str) -> list[str]:
    found = []
    for blob in _ENCODED.findall(text):
        try:
            decoded = base64.b64decode(blob + "=" * (-len(blob) % 4), validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            continue
        if decoded.isprintable():
            found.append(decoded)
    return found
