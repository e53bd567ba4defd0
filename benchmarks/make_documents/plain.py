"""A source as Markdown or as plain text, as people type them."""

from __future__ import annotations

from benchmarks.make_documents.source import Grid, Source, accepted


def markdown(source: Source) -> str:
    make = source.head["make"]
    out = [make["before"]] if make.get("before") else []
    for block in source.blocks:
        text = accepted(block.text).replace("‡", "")
        match block.kind:
            case "=":
                out.append(f"# {text}")
            case "clause" if block.heading:
                out.append(f"{'#' * (block.depth + 1)} {block.reference}{text}")
            case "clause" if make.get("bold_references"):
                out.append(f"**{block.reference}**{text}")
            case "clause":
                out.append(f"{block.reference}{text}")
            case "T":
                assert block.grid
                if block.text:
                    out.append(f"**{block.text}**")
                out.append(_pipes(block.grid))
            case "H":
                name, _, title = text.partition(" | ")
                out += ["---", f"{name}", f"# {title}"]
            case _:
                out.append(text.replace(" | ", "　　"))
    return "\n\n".join(out) + "\n"


def _pipes(grid: Grid) -> str:
    rows = ["| " + " | ".join(row) + " |" for row in grid.full]
    rows.insert(grid.header_rows, "|" + " --- |" * len(grid.full[0]))
    return "\n".join(rows)


def text(source: Source) -> str:
    """Plain text as pasted from a page: indented by two wide spaces, wrapped at `wrap` characters where given."""
    make = source.head["make"]
    wrap, newline = make.get("wrap"), make.get("newline", "\n")
    out: list[str] = []
    for block in source.blocks:
        words = accepted(block.text).replace("‡", "").replace(" | ", "　　　　")
        match block.kind:
            case "=" | "C":
                out.append(words.center(40, "　") if make.get("centre") else words)
            case "@TO" | "L" | "@CC" | "@PRINT" | "@NUMBER" | "@ISSUER":
                out.append(words)
            case "@SIGN" | "@DATE":
                out.append("　" * 22 + words)
            case "H":
                out += ["", *words.split("　　　　")]
            case "T":
                assert block.grid
                out += [block.text, *("\t".join(row) for row in block.grid.full)]
            case "clause" if block.heading:
                out += ["", ("　　" if make.get("indent_headings") else "") + block.reference + words]
            case _:
                line = "　　" + (block.reference if block.kind == "clause" else "") + words
                out += [line[i : i + wrap] for i in range(0, len(line), wrap)] if wrap else [line]
    return newline.join(out) + newline
