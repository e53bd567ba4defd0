"""The written form, and the key of the seal."""

import json
import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import RecordsError
from assistant.records.seal import Seal, canonical, make_seal, read_seal
from index.settings import ROOT

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


def test_the_form_is_sorted_without_blanks_and_in_chinese_as_written():
    assert canonical({"b": [1, 0.5, None], "a": "续贷"}) == '{"a":"续贷","b":[1,0.5,null]}'


@given(JSON)
def test_a_value_read_back_is_written_the_same(value):
    assert canonical(json.loads(canonical(value))) == canonical(value)


@pytest.mark.parametrize("text", ["\ud800", "a\udfff续", "\x00", "\u2028"])
def test_characters_that_are_no_text_survive_and_can_be_stored(text):
    assert json.loads(canonical({"q": text})) == {"q": text}
    canonical({"q": text}).encode("utf-8")


def test_a_seal_is_bound_to_key_receipt_part_and_value():
    one, other = Seal(b"1" * 32), Seal(b"2" * 32)
    seals = {one.of("r", "p", 1), one.of("r", "p", 2), one.of("r", "q", 1), one.of("s", "p", 1), other.of("r", "p", 1)}
    assert len(seals) == 5


def test_the_key_is_for_its_owner_only_and_stays_the_same(tmp_path):
    first = make_seal(tmp_path / "data")
    assert stat.S_IMODE(os.stat(tmp_path / "data" / "records.key").st_mode) == 0o600 or os.name != "posix"
    assert make_seal(tmp_path / "data") == first == read_seal(tmp_path / "data")
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["records.key"]


def test_many_who_make_the_key_at_once_get_the_same_one(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        keys = {seal.key for seal in pool.map(lambda _: make_seal(tmp_path), range(32))}
    assert len(keys) == 1


def test_two_processes_get_the_same_key(tmp_path):
    code = f"from pathlib import Path; from assistant.records.seal import make_seal; print(make_seal(Path({str(tmp_path)!r})).name)"
    started = [
        subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(3)
    ]
    names = {process.communicate(timeout=60)[0] for process in started}
    assert names == {read_seal(tmp_path).name + "\n"}


@pytest.mark.parametrize("content", ["", "zz", "abcd", "é" * 64])
def test_a_key_that_is_none_is_named(tmp_path, content):
    (tmp_path / "records.key").write_text(content, encoding="utf-8")
    with pytest.raises(RecordsError, match=r"records\.key.*[Rr]estore it from a backup"):
        read_seal(tmp_path)


def test_reading_makes_no_key(tmp_path):
    with pytest.raises(RecordsError, match=r"records\.key is not there"):
        read_seal(tmp_path)
    assert list(tmp_path.iterdir()) == []
