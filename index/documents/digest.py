"""Reader of the corpus's own Markdown digests: front matter, then one section per clause.

A clause is a second-level heading `## <printed reference>｜<heading> {#<clause id>}` and the prose below it.
"""

from __future__ import annotations

import re
from pathlib import Path

import yaml
from pydantic import ValidationError

from index.documents.front_matter import FrontMatter
from index.documents.hidden import hidden_in, without_strays
from index.documents.yaml_files import load_yaml
from index.errors import CorpusError
from index.types import Clause, Document, Language, Period

DISCLAIMERS = {
    Language.ZH: "本页是本项目根据公开资料编写的摘要，不是原文；与原文不一致的，以发布机构公布的原文为准。",
    Language.EN: "This page is our own digest of public sources, not the original text; "
    "where the two differ, the text published by the issuer governs.",
}

_PARTS = re.compile(r"\A---\n(?P<front>.*?)\n---\n(?P<body>.*)\Z", re.S)
_HEADING = re.compile(r"^## (?P<reference>[^｜|]+?)\s*[｜|]\s*(?P<heading>.+?)\s*\{#(?P<id>[^}\s]+)\}\s*$")


def read_digest(path: Path) -> Document:
    """One document in one language.

    Raises CorpusError naming the file and everything found wrong in it.
    """
    problems: list[str] = []
    try:
        parts = _PARTS.match(without_strays(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError([f"{path}: cannot be read as UTF-8 text: {error}"]) from error
    if parts is None:
        raise CorpusError([f"{path}: must begin with front matter between two lines of ---"])
    try:
        front = FrontMatter.model_validate(load_yaml(parts["front"]))
    except yaml.YAMLError as error:
        raise CorpusError([f"{path}: front matter is not YAML: {error}"]) from error
    except ValidationError as error:
        raise CorpusError(
            [f"{path}: {'.'.join(map(str, e['loc'])) or 'front matter'}: {e['msg']}" for e in error.errors()]
        ) from error
    sections, preface = _sections(parts["body"], path, problems)
    if DISCLAIMERS[front.language] not in preface.replace("\n> ", ""):
        problems.append(f"{path}: the text before the first clause must carry: {DISCLAIMERS[front.language]}")
    problems += [f"{path}: the text before the first clause: {what}; delete it" for what in hidden_in(preface)]
    if not sections:
        problems.append(f"{path}: has no clause (## reference｜heading {{#id}})")
    ids = [section[0] for section in sections]
    problems += [f"{path}: clause id {id!r} stands twice" for id in sorted({i for i in ids if ids.count(i) > 1})]
    problems += [f"{path}: clauses.{id}: there is no such clause" for id in front.clauses if id not in ids]
    problems += [f"{path}: clause {id!r} has no text" for id, _, _, text in sections if not text]
    if problems:
        raise CorpusError(problems)
    return _document(front, sections)


def _sections(body: str, path: Path, problems: list[str]) -> tuple[list[tuple[str, str, str, str]], str]:
    """(clause id, reference, heading, text) of each section, and what stands before the first."""
    found: list[tuple[str, str, str, list[str]]] = []
    preface: list[str] = []
    for line in body.splitlines():
        if line.startswith("## "):
            heading = _HEADING.match(line)
            if heading is None:
                problems.append(f"{path}: heading must read '## reference｜heading {{#id}}': {line!r}")
                continue
            found.append((heading["id"], heading["reference"].strip(), heading["heading"], []))
        elif found:
            found[-1][3].append(line)
        else:
            preface.append(line)
    return [(id, ref, head, "\n".join(lines).strip()) for id, ref, head, lines in found], "\n".join(preface)


def _document(front: FrontMatter, sections: list[tuple[str, str, str, str]]) -> Document:
    clauses = []
    for id, reference, heading, text in sections:
        entry = front.clauses.get(id)
        clauses.append(
            Clause(
                id=id,
                reference=reference,
                heading=heading,
                text=text,
                period=Period(entry.effective, entry.expires, entry.repealed) if entry else Period(),
                verification=(entry and entry.verification) or front.verification,
                document_number=entry.document_number if entry else None,
            )
        )
    return Document(
        id=front.id,
        language=front.language,
        kind=front.kind,
        title=front.title,
        short_title=front.short_title,
        clauses=tuple(clauses),
        document_number=front.document_number,
        other_numbers=tuple(front.other_numbers),
        issuers=tuple(front.issuers),
        issued=front.issued,
        period=Period(front.effective, front.expires, front.repealed),
        status_confirmed=front.status != "unconfirmed",
        supersedes=tuple(front.supersedes),
        superseded_by=tuple(front.superseded_by),
        region=front.region,
        topics=tuple(front.topics),
        audience=tuple(front.audience),
        official_url=front.official_url,
        as_of=front.as_of,
        verification=front.verification,
    )
