"""Learning paths: their ids are those of the corpus, and a stage is done by what is known."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timezone

import pytest
from making import catalogue, drill

from assistant.training.paths import LearningPath, drills_of, load_paths, next_stage, progress_in
from assistant.training.progress import Record, Standing
from index.types import Language

PATHS = load_paths()
STAGES = [(path.id, stage) for path in PATHS.paths for stage in path.stages]
named = pytest.mark.parametrize("stage", [stage for _, stage in STAGES], ids=[f"{p}-{s.id}" for p, s in STAGES])


def path_of(*documents, **more):
    said = {"zh": "名", "en": "name"}
    stages = [{"id": f"s{chr(97 + n)}", "name": said, "teaches": said, **given} for n, given in enumerate(documents)]
    return LearningPath.model_validate({"id": "p", "name": said, "about": said, "stages": stages, **more})


def record_of(right=(), wrong=()):
    at = datetime(2026, 3, 2, tzinfo=timezone.utc)
    standings = {
        d.id: Standing(known, at, {"zh": d.fingerprint}) for known, ds in ((True, right), (False, wrong)) for d in ds
    }
    return Record(standings, frozenset())


def test_there_is_a_path_for_each_role():
    assert [path.id for path in PATHS.paths] == ["visitor", "officer", "manager"]


@named
def test_documents_and_topics_of_a_stage_are_in_the_corpus(stage, corpus):
    chinese = [document for document in corpus.documents if document.language is Language.ZH]
    assert set(stage.documents) <= {document.id for document in chinese}
    assert set(stage.topics) <= {topic for document in chinese for topic in document.topics}
    assert stage.wish(corpus.documents).documents


def test_stages_of_a_path_have_names_of_their_own():
    for path in PATHS.paths:
        assert max(Counter(stage.id for stage in path.stages).values()) == 1


def test_a_topic_stands_for_the_same_documents_in_both_languages(corpus):
    local = PATHS.path("officer").stage("local")
    wish = local.wish(corpus.documents)
    assert wish.topics == ()
    assert {"jinfa-2024-32", "beijing-xietiao-jizhi", "local-differences"} <= set(wish.documents)


def test_a_stage_has_the_drills_of_its_documents_and_kinds(corpus):
    path = path_of({"documents": ["lpr"]}, {"documents": ["lpr"], "kinds": ["statement"]})
    mine, statement = drill(1, document="lpr"), drill(2, document="lpr", kind="statement")
    found = [drills_of(stage, catalogue(mine, statement, drill(3)), corpus.documents) for stage in path.stages]
    assert found == [(mine, statement), (statement,)]


def test_a_stage_is_done_with_enough_right_and_few_wrong(corpus):
    path = path_of({"documents": ["lpr"]}, {"documents": ["jinfa-2024-32"]})
    known = [drill(n, document="lpr") for n in range(20)]
    everything = catalogue(*known, drill(1, document="jinfa-2024-32"))

    def progress(right, wrong):
        return progress_in(
            path, everything, corpus.documents, record_of(known[:right], known[right : right + wrong]), PATHS
        )

    assert (PATHS.enough, PATHS.share) == (12, 0.8)
    assert not progress(11, 0)[0].done
    assert progress(12, 3)[0].done  # 12 of 15 are 80 %
    assert not progress(12, 4)[0].done  # 12 of 16 are 75 %
    assert next_stage(progress(12, 3)).stage.id == "sb"
    assert next_stage(progress(11, 0)).stage.id == "sa"


def test_the_stage_one_is_in_comes_before_earlier_ones(corpus):
    path = path_of({"documents": ["lpr"]}, {"documents": ["jinfa-2024-32"]})
    first, second = drill(1, document="lpr"), drill(1, document="jinfa-2024-32")
    made = progress_in(path, catalogue(first, second), corpus.documents, record_of(), PATHS)
    assert next_stage(made, "sb").stage.id == "sb"
    made = progress_in(path, catalogue(first, second), corpus.documents, record_of(right=[second]), PATHS)
    assert next_stage(made, "sb").stage.id == "sa"


def test_a_small_stage_is_done_when_all_of_it_is_known_and_an_empty_one_at_once(corpus):
    small, path = (
        [drill(n, document="lpr") for n in range(3)],
        path_of({"documents": ["lpr"]}, {"documents": ["jinfa-2024-32"]}),
    )
    made = progress_in(path, catalogue(*small), corpus.documents, record_of(right=small), PATHS)
    assert [(stage.right, stage.wanted, stage.done) for stage in made] == [(3, 3, True), (0, 0, True)]
    assert next_stage(made) is None
