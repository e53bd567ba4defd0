"""The page: settings → wiring → page → launch."""

from __future__ import annotations

import logging

from assistant.errors import AssistantError
from assistant.records.recorder import Recorder, Surface, open_records
from assistant.records.settings import RecordSettings
from assistant.ui.calendar_route import calendar_of
from assistant.ui.page import build
from assistant.ui.receipt_route import receipts_of
from assistant.ui.server import ServerSettings, bind, serve
from assistant.wiring import open_at_once
from index.errors import IndexingError
from index.settings import IndexSettings
from index.types import Retriever


def main() -> None:
    """Serve the page until Ctrl-C; what keeps it from starting is said in a sentence."""
    handler = logging.StreamHandler()
    handler.setLevel(logging.WARNING)  # bm25s would tell of every index it builds
    logging.basicConfig(handlers=[handler], format="%(asctime)s %(name)s: %(message)s")
    try:
        settings, server = IndexSettings.from_environment(), ServerSettings.from_environment()
        keeping = RecordSettings.from_environment()
        address = bind(server)
        assistant = open_at_once(settings)
    except (AssistantError, IndexingError) as error:
        raise SystemExit(str(error)) from error
    store = open_records(settings.data_dir, keeping)
    recorder = Recorder(lambda: assistant.serving, store, keeping, Surface.PAGE)
    try:
        wanted = Retriever.MEANING in settings.retrievers and not server.words_only
        if assistant.state.by_words_only and wanted:
            assistant.complete_in_background()
        assistant.keep_library()
        serve(build(assistant, recorder), address, calendar_of(assistant), receipts_of(recorder))
    finally:
        assistant.close()
        store.close()


if __name__ == "__main__":
    main()
