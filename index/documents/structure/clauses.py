"""The tree of a section → clauses: one for each provision, with items of a sentence kept in their sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from index.documents.structure.addresses import Address, Ids, restarts
from index.documents.structure.headings import heading, rest
from index.documents.structure.numbering import Style
from index.documents.structure.outline import Node
from index.documents.structure.paragraphs import Paragraph, Tabled, together
from index.documents.structure.passages import passages
from index.documents.structure.tables import parts
from index.documents.structure.types import DraftClause, Heading, Part, Unit
from index.types import Language

_SHORT_ITEM = 60
_LONGEST_UNNUMBERED = 700  # characters of a section without numbers inside, before it is cut into passages
_ITEM = {Style.HAN_BRACKETED: "项", Style.DIGIT: "目"}


class Cutting:
    """Clauses of one section of a document, and its table of contents."""

    def __init__(self, ids: Ids, address: Address, language: Language, *, paged: bool) -> None:
        self._ids, self._address, self._language, self._paged = ids, address, language, paged
        self._tables = 0
        self._bare = 0
        self._again = False
        self.clauses: list[DraftClause] = []
        self.outline: list[Heading] = []
        self.units: list[Unit] = []

    def cut(self, root: Node, last: list[Paragraph]) -> None:
        """Fill `clauses` and `outline`; `last` are closing paragraphs that belong to no unit."""
        self._again = restarts(root)
        if root.content:
            self._preamble(root)
        self._children(root, self._address, 1)
        if last:
            name = "结尾" if self._language is Language.ZH else "Closing"
            self._add(replace(self._address, id="closing", reference=name), "", last)

    def _preamble(self, root: Node) -> None:
        texts = [block for block in root.content if isinstance(block, Paragraph)]
        if not root.children or sum(len(text.text) for text in texts) > _LONGEST_UNNUMBERED:
            self._passages(root, self._address)
            return
        name = "引言" if self._language is Language.ZH else "Preamble"
        self._content(root, replace(self._address, id="preamble", reference=name), "", [])

    def _children(self, node: Node, address: Address, depth: int) -> None:
        for child in node.children:
            if child.number is None:
                self._bare += 1
            base = replace(address, id=address.id if self._again else "") if child.style is Style.ARTICLE else address
            below = base.below(child, self._bare)
            if child.style is Style.ARTICLE and self._again and address.id:
                below = replace(
                    below, id=f"{address.id}-{below.id}", reference=f"{address.reference} {below.reference}"
                )
            self._note(child, below, address.full_id if node.head is not None else None)
            self._unit(child, below, depth)

    def _unit(self, node: Node, address: Address, depth: int) -> None:
        name, whole = heading(node)
        before = len(self.clauses)
        body = rest(node)
        lead = [] if whole or body is None else [body]
        folded = bool(node.children) and _belongs_in_sentence(node)
        entry = len(self.outline)
        if folded:
            self._content(node, address, name, lead, fold=True)
        else:
            if not lead and not node.content and not node.children and body is not None:
                lead, name = [body], ""  # an item that is no more than its name
            if lead or node.content:
                length = sum(len(block.text) for block in node.content if isinstance(block, Paragraph))
                if node.number is None and length > _LONGEST_UNNUMBERED:
                    self._passages(node, replace(address, headings=(*address.headings, name)))
                else:
                    self._content(node, address, name, lead)
            printed = _entry(node.printed, name) if node.number else name
            inner = replace(address, headings=(*address.headings, printed if name else node.printed))
            self._children(node, inner, depth + 1)
        if name and node.head is not None:
            id = self.clauses[before].id if len(self.clauses) > before else None
            text = node.head.text if whole else _entry(node.printed, name)
            self.outline.insert(entry, Heading(depth, text, node.head.page, id))

    def _note(self, node: Node, address: Address, parent: str | None, *, inside: bool = False) -> None:
        """Keep the unit as such; items that stay in their clause's text are noted here too."""
        assert node.head is not None
        name, whole = heading(node)
        body = rest(node)
        apart = (node.number is None or whole) and bool(node.flow)
        texts = [] if body is None or apart else [body]
        number = node.head.text[: node.number.end].strip() if node.number else ""
        unit = Unit(address.full_id, parent, number, name, "", node.head.page, self._address.label)
        self.units.append(unit)
        place = len(self.units) - 1
        if inside or (node.children and _belongs_in_sentence(node)):
            for child in node.flow:
                if isinstance(child, Node):
                    self._fill(place, texts)
                    self._note(child, address.below(child, 0), address.full_id, inside=True)
                    place, texts = len(self.units) - 1, []
                elif isinstance(child, Paragraph):
                    texts.append(child)
        else:
            texts += [block for block in node.content if isinstance(block, Paragraph)]
        self._fill(place, texts)

    def _fill(self, place: int, texts: list[Paragraph]) -> None:
        """Add to a unit's text: a paragraph behind items goes to the last of them, as it is printed."""
        if texts:
            said = "\n".join(filter(None, [self.units[place].text, *(paragraph.text for paragraph in texts)]))
            self.units[place] = replace(self.units[place], text=said)

    def _content(self, node: Node, address: Address, name: str, lead: list[Paragraph], *, fold: bool = False) -> None:
        """A unit's own text as one clause, its tables as clauses behind it."""
        flow: list[tuple[Paragraph, Address | None]] = [(paragraph, None) for paragraph in lead]
        tables: list[Tabled] = []
        for block, item in _flow(node, address, fold=fold):
            if isinstance(block, Paragraph):
                flow.append((block, item))
            else:
                tables.append(block)
        if flow:
            self._add(address, name, [paragraph for paragraph, _ in flow], items=[item for _, item in flow])
        for table in tables:
            self._table(table, address, name)

    def _add(
        self, address: Address, name: str, texts: list[Paragraph], items: list[Address | None] | None = None
    ) -> None:
        one = together(texts)
        id = self._ids.take(address.full_id)
        parts = _parts(id, address, texts, items or [None] * len(texts), self._ids)
        self.clauses.append(
            DraftClause(
                id,
                address.full_reference,
                name,
                one.text,
                one.spans,
                address.headings,
                parts,
                confidence=one.confidence,
            )
        )

    def _table(self, tabled: Tabled, address: Address, name: str) -> None:
        self._tables += 1
        chinese = self._language is Language.ZH
        caption = tabled.table.caption
        for count, (text, grid, spans) in enumerate(parts(tabled.table, tabled.page, self._language), 1):
            own = f"t{self._tables}" + (f"-{count}" if count > 1 else "")
            title = caption or name or (address.headings[-1] if address.headings else "")
            word = f"表{self._tables}" if chinese else f"Table {self._tables}"
            reference = address.reference if address.id not in ("preamble", "") else ""
            if caption and (printed := re.match(r"(?:附?表|Table) ?[\d一二三四五六七八九十]+(?:-\d+)?", caption)):
                word = printed[0]
            full = replace(address, id=own, reference=f"{reference} {word}".strip())
            self.clauses.append(
                DraftClause(
                    self._ids.take(full.full_id),
                    full.full_reference,
                    title,
                    text,
                    spans,
                    address.headings,
                    table=replace(grid, caption=caption),
                    confidence=tabled.table.confidence,
                )
            )

    def _passages(self, node: Node, address: Address) -> None:
        for group in passages(node.content, self._language):
            if isinstance(group, Tabled):
                self._table(group, address, "")
                continue
            first, paragraphs = group
            page = paragraphs[0].page
            many = first != first + len(paragraphs) - 1
            if self._language is Language.ZH:
                count = f"第{first}" + (f"—{first + len(paragraphs) - 1}" if many else "") + "段"
                where = f"第{page}页 {count}" if self._paged else count
            else:
                count = f"para. {first}" + (f"–{first + len(paragraphs) - 1}" if many else "")
                where = f"p. {page}, {count}" if self._paged else count
            own = f"{address.id}-p{first}" if address.id else f"p{first}"
            reference = f"{address.reference} {where}".strip() if address.id else where
            self._add(replace(address, id=own, reference=reference), "", paragraphs)


