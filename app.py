"""The page: settings → wiring → page → launch."""

from __future__ import annotations

import logging

from assistant.accounts.door import Door
from assistant.accounts.settings import AccountSettings
from assistant.errors import AssistantError
from assistant.records.recorder import Recorder, Surface, open_records
from assistant.records.settings import RecordSettings
from assistant.training.database import Database
from assistant.ui.calendar_route import calendar_of
from assistant.ui.library.changes import changes_room
from assistant.ui.library.products import products_room
from assistant.ui.library.reader import reader_room
from assistant.ui.library.reply import reply_room
from assistant.ui.library.search import search_room
from assistant.ui.page import build
from assistant.ui.plain.rooms import common
from assistant.ui.plain.visit import Reception
from assistant.ui.receipt_route import receipts_of
from assistant.ui.server import ServerSettings, application, bind, serve
from assistant.ui.staff.private_receipts import hidden_by
from assistant.ui.staff.routes import facts_by, staff_room
from assistant.ui.staff.visitors import who_by
from assistant.ui.training.classes import classes_room
from assistant.ui.training.session import training_room
from assistant.ui.training.visiting import visiting_room
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
        keeping, signing_in = RecordSettings.from_environment(), AccountSettings.from_environment()
        address = bind(server)
        assistant = open_at_once(settings)
    except (AssistantError, IndexingError) as error:
        raise SystemExit(str(error)) from error
    door = Door(settings.data_dir, signing_in)
    training = Database(settings.data_dir)
    store = open_records(settings.data_dir, keeping)
    recorder = Recorder(lambda: assistant.serving, store, keeping, Surface.PAGE)
    try:
        wanted = Retriever.MEANING in settings.retrievers and not server.words_only
        if assistant.state.by_words_only and wanted:
            assistant.complete_in_background()
        assistant.keep_library()
        library, largest, who = assistant.library, settings.upload_mb * 1_000_000, who_by(door)
        facts, incoming = facts_by(lambda: assistant.rulebook), settings.data_dir / "library" / "incoming"
        reception = Reception(door)
        rooms = [
            common(),
            search_room(reception, assistant),
            reader_room(reception, assistant, library),
            products_room(reception, assistant),
            changes_room(reception, assistant),
            reply_room(reception, assistant),
            training_room(reception, assistant, training),
            classes_room(reception, assistant, training),
            visiting_room(reception, assistant),
            staff_room(reception, library, largest, incoming, facts),
        ]
        receipts = receipts_of(recorder, hidden_by(library))
        page = build(assistant, recorder, who=who)
        serve(application(page, calendar_of(assistant), receipts, rooms, who), address)
    finally:
        assistant.close()
        door.close()
        training.close()
        store.close()


if __name__ == "__main__":
    main()
