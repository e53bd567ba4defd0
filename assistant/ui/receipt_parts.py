"""The parts of a receipt's page, each from the record to safe HTML."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from html import escape
from typing import Any

from assistant.records.replay import ClauseChange
from assistant.texts import Texts
from assistant.ui.marks import answer_html
from assistant.ui.sources import highlighted

BEIJING = timezone(timedelta(hours=8))
MOST = 8  # candidates on the page
Record = Mapping[str, Any]


def facts(record: Record, words: Texts) -> str:
    """When it was answered, for which day, and how it ended."""
    time = datetime.fromisoformat(record["time"]).astimezone(BEIJING)
    told = {
        "time": words("time", time=f"{time:%Y-%m-%d %H:%M:%S}"),
        "as_of": words("as_of", day=record["question"]["as_of"]),
        "outcome": words(f"outcome.{record['answer']['outcome']}"),
    }
    named = [(words(f"facts.{name}"), text) for name, text in told.items()]
    rows = "".join(f"<div><dt>{_t(name)}</dt><dd>{_t(text)}</dd></div>" for name, text in named)
    return f'<dl class="facts">{rows}</dl>'


def question(record: Record, words: Texts) -> str:
    """What was asked, after what."""
    asked = record["question"]
    before = "".join(f"<li>{_t(turn)}</li>" for turn in asked["context"])
    earlier = f'<div class="earlier">{_t(words("earlier"))}<ul>{before}</ul></div>' if before else ""
    text = asked["text"] if asked["text"].strip() else words("nothing")
    return _section(words("asked"), f'{earlier}<p class="question">{_t(text)}</p>')


def answer(record: Record, words: Texts) -> str:
    """The answer as it was shown, its marks leading to the clauses."""
    given = record["answer"]
    links = {int(c["n"]): (f"clause-{int(c['n'])}", c["title"]) for c in given["citations"]}
    shown = re.sub(r' style="--i:\d+"', "", answer_html(given["text"], links))  # this page's policy allows no styles
    return _section(words("answered"), f'<div class="answer" lang="{_t(given["language"])}">{shown}</div>')


def clauses(record: Record, changes: Mapping[str, ClauseChange], words: Texts) -> str:
    """The clauses word for word, what was used of them marked, and whether they still say so."""
    cited = record["answer"]["citations"]
    listed = "".join(_clause(citation, changes, words) for citation in cited)
    others = len({c["clause"] for c in record["clauses"]["considered"]} - {_name(citation) for citation in cited})
    body = f"<ol>{listed}</ol>" if listed else f"<p>{_t(words('clauses.none'))}</p>"
    if others:
        body += f"<p class='soft'>{_t(words('clauses.considered', count=others))}</p>"
    return _section(words("clauses.title"), body, "clauses")


def rules(record: Record, words: Texts) -> str:
    """What the rules made of the facts; nothing where no rule decided."""
    decided = record["answer"]["assessment"]
    if not decided:
        return ""
    lines = []
    if decided["size_class"]:
        lines.append(words("rules.size", size=decided["size_class"]))
    read = [words("rules.fact", label=item["label"], value=item["value"]) for item in decided["profile"]]
    if read:
        lines.append(words("rules.profile", facts=words("part_comma").join(read)))
    told = [_candidate(item, decided["findings"], words) for item in decided["candidates"]]
    more = f"<li>{_t(words('rules.more', count=len(told) - MOST))}</li>" if len(told) > MOST else ""
    listed = "".join(f"<li>{_t(line)}</li>" for line in told[:MOST]) + more
    said = "".join(f"<p>{_t(line)}</p>" for line in lines)
    return _section(words("rules.title"), said + (f"<ul>{listed}</ul>" if listed else ""))


def checks(record: Record, words: Texts) -> str:
    """How many sentences were checked, where their words come from, and how many were dropped."""
    claims, dropped = record["answer"]["claims"], record["answer"]["checks"]["dropped"]
    kinds = Counter(claim["kind"] for claim in claims)
    counts = {kind: kinds[kind] for kind in ("quoted", "computed", "phrased")}
    told = words("checks.passed", count=len(claims), **counts) if claims else words("checks.none")
    if dropped:
        told += " " + words("checks.dropped", count=len(dropped))
    return _section(words("checks.title"), f"<p>{_t(told)}</p>")


def versions(record: Record, words: Texts) -> str:
    """What answered: corpus, program, search, packages."""
    corpus, used = record["corpus"], record["versions"]
    packages = words("part_comma").join(f"{name} {number}" for name, number in used["packages"].items() if number)
    lines = (
        words("versions.corpus", corpus=corpus["digest"][:12], documents=corpus["documents"],
              rules=corpus["rules"][:12]),
        words("versions.program", version=used["assistant"], code=used["code"][:12], python=used["python"]),
        words("versions.search", format=used["format"], splitter=used["splitter"],
              encoder=used["encoder"] or words("versions.words")),
        words("versions.packages", packages=packages),
    )  # fmt: skip
    return _section(words("versions.title"), "".join(f"<p>{_t(line)}</p>" for line in lines), "versions")


def _candidate(candidate: Record, findings: list[Record], words: Texts) -> str:
    """How a candidate stands, with what the rules found for it where the record holds that."""
    told = words("rules.candidate", name=candidate["name"], standing=words(f"standing.{candidate['standing']}"))
    found = [
        words("rules.finding", sign=words(f"sign.{item['verdict']}"), condition=item["condition"])
        for item in findings
        if item["candidate"] == candidate["id"]
    ]
    return told + (words("rules.found", findings=words("rules.semicolon").join(found)) if found else "")


def _clause(citation: Record, changes: Mapping[str, ClauseChange], words: Texts) -> str:
    number = f" {_t(citation['document_number'])}" if citation["document_number"] else ""
    change = changes.get(_name(citation))
    since = ""
    if change is not None:
        told = words("clauses.gone" if change.gone else "clauses.changed")
        since = f' <em class="since">{_t(told)}</em>'
    original = ""
    if citation.get("original"):
        original = f' <em class="original">{_t(words("clauses.original"))}</em>'
    return (
        f'<li id="clause-{int(citation["n"])}"><b>[{int(citation["n"])}] {_t(citation["title"])}</b>{original}{number} '
        f"{_t(citation['clause'])} {_t(citation['heading'])}{since}"
        f"<blockquote>{highlighted(citation['quote'], [tuple(span) for span in citation['spans']])}</blockquote></li>"
    )


def _name(citation: Record) -> str:
    return f"{citation['document_id']}#{citation['clause_id']}"


def _section(title: str, body: str, name: str = "") -> str:
    return f'<section class="{name}"><h2>{_t(title)}</h2>{body}</section>'


def _t(text: object) -> str:
    return escape(str(text))
