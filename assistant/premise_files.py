"""corpus/premises.yaml → the register of beliefs that are corrected."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import TypeAdapter, ValidationError

from assistant.answering.premises.known import Premise, Register
from assistant.errors import RulesError
from index.documents.yaml_files import load_yaml

FILE = "premises.yaml"


def load_premises(corpus_dir: Path) -> Register:
    """Read and check them; an empty register for a corpus without. Raises RulesError naming file, entry and remedy.

    Whether the quotations stand in their clauses is checked by `python -m index check`; one that does not is not used.
    """
    path = corpus_dir / FILE
    if not path.exists():
        return Register()
    try:
        premises = TypeAdapter(list[Premise]).validate_python(load_yaml(path.read_text(encoding="utf-8")) or [])
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise RulesError([f"{path}: cannot be read: {error}"]) from error
    except ValidationError as error:
        raise RulesError(
            [f"{path}: {'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors()]
        ) from error
    ids = [premise.id for premise in premises]
    if twice := sorted({id for id in ids if ids.count(id) > 1}):
        raise RulesError([f"{path}: the id {id!r} stands twice; give one of them another" for id in twice])
    return Register(tuple(premises))
