"""What changed since a day, on both sides of every limit."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from assistant.lexicon.regions import provinces
from assistant.reference.changes import NATIONAL, SOON, Choice, Group, by_day, changes, chosen, regions, topics
from assistant.reference.events import Basis, Turn, events_of
from assistant.rule_files import load_rulebook
from index.types import Clause, Document, Kind, Language, Period

ROOT = Path(__file__).parents[3]
DAY = date(2026, 11, 28)
STRAIGHT = str.maketrans("“”‘’", "\"\"''")
SINCE = date(2026, 1, 1)


def clause(id, text, **period):
    return Clause(id, f"第{id}条", f"标题{id}", text, Period(**period))


def document(id="a", clauses=(), **facts):
    period = Period(facts.pop("effective", None), facts.pop("expires", None), facts.pop("repealed", None))
    return Document(
        id, Language.ZH, facts.pop("kind", Kind.NOTICE), facts.pop("title", f"通知{id}"), f"短{id}", tuple(clauses),
        period=period, **facts,
    )  # fmt: skip


def told(*documents, since=SINCE, day=DAY):
    """Group → (document, day) of its events."""
    found = changes(events_of(documents, None, Language.ZH), since, day)
    return {
        str(group): [(event.document.id, event.day) for event in events] for group, events in found.items() if events
    }


@pytest.mark.parametrize(
    ("effective", "group"),
    [
        (date(2025, 12, 31), None),  # the day before the first day asked about
        (date(2026, 1, 1), "began"),
        (date(2026, 11, 28), "began"),  # today
        (date(2026, 11, 29), "ahead"),
        (date(2027, 2, 26), "ahead"),  # 28 Nov + 90 days: 2 left of November, 31, 31, 26
        (date(2027, 2, 27), None),  # 91 days
    ],
)
def test_what_comes_into_force(effective, group):
    assert told(document(effective=effective)) == ({group: [("a", effective)]} if group else {})


@pytest.mark.parametrize(
    ("expires", "group"),
    [
        (date(2025, 12, 30), None),  # on 31 December it had lapsed already
        (date(2025, 12, 31), "lapsed"),  # from 1 January, the first day asked about
        (date(2026, 11, 27), "lapsed"),
        (date(2026, 11, 28), "ending"),  # the last day is a day in force
        (date(2027, 2, 26), "ending"),  # 90 days
        (date(2027, 2, 27), None),  # 91 days
    ],
)
def test_what_lapses(expires, group):
    assert told(document(effective=date(2020, 1, 1), expires=expires)) == ({group: [("a", expires)]} if group else {})


def test_ninety_days_are_counted_in_days():
    assert DAY + timedelta(days=SOON) == date(2027, 2, 26)


@pytest.mark.parametrize(
    ("repealed", "group"),
    [
        (date(2026, 11, 28), "lapsed"),
        (date(2026, 11, 29), "ending"),
        (date(2026, 1, 1), "lapsed"),
        (date(2025, 12, 31), None),
    ],
)
def test_a_repeal_is_the_first_day_no_longer_in_force(repealed, group):
    last = repealed - timedelta(days=1)
    assert told(document(repealed=repealed)) == ({group: [("a", last)]} if group else {})


def test_the_earlier_of_end_and_repeal_counts():
    (event,) = events_of([document(expires=date(2026, 6, 30), repealed=date(2026, 3, 1))], None, Language.ZH)
    assert (event.day, event.basis) == (date(2026, 2, 28), Basis.REPEALED)
    (event,) = events_of([document(expires=date(2026, 2, 27), repealed=date(2026, 3, 1))], None, Language.ZH)
    assert (event.day, event.basis) == (date(2026, 2, 27), Basis.EXPIRES)


@pytest.mark.parametrize(
    ("effective", "issued", "day", "basis"),
    [
        (date(2026, 3, 1), date(2026, 2, 1), date(2026, 3, 1), Basis.EFFECTIVE),
        (date(2026, 3, 1), date(2026, 3, 1), date(2026, 3, 1), Basis.EFFECTIVE),
        (date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 2), Basis.RETROACTIVE),  # nobody could know before
        (None, date(2026, 2, 1), date(2026, 2, 1), Basis.ISSUED),
    ],
)
def test_a_document_is_new_on_the_day_it_can_be_known_and_holds(effective, issued, day, basis):
    (event,) = events_of([document(effective=effective, issued=issued)], None, Language.ZH)
    assert (event.turn, event.day, event.basis) == (Turn.BEGINS, day, basis)


def test_a_document_without_dates_changes_nothing():
    assert told(document()) == {}


def test_clauses_with_days_of_their_own_are_told_together_and_those_of_the_document_not_again():
    whole = document(
        effective=date(2025, 1, 1), expires=date(2026, 12, 31),
        clauses=[
            clause("1", "从2026年1月1日起执行。", effective=date(2026, 1, 1)),
            clause("2", "同上。", effective=date(2026, 1, 1)),
            clause("3", "原规定。", effective=date(2025, 1, 1), expires=date(2025, 12, 31)),
            clause("4", "与全文同时到期。", expires=date(2026, 12, 31)),
        ],
    )  # fmt: skip
    events = events_of([whole], None, Language.ZH)
    assert [(event.turn, event.day, [one.id for one in event.clauses]) for event in events] == [
        (Turn.BEGINS, date(2025, 1, 1), []),
        (Turn.ENDS, date(2025, 12, 31), ["3"]),
        (Turn.BEGINS, date(2026, 1, 1), ["1", "2"]),
        (Turn.ENDS, date(2026, 12, 31), []),
    ]


def test_the_clause_that_names_the_day_is_the_source():
    whole = document(
        effective=date(2026, 3, 1), repealed=date(2026, 9, 1),
        clauses=[
            clause("1", "本通知2025年3月1日征求意见。另见附件。"),
            clause("2", "贷款条件不变。本通知自2026年3月1日起施行。"),
            clause("3", "自2026年9月1日起废止。"),
        ],
    )  # fmt: skip
    begins, ends = events_of([whole], None, Language.ZH)
    assert (begins.source.id, begins.quote) == ("2", "本通知自2026年3月1日起施行。")
    assert (ends.source.id, ends.quote) == ("3", "自2026年9月1日起废止。")


def test_where_no_clause_names_the_day_none_is_given():
    (event,) = events_of(
        [document(effective=date(2026, 3, 1), clauses=[clause("1", "自公布之日起施行。")])], None, Language.ZH
    )
    assert (event.source, event.quote) == (None, None)


@pytest.mark.parametrize(("day", "shown"), [(date(2026, 5, 31), False), (date(2026, 6, 1), True)])
def test_a_replacement_is_told_from_the_first_day_of_the_new_document(day, shown):
    old = document("old", document_number="国务院令第728号", title="旧条例")
    new = document("new", effective=date(2026, 6, 1), supersedes=("国务院令第728号",),
                   clauses=[clause("37", "取代国务院令第728号。")])  # fmt: skip
    found = changes(events_of([old, new], None, Language.ZH), SINCE, day)[Group.REPLACED]
    assert bool(found) is shown
    if shown:
        assert (found[0].document.id, found[0].former.id, found[0].source.id) == ("new", "old", "37")


def test_what_is_replaced_need_not_be_in_the_library():
    new = document("new", effective=date(2026, 6, 1), supersedes=("《某办法（试行）》",))
    (event,) = changes(events_of([new], None, Language.ZH), SINCE, DAY)[Group.REPLACED]
    assert (event.replaced, event.former) == ("《某办法（试行）》", None)


def test_a_replacement_told_by_both_documents_is_one():
    old = document("old", document_number="甲〔2020〕1号", superseded_by=("乙〔2026〕2号",))
    new = document("new", document_number="乙〔2026〕2号", effective=date(2026, 6, 1), supersedes=("甲〔2020〕1号",))
    only_old_tells = replace(new, supersedes=())
    for documents in ([old, new], [old, only_old_tells]):
        (event,) = changes(events_of(documents, None, Language.ZH), SINCE, DAY)[Group.REPLACED]
        assert (event.document.id, event.former.id) == ("new", "old")


def test_an_original_tells_it_rather_than_its_digest():
    digest = document("digest", document_number="金规〔2026〕1号", effective=date(2026, 3, 1))
    original = replace(digest, id="upload", original=True)
    (event,) = events_of([digest, original], None, Language.ZH)
    assert event.document.id == "upload"
    assert [other.id for other in event.also] == ["digest"]


def test_events_keep_their_id_when_texts_change():
    first = document(effective=date(2026, 3, 1), clauses=[clause("1", "甲")])
    second = replace(first, title="改了", clauses=(clause("1", "自2026年3月1日起施行。"),))
    ids = [events_of([one], None, Language.ZH)[0].id for one in (first, second)]
    assert ids == ["begins-a-2026-03-01"] * 2


def test_the_newest_comes_first_of_what_was_and_the_soonest_of_what_comes():
    documents = [document(name, effective=date(2026, month, 1)) for name, month in (("a", 2), ("b", 9), ("c", 5))]
    documents += [document(name, expires=date(2026, 12, day)) for name, day in (("d", 20), ("e", 10))]
    found = told(*documents)
    assert [name for name, _ in found["began"]] == ["b", "c", "a"]
    assert [name for name, _ in found["ending"]] == ["e", "d"]


@pytest.mark.parametrize(
    ("choice", "ids"),
    [
        (Choice(), ["national", "hangzhou", "daqing"]),
        (Choice(region=NATIONAL), ["national"]),
        (Choice(region="浙江省"), ["national", "hangzhou"]),  # what holds nationwide holds there too
        (Choice(region="湖北省"), ["national"]),
        (Choice(kind=Kind.PROGRAMME), ["hangzhou"]),
        (Choice(topic="贴息"), ["daqing"]),
        (Choice(topic="通知NATIONAL"), ["national"]),  # by title, whatever the case
        (Choice(topic="没有"), []),
    ],
)
def test_documents_are_chosen_by_region_kind_and_topic(choice, ids):
    documents = [
        document("national", effective=DAY),
        document("hangzhou", effective=DAY, region="浙江省杭州市", kind=Kind.PROGRAMME),
        document("daqing", effective=DAY, region="黑龙江省大庆市", topics=("贷款贴息",)),
    ]
    events = sorted(
        events_of(documents, None, Language.ZH), key=lambda event: [d.id for d in documents].index(event.document.id)
    )
    assert [event.document.id for event in chosen(events, choice)] == ids
    assert regions(events) == [name for name in provinces() if name in ("浙江省", "黑龙江省")]
    assert topics(events) == ["贷款贴息"]


def test_a_month_has_the_events_of_its_days():
    events = events_of([document(effective=date(2026, 2, 1), expires=date(2026, 2, 28))], None, Language.ZH)
    assert list(by_day(events, date(2026, 2, 14))) == [date(2026, 2, 1), date(2026, 2, 28)]
    assert by_day(events, date(2026, 3, 1)) == {}
    assert by_day(events, date(2025, 2, 1)) == {}


@pytest.fixture(scope="module", params=list(Language))
def shipped(request, corpus):
    book = load_rulebook(ROOT / "corpus", corpus.documents)
    documents = [one for one in corpus.documents if one.language is request.param]
    return events_of(documents, book, request.param)


def test_the_shipped_library_tells_what_ends_with_2026(shipped):
    ending = changes(shipped, date(2025, 1, 1), DAY)[Group.ENDING]
    assert {event.document.id for event in ending} == {
        "anhui-shihang-qianyi", "caijin-2025-80", "caijin-2025-81", "caijin-2026-2", "caijin-2026-4", "jinfa-2024-32",
    }  # fmt: skip
    assert {event.day for event in ending} == {date(2026, 12, 31)}


def test_offers_are_told_with_the_clause_of_their_rule(shipped):
    (event,) = [event for event in shipped if event.document.id == "anhui-shihang-qianyi" and event.turn is Turn.ENDS]
    assert (event.basis, event.offers, event.source.id) == (Basis.RULE, ("anhui-ten-banks",), "overview")


def test_every_quoted_sentence_stands_in_its_clause(shipped):
    quoted = [event for event in shipped if event.quote]
    assert len(quoted) > 50
    for event in quoted:
        assert event.quote.translate(STRAIGHT) in event.source.text.translate(STRAIGHT)  # as rules are quoted
        assert event.source in event.document.clauses


def test_no_two_events_have_the_same_id(shipped):
    assert len({event.id for event in shipped}) == len(shipped)