def _belongs_in_sentence(node: Node) -> bool:
    """Whether the numbered items below are pieces of one sentence or short entries of a list, not provisions."""
    if node.style is Style.ARTICLE:
        return True
    if node.style is not None and node.style < Style.ARTICLE:
        return False
    items = [rest(child) for child in node.children]
    *before, last = node.children
    if node.head is None or any(child.children for child in node.children) or len(last.content) > 1:
        return False
    if any(child.content for child in before) or (last.number and last.number.path):
        return False
    texts = [item.text for item in items if item is not None]
    texts = [re.sub(r"[;；,]? ?(?:and|or|以及|或者)$", ";", text) for text in texts]
    open_ended = sum(not text.endswith(("。", "！", "？", ".", "!", "?")) for text in texts)
    chinese = any(re.search(r"[\u3400-\u9fff]", text) for text in texts)
    short = all(len(text) <= _SHORT_ITEM * (1 if chinese else 3) for text in texts)
    return bool(texts) and open_ended >= max(1, len(texts) - 1) and (short or _listed(texts))


def _listed(texts: list[str]) -> bool:
    return all(text.endswith(("；", ";", "，", ",", "、")) for text in texts[:-1])


def _entry(printed: str, name: str) -> str:
    return f"{printed}{name}" if printed.startswith("（") else f"{printed} {name}".strip()


