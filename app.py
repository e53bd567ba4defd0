"""The page: settings → wiring → page → launch."""

from __future__ import annotations

import logging
import sys

from assistant.errors import AssistantError
from assistant.ui.feedback import FeedbackStore
from assistant.ui.page import build
from assistant.ui.server import ServerSettings, bind, serve
from assistant.wiring import open_at_once
from index.errors import IndexingError
from index.settings import IndexSettings


def main() -> int:
    """Serve the page until Ctrl-C; what keeps it from starting is said in a sentence."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s: %(message)s")
    try:
        settings, server = IndexSettings.from_environment(), ServerSettings.from_environment()
        address = bind(server)
        assistant = open_at_once(settings)
    except (AssistantError, IndexingError) as error:
        print(error, file=sys.stderr)
        return 1
    try:
        if assistant.state.by_words_only and not server.words_only:
            assistant.complete_in_background()
        serve(build(assistant, FeedbackStore(settings.data_dir)), address)
    except AssistantError as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        assistant.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
