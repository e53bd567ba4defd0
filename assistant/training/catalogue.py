"""Every drill there is over one state of corpus and rules, made once, and checked before anybody sees it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from datetime import date

from assistant.serving import Serving
from assistant.training.checking import problems
from assistant.training.makers import MAKERS
from assistant.training.material import Material
from assistant.training.types import Catalogue, Drill
from index.types import Language

_KEPT = 6  # catalogues kept: both languages on a few days
_State = tuple[str, str | None, str, Language, date]
_made: OrderedDict[_State, Catalogue] = OrderedDict()
_lock = threading.Lock()


def catalogue(serving: Serving, language: Language, on: date) -> Catalogue:
    """The drills of a language on a day, the same in every process; kept until corpus, uploads or rules change.

    Making one takes a second or two, and nobody waits for it twice. Documents of groups are not in it.
    """
    open_to_all = serving.seen_by(())
    state = (open_to_all.manifest.corpus, open_to_all.view.digest, open_to_all.rules, language, on)
    if (found := _made.get(state)) is not None:
        return found
    with _lock:  # two visitors at once wait for one catalogue
        if (found := _made.get(state)) is None:
            found = _made[state] = checked(Material.of(open_to_all, language, on))
            while len(_made) > _KEPT:
                _made.popitem(last=False)
        return found


def checked(material: Material) -> Catalogue:
    """Everything the makers make of it; what fails the check, or stands under an id that is taken, is left out."""
    drills: dict[str, Drill] = {}
    withdrawn: dict[str, str] = {}
    for maker in MAKERS:
        for drill in maker(material):
            found = problems(drill, material)
            if drill.id in drills:
                found = ["another drill has this id"]
            if found:
                withdrawn[drill.id] = "; ".join(found)
            else:
                drills[drill.id] = drill
    return Catalogue(material.language, material.on, drills, withdrawn)
