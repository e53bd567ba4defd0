"""How a request to deceive is told by words and meaning, and how that is learnt, written and read."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.answering.deceit import Deceit, deceit, pieces
from assistant.errors import TextsError
from assistant.evaluation.learning_deceit import save_deceit


def by_hand() -> Deceit:
    """Vectors of two dimensions and two pieces known."""
    return Deceit(
        "by-hand", "digest", np.array([1.0, 0.0], np.float32), np.array([0.0, 2.0], np.float32),
        {"假": 0, "流": 1}, np.array([3.0, 4.0], np.float32), np.array([1.0, -0.5], np.float32), 0.25,
    )  # fmt: skip


def test_pieces_are_runs_of_characters_and_words_with_their_edges():
    assert pieces("假账") == [" ", "假", "账", " ", " 假", "假账", "账 ", " 假账", "假账 ", " 假账 "]
    assert pieces("Fake it") == [" fake ", " it ", "fake it"]
    assert pieces("forge") == [" forge ", " for", "forg", "orge", "rge "]
    assert pieces("!?") == []


def test_the_share_weighs_meaning_and_words_as_worked_out_by_hand():
    # meaning: (3 - 1) * 0 + 0.5 * 2 = 1; words: 假 twice (1 + ln 2) * 3 = 5.0794, 流 once 4: length 6.4652;
    # (5.0794 * 1 - 4 * 0.5) / 6.4652 = 0.4763; 1 / (1 + e^-(0.25 + 1 + 0.4763)) = 0.8489
    assert by_hand().share("假流，假", np.array([3.0, 0.5])) == pytest.approx(0.8489, abs=0.0002)
    # no piece known: 1 / (1 + e^-1.25) = 0.7773
    assert by_hand().share("loan", np.array([3.0, 0.5])) == pytest.approx(0.7773, abs=0.0002)


def test_what_was_learnt_is_read_back_as_it_was_written(tmp_path, monkeypatch):
    save_deceit(by_hand(), tmp_path / "kept.npz")
    monkeypatch.setattr("assistant.answering.deceit.LEARNT", tmp_path / "kept.npz")
    deceit.cache_clear()
    try:
        back = deceit()
        assert (back.encoder, back.sayings, back.places, back.bias) == ("by-hand", "digest", {"假": 0, "流": 1}, 0.25)
        assert [file.name for file in tmp_path.iterdir()] == ["kept.npz"]
        vector = np.array([3.0, 0.5])
        assert back.share("假流，假", vector) == pytest.approx(by_hand().share("假流，假", vector), abs=1e-3)
        (tmp_path / "kept.npz").write_bytes(b"no archive")
        deceit.cache_clear()
        with pytest.raises(TextsError, match="assistant learn"):
            deceit()
    finally:
        deceit.cache_clear()
