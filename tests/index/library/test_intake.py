"""Storing what comes from outside: names, sizes, disks, several at once, a folder that is watched."""

from __future__ import annotations

import io
import os
import threading
import time

import pytest

from index.errors import LibraryError
from index.library.library import Library
from index.library.names import LONGEST, shown_name
from index.library.types import State
from index.library.watch import WatchedFolder


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\win.ini", "win.ini"),
        ("a\x00b.pdf", "ab.pdf"),
        ("通知\u202egpj.exe", "通知gpj.exe"),
        ("\u200b\u2066hidden\u2069.txt", "hidden.txt"),
        ("line\nbreak\r.txt", "line break .txt"),
        ("😀报告.docx", "😀报告.docx"),
        ("..", "未命名"),
        ("", "未命名"),
        ("/", "未命名"),
        ("<img src=x onerror=alert(1)>.pdf", "<img src=x onerror=alert(1)>.pdf"),  # shown escaped, kept as it is
        ("\ud800.txt", "txt"),
    ],
)
def test_a_name_is_shown_without_paths_and_invisible_characters(given, shown):
    assert shown_name(given) == shown


def test_a_long_name_keeps_its_ending():
    name = shown_name("长" * 500 + ".docx")
    assert len(name) == LONGEST
    assert name.endswith("….docx")


@pytest.mark.parametrize("name", ["../../x", "/tmp/x", "长" * 500, "\x00\x01", "😀", "con", "a/../../b", "..\\..\\x"])
def test_no_name_leads_out_of_the_library(settings, name, tmp_path):
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    upload = Library(settings).add(io.BytesIO(b"text"), name, by="zhang")
    added = {path for path in tmp_path.rglob("*") if path.is_file()} - before
    library = settings.data_dir / "library"
    assert library / upload.id[:2] / upload.id in added
    assert all(path.is_relative_to(library) for path in added)
    assert {path.name for path in added if "sqlite" not in path.name} == {upload.id}


@pytest.mark.parametrize("id", ["../../x", "", "A" * 32, "0" * 31, "0" * 33, "0" * 31 + "/"])
def test_an_id_from_outside_leads_nowhere(settings, id):
    with pytest.raises(LibraryError) as error:
        Library(settings).files.path(id)
    assert error.value.code == "unknown"


def test_stored_files_are_readable_by_us_alone(settings):
    library = Library(settings)
    upload = library.add(io.BytesIO(b"text"), "a.txt", by="zhang")
    assert library.files.path(upload.id).stat().st_mode & 0o077 == 0
    assert library.tables.path.stat().st_mode & 0o077 == 0


def test_an_empty_file_is_refused(settings):
    library = Library(settings)
    with pytest.raises(LibraryError) as error:
        library.add(io.BytesIO(b""), "a.txt", by="zhang")
    assert error.value.code == "empty"
    assert library.list() == ()


def test_a_file_beyond_the_limit_is_refused_and_leaves_nothing(settings):
    library = Library(settings.model_copy(update={"upload_mb": 1}))
    with pytest.raises(LibraryError) as error:
        library.add(io.BytesIO(b"x" * 1_000_001), "a.txt", by="zhang")
    assert error.value.code == "too-large"
    assert "1 MB" in error.value.zh
    assert [path for path in (settings.data_dir / "library").rglob("*") if path.is_file()] == []
    assert library.add(io.BytesIO(b"x" * 1_000_000), "a.txt", by="zhang").size == 1_000_000




@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs the device that is always full")
def test_a_full_disk_is_told_in_a_sentence(settings, monkeypatch):
    library = Library(settings)
    real = os.open

    def on_a_full_disk(path, flags, mode=0o777, **rest):
        return real("/dev/full", os.O_WRONLY) if str(path).endswith(".part") else real(path, flags, mode, **rest)

    monkeypatch.setattr(os, "open", on_a_full_disk)  # the real write, and the system's own ENOSPC
    with pytest.raises(LibraryError) as error:
        library.add(io.BytesIO(b"text"), "a.txt", by="zhang")
    assert error.value.code == "no-space"
    assert library.list() == ()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_directory_that_cannot_be_written_is_told_in_a_sentence(settings):
    settings.data_dir.chmod(0o500)
    try:
        with pytest.raises(LibraryError) as error:
            Library(settings).add(io.BytesIO(b"text"), "a.txt", by="zhang")
    finally:
        settings.data_dir.chmod(0o700)
    assert error.value.code == "unwritable"


def test_a_file_in_the_place_of_the_directory_is_told_in_a_sentence(settings):
    (settings.data_dir / "library").write_text("in the way")
    with pytest.raises(LibraryError) as error:
        Library(settings).add(io.BytesIO(b"text"), "a.txt", by="zhang")
    assert error.value.code == "unwritable"


