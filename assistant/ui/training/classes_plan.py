"""What a trainer wants a class of: read from an address or a form, and the drills it comes to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.training.classes import FEWEST, MOST
from assistant.training.drawing import draw, shuffled
from assistant.training.papers import in_paper_order
from assistant.training.paths import Stage, drills_of, load_paths
from assistant.training.types import Catalogue, Drill, DrillKind
from index.types import Document

USUAL = 10  # drills, where nothing is asked for
_LARGEST_SEED = 9999
_LONGEST, _MOST_CHOSEN = 120, 200  # characters of an id or topic, and how many of them
Fields = Callable[[str], Sequence[str]]


@dataclass(frozen=True)
class Plan:
    """Drills of any of the topics, documents and stages, of the kinds; where none is named, of everything."""

    topics: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()  # "path/stage"
    kinds: tuple[DrillKind, ...] = ()
    number: int = USUAL
    seed: int = 1

    @classmethod
    def read(cls, fields: Fields) -> Plan:
        """Whatever was sent, within its bounds; what cannot be read is left at what is usual."""
        known = set(DrillKind)
        return cls(
            _several(fields("topic")), _several(fields("document")), _several(fields("stage")),
            tuple(DrillKind(kind) for kind in _several(fields("kind")) if kind in known),
            _number(fields("number"), FEWEST, MOST, USUAL), _number(fields("seed"), 1, _LARGEST_SEED, 1),
        )  # fmt: skip

    def pairs(self) -> list[tuple[str, str]]:
        """The fields again, for addresses and hidden fields."""
        return [
            *(("topic", topic) for topic in self.topics), *(("document", id) for id in self.documents),
            *(("stage", id) for id in self.stages), *(("kind", str(kind)) for kind in self.kinds),
            ("number", str(self.number)), ("seed", str(self.seed)),
        ]  # fmt: skip

    def others(self) -> Plan:
        """The same of other drills."""
        return replace(self, seed=self.seed % _LARGEST_SEED + 1)

    def pool(self, catalogue: Catalogue, documents: Iterable[Document]) -> tuple[Drill, ...]:
        """Every drill it allows."""
        of_kind = [d for d in catalogue.drills.values() if not self.kinds or d.kind in self.kinds]
        if not (self.topics or self.documents or self.stages):
            return tuple(of_kind)
        documents, topics, ids = tuple(documents), set(self.topics), set(self.documents)
        staged = {
            drill.id for name in self.stages if (stage := stages().get(name)) is not None
            for drill in drills_of(stage, catalogue, documents)
        }  # fmt: skip
        return tuple(
            d for d in of_kind
            if d.id in staged or topics & set(d.topics) or ids & {source.document_id for source in d.sources}
        )  # fmt: skip

    def drills(
        self, pool: Sequence[Drill], kept: Iterable[Drill] = (), without: Iterable[str] = ()
    ) -> tuple[Drill, ...]:
        """As many of the pool as are wanted, in the order of a paper, those kept among them."""
        chosen = draw(pool, self.number, self.seed, kept=kept, without=set(without))
        return in_paper_order(shuffled(chosen, self.seed))


def stages() -> Mapping[str, Stage]:
    """The stages of all roles, as "path/stage"."""
    return {f"{path.id}/{stage.id}": stage for path in load_paths().paths for stage in path.stages}


def topics_of(catalogue: Catalogue) -> list[tuple[str, int]]:
    """The topics there are drills of, with how many; those of most drills first."""
    counted = Counter(topic for drill in catalogue.drills.values() for topic in dict.fromkeys(drill.topics))
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))


def documents_of(catalogue: Catalogue) -> Counter[str]:
    """The documents there are drills of, with how many."""
    return Counter(id for drill in catalogue.drills.values() for id in {source.document_id for source in drill.sources})


def _several(sent: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in sent if 0 < len(value) <= _LONGEST))[:_MOST_CHOSEN]


def _number(sent: Sequence[str], least: int, most: int, usual: int) -> int:
    written = sent[0].strip() if sent else ""
    readable = written.isascii() and written.isdigit() and len(written) < 9
    return min(max(int(written), least), most) if readable else usual
