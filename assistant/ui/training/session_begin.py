"""The beginning of a sitting: which drills it has, for what was asked for."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import Response

from assistant.training.nicknames import objection
from assistant.training.paths import drills_of, load_paths, next_stage, progress_in
from assistant.training.selection import SIZES, choose
from assistant.training.sitting import Aim, AimKind, item_of
from assistant.training.types import Drill
from assistant.ui.plain.shell import alert
from assistant.ui.training.session_home import home
from assistant.ui.training.session_study import Study
from index.types import Language

_LONGEST = 200  # characters of a topic or id


def begin(study: Study) -> Response:
    """A sitting of what was asked for; who has no nickname yet is given the one they typed."""
    visit = study.visit
    aim, count = read_aim(visit.field("aim"), visit.field("of")), visit.field("count")
    if aim is None:
        return study.to()
    if study.is_new and (wrong := objection(visit.field("nickname"))) is not None:
        return home(study, wrong=wrong)
    if aim.kind is AimKind.PATH:
        aim = _with_stage(study, aim)
    drills = drills_for(study, aim, min(int(count), SIZES[-1]) if count.isdecimal() and len(count) < 4 else SIZES[0])
    if not drills:
        return home(study, alert(study.say("begin.none")))
    learner, token = study.begun_by(visit.field("nickname"))
    sitting = study.desk.sittings.begin(learner.id, aim, [item_of(drill) for drill in drills])
    response = study.to(f"/sitting/{sitting.id}")
    if visit.session is None and (kept := token or study.browser.token) is not None:
        study.browser.keep(response, kept)  # again each time: a year counts from the last sitting
    return response


def read_aim(kind: str, of: str) -> Aim | None:
    """What a form asks for; None where it is nothing of ours. A class is joined, not begun."""
    return Aim(AimKind(kind), of[:_LONGEST]) if kind in {str(k) for k in AimKind if k is not AimKind.CLASS} else None


def drills_for(study: Study, aim: Aim, count: int) -> tuple[Drill, ...]:
    """The drills of a sitting."""
    if aim.kind is AimKind.MISTAKES:
        return _wrong(study, aim.of)[:count]
    review: Sequence[Drill] = study.all
    fresh: Sequence[Drill] = ()
    if aim.kind is AimKind.PATH:
        review, fresh = _of_path(study, aim.of)
    elif aim.kind is not AimKind.DUE:
        review = fresh = pool(study, aim)
    seed = f"{study.learner.id if study.learner else study.visit.token} {study.on} {len(study.record.standings)}"
    return choose(review, fresh, study.record, study.on, count, seed)


def pool(study: Study, aim: Aim) -> tuple[Drill, ...]:
    """All drills of a topic (in whichever language it was chosen) or of a document, in the language of the page."""
    if aim.kind is AimKind.DOCUMENT:
        return tuple(drill for drill in study.all if aim.of in {source.document_id for source in drill.sources})
    if found := tuple(drill for drill in study.all if aim.of in drill.topics):
        return found
    other = study.catalogue_in(Language.EN if study.language is Language.ZH else Language.ZH)
    meant = {id for id, drill in other.drills.items() if aim.of in drill.topics}
    return tuple(drill for drill in study.all if drill.id in meant)


def _wrong(study: Study, sitting_id: str) -> tuple[Drill, ...]:
    """The mistakes of one sitting, or all there are, as far as they are still asked."""
    known, ids = study.catalogue.drills, list(study.record.mistakes(study.all))
    if sitting_id:
        sitting = study.desk.sittings.find(sitting_id, study.learner.id) if study.learner else None
        answers = sorted(sitting.answers.items()) if sitting else []
        ids = [sitting.items[place].drill for place, given in answers if sitting and not given.right]
    return tuple(known[id] for id in ids if id in known)


def _of_path(study: Study, of: str) -> tuple[tuple[Drill, ...], tuple[Drill, ...]]:
    """All drills of a path, and those of the stage asked for."""
    path_id, _, stage_id = of.partition("/")
    path = load_paths().path(path_id)
    if path is None:
        return (), ()
    stages = {stage.id: drills_of(stage, study.catalogue, study.documents) for stage in path.stages}
    whole = tuple({drill.id: drill for drills in stages.values() for drill in drills}.values())
    return whole, stages.get(stage_id, whole)


def _with_stage(study: Study, aim: Aim) -> Aim:
    """A path without a stage means its next one; all of it where every stage is done."""
    paths, (path_id, _, stage_id) = load_paths(), aim.of.partition("/")
    path = paths.path(path_id)
    if path is None or stage_id:
        return aim
    following = next_stage(progress_in(path, study.catalogue, study.documents, study.record, paths))
    return Aim(AimKind.PATH, f"{path_id}/{following.stage.id}") if following else aim