def test_a_database_that_is_none_is_named(settings):
    (settings.data_dir / "library").mkdir()
    (settings.data_dir / "library" / "library.sqlite3").write_bytes(b"this is no database" * 100)
    with pytest.raises(LibraryError) as error:
        Library(settings).list()
    assert error.value.code == "store-unusable"
    assert "library.sqlite3" in error.value.en


def test_a_database_of_a_later_version_is_left_alone(settings):
    import sqlite3

    library = Library(settings)
    library.add(io.BytesIO(b"text"), "a.txt", by="zhang")
    library.close()
    with sqlite3.connect(library.tables.path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(LibraryError, match="later version"):
        library.list()


def test_a_database_that_cannot_grow_is_told_as_a_full_disk_and_goes_on_when_it_can(desk, notice):
    library = desk.library
    library.add(notice(), "a.txt", by="zhang")
    desk.read(*library.list())
    (pages,) = library.tables.rows("PRAGMA page_count")[0]
    library.tables.rows(f"PRAGMA max_page_count = {pages}")  # SQLite's own SQLITE_FULL
    refused = []
    for number in range(400):  # what is free within its pages is used up first
        try:
            library.add(io.BytesIO(f"第一条 {number}".encode()), "长" * 120, by="zhang" * 100)
        except LibraryError as error:
            refused.append(error.code)
            break
    assert refused == ["no-space"]
    stored = [p for p in (desk.library.files.root).glob("[0-9a-f][0-9a-f]/*") if p.is_file()]
    assert len(stored) == len(library.list())
    library.tables.rows("PRAGMA max_page_count = 1000000")
    desk.read(*library.list(), seconds=120)


def test_many_add_the_same_file_at_once_and_one_stays(settings):
    library, results = Library(settings), []

    def add():
        try:
            results.append(library.add(io.BytesIO(b"the same"), "a.txt", by="zhang").id)
        except LibraryError as error:
            results.append(error.code)

    threads = [threading.Thread(target=add) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results.count("duplicate") == 7
    assert len(library.list()) == 1
    assert len(list((settings.data_dir / "library").glob("[0-9a-f][0-9a-f]/*"))) == 1


def test_several_files_added_at_once_are_all_read(desk, notice):
    paths = [notice(number=n, name=f"{n}.txt") for n in range(6)]
    uploads: list = []
    threads = [
        threading.Thread(target=lambda p=p: uploads.append(desk.library.add(p, p.name, by="zhang"))) for p in paths
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {one.state for one in desk.read(*uploads)} == {State.REVIEW}


def test_a_bad_file_does_not_hold_up_the_next(desk, notice, tmp_path):
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.7\n" + os.urandom(5000))
    first = desk.library.add(bad, "bad.pdf", by="zhang")
    second = desk.library.add(notice(), "good.txt", by="zhang")
    failed, read = desk.read(first, second)
    assert failed.state is State.FAILED
    assert failed.problem.zh
    assert read.state is State.REVIEW


def test_a_watched_folder_takes_files_when_they_are_whole(settings, tmp_path):
    folder = tmp_path / "watched"
    folder.mkdir()
    library = Library(settings)
    watched = WatchedFolder(folder, lambda path, name: library.add(path, name, by="watched folder"), quiet=0.3)
    growing = folder / "通知.txt"
    growing.write_text("第一条")
    (folder / "half.pdf.part").write_text("x")
    (folder / ".hidden").write_text("x")
    (folder / "link.txt").symlink_to("/etc/hostname")
    assert watched.take() == 0
    growing.write_text("第一条 还在复制")  # it grew: the quiet time begins anew
    assert watched.take() == 0
    assert library.list() == ()
    time.sleep(0.35)
    assert watched.take() == 1
    assert [upload.name for upload in library.list()] == ["通知.txt"]
    assert (folder / "taken" / "通知.txt").exists()
    assert not growing.exists()
    assert (folder / "half.pdf.part").exists()
    assert (folder / "link.txt").is_symlink()


def test_a_watched_file_that_was_stored_before_the_program_was_killed_is_moved_the_next_time(settings, tmp_path):
    folder = tmp_path / "watched"
    folder.mkdir()
    library = Library(settings)
    (folder / "a.txt").write_text("第一条")
    library.add(folder / "a.txt", "a.txt", by="watched folder")  # killed here, before it was moved
    watched = WatchedFolder(folder, lambda path, name: library.add(path, name, by="watched folder"), quiet=0.0)
    watched.take()
    watched.take()
    assert (folder / "taken" / "a.txt").exists()
    assert len(library.list()) == 1


def test_a_watched_file_that_cannot_be_taken_lies_beside_the_reason(settings, tmp_path):
    folder = tmp_path / "watched"
    folder.mkdir()
    library = Library(settings)
    (folder / "empty.txt").touch()
    watched = WatchedFolder(folder, lambda path, name: library.add(path, name, by="watched folder"), quiet=0.0)
    watched.take()
    watched.take()
    assert "空" in (folder / "refused" / "empty.txt.txt").read_text(encoding="utf-8")
