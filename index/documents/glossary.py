"""The glossary and the synonyms: terms as documents, colloquial words as data."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from index.documents.front_matter import ClauseId, Text
from index.documents.hidden import without_strays
from index.documents.yaml_files import load_yaml
from index.errors import CorpusError
from index.synonyms import Synonym
from index.types import Clause, Document, Kind, Language, Verification

GLOSSARY_ID = "glossary"
_TITLES = {Language.ZH: "小微企业融资术语表", Language.EN: "Glossary of small-business financing"}
_REFERENCES = {Language.ZH: "术语", Language.EN: "Term"}
_ISSUERS = {Language.ZH: "本项目编写", Language.EN: "written by this project"}
_REGIONS = {Language.ZH: "全国", Language.EN: "nationwide"}


class Term(BaseModel):
    """A word owners meet, explained in both languages."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: ClauseId
    zh: Text
    en: Text
    also_zh: list[Text] = []
    also_en: list[Text] = []
    definition_zh: Text
    definition_en: Text
    see: list[Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+#[a-z0-9.-]+$")]] = []
    verification: Verification = Verification.KNOWN


class Glossary(BaseModel):
    """corpus/glossary.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    as_of: date
    terms: list[Term] = Field(min_length=1)


class SynonymEntry(BaseModel):
    """One line of corpus/synonyms.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    say: list[Text] = Field(min_length=1)
    means: list[Text] = Field(min_length=1)


class SynonymFile(BaseModel):
    """corpus/synonyms.yaml: colloquial expressions per language."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    zh: list[SynonymEntry]
    en: list[SynonymEntry]


def _validated(path: Path, model: type[BaseModel]) -> Any:
    try:
        return model.model_validate(load_yaml(without_strays(path.read_text(encoding="utf-8"))))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CorpusError([f"{path}: cannot be read: {error}"]) from error
    except ValidationError as error:
        raise CorpusError([f"{path}: {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]) from error


def read_glossary(path: Path) -> list[Document]:
    """The glossary as one document per language, one clause per term; raises CorpusError."""
    glossary: Glossary = _validated(path, Glossary)
    ids = [term.id for term in glossary.terms]
    if twice := sorted({id for id in ids if ids.count(id) > 1}):
        raise CorpusError([f"{path}: terms: id {id!r} stands twice" for id in twice])
    return [_document(glossary, language) for language in Language]


def _document(glossary: Glossary, language: Language) -> Document:
    zh = language is Language.ZH
    clauses = []
    for term in glossary.terms:
        also = term.also_zh if zh else term.also_en
        comma = "、" if zh else ", "
        name = term.zh if zh else term.en
        clauses.append(
            Clause(
                id=term.id,
                reference=_REFERENCES[language],
                heading=name + (f"（{comma.join(also)}）" if also and zh else f" ({comma.join(also)})" if also else ""),
                text=term.definition_zh if zh else term.definition_en,
                verification=term.verification,
            )
        )
    return Document(
        id=GLOSSARY_ID,
        language=language,
        kind=Kind.GLOSSARY,
        title=_TITLES[language],
        short_title=_TITLES[language],
        clauses=tuple(clauses),
        issuers=(_ISSUERS[language],),
        region=_REGIONS[language],
        topics=tuple(term.zh if zh else term.en for term in glossary.terms),
        audience=("owner", "bank", "official"),
        as_of=glossary.as_of,
        verification=Verification.KNOWN,
    )


def glossary_see_also(path: Path) -> dict[str, list[str]]:
    """Term id → the clauses (document#clause) that say more about it."""
    glossary: Glossary = _validated(path, Glossary)
    return {term.id: list(term.see) for term in glossary.terms}


def read_synonyms(path: Path) -> list[Synonym]:
    """Every synonym of both languages; raises CorpusError."""
    file: SynonymFile = _validated(path, SynonymFile)
    return [
        Synonym(tuple(entry.say), tuple(entry.means), language)
        for language, entries in ((Language.ZH, file.zh), (Language.EN, file.en))
        for entry in entries
    ]
