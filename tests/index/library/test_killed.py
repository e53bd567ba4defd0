"""Killed at any moment, a document is wholly in the index or wholly out, and the queue goes on."""

from __future__ import annotations

import json
import subprocess
import sys

from index.library.types import State
from index.settings import ROOT


def test_every_document_is_wholly_in_or_out_whenever_the_process_is_killed(small_data_dir):
    """A handful of moments; benchmarks/kill_ingest.py has fifty over twenty files."""
    command = [sys.executable, "-m", "benchmarks.kill_ingest", "--data", str(small_data_dir), "--kills", "4"]
    done = subprocess.run([*command, "--files", "4", "--longest", "3.5"], cwd=ROOT, capture_output=True, text=True)
    found = json.loads(done.stdout)
    assert found["amiss"] == []
    assert found["released at the end"] == 4
    assert done.returncode == 0


def test_what_was_being_read_is_read_after_a_restart(open_desk, files):
    first = open_desk()
    upload = first.library.add(files / "rules-village-bank-long.pdf", "long.pdf", by="zhang")
    while first.library.get(upload.id).state is State.QUEUED:
        pass
    first.librarian.close()
    assert first.library.get(upload.id).state is State.READING  # as it is left behind
    (read,) = open_desk().read(upload)
    assert read.state is State.REVIEW
    assert read.report.clauses > 300


def test_an_order_that_was_not_carried_out_is_carried_out_after_a_restart(open_desk, notice):
    first = open_desk()
    (read,) = first.read(first.library.add(notice(), "a.txt", by="zhang"))
    first.librarian.close()
    with first.library.tables.transaction() as connection:
        from index.library.orders import place

        order = place(connection, read.id, "release", "zhang")
    second = open_desk()
    from index.library.orders import wait

    wait(second.library.tables, order, 20)
    assert second.library.get(read.id).state is State.RELEASED
    assert second.published[-1] == (read.id,)


def test_a_release_is_answered_from_after_a_restart(open_desk, notice):
    first = open_desk()
    (read,) = first.read(first.library.add(notice(), "a.txt", by="zhang"))
    first.library.release(read.id, by="zhang")
    segments = first.settled()
    first.librarian.close()
    second = open_desk()
    assert second.published[0] == (read.id,)
    assert second.segments[0] == segments  # opened, not made anew


def test_a_damaged_segment_is_made_anew_from_the_database(open_desk, notice, settings):
    first = open_desk()
    (read,) = first.read(first.library.add(notice(), "a.txt", by="zhang"))
    first.library.release(read.id, by="zhang")
    (name,) = first.settled()
    first.librarian.close()
    vectors = next((settings.data_dir / "library" / "shelf" / name / "chroma").glob("*/data_level0.bin"))
    vectors.write_bytes(vectors.read_bytes()[:100])
    second = open_desk()
    assert second.published[0] == (read.id,)
    assert not vectors.exists() or vectors.stat().st_size > 100


def test_files_without_a_row_are_removed_when_they_are_old(open_desk, settings):
    import os
    import time

    folder = settings.data_dir / "library" / "ab"
    folder.mkdir(parents=True)
    old, fresh = folder / ("ab" + "0" * 30), folder / ("ab" + "1" * 30)
    for path in (old, fresh):
        path.write_text("left behind")
    os.utime(old, (time.time() - 7200,) * 2)
    open_desk()
    assert not old.exists()
    assert fresh.exists()  # somebody may be about to make its row
