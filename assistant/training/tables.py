"""Results of a class as tables for spreadsheets."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from string import ascii_uppercase

from assistant.export.types import Cell, Sheet
from assistant.learning.csv_file import csv_text
from assistant.texts import Texts
from assistant.training.classes import TrainingClass
from assistant.training.moments import shown
from assistant.training.results import Item, Person, Results, of_hundred


def sheets(of: TrainingClass, results: Results, words: Texts, now: datetime) -> list[Sheet]:
    """By person, by question, and what was withdrawn; an empty cell is what is not known, never a zero."""
    note = words("table.note", name=of.name, code=of.code, time=shown(now), share=_percent(of.pass_share))
    mean = words("table.mean", mean=_said(results.mean, words), count=len(results.finished), people=len(results.people))
    return [
        Sheet(words("table.people"), _people_header(results, words),
              [_person(person, results, words) for person in results.people], 1, (mean, note)),
        Sheet(words("table.questions"), tuple(words.list("table.question_header")),
              [_item(number, item, words) for number, item in enumerate(results.items, 1)], 1, (note,)),
        *_withdrawn(results, words, note),
    ]  # fmt: skip


def people_csv(results: Results, words: Texts) -> str:
    """The table of people, for spreadsheets that take text."""
    rows = ([_text(cell) for cell in _person(person, results, words)] for person in results.people)
    return csv_text(_people_header(results, words), rows)


def _people_header(results: Results, words: Texts) -> tuple[str, ...]:
    questions = [words("table.question", number=number) for number in range(1, len(results.items) + 1)]
    return (*words.list("table.person_header"), *questions)


def _person(person: Person, results: Results, words: Texts) -> list[Cell]:
    scores: list[Cell] = [
        of_hundred(attempt.score) if (attempt := person.firsts.get(item.drill.id)) is not None else None
        for item in results.items
    ]
    return [
        person.member.name, person.done, person.of, person.right,
        of_hundred(person.points / person.of) if person.finished else None,
        words(f"passed.{_passed(person)}"), shown(person.member.joined), shown(person.last) if person.last else None,
        person.further, person.withdrawn, *scores,
    ]  # fmt: skip


def _item(number: int, item: Item, words: Texts) -> list[Cell]:
    wrong: list[Cell] = [None, None]
    if item.wrong is not None:
        place, count = item.wrong
        text = words("paper.option", letter=ascii_uppercase[place], text=item.drill.options[place].text)
        wrong = [text, count]
    return [
        number, words(f"kind.{item.drill.kind}"), item.drill.prompt, item.answered, item.right,
        None if item.share is None else of_hundred(item.share),
        None if item.mean is None else of_hundred(item.mean), *wrong, item.further, item.further_right,
        item.drill.id,
    ]  # fmt: skip


def _withdrawn(results: Results, words: Texts, note: str) -> list[Sheet]:
    rows: list[list[Cell]] = [
        [gone.drill.asked, gone.place, words(f"why.{gone.why}"), *results.withdrawn[gone.drill.id], gone.drill.id]
        for gone in results.asked.withdrawn
    ]
    return (
        [Sheet(words("table.withdrawn"), tuple(words.list("table.withdrawn_header")), rows, 0, (note,))] if rows else []
    )


def _passed(person: Person) -> str:
    return {True: "yes", False: "no", None: "open"}[person.passed]


def _percent(share: float) -> str:
    return f"{of_hundred(share):f}"


def _said(mean: float | None, words: Texts) -> str:
    return words("table.none") if mean is None else _percent(mean)


def _text(cell: Cell) -> str:
    return "" if cell is None else f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
