"""The truth about a file, out of its source; pages are found by poppler, never by a reader of ours."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from pathlib import Path
from typing import Any

import yaml

from benchmarks.make_documents.source import Grid, Source, clauses, loose, tables

FULLWIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def plain(text: str) -> str:
    return re.sub(r"\s", "", text).translate(FULLWIDTH)


def page_texts(pdf: Path) -> list[str]:
    """The printed words per page; characters that Chromium's fonts take for radicals are put back."""
    out = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", str(pdf), "-"], check=True, capture_output=True).stdout
    text = "".join(unicodedata.normalize("NFKC", c) if "⺀" <= c <= "⿟" else c for c in out.decode())
    return [page.strip("\n") for page in text.split("\f")[:-1]]


def without_running_lines(page: str, make: dict[str, Any]) -> str:
    """Leaves out the lines at the head and foot, which would stand within a clause that runs over the page."""
    running = [make[key] for key in ("header", "footer", "even_header", "even_footer") if make.get(key)]
    patterns = [plain(text).replace("(", "\\(").replace(")", "\\)") for text in running]
    patterns = [pattern.replace("{n}", r"\d+").replace("{m}", r"\d+") for pattern in patterns]
    lines = page.splitlines()
    kept = [
        line
        for n, line in enumerate(lines)
        if not ((n < 3 or n > len(lines) - 4) and any(re.fullmatch(pattern, plain(line)) for pattern in patterns))
    ]
    return "\n".join(kept)


def table_truth(grid: Grid) -> dict[str, Any]:
    heads = grid.full[: grid.header_rows]
    header = []
    for column in zip(*heads, strict=True):
        parts = [part for n, part in enumerate(column) if n == 0 or part != column[n - 1]]
        header.append(" / ".join(part for part in parts if part))
    return {"caption": grid.caption, "header": header, "rows": grid.full[grid.header_rows :]}


def build(
    source: Source, file: str, texts: list[str] | None, shots: list[dict[str, Any]] | None = None
) -> dict[str, Any]:
    """`texts`: the words per page of a paged file; `shots`: those of its pages that are only pictures."""
    head = source.head
    found, start = [], (head["make"].get("contents_pages", 0), 0)  # a table of contents names the chapters too
    squeezed = [plain(without_running_lines(page, head["make"])) for page in texts or [""]]
    for clause in clauses(source):
        page = 1
        if texts:
            opening = plain(clause.reference + clause.text.partition("\n")[0])[:16]
            for number in range(start[0], min(start[0] + 4, len(squeezed))):
                # an opening may run over to the next page; columns need not come in order
                both = squeezed[number] + "".join(squeezed[number + 1 : number + 2])
                place = both.find(opening, start[1] if number == start[0] else 0)
                if not 0 <= place < len(squeezed[number]):
                    place = both.find(opening)
                if 0 <= place < len(squeezed[number]):
                    page, start = number + 1, (number, place + 1)
                    break
            else:
                raise ValueError(f"{file}: page of {clause.reference or clause.heading} not found: {opening}")
        entry: dict[str, Any] = {"reference": clause.reference, "heading": clause.heading, "parent": clause.parent}
        if clause.attachment:
            entry["attachment"] = clause.attachment
        found.append(entry | {"page": page, "opening": clause.text[:20], "text": clause.text})
    result: dict[str, Any] = {
        "file": file, "format": head["format"], "kind_of_file": head["kind_of_file"], "unseen": head["unseen"],
        "language": head.get("language", "zh-CN"), "pages": len(texts) if texts else head.get("pages", 1),
        "paged": head.get("paged", texts is not None),
        "metadata": {"title": source.title, **head["metadata"]},
        "clauses": found,
        "loose": loose(source),
        "tables": [table_truth(grid) for grid in tables(source)] + head.get("tables", []),
        "noise": head.get("noise", []),
    }  # fmt: skip
    if shots:
        result["ocr"] = {"condition": head["make"]["scan"]["condition"], "pages": shots}
    return result


class Dumper(yaml.SafeDumper):
    """Long texts on one line, so that a difference is a line."""


def save(truth: dict[str, Any], path: Path) -> None:
    path.write_text(yaml.dump(truth, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=10**6), encoding="utf-8")
