"""Make the files and their truth: `python -m benchmarks.make_documents [NAME…]`; see README.md here for the tools."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tempfile
import zipfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
from PIL import Image

from benchmarks.make_documents import html, plain, raster, sheets, slides, truth, word
from benchmarks.make_documents.source import Source, parse

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
FILES, TRUTH = (ROOT / "tests" / "documents" / name for name in ("files", "truth"))
MOMENT = (2025, 6, 1, 0, 0, 0)  # the only clock any file carries


def office(source: Path, kind: str, folder: Path) -> Path:
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", kind,
         "--outdir", str(folder), str(source)],
        check=True, capture_output=True,
    )  # fmt: skip
    return folder / f"{source.stem}.{kind.partition(':')[0]}"


def settled_pdf(path: Path) -> None:
    """Without the hour it was made and the random id."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for key in list(pdf.docinfo):
            if key in ("/CreationDate", "/ModDate"):
                del pdf.docinfo[key]
        for key in ("/ID", "/DocChecksum"):
            if key in pdf.trailer:
                del pdf.trailer[key]
        if "/Metadata" in pdf.Root:
            del pdf.Root.Metadata
        pdf.save(path, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def settled_zip(path: Path) -> None:
    """Without the hours in the package and in its core properties."""
    with zipfile.ZipFile(path) as old:
        parts = [(info.filename, old.read(info)) for info in old.infolist()]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts:
            if name.endswith("core.xml"):
                data = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z?", b"2025-06-01T00:00:00Z", data)
            new.writestr(zipfile.ZipInfo(name, MOMENT), data, zipfile.ZIP_DEFLATED)
    path.write_bytes(out.getvalue())


def make(source: Source, work: Path) -> None:
    head = source.head
    how: dict[str, Any] = head["make"]
    via, extension = how["via"], how.get("extension", head["format"])
    file = FILES / f"{source.name}.{extension}"
    stamp = raster.stamp(how["stamp"]) if how.get("stamp") else None
    texts: list[str] | None = None
    shots: list[dict[str, Any]] | None = None
    vector = work / f"{source.name}.pdf"
    if via == "chromium":
        html.printed(source, html.document(source, stamp), vector)
    elif via == "libreoffice":
        word.write(source, work / f"{source.name}.docx", stamp)
        office(work / f"{source.name}.docx", "pdf", work)
    elif via == "word":
        word.write(source, file, stamp)
        if how.get("through_office"):
            again = work / "again"
            again.mkdir(exist_ok=True)
            file.write_bytes(office(file, "docx:MS Word 2007 XML", again).read_bytes())
        settled_zip(file)
    elif via == "html":
        file.write_bytes(html.document(source, stamp).encode(how.get("encoding", "utf-8")))
    elif via == "mhtml":
        html.archived(html.document(source, stamp), how["address"], file)
        settled = re.sub(rb"(MultipartBoundary--)\w+", rb"\g<1>0", file.read_bytes())
        settled = re.sub(rb"(?m)^Date: .*?\r$", b"Date: Sun, 1 Jun 2025 00:00:00 -0000\r", settled)
        file.write_bytes(re.sub(rb"(frame-|cid:css-)[\w-]+(?=@mhtml)", rb"\g<1>0", settled))
    elif via == "markdown":
        file.write_text(plain.markdown(source), encoding="utf-8")
    elif via == "text":
        file.write_bytes(plain.text(source).encode(how.get("encoding", "utf-8")))
    elif via == "sheets":
        sheets.write(source, file)
        if file.suffix == ".xlsx":
            settled_zip(file)
    elif via == "slides":
        texts = slides.write(source, file, work, office)
        settled_zip(file)
    else:
        raise ValueError(f"{source.name}: unknown way {via}")
    if via in ("chromium", "libreoffice"):
        settled_pdf(vector)
        texts = truth.page_texts(vector)
        if scan := how.get("scan"):
            shots = scan_pages(source, vector, file, texts, scan, stamp_over=how.get("stamp_over"))
        else:
            file.write_bytes(vector.read_bytes())
    truth.save(truth.build(source, file.name, texts, shots), TRUTH / f"{source.name}.yaml")
    print(f"{file.name}: {file.stat().st_size // 1024} KB, {len(texts) if texts else 1} pages")


def scan_pages(source: Source, vector: Path, file: Path, texts: list[str], scan: dict[str, Any],
               stamp_over: str | None) -> list[dict[str, Any]]:  # fmt: skip
    """The vector pages as pictures in `file`; `only` names the pages scanned where the others stay text."""
    dpi = scan.get("dpi", 200)
    rng = np.random.default_rng(zlib.crc32(source.name.encode()))
    pictures = []
    for number, page in enumerate(raster.pages(vector, dpi), 1):
        if stamp_over and number in scan.get("stamp_pages", [len(texts)]):
            page = raster.pressed(page, raster.stamp(stamp_over), tuple(scan["stamp_at"]), dpi)
        pictures.append(raster.encoded(raster.scanned(page, scan, rng), scan, dpi))
    chosen = scan.get("only") or list(range(1, len(texts) + 1))
    if file.suffix == ".pdf":
        raster.bound(pictures, file, scan.get("rotate", 0))
        if scan.get("only"):
            with pikepdf.open(file) as scans, pikepdf.open(vector) as pdf:
                for number in chosen:
                    pdf.pages[number - 1] = scans.pages[number - 1]
                pdf.save(file.with_suffix(".new"), deterministic_id=True)
            file.with_suffix(".new").replace(file)
        settled_pdf(file)
    elif file.suffix in (".tif", ".tiff"):
        first, *rest = [Image.open(io.BytesIO(picture)) for picture in pictures]
        first.save(file, save_all=True, append_images=rest, compression="group4" if scan.get("bilevel") else "jpeg",
                   dpi=(dpi, dpi))  # fmt: skip
    elif file.suffix == ".png":
        Image.open(io.BytesIO(pictures[0])).quantize(48).save(file, optimize=True, dpi=(dpi, dpi))
    else:
        file.write_bytes(pictures[0])
    return [{"page": number, "text": texts[number - 1]} for number in chosen]


if __name__ == "__main__":
    for folder in (FILES, TRUTH):
        folder.mkdir(parents=True, exist_ok=True)
    wanted = set(sys.argv[1:])
    with tempfile.TemporaryDirectory() as scratch:
        for path in sorted((HERE / "sources").glob("*.txt")):
            if not wanted or path.stem in wanted:
                make(parse(path), Path(scratch))
