"""Whether a form was sent by our own page: a token bound to the session, and where the browser says it came from."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import urlsplit

FIELD = "form_token"


def form_token(secret: str) -> str:
    """The token of forms for whoever has this secret in a cookie; it does not tell the secret."""
    return hmac.new(secret.encode("utf-8", "replace"), b"form", hashlib.sha256).hexdigest()


def same_token(secret: str, given: str) -> bool:
    """Whether a form carries the token of its sender, in time that does not tell how far it is right."""
    return hmac.compare_digest(form_token(secret).encode(), given.encode("utf-8", "replace"))


def from_our_page(headers: Mapping[str, str]) -> bool:
    """By Sec-Fetch-Site where the browser sends it, else by Origin; what sends neither is no browser of today.

    Browsers send Sec-Fetch-Site to https and to this machine only, Origin with every form. Names of headers in small
    letters.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = urlsplit(headers.get("origin", ""))
    return origin.scheme in ("http", "https") and origin.netloc.lower() == headers.get("host", "").lower() != ""
