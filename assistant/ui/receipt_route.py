"""A receipt number → its page. The number is the secret: whoever knows it may read, and it cannot be guessed."""

from __future__ import annotations

import logging
from collections.abc import Callable

from assistant.errors import RecordsError
from assistant.records.recorder import Recorder
from assistant.records.replay import ClauseChange, clause_changes
from assistant.records.seal import read_seal
from assistant.records.store import Row
from assistant.records.verify import Checked, check
from assistant.texts import record_texts
from assistant.ui.receipt_page import Seen, notice_html, receipt_html
from index.types import Language

Receipts = Callable[[str, str, tuple[str, ...]], tuple[int, str]]
Hidden = Callable[[str, tuple[str, ...]], bool]  # a record as it is stored, the groups of whoever wants to see it
log = logging.getLogger(__name__)


def nothing_hidden(_: str, __: tuple[str, ...]) -> bool:
    """Where there are no documents of groups."""
    return False


def receipts_of(recorder: Recorder, hidden: Hidden = nothing_hidden) -> Receipts:
    """Status and page for a receipt number, a language as given in an address, and the groups of the visitor.

    A receipt that holds words of a group's document is there for that group alone; to others it is missing.
    """
    days = recorder.settings.receipt_days

    def page(receipt: str, language: str, groups: tuple[str, ...] = ()) -> tuple[int, str]:
        words = record_texts(Language(language) if language in set(Language) else Language.ZH)
        try:
            row = recorder.store.find(receipt)
            if row is None:
                return 404, notice_html("missing", words, receipt, days)
            if hidden(row.record, groups):
                return 404, notice_html("missing", words, receipt, days)
            checked = _checked(recorder, row)
            if language not in set(Language):
                words = record_texts(_language_of(checked))
            return 200, receipt_html(Seen(receipt, checked, _changes(recorder, checked), days), words)
        except RecordsError as error:
            log.error("%s", error)
        except Exception:  # the outermost edge: the visitor gets a sentence, the log the trace
            log.exception("a receipt could not be shown")
        return 503, notice_html("unavailable", words, receipt, days)

    return page


def _checked(recorder: Recorder, row: Row) -> Checked | None:
    """None where there is no key to check with."""
    try:
        return check(row, read_seal(recorder.store.data_dir))
    except RecordsError as error:
        log.error("%s", error)
        return None


def _language_of(checked: Checked | None) -> Language:
    """That of the answer."""
    answer = checked.record.get("answer") if checked else None
    found = answer.get("language") if isinstance(answer, dict) else None
    return Language(found) if found in tuple(Language) else Language.ZH


def _changes(recorder: Recorder, checked: Checked | None) -> tuple[ClauseChange, ...]:
    """Compared only where the record can be relied on."""
    return clause_changes(checked.record, recorder.serving()) if checked and checked.untouched else ()
