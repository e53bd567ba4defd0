"""What works in the process that holds the data lock: one thread reads files, one carries out orders."""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Protocol

from index.errors import LibraryError
from index.library.ingest import Stopping, Workshop, encode, ingest
from index.library.intake import fail, recover, take_next
from index.library.orders import close, due
from index.library.problems import failure
from index.library.records import change, upload
from index.library.release import execute
from index.library.shelf import DOCUMENT
from index.library.watch import WatchedFolder

log = logging.getLogger(__name__)
_LOOK = 0.3  # seconds between two looks for what another process has handed over
_NICE = 10  # reading and encoding leave the processor to those who ask


class Publish(Protocol):
    """Makes the index from what is released now; see Librarian.publish."""

    def __call__(self, *, purge: bool, settle: bool) -> None: ...  # noqa: D102


class Worker:
    """Reads what is queued and does what is ordered until it is closed; what went wrong with one file is its own."""

    def __init__(self, shop: Workshop, publish: Publish, watched: WatchedFolder | None = None) -> None:
        """`publish` makes the index from what is released now; see Librarian.publish."""
        self._shop = shop
        self._publish = publish
        self._watched = watched
        self._settled = True
        self._wake = {"read": threading.Event(), "orders": threading.Event()}
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Begin, after what an earlier process left half done is put in order."""
        recover(self._shop.files, self._shop.tables)
        steps = {"read": self._read, "orders": self._carry_out}
        self._threads = [
            threading.Thread(target=self._work, args=(name, step), name=f"library-{name}", daemon=True)
            for name, step in steps.items()
        ]
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """Look at once: something was added or ordered."""
        for event in self._wake.values():
            event.set()

    def close(self) -> None:
        """Stop; what is being read is queued again at the next start."""
        self._shop.stopping.set()
        self.wake()
        for thread in self._threads:
            thread.join()

    def _work(self, name: str, step: Callable[[], bool]) -> None:
        if sys.platform == "linux":  # elsewhere niceness is the whole process's
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
        complained = ""
        while not self._shop.stopping.is_set():
            try:
                busy = step()
            except Stopping:
                return
            except Exception as error:  # outermost edge of a thread: it must live on for the next file
                if str(error) != complained:
                    log.error("The library could not go on: %s", error, exc_info=not isinstance(error, LibraryError))
                complained = str(error)
                busy = False
            if busy:
                self.wake()  # what was read may be waited for by an order
                continue
            self._wake[name].wait(_LOOK)
            self._wake[name].clear()

    def _read(self) -> bool:
        """Read one file; False where none waits."""
        if self._watched is not None:
            self._watched.take()
        queued = take_next(self._shop.tables)
        if queued is None:
            return False
        try:
            ingest(queued, self._shop)
        except (Stopping, LibraryError):
            raise
        except Exception as error:
            log.exception("Upload %s could not be read", queued.id)
            with self._shop.tables.transaction() as connection:
                fail(connection, queued.id, failure("unexpected", reason=type(error).__name__))
        return True

    def _carry_out(self) -> bool:
        """Do all that is ordered, then publish once; orders are done when they are answered from."""
        self._complete()
        orders = due(self._shop.tables)
        if not orders:
            return self._settle()
        results: dict[int, LibraryError | None] = {}
        started = time.perf_counter()
        for order in orders:
            try:
                execute(order, self._shop)
                results[order.id] = None
            except LibraryError as error:
                results[order.id] = error
            except Exception as error:
                if isinstance(error, Stopping):
                    raise
                log.exception("%s of upload %s failed", order.what, order.upload)
                results[order.id] = failure("unexpected", reason=type(error).__name__)
        if any(error is None for error in results.values()):
            deleted = any(order.what == "delete" for order in orders)
            self._publish(purge=deleted, settle=deleted)
            self._settled = deleted
            released = [order.upload for order in orders if order.what == "release" and results[order.id] is None]
            self._note_seconds(released, (time.perf_counter() - started) / len(orders))
        close(self._shop.tables, results)
        return True

    def _settle(self) -> bool:
        """Fill into Chroma what was released, once nothing more is about to be."""
        if self._settled or self._shop.tables.rows(
            "SELECT 1 FROM uploads WHERE state IN ('queued', 'reading') LIMIT 1"
        ):
            return False
        self._publish(purge=False, settle=True)
        self._settled = True
        return True

    def _note_seconds(self, uploads: Sequence[str], each: float) -> None:
        """What coming into the index cost, beside the encoding done while reading."""
        with self._shop.tables.transaction() as connection:
            for id in uploads:
                report = upload(connection, id).report
                if report is not None:
                    change(connection, id, report=replace(report, seconds={**report.seconds, "index": round(each, 3)}))

    def _complete(self) -> None:
        """Vectors for what was released without them, or with another encoder's."""
        rows = self._shop.tables.rows(
            "SELECT upload, document FROM shelf WHERE encoder IS NOT ?", (self._shop.settings.encoder,)
        )
        if not rows or (encoder := self._shop.encoder()) is None:
            return
        for row in rows:
            document = DOCUMENT.validate_json(row["document"])
            vectors = encode(row["upload"], document, self._shop, lambda _: None)
            with self._shop.tables.transaction() as connection:
                connection.execute(
                    "UPDATE shelf SET encoder = ?, vectors = ? WHERE upload = ? AND document = ?",
                    (encoder.name, vectors, row["upload"], row["document"]),
                )
        self._publish(purge=False, settle=True)
