"""True or false: a sentence of a clause as it stands, or with exactly one flaw, which is then named."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.training.blanks import blanks, wrong_figures
from assistant.training.days import days, wrong_days
from assistant.training.material import Material, Provision
from assistant.training.sentences import Sentence, is_statistic, quotable
from assistant.training.slips import slips
from assistant.training.stated import alike
from assistant.training.telling import explained, framed
from assistant.training.types import Drill, DrillKind, Option

_FALSE = 2  # flawed statements per clause
_BY_LENGTH = 6  # characters by which two sentences that say the same may differ
_SAID_ELSEWHERE = 0.97  # likeness from which another clause says the changed sentence itself


@dataclass(frozen=True, slots=True)
class _Flawed:
    """A sentence with one flaw: what the clause says, and what stands in its place."""

    sentence: Sentence
    text: str
    right: str
    wrong: str
    key: str


def statements(material: Material) -> Iterator[Drill]:
    """Up to three per clause: two with a flaw (figure, day, word turned round, authority), one as it stands."""
    by_clause: dict[str, list[Sentence]] = {}
    for sentence in quotable(material):
        if not is_statistic(material, sentence):
            by_clause.setdefault(sentence.provision.address, []).append(sentence)
    figures = _with_wrong_figures(material)
    for address, sentences in by_clause.items():
        used: set[str] = set()
        for flawed in [*figures.get(address, []), *_turned(material, sentences), *_of_others(material, sentences)]:
            if len(used) < _FALSE and flawed.text not in used:
                used.add(flawed.text)
                yield _false(material, flawed)
        untouched = [sentence for sentence in sentences if _tells_a_rule(material, sentence)]
        if untouched and _chance(address, 3) != 0:
            yield _true(material, untouched[_chance(address, len(untouched))])


def _with_wrong_figures(material: Material) -> dict[str, list[_Flawed]]:
    found: dict[str, list[_Flawed]] = {}
    for blank in blanks(material):
        address = blank.sentence.provision.address
        if address in found:
            continue  # one is enough
        wrong = wrong_figures(material, blank)
        if wrong:
            one = wrong[_chance(blank.id, len(wrong))]
            flawed = _Flawed(blank.sentence, blank.filled(one.text), blank.said, one.text, blank.stated.key)
            found.setdefault(address, []).append(flawed)
    for day in days(material):
        address = day.sentence.provision.address
        if address not in found and (wrong_day := list(wrong_days(material, day).values())):
            text = wrong_day[_chance(day.id, len(wrong_day))]
            found[address] = [_Flawed(day.sentence, day.filled(text), day.said, text, day.value)]
    return found


def _of_others(material: Material, sentences: list[Sentence]) -> Iterator[_Flawed]:
    """The first sentence that names one authority, with another in its place that its document does not name."""
    known = slips().authorities[material.language]
    for sentence in sentences:
        named = [pair for pair in known if re.search(rf"{pair.name}(?!门)", sentence.text)]  # 财政部门 is no ministry
        if len(named) != 1 or sentence.text.count(named[0].name) != 1:
            continue
        name, other = named[0].name, named[0].other
        document = sentence.provision.document
        if other in " ".join([*document.issuers, *(clause.text for clause in document.clauses)]):
            continue
        text = sentence.text.replace(name, other)
        if not _said(material, sentence.provision, text):
            yield _Flawed(sentence, text, name, other, f"authority-{sentence.place}")
            return


def _turned(material: Material, sentences: list[Sentence]) -> Iterator[_Flawed]:
    """The first sentence of a clause in which a word can be turned round, with that word turned."""
    for sentence in sentences:
        if len(_words(material).findall(sentence.text)) > 2:
            continue  # with many such words one flaw could leave the whole as true as it was
        for turn in slips().turns[material.language]:
            match = turn.first(sentence.text)
            if match is None:
                continue
            turned = match.expand(turn.turned)
            text = sentence.text[: match.start()] + turned + sentence.text[match.end() :]
            if not _said(material, sentence.provision, text):
                yield _Flawed(sentence, text, match[0].strip(), turned.strip(), f"turned-{sentence.place}")
                return


def _said(material: Material, item: Provision, text: str) -> bool:
    """Whether some clause in force says the changed sentence."""
    return any(
        abs(len(sentence.text) - len(text)) <= _BY_LENGTH
        and sentence.provision.clause is not item.clause
        and alike(sentence.text, text) >= _SAID_ELSEWHERE
        for sentence in quotable(material)
    )


@lru_cache(maxsize=4)
def _words(material: Material) -> re.Pattern[str]:
    return re.compile("|".join(material.say.list("statement.rule_words")), re.I)


def _tells_a_rule(material: Material, sentence: Sentence) -> bool:
    """Whether a sentence lays something down, rather than telling what a document is called."""
    return bool(_words(material).search(sentence.text))


def _chance(key: str, of: int) -> int:
    """A number below `of` that is the same in every process and language."""
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % of


def _false(material: Material, flawed: _Flawed) -> Drill:
    turned = flawed.key.startswith(("turned-", "authority-"))
    why = material.say("why.words" if turned else "why.figure", right=flawed.right, wrong=flawed.wrong)
    return _drill(material, flawed.sentence, flawed.text, flawed.key, holds=False, why=why)


def _true(material: Material, sentence: Sentence) -> Drill:
    why = material.say("why.as_stated")
    return _drill(material, sentence, sentence.text, f"true-{sentence.place}", holds=True, why=why)


def _drill(material: Material, sentence: Sentence, text: str, key: str, holds: bool, why: str) -> Drill:
    say, item = material.say, sentence.provision
    source = item.source(sentence.text)
    return Drill(
        id=f"{DrillKind.STATEMENT}:{item.address}:{key}",
        kind=DrillKind.STATEMENT,
        language=material.language,
        on=material.on,
        topics=item.document.topics,
        prompt=framed(material, item, "statement", statement=text),
        explanation=explained(material, source),
        sources=(source,),
        fingerprint=material.fingerprint([source], text),
        options=(Option(say("statement.holds"), why), Option(say("statement.fails"), why)),
        right=(0 if holds else 1,),
        difficulty=1 if holds else 2,
    )
