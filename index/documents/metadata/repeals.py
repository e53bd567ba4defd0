"""The documents a text repeals (同时废止) or takes the place of (以本通知为准)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.documents.metadata.document_numbers import BRACKETED, ENGLISH, one_form
from index.documents.metadata.sources import Said, provisions
from index.documents.metadata.types import Certainty, Named, Proposal
from index.documents.structure.types import Draft

_REPEALED = re.compile(
    r"废止|宣布失效|予以失效|同时失效|停止执行|不再执行"
    r"|\b(?:repeal(?:s|ed)?|revoke[sd]?|cease to (?:have effect|apply)|supersede[sd]?|replace[sd]?)\b",
    re.I,
)
_REPLACED = re.compile(r"取代|代替|替代|以本\w{1,6}为准|按(?:照)?本\w{1,6}执行")
# 期满自动废止, 另有废止规定: of itself, or of no document.
_NOT_YET = re.compile(
    r"期满|届满|到期(?:后)?自|自行废止|自动废止|自动失效|未废止|未被废止|废止前|废止(?:的|之)日|如有废止|修改或者?废止|修订、废止"
)
_TITLED = re.compile(r"《(?P<title>[^《》]*(?:《[^《》]*》[^《》]*)*)》(?:\s*[（(](?P<note>[^（）()]{2,40})[）)])?")


def repeals_of(draft: Draft, own: str | None) -> tuple[Proposal[Named], ...]:
    """Every document a sentence says is repealed."""
    return tuple(_named(draft, _REPEALED, own))


def supersedes_of(draft: Draft, own: str | None, repealed: tuple[Proposal[Named], ...]) -> tuple[Proposal[Named], ...]:
    """Documents that are replaced without being repealed in so many words."""
    known = {str(proposal.value) for proposal in repealed}
    return tuple(proposal for proposal in _named(draft, _REPLACED, own) if str(proposal.value) not in known)


def _named(draft: Draft, says: re.Pattern[str], own: str | None) -> Iterator[Proposal[Named]]:
    seen: set[str] = set()
    for said in provisions(draft):
        verb = says.search(said.text)
        if verb is None or _NOT_YET.search(said.text):
            continue
        for named in _documents(said, verb):
            key = named.number or str(named)
            if key not in seen and named.number != own:
                seen.add(key)
                certainty = Certainty.SURE if named.number and says is _REPEALED else Certainty.LIKELY
                yield Proposal(named, said.text, said.page, certainty)


def _documents(said: Said, verb: re.Match[str]) -> Iterator[Named]:
    """The documents before the verb in Chinese, on either side of it in English."""
    chinese = re.search(r"[\u3400-\u9fff]", verb[0]) is not None
    text = said.text[: verb.start()] if chinese else said.text
    if chinese and (again := re.search(r"废止[^。]*$", said.text[verb.end() :])):
        text = said.text[: verb.end() + again.start()]
    if chinese and not _TITLED.search(text) and not BRACKETED.search(text):
        text = said.text[verb.end() :]  # 现废止《…》
    rest = text
    for match in _TITLED.finditer(text):
        number = one_form(match["note"]) if match["note"] else None
        if number is None and (after := BRACKETED.match(text, match.end())):
            number = one_form(after[0])
            rest = rest.replace(after[0], " ", 1)
        yield Named(re.sub(r"\s", "", match["title"]) if chinese else match["title"], number)
        rest = rest.replace(match[0], " ", 1)
    for match in [*BRACKETED.finditer(rest), *ENGLISH.finditer(rest)]:
        number = one_form(match[0])
        if number:
            yield Named(None, re.sub(r"^(?:原|和|及|与|以及|我[市局行委办省县区])", "", number))
