"""A receipt that anybody changed, in any place, is found out, and the place is named."""

import json
import sqlite3
from copy import deepcopy

import pytest

from assistant.records.receipt import new_id
from assistant.records.seal import Seal, canonical, read_seal
from assistant.records.store import Row
from assistant.records.verify import check


@pytest.fixture(scope="module")
def sealed(assistant, tmp_path_factory):
    """(row, seal) of an answer the rules decided, after another turn: it has something in every part."""
    from today import TODAY

    from assistant.records.recorder import Recorder, Surface
    from assistant.records.settings import RecordSettings
    from assistant.records.store import RecordStore
    from assistant.types import Question

    store = RecordStore(tmp_path_factory.mktemp("sealed"))
    recorder = Recorder(lambda: assistant.serving, store, RecordSettings(), Surface.PAGE)
    kept = recorder.answer(Question("300万贷款下个月到期，能不能无还本续贷", TODAY, ("我在杭州开餐馆，15个人",)))
    row = store.find(kept.receipt)
    store.close()
    return row, read_seal(store.data_dir)


def leaves(value, path=()):
    if isinstance(value, dict) and value:
        for key in value:
            yield from leaves(value[key], (*path, key))
    elif isinstance(value, list) and value:
        for place, item in enumerate(value):
            yield from leaves(item, (*path, place))
    else:
        yield path, value


def with_leaf(record, path, value):
    changed = deepcopy(record)
    inside = changed
    for step in path[:-1]:
        inside = inside[step]
    inside[path[-1]] = value
    return changed


def otherwise(value):
    """Another value of the same kind, as near as it can be."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, (int, float)):
        return value + 1
    if isinstance(value, str):
        return value[:-1] + ("x" if value[-1] != "x" else "y") if value else "x"
    return "x"


def test_an_untouched_receipt_is_untouched(sealed):
    row, seal = sealed
    assert check(row, seal).untouched
    assert check(row, seal).record == json.loads(row.record)


def test_every_single_value_that_is_changed_is_found_and_its_part_named(sealed):
    row, seal = sealed
    record = json.loads(row.record)
    places = list(leaves(record))
    assert len(places) > 200
    for path, value in places:
        changed = with_leaf(record, path, otherwise(value))
        found = check(Row(row.id, row.time, canonical(changed), row.seals), seal)
        assert path[0] in found.changed, path
        # A clause's text is bound to its digest besides, and number and time to their columns.
        assert set(found.changed) - {path[0]} <= {"clauses"}, (path, found.changed)


def test_every_field_taken_out_or_put_in_is_found(sealed):
    row, seal = sealed
    record = json.loads(row.record)
    for part in record:
        less = {name: value for name, value in record.items() if name != part}
        assert part in check(Row(row.id, row.time, canonical(less), row.seals), seal).changed
    for field in record["answer"]:
        less = deepcopy(record)
        del less["answer"][field]
        assert "answer" in check(Row(row.id, row.time, canonical(less), row.seals), seal).changed
    assert check(Row(row.id, row.time, canonical(record | {"more": 1}), row.seals), seal).changed == ("more",)


def test_every_seal_that_is_changed_or_taken_out_is_found(sealed):
    row, seal = sealed
    seals = json.loads(row.seals)
    for path, value in leaves(seals):
        assert not check(Row(row.id, row.time, row.record, canonical(with_leaf(seals, path, otherwise(value)))), seal).untouched
    for part in seals["parts"]:
        less = deepcopy(seals)
        del less["parts"][part]
        assert not check(Row(row.id, row.time, row.record, canonical(less)), seal).untouched
    assert not check(Row(row.id, row.time, row.record, canonical(seals | {"more": 1})), seal).untouched


@pytest.mark.parametrize(
    ("record", "named"),
    [
        ("", "writing"), ("null", "writing"), ("[]", "writing"), ("{", "writing"), ("{}", "writing"),
        ('{"a":NaN}', "writing"), ("[" * 100_000, "writing"),
    ],
    ids=["empty", "null", "list", "cut off", "nothing", "no number", "deep"],
)  # fmt: skip
def test_what_is_no_record_is_named(sealed, record, named):
    row, seal = sealed
    assert check(Row(row.id, row.time, record, row.seals), seal).changed == (named,)


@pytest.mark.parametrize("seals", ["", "null", "[]", "{}", '{"key":1,"parts":{}}', '{"key":"k","parts":[]}'])
def test_what_is_no_seal_is_named(sealed, seals):
    row, seal = sealed
    assert not check(Row(row.id, row.time, row.record, seals), seal).untouched


def test_the_same_values_written_otherwise_are_found(sealed):
    """A second value under the same name would be read by one program and not by another."""
    row, seal = sealed
    for record in (row.record + " ", row.record.replace("{", "{ ", 1), '{"format":0,' + row.record[1:]):
        assert check(Row(row.id, row.time, record, row.seals), seal).changed == ("writing",)


def test_another_number_or_time_beside_the_record_is_named(sealed):
    row, seal = sealed
    assert check(Row(new_id(), row.time, row.record, row.seals), seal).changed == ("receipt",)
    assert check(Row(row.id, "2026-01-01T00:00:00+00:00", row.record, row.seals), seal).changed == ("time",)


def test_one_receipt_in_the_place_of_another_is_found(keep, store):
    one, other = keep("贷款快到期了怎么办"), keep("没有抵押物，能申请信用贷款吗")
    first, second = store.find(one.receipt), store.find(other.receipt)
    seal = read_seal(store.data_dir)
    assert check(Row(first.id, second.time, second.record, second.seals), seal).changed[0] == "receipt"
    mixed = json.loads(first.record) | {"answer": json.loads(second.record)["answer"]}
    seals = json.loads(first.seals)
    seals["parts"]["answer"] = json.loads(second.seals)["parts"]["answer"]
    assert "answer" in check(Row(first.id, first.time, canonical(mixed), canonical(seals)), seal).changed


def test_a_receipt_sealed_with_another_key_is_not_taken_for_ours(sealed):
    row, _ = sealed
    assert check(row, Seal(b"\0" * 32)).changed == ("key",)


def test_a_clause_that_its_digest_does_not_fit_is_found_even_under_a_right_seal(sealed):
    row, seal = sealed
    record = json.loads(row.record)
    record["answer"]["citations"][0]["quote"] += "。"
    seals = canonical({"key": seal.name, "parts": seal.parts(row.id, record)})
    assert check(Row(row.id, row.time, canonical(record), seals), seal).changed == ("clauses",)


@pytest.mark.parametrize("column", ["id", "time", "record", "seals"])
@pytest.mark.parametrize("value", [b"\xff\x00", 7, "x"], ids=["bytes", "number", "text"])
def test_any_column_that_is_overwritten_in_the_database_is_found(keep, store, column, value):
    kept = keep("贷款快到期了怎么办")
    connection = sqlite3.connect(store.data_dir / "records.sqlite3")
    connection.execute(f"UPDATE receipts SET {column} = ?", (value,))
    connection.commit()
    connection.close()
    (row,) = store.receipts()
    found = check(row, read_seal(store.data_dir))
    assert not found.untouched
    assert column == "id" or row.id == kept.receipt
