"""Office files are zip packages that carry the time of packing; packed again they depend on their content only."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from types import MappingProxyType

_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest a zip file can name
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # in XML 1.0


def legal(text: str) -> str:
    """The text without what no XML file may hold."""
    return _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def repacked(content: bytes, changed: Mapping[str, Callable[[bytes], bytes]] = MappingProxyType({})) -> bytes:
    """The same package with one time for all its parts; the same parts give the same bytes. `changed` are parts by
    name with what is made of them."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for name in given.namelist():
            entry = zipfile.ZipInfo(name, _TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            part = given.read(name)
            out.writestr(entry, changed[name](part) if name in changed else part)
    return made.getvalue()
