"""The whole corpus: every digest in every language, checked against one another."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from index.documents.clause_questions import question_files, read_questions, with_questions
from index.documents.digest import read_digest
from index.documents.glossary import glossary_see_also, read_glossary, read_synonyms
from index.documents.vetting import vetting_problems
from index.errors import CorpusError
from index.figures import figures
from index.synonyms import Synonym
from index.text import normalise
from index.types import Document, Kind, Language

FEW = 6  # documents that may use a term for it to name a subject
FOLDERS = ("policies", "products", "local")
_SAME_IN_EVERY_LANGUAGE = (
    "kind", "document_number", "other_numbers", "issued", "period", "status_confirmed", "supersedes",
    "superseded_by", "audience", "official_url", "as_of", "verification",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Corpus:
    """All we may answer from."""

    documents: tuple[Document, ...]
    synonyms: tuple[Synonym, ...]
    digest: str  # SHA-256 over every file's path and content

    @property
    def terms(self) -> list[str]:
        """Words the corpus uses as one: its topics, the glossary's terms, official words of the synonyms."""
        found = {topic for document in self.documents for topic in (*document.topics, document.short_title)}
        found |= {word for synonym in self.synonyms for word in synonym.means}
        return sorted(found)

    @property
    def topics(self) -> list[str]:
        """The topics of its documents, each once."""
        return sorted({topic for document in self.documents for topic in document.topics})

    @property
    def particular_terms(self) -> list[str]:
        """Words that name a subject: each document's short title and particular topics, and abbreviations (LPR)."""
        names = {name for d in self.documents for name in (d.short_title, *d.particular_topics)}
        names |= {topic for d in self.documents for topic in d.topics if topic.isascii() and topic.isupper()}
        return sorted(names)


def load_corpus(root: Path) -> Corpus:
    """Read and check everything; raises CorpusError with every problem found."""
    glossary, synonyms = root / "glossary.yaml", root / "synonyms.yaml"
    files = digest_files(root)
    if not files:
        raise CorpusError([f"{root}: there are no documents (policies/*.md, products/*.md, local/*.md)"])
    problems: list[str] = []
    documents: list[Document] = []
    entries: list[Synonym] = []
    with _collecting(problems):
        documents += read_digests(files)
    with _collecting(problems):
        terms = read_glossary(glossary)
        documents += terms
        problems += vetting_problems(terms)
    with _collecting(problems):
        entries += read_synonyms(synonyms)
    with _collecting(problems):
        documents = with_questions(documents, read_questions(root), root) if not problems else documents
    if not problems:
        clauses = {f"{document.id}#{clause.id}" for document in documents for clause in document.clauses}
        problems = [
            f"{glossary}: {term}.see: there is no clause {target!r}"
            for term, targets in glossary_see_also(glossary).items()
            for target in targets
            if target not in clauses
        ]
    if problems:
        raise CorpusError(problems)
    return Corpus(tuple(with_particular_topics(documents)), tuple(entries), corpus_digest(root))


@contextmanager
def _collecting(problems: list[str]) -> Iterator[None]:
    """Note what is wrong and go on, so that one run tells of everything."""
    try:
        yield
    except CorpusError as error:
        problems += error.problems


def with_particular_topics(documents: Sequence[Document]) -> list[Document]:
    """The documents, each with those of its topics (of three characters at least) that few documents use."""
    texts = {
        (d.id, d.language): normalise("\n".join([d.title, *d.topics, *(c.text for c in d.clauses)]))
        for d in documents
        if d.kind is not Kind.GLOSSARY
    }

    def particular(topic: str, language: Language) -> bool:
        name = normalise(topic)
        return len(name) >= 3 and sum(name in text for (_, lang), text in texts.items() if lang is language) <= FEW

    return [
        d if d.kind is Kind.GLOSSARY
        else replace(d, particular_topics=tuple(t for t in d.topics if particular(t, d.language)))
        for d in documents
    ]  # fmt: skip


def corpus_digest(root: Path) -> str:
    """The digest of everything the index is built from, without reading it as documents."""
    others = [root / "glossary.yaml", root / "synonyms.yaml", *question_files(root)]
    return fingerprint(root, [*digest_files(root), *others])


def digest_files(root: Path) -> list[Path]:
    """The Markdown files of documents, sorted by path."""
    return sorted(path for folder in FOLDERS for path in (root / folder).glob("*.md"))


def fingerprint(root: Path, files: Sequence[Path]) -> str:
    """SHA-256 over paths (relative to the corpus) and contents: changes when any of them does."""
    total = hashlib.sha256()
    for path in files:
        if not path.exists():
            continue
        total.update(path.relative_to(root).as_posix().encode())
        total.update(b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def read_digests(files: Sequence[Path]) -> list[Document]:
    """Read and check them together; raises CorpusError with every problem of every file."""
    problems: list[str] = []
    documents: list[Document] = []
    for path in files:
        try:
            document = read_digest(path)
        except CorpusError as error:
            problems += error.problems
            continue
        if path.name != f"{document.id}.{document.language}.md":
            problems.append(f"{path}: must be named {document.id}.{document.language}.md after its id and language")
        documents.append(document)
    problems += vetting_problems(documents)
    problems += parity_problems(documents)
    problems += reference_problems(documents)
    if problems:
        raise CorpusError(problems)
    return documents


def parity_problems(documents: Sequence[Document]) -> list[str]:
    """Where the Chinese and the English page of a document do not say the same."""
    by_id: dict[str, dict[Language, Document]] = defaultdict(dict)
    problems = []
    for document in documents:
        if document.language in by_id[document.id]:
            problems.append(
                f"{document.id}.{document.language}: stands twice, in two of the folders {', '.join(FOLDERS)}"
            )
        by_id[document.id][document.language] = document
    for id, versions in sorted(by_id.items()):
        if missing := set(Language) - set(versions):
            problems.append(f"{id}: there is no page in {', '.join(sorted(missing))}")
            continue
        zh, en = versions[Language.ZH], versions[Language.EN]
        problems += [
            f"{id}: {name} differs between zh ({getattr(zh, name)}) and en ({getattr(en, name)})"
            for name in _SAME_IN_EVERY_LANGUAGE
            if getattr(zh, name) != getattr(en, name)
        ]
        if [c.id for c in zh.clauses] != [c.id for c in en.clauses]:
            odd = {c.id for c in zh.clauses} ^ {c.id for c in en.clauses}
            problems.append(f"{id}: clause ids or their order differ between zh and en: {sorted(odd) or 'order'}")
            continue
        for a, b in zip(zh.clauses, en.clauses, strict=True):
            if (a.period, a.verification, a.document_number) != (b.period, b.verification, b.document_number):
                problems.append(f"{id}#{a.id}: dates, verification or number differ between zh and en")
            if differing := figures(a.text) ^ figures(b.text):
                problems.append(
                    f"{id}#{a.id}: figures differ between zh and en: only zh {sorted(differing & figures(a.text))}, "
                    f"only en {sorted(differing & figures(b.text))}"
                )
    return problems


def reference_problems(documents: Sequence[Document]) -> list[str]:
    """References that look like a document id of ours but lead nowhere."""
    ids = {document.id for document in documents}
    return [
        f"{document.id}.{document.language}: {name}: there is no document {target!r}"
        for document in documents
        for name in ("supersedes", "superseded_by")
        for target in getattr(document, name)
        if target.isascii() and target not in ids
    ]