def _flow(node: Node, address: Address, *, fold: bool) -> Iterator[tuple[Paragraph | Tabled, Address | None]]:
    """A unit's own blocks, and with `fold` those of its items, each item with its address."""
    for inside in node.flow:
        if not isinstance(inside, Node):
            yield inside, None
        elif fold:
            below = address.below(inside, 0)
            assert inside.head is not None
            yield inside.head, below
            yield from _flow(inside, below, fold=True)


def _parts(
    id: str, address: Address, texts: list[Paragraph], items: list[Address | None], ids: Ids
) -> tuple[Part, ...]:
    """Paragraphs and items of a clause, where they stand in its text."""
    starts, end = [], 0
    for text in texts:
        starts.append(end)
        end += len(text.text) + 1
    found: list[Part] = []
    paragraphs = bool(re.search(r"条(?:之.)?$|Article", address.reference))  # only articles count theirs
    openings = [place for place, item in enumerate(items) if item is None and paragraphs]
    for count, place in enumerate(openings, 1):
        following = openings[count] if count < len(openings) else len(texts)
        stop = starts[following] - 1 if following < len(texts) else end - 1
        found.append(Part(f"{id}-p{count}", _paragraph_reference(address, count), starts[place], stop))
    for place, item in enumerate(items):
        if item is not None:
            stop = starts[place] + len(texts[place].text)
            found.append(Part(ids.take(item.full_id), _item_reference(item, address), starts[place], stop))
    return tuple(found) if len(found) > 1 else ()


def _paragraph_reference(address: Address, count: int) -> str:
    if re.search(r"[\u3400-\u9fff]", address.reference):
        return f"{address.full_reference}第{_han(count)}款"
    return f"{address.full_reference}, paragraph {count}"


def _item_reference(item: Address, clause: Address) -> str:
    own = item.full_reference.removeprefix(clause.full_reference).strip()
    if clause.reference.startswith("第") and own.startswith("（"):
        return f"{clause.full_reference}第{own}项"
    return item.full_reference


def _han(number: int) -> str:
    digits = "零一二三四五六七八九"
    if number < 10:
        return digits[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")
