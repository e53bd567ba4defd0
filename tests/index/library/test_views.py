"""Corpus and uploads as one index: the same scale, by groups, originals first."""

from __future__ import annotations

import gc
import time

import numpy as np
import pytest

from index.library.segments import Segments
from index.library.shelf import load_shelf
from index.library.views import Views
from index.snapshot import open_snapshot
from index.types import Language

ZH = Language.ZH


@pytest.fixture
def views(desk, small_index, encoder, settings):
    """Views of what the desk has released, as the page would open them."""
    snapshot = open_snapshot(small_index, encoder, candidates=60, use_chroma=False)

    def made(*, chroma: bool = False) -> Views:
        shelf = load_shelf(desk.library.tables, encoder.name)
        segments = Segments(settings.data_dir / "library" / "other").over(shelf.documents) if chroma else None
        return Views(snapshot.searcher, shelf, segments)

    made.base = snapshot.searcher
    return made


def released(desk, *uploads):
    for upload in desk.read(*uploads):
        desk.library.release(upload.id, by="li")
    return [f"upload-{upload.id}" for upload in uploads]


def test_without_uploads_the_search_is_the_corpuss_own(views):
    assert views().of().searcher is views.base


def test_a_released_upload_is_found_beside_the_corpus(desk, views, notice):
    (id,) = released(desk, desk.library.add(notice(), "a.txt", by="zhang"))
    hits = views().of().searcher.search("银行几个工作日内答复续贷申请", ZH)
    assert hits[0].passage.document_id == id
    assert hits[0].passage.reference == "第三条"
    assert {hit.passage.document_id for hit in hits} > {id}


def test_scores_of_the_corpus_stay_as_they_were(desk, views, notice):
    query = "贷款贴息比例是多少"
    before = {hit.passage.id: (hit.words, hit.cosine) for hit in views.base.search(query, ZH, 50)}
    released(desk, desk.library.add(notice(), "a.txt", by="zhang"))
    after = {hit.passage.id: (hit.words, hit.cosine) for hit in views().of().searcher.search(query, ZH, 50)}
    assert len(after) > len(before)
    assert {id: after[id] for id in before} == before


def test_a_word_only_uploads_have_is_known_and_found(desk, views, files):
    released(desk, desk.library.add(files / "note-merchant-days.md", "n.md", by="zhang"))
    joined, base = views().of().searcher.languages[ZH].lexical, views.base.languages[ZH].lexical
    word = next(w for w in ("云溪", "荷塘", "_云溪", "_荷塘") if joined.knows(w))
    assert not base.knows(word)
    # One passage of 12 has it: rarer than a word of two of the corpus's passages, less rare than one none has.
    assert 0 < joined.rarity(word) < base.rarity(word)


def test_the_joined_index_knows_whose_each_vector_is(desk, views, notice):
    from index.documents.splitter import entries

    released(desk, desk.library.add(notice(), "a.txt", by="zhang"))
    index = views().of().searcher.languages[ZH]
    assert index.owners.tolist() == [entry.row for entry in entries(index.passages)]
    assert index.entry_ids == [entry.id for entry in entries(index.passages)]
    assert len(index.vectors) == len(index.owners)


def test_chroma_and_multiplication_find_the_same(desk, views, notice, files):
    released(
        desk,
        desk.library.add(notice(), "a.txt", by="zhang"),
        desk.library.add(files / "measures-risk-fund-v1.pdf", "m.pdf", by="zhang"),
    )
    by_chroma, by_product = views(chroma=True).of().searcher, views().of().searcher
    for query in ("续贷期限最长几年", "风险补偿资金由谁管理", "贴息"):
        found = [[(h.passage.id, h.score) for h in s.search(query, ZH, 20)] for s in (by_chroma, by_product)]
        assert found[0] == found[1]


def test_what_was_released_a_moment_ago_is_found_before_it_is_in_chroma(desk, views, notice, files, settings, encoder):
    released(desk, desk.library.add(notice(), "a.txt", by="zhang"))
    segments = Segments(settings.data_dir / "library" / "other")
    first = segments.over(load_shelf(desk.library.tables, encoder.name).documents)
    (id,) = released(desk, desk.library.add(files / "measures-risk-fund-v1.pdf", "m.pdf", by="zhang"))
    shelf = load_shelf(desk.library.tables, encoder.name)
    assert segments.over(shelf.documents, settle=False) == first  # it is in none of them
    searcher = Views(views.base, shelf, first).of().searcher
    exact = Views(views.base, shelf, None).of().searcher
    query = "风险补偿资金由谁管理"
    found = [[(h.passage.id, h.score) for h in s.search(query, ZH, 20)] for s in (searcher, exact)]
    assert found[0] == found[1]
    assert found[0][0][0].startswith(id)


