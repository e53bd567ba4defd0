"""One written form for every record, and the seal that shows whether it was changed.

The seal is an HMAC: who has the key file can make one. It shows changes made by whoever can write the database but not
read the key, and damage; it is no defence against the owner of the data directory.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import RecordsError

KEY_FILE = "records.key"
_KEY_BYTES = 32


def canonical(value: Any) -> str:
    """The JSON of a value in its one form: sorted keys, no blanks, text as UTF-8 and lone surrogates escaped."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def digest(text: str) -> str:
    """SHA-256 of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Seal:
    """Seals records with one key."""

    key: bytes

    @property
    def name(self) -> str:
        """Which key it is, without telling the key."""
        return hmac.new(self.key, b"name", hashlib.sha256).hexdigest()[:16]

    def of(self, receipt: str, part: str, value: Any) -> str:
        """The seal of one part of a receipt; bound to both, so that no part can take another's place."""
        sealed = canonical({"part": part, "receipt": receipt, "value": value})
        return hmac.new(self.key, sealed.encode(), hashlib.sha256).hexdigest()

    def parts(self, receipt: str, record: dict[str, Any]) -> dict[str, str]:
        """The seal of each part of a record, and under "" that of the whole."""
        return {part: self.of(receipt, part, value) for part, value in record.items()} | {
            "": self.of(receipt, "", record)
        }


def same(one: str, other: object) -> bool:
    """Whether two seals are the same, in time that does not tell how far they agree."""
    return isinstance(other, str) and hmac.compare_digest(one.encode(), other.encode("utf-8", "replace"))


def read_seal(data_dir: Path) -> Seal:
    """The seal of a data directory; raises RecordsError where there is no usable key."""
    path = data_dir / KEY_FILE
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except FileNotFoundError as error:
        raise RecordsError(
            f"{path} is not there, so receipts cannot be checked. Restore it from a backup of the data directory."
        ) from error
    except (OSError, ValueError) as error:
        raise RecordsError(f"{path} cannot be read ({error}). Restore it from a backup.") from error
    if len(key) != _KEY_BYTES:
        raise RecordsError(f"{path} holds no key of {_KEY_BYTES} bytes. Restore it from a backup.")
    return Seal(key)


def make_seal(data_dir: Path) -> Seal:
    """The seal of a data directory, its key made where there is none; of several at once, one key wins."""
    path = data_dir / KEY_FILE
    if not path.exists():
        beside = data_dir / f"{KEY_FILE}.{secrets.token_hex(8)}"
        try:
            data_dir.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_hex(_KEY_BYTES) + "\n")
                file.flush()
                os.fsync(file.fileno())
            os.link(beside, path)  # unlike a rename, it never replaces a key that another process has just made
        except FileExistsError:
            pass
        except OSError as error:
            raise RecordsError(
                f"The key for receipts cannot be made in {path} ({error.strerror or error}). "
                "Make the data directory writable."
            ) from error
        finally:
            beside.unlink(missing_ok=True)
    return read_seal(data_dir)
