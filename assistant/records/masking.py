"""Numbers and addresses that tell who somebody is do not go into records."""

from __future__ import annotations

import re

from index.types import Language

# Telephone, identity-card and bank-card numbers, which people paste along with a question.
_PERSONAL_NUMBER = re.compile(r"(?<![0-9])\d(?:[ -]?\d){9,18}[0-9Xx]?(?![0-9])")
_E_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def masked(text: str, language: Language) -> str:  # noqa: ARG001 - words that stand in may differ by language
    """The text with telephone, identity and card numbers (11 to 20 digits) and e-mail addresses blanked out."""
    return _E_MAIL.sub("***", _PERSONAL_NUMBER.sub("***", text))