def test_a_document_of_a_group_is_not_there_for_others(desk, views, notice):
    (id,) = released(desk, desk.library.add(notice(), "a.txt", by="zhang", group="甲行"))
    seen = views()
    assert seen.of(["甲行"]).searcher.document(id, ZH) is not None
    for groups in ([], ["乙行"]):
        searcher = seen.of(groups).searcher
        assert searcher is views.base  # not a filter afterwards: the very index without it
        assert searcher.document(id, ZH) is None
        assert searcher.search("云金〔2025〕7号第三条", ZH, 50) == views.base.search("云金〔2025〕7号第三条", ZH, 50)


def test_a_private_document_moves_no_score_of_what_others_find(desk, views, notice, files):
    released(desk, desk.library.add(files / "measures-risk-fund-v1.pdf", "m.pdf", by="zhang"))
    alone = [(h.passage.id, h.score) for h in views().of().searcher.search("续贷期限", ZH, 50)]
    released(desk, desk.library.add(notice(), "a.txt", by="zhang", group="甲行"))
    assert [(h.passage.id, h.score) for h in views().of().searcher.search("续贷期限", ZH, 50)] == alone


def test_chroma_of_another_group_is_not_searched(desk, views, notice, files):
    released(
        desk,
        desk.library.add(notice(), "a.txt", by="zhang", group="甲行"),
        desk.library.add(files / "measures-risk-fund-v1.pdf", "m.pdf", by="zhang"),
    )
    store = views(chroma=True).of().searcher.languages[ZH].store
    assert {segment.group for segment in store._segments} == {None}


def test_the_original_takes_the_place_of_the_digests_clause(desk, views, tmp_path):
    # The small corpus has a digest of 金规〔2024〕13号 with the clauses 一, 二, 三 and 四; the original has 一 and 二.
    path = tmp_path / "original.txt"
    path.write_text(
        "国家金融监督管理总局关于做好续贷工作的通知\n\n金规〔2024〕13号\n\n各银行：\n\n"
        "一、适用对象。对贷款到期后仍有融资需求的小微企业，银行可以办理续贷。\n\n"
        "二、优化办理流程。同意续贷的，应当在原贷款到期前与企业签订新的借款合同。\n\n国家金融监督管理总局\n2024年9月24日\n",
        encoding="utf-8",
    )
    (id,) = released(desk, desk.library.add(path, "原文.txt", by="zhang"))
    searcher = views().of().searcher
    index = searcher.languages[ZH]
    assert {("renewal", "1"), ("renewal", "2")} <= index.shadowed
    assert index.beside_original == {"renewal"}
    for query in ("续贷怎么签合同", "金规〔2024〕13号第二条", "小微企业可以续贷吗"):
        found = [(h.passage.document_id, h.passage.clause_id) for h in searcher.search(query, ZH, 50)]
        assert not index.shadowed & set(found)
        originals = [place for place, (document, _) in enumerate(found) if document == id]
        digests = [place for place, (document, _) in enumerate(found) if document == "renewal"]
        assert originals
        assert min(originals) < min(digests, default=99)
    assert searcher.clause("renewal", "1", ZH) is not None  # rules still quote the digest


def test_views_of_many_sets_of_groups_are_not_all_kept(desk, views, notice):
    released(desk, desk.library.add(notice(), "a.txt", by="zhang", group="甲行"))
    seen = views()
    assert seen.of(["甲行"]) is seen.of(["甲行", "nobody"])  # groups without documents make no view of their own


def test_segments_are_merged_as_they_grow_and_old_ones_go(desk, notice, settings):
    for number in range(6):
        released(desk, desk.library.add(notice(number=number, name=f"{number}.txt"), f"{number}.txt", by="zhang"))
        desk.settled()
    gc.collect()
    assert len(desk.segments[-1]) <= 3  # 4 clauses each: 1, 2, 3, … taken in by those that follow
    desk.librarian.publish()
    there = {path.name for path in (settings.data_dir / "library" / "shelf").iterdir()}
    assert there == set(desk.segments[-1])


def test_vectors_come_when_there_is_an_encoder(notice, encoder, open_desk):
    words_only = open_desk(words_only=True)
    (read,) = words_only.read(words_only.library.add(notice(), "a.txt", by="zhang"))
    words_only.library.release(read.id, by="li")
    words_only.librarian.close()
    assert load_shelf(words_only.library.tables, encoder.name).documents[0].vectors is None
    desk = open_desk()
    end = time.monotonic() + 20
    while load_shelf(desk.library.tables, encoder.name).documents[0].vectors is None and time.monotonic() < end:
        time.sleep(0.05)
    one = load_shelf(desk.library.tables, encoder.name).documents[0]
    assert one.vectors.shape == (4, encoder.dimension)
    expected = encoder.passages([entry.text for entry in one.entries])
    assert np.allclose(one.vectors, expected, atol=1e-6)
