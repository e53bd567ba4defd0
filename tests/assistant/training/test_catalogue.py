"""The catalogue of the shipped corpus: enough drills, each checked, the same in every process, none of old clauses."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

from drill_material import DAY, material_of

from assistant.training.catalogue import catalogue, checked
from assistant.training.checking import problems
from assistant.training.types import DrillKind, Wish
from index.types import Language

ROOT = Path(__file__).parents[3]


def digest(made):
    """Everything a catalogue says, in one word."""
    told = [
        [
            drill.id,
            drill.fingerprint,
            drill.prompt,
            [option.text for option in drill.options],
            drill.right,
            drill.wanted,
        ]
        for drill in made.drills.values()
    ]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def test_there_are_a_thousand_drills_and_none_has_a_problem(zh, en, drills_zh, drills_en):
    assert len(drills_zh.drills) + len(drills_en.drills) >= 1500
    for material, made in ((zh, drills_zh), (en, drills_en)):
        assert [drill.id for drill in made.drills.values() if problems(drill, material)] == []


def test_they_are_spread_over_kinds_and_documents(drills_zh, drills_en):
    for made in (drills_zh, drills_en):
        kinds = Counter(drill.kind for drill in made.drills.values())
        for kind in (DrillKind.FIGURE, DrillKind.STATEMENT, DrillKind.DOCUMENT, DrillKind.SHORT):
            assert kinds[kind] >= 50, kind
        assert kinds[DrillKind.DATE] >= 20  # days of effect and expiry are few
        documents = Counter(drill.document_id for drill in made.drills.values())
        assert len(documents) >= 75
        assert max(documents.values()) <= 0.1 * len(made.drills)  # no document rules the rest


def test_what_fails_the_check_is_left_out_and_says_why(drills_zh):
    assert drills_zh.withdrawn
    assert all(drills_zh.withdrawn.values())
    assert drills_zh.drills.keys().isdisjoint(drills_zh.withdrawn)


def test_the_right_option_stands_in_every_place(drills_zh, drills_en):
    """Whoever always takes the first of four would be right about every fourth time."""
    for made in (drills_zh, drills_en):
        places = Counter(d.right[0] for d in made.drills.values() if len(d.options) == 4)
        assert all(0.1 < places[place] / places.total() < 0.45 for place in range(4))


def test_ids_are_the_same_in_both_languages(drills_zh, drills_en):
    """jingui-2024-13 clause 7 holds until 30 September 2027 in both."""
    both = drills_zh.drills.keys() & drills_en.drills.keys()
    assert len(both) >= 700
    assert drills_zh.drills["date:jingui-2024-13#7:2027-09-30"].topics
    for drill_id in both:
        one, other = drills_zh.drills[drill_id], drills_en.drills[drill_id]
        assert (one.kind, one.document_id) == (other.kind, other.document_id)


def test_ids_and_fingerprints_are_the_same_in_every_process(few):
    """A process with another hash seed makes the very same drills."""
    script = (
        "import sys; sys.path[:0] = ['tests/assistant/training', '.'];"
        "from pathlib import Path; from index.documents.corpus import load_corpus; from index.types import Language;"
        "from drill_material import FEW, material_of; from test_catalogue import digest;"
        "from assistant.training.catalogue import checked;"
        "few = tuple(d for d in load_corpus(Path('corpus')).documents if d.id in FEW);"
        "print(digest(checked(material_of(few, Language.ZH))))"
    )
    command = [sys.executable, "-c", script]
    made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "7"})
    assert made.stdout.strip() == digest(checked(material_of(few, Language.ZH)))


def test_a_changed_clause_changes_the_fingerprint_and_nothing_else(few, changed):
    """The cap of the agricultural guarantee is raised to 3000万元."""
    before = checked(material_of(few, Language.ZH)).drills
    after = checked(
        changed("agri-guarantee", "amount", lambda c: replace(c, text=c.text.replace("1000万元", "3000万元")))
    )
    gone = ["figure:agri-guarantee#amount:money-10000000", "statement:agri-guarantee#amount:money-10000000"]
    assert all(drill_id in before and drill_id not in after.drills for drill_id in gone)
    held = "statement:agri-guarantee#amount:true-0"
    turned = "statement:agri-guarantee#amount:turned-0"
    both = [drill_id for drill_id in (held, turned) if drill_id in before and drill_id in after.drills]
    assert both
    assert all(after.drills[drill_id].fingerprint != before[drill_id].fingerprint for drill_id in both)
    same = "date:jingui-2024-13#7:2027-09-30"
    assert after.drills[same].fingerprint == before[same].fingerprint


def test_a_clause_that_lapses_gives_no_drill(few, drills_zh):
    """财金〔2026〕4号 runs until 31 December 2026."""
    day_after = checked(material_of(few, Language.ZH, date(2027, 1, 1)))
    assert drills_zh.of(Wish(documents=("caijin-2026-4",)))
    assert not day_after.of(Wish(documents=("caijin-2026-4",)))
    assert all(drill.on == date(2027, 1, 1) for drill in day_after.drills.values())


def test_an_earlier_day_gives_other_answers(few):
    """On 1 January 2024 the notice on renewal of September 2024 did not exist, and the one on fees of 2020 did."""
    then = checked(material_of(few, Language.ZH, date(2024, 1, 1)))
    documents = {drill.document_id for drill in then.drills.values()}
    assert documents.isdisjoint({"jingui-2024-13", "jingui-2025-9", "reg-sme-payment-2025", "caijin-2026-4"})
    assert "yinbaojian-2020-18" in documents


def test_a_wish_picks_kinds_topics_and_documents(drills_zh):
    wanted = drills_zh.of(Wish(kinds=(DrillKind.FIGURE,), topics=("续贷", "农担")))
    assert wanted
    for drill in wanted:
        assert drill.kind is DrillKind.FIGURE
        assert {"续贷", "农担"} & set(drill.topics)


def test_the_catalogue_of_what_is_served_is_made_once(assistant):
    """It is the corpus everybody sees, and asking again does not make it again."""
    made = catalogue(assistant.serving, Language.EN, DAY)
    assert made is catalogue(assistant.serving.seen_by({"bank-a"}), Language.EN, DAY)
    assert len(made.drills) >= 700
