"""The library in the process that holds the data lock: its worker, and what is released, ready to be searched."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from index.documents.corpus import Corpus
from index.encoders import BUILT_IN, Encoder, OnnxE5
from index.library.ingest import Workshop
from index.library.library import Library
from index.library.segments import Segment, Segments
from index.library.shelf import Shelf, load_shelf
from index.library.types import Upload
from index.library.watch import WatchedFolder
from index.library.worker import Worker
from index.settings import IndexSettings

WATCHED = "watched folder"  # who adds what lies in SME_WATCH_DIR

_PATIENCE = 5.0  # seconds that answers on their way are waited for before what was deleted leaves the disk
Changed = Callable[[Shelf, Sequence[Segment]], None]


class Librarian:
    """Owns the worker; `changed` hears of every new state of the shelf, in the worker's thread."""

    def __init__(
        self, settings: IndexSettings, corpus: Callable[[], Corpus], encoder: Callable[[], Encoder | None],
        changed: Changed,
    ) -> None:  # fmt: skip
        """`corpus` and `encoder` are asked for when they are needed; without an encoder words alone are indexed."""
        self.library = Library(settings, wake=lambda: self._worker.wake())
        self._segments = Segments(settings.data_dir / "library" / "shelf")
        self._changed = changed
        self._shelf = Shelf()
        self._current: tuple[Segment, ...] = ()
        self._lock = threading.Lock()
        self._encoder = _Aside(settings, encoder)
        shop = Workshop(
            settings, self.library.files, self.library.tables, corpus, self._encoder.get, threading.Event()
        )
        watched = WatchedFolder(settings.watch_dir, self._take) if settings.watch_dir is not None else None
        self._worker = Worker(shop, self.publish, watched)
        self._encoder_name = settings.encoder

    def start(self) -> None:
        """Begin to read and to carry out orders."""
        self._worker.start()

    def publish(self, *, purge: bool = False, settle: bool = True) -> None:
        """Make the index from what is released now; with `purge`, nothing of what was taken out stays on disk.

        Without `settle`, what is new is multiplied instead of being filled into Chroma: for the time that more comes.
        """
        with self._lock:
            self._shelf = load_shelf(self.library.tables, self._encoder_name, self._shelf)
            self._current = self._segments.over(self._shelf.documents, purge=purge, settle=settle)
            self._changed(self._shelf, self._current)
        end = time.monotonic() + _PATIENCE
        while purge and time.monotonic() < end:
            gc.collect()  # views of before hold on to segments of before
            if self._segments.clean():
                break
            time.sleep(0.05)

    @property
    def unsettled(self) -> bool:
        """Whether something that is released is still to be filled into Chroma."""
        with self._lock:
            held = {key for segment in self._current for key in segment.keys}
            return any(one.vectors is not None and one.key not in held for one in self._shelf.documents)

    def close(self) -> None:
        """Stop the worker; what it was reading is read at the next start."""
        self._worker.close()
        self.library.close()
        with self._lock:
            self._current = ()

    def _take(self, path: Path, name: str) -> Upload:
        return self.library.add(path, name, by=WATCHED)


class _Aside:
    """An encoder for uploads beside the one that questions wait for: on one core, so that another is left to them."""

    def __init__(self, settings: IndexSettings, ready: Callable[[], Encoder | None]) -> None:
        self._settings = settings
        self._ready = ready
        self._own: Encoder | None = None
        self._lock = threading.Lock()

    def get(self) -> Encoder | None:
        """The encoder; None while there is none, or where meaning is not searched."""
        with self._lock:
            if self._own is None and (encoder := self._ready()) is not None:
                own = self._settings.encoder == BUILT_IN
                self._own = OnnxE5(self._settings.data_dir / "models" / BUILT_IN, threads=1) if own else encoder
            return self._own
