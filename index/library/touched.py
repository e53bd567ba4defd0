"""What an original touches besides the index: rules that quote our digest of it, cases that name it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from index.documents.quotations import Quotation, read_quotations
from index.errors import CorpusError
from index.figures import figures
from index.library.originals import counterparts, digests_of
from index.library.types import Touched
from index.text import normalise
from index.types import Document


def touched(
    original: Document, before: Document | None, corpus: Sequence[Document], corpus_dir: Path, cases_dir: Path
) -> Touched:
    """Rules not borne out by the original, or by what its new version changed; cases that name one of its digests."""
    digests = {d.id: d for d in digests_of(original, corpus)}
    if not digests:
        return Touched()
    rules = [
        f"{quotation.file}: {quotation.place}: {quotation.clause}: {why}"
        for quotation in _quotations(corpus_dir)
        if (digest := digests.get(quotation.clause.split("#")[0])) is not None
        and (why := _why(quotation, digest, original, before)) is not None
    ]
    return Touched(tuple(rules), tuple(_cases(set(digests), cases_dir)))


def _quotations(corpus_dir: Path) -> list[Quotation]:
    try:
        return read_quotations(corpus_dir)
    except CorpusError:  # told by `index check`; an upload need not wait for it
        return []


def _why(quotation: Quotation, digest: Document, original: Document, before: Document | None) -> str | None:
    """What is wrong with a rule's quotation in the light of the original; None where it holds."""
    clause = next((c for c in digest.clauses if c.id == quotation.clause.split("#")[1]), None)
    words = dict(quotation.words).get(original.language)
    if clause is None or words is None:
        return None
    same = counterparts(clause, original)
    texts = [c.text for c in same] or [c.text for c in original.clauses]
    together = "\n".join(texts)
    absent = sorted(figures(words) - figures(together))
    if absent and normalise(words) not in normalise(together):
        return f"{'、'.join(absent)} 在原文中找不到 (not found in the original)"
    if before is not None and same:
        earlier = {normalise(c.text) for c in counterparts(clause, before)}
        if {normalise(c.text) for c in same} != earlier:
            return "新版本改动了这一条 (the new version changed this clause)"
    return None


def _cases(digests: set[str], folder: Path) -> list[str]:
    """Evaluation cases whose right answer names one of the digests: their expectation may change with the original."""
    found = []
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            try:
                case = json.loads(line)
                named = {*case["expect"].get("documents", [])}
                named |= {clause.split("#")[0] for clause in case["expect"].get("clauses", [])}
            except (ValueError, KeyError, TypeError, AttributeError):
                continue
            if named & digests:
                found.append(f"{path.name}: {case.get('id', '?')}")
    return found
