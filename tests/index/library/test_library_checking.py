"""The library checked: what it says of its uploads is compared with what is there."""

from __future__ import annotations

import pytest

from index.library.checking import flaws


@pytest.fixture
def released(desk, notice):
    (read,) = desk.read(desk.library.add(notice(), "通知.txt", by="zhang"))
    return desk.library.release(read.id, by="li")


def change(desk, statement, *values):
    with desk.library.tables.transaction() as connection:
        connection.execute(statement, values)


def problems(desk):
    return [flaw.problem for flaw in flaws(desk.library)]


def test_documents_read_and_released_are_in_order(desk, notice, released):
    desk.read(desk.library.add(notice(number=9), "另一份.txt", by="zhang"))
    assert problems(desk) == []


def test_a_file_that_was_changed_is_named(desk, released):
    path = desk.library.files.path(released.id)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-1])
    (flaw,) = flaws(desk.library)
    assert (flaw.name, flaw.upload) == ("通知.txt", released.id)
    assert flaw.problem == "its file is gone or was changed"
    path.unlink()
    assert problems(desk) == ["its file is gone or was changed"]


def test_a_released_document_that_is_not_on_the_shelf_is_named(desk, released):
    change(desk, "DELETE FROM shelf WHERE upload = ?", released.id)
    assert problems(desk) == ["released, but not answered from"]


def test_a_document_on_the_shelf_that_is_not_released_is_named(desk, released):
    change(desk, "UPDATE uploads SET state = 'retired' WHERE id = ?", released.id)
    assert problems(desk) == ["answered from, though its state is retired"]


def test_missing_vectors_are_noticed(desk, released):
    change(desk, "UPDATE shelf SET vectors = substr(vectors, 1, length(vectors) - 4)")
    assert problems(desk) == ["some of its vectors are missing"]


def test_missing_clauses_are_noticed(desk, released):
    change(desk, "UPDATE shelf SET document = json_remove(document, '$.clauses[3]')")
    assert "some of its clauses are missing" in problems(desk)


def test_what_was_read_and_is_gone_is_noticed(desk, notice, released):
    change(desk, "DELETE FROM contents")
    assert problems(desk) == ["released, without what was read"]
