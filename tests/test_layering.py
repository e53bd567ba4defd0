"""Imports point down, each library has one home, and importing the assistant is instant."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted(path for folder in ("index", "assistant") for path in (ROOT / folder).rglob("*.py")) + [
    path for path in [ROOT / "app.py"] if path.exists()
]
HOMES = {
    "chromadb": ["index/store.py"],
    "sentence_transformers": ["index/encoders.py", "index/e5_conversion.py"],
    "torch": ["index/encoders.py", "index/e5_conversion.py"],
    "gradio": ["assistant/ui/", "app.py"],
    "chinese_calendar": ["assistant/eligibility/working_days.py"],
    "icalendar": ["assistant/calendar_file.py"],
    "pypdfium2": ["index/documents/reading/pdfium.py"],
    "pypdf": ["index/documents/reading/pdf_facts.py"],
    "pdfplumber": ["index/documents/reading/rulings.py"],
    "rapidocr": ["index/documents/reading/ocr.py"],
    "cv2": ["index/documents/reading/scans.py", "index/documents/reading/seals.py"],
    "docx": ["index/documents/reading/docx_file.py", "index/documents/reading/docx_numbering.py", "assistant/export/docx.py"],
    "openpyxl": ["index/documents/reading/xlsx.py", "assistant/export/xlsx.py"],
    "reportlab": ["assistant/export/pdf.py"],
    "fsrs": ["assistant/training/schedule.py"],
    "pptx": ["index/documents/reading/pptx_file.py"],
    "selectolax": ["index/documents/reading/web.py"],
    "argon2": ["assistant/accounts/passwords.py"],
    "pypinyin": ["assistant/lexicon/typing_errors.py"],
}
FORBIDDEN = {  # what may not be imported from below
    "index/": ["assistant", "app"],
    "assistant/": ["app"],
    "assistant/eligibility/": [
        "index",
        "langchain",
        "langchain_core",
        "assistant.answering",
        "assistant.understanding",
        "assistant.types",
        "assistant.texts",
        "assistant.wording",
        "assistant.casework",
        "assistant.pipeline",
        "assistant.wiring",
        "assistant.ui",
    ],
    "assistant/accounts/": ["assistant.ui", "assistant.records", "assistant.pipeline", "assistant.wiring"],
    "assistant/records/": ["assistant.ui", "assistant.learning", "assistant.evaluation", "assistant.cli"],
    "assistant/learning/": ["assistant.ui", "assistant.cli", "assistant.answering", "assistant.pipeline"],
    "assistant/export/": ["assistant.ui", "assistant.pipeline", "assistant.wiring", "assistant.serving"],
    "assistant/reference/": ["assistant.ui", "assistant.wiring", "assistant.cli", "assistant.evaluation"],
    "assistant/training/": ["assistant.ui", "assistant.wiring", "assistant.cli", "assistant.evaluation"],
    "assistant/visiting/": ["assistant.ui", "assistant.wiring", "assistant.cli", "assistant.evaluation"],
    "assistant/products/": ["assistant.ui", "assistant.wiring", "assistant.cli", "assistant.evaluation"],
    "assistant/serving.py": ["assistant.ui", "assistant.records", "assistant.wiring", "assistant.cli"],
    "assistant/wiring.py": ["assistant.ui", "assistant.records", "assistant.learning", "assistant.evaluation"],
    "assistant/profile.py": ["index", "assistant.types", "assistant.eligibility"],
    "assistant/understanding/": [
        "assistant.ui",
        "assistant.evaluation",
        "assistant.answering",
        "assistant.pipeline",
        "assistant.wiring",
    ],
    "assistant/answering/": [
        "assistant.ui",
        "assistant.evaluation",
        "assistant.understanding",
        "assistant.pipeline",
        "assistant.wiring",
    ],
    "assistant/lexicon/": ["assistant.ui", "assistant.answering", "assistant.understanding", "assistant.pipeline"],
    "assistant/pipeline.py": [
        "assistant.ui",
        "assistant.evaluation",
        "assistant.wiring",
        "assistant.cli",
        "assistant.records",
        "assistant.learning",
    ],
    "assistant/types.py": ["assistant.pipeline", "assistant.answering", "assistant.understanding", "assistant.wiring"],
}


def imported(path: Path) -> set[str]:
    """Every module a file imports, inside functions too, with the names taken from it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            package = ".".join(path.relative_to(ROOT).parent.parts[: None if node.level < 2 else 1 - node.level])
            module = ".".join(part for part in (package if node.level else "", node.module or "") if part)
            names |= {module, *(f"{module}.{alias.name}" for alias in node.names)}
    return names


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_the_walk_sees_imports_of_every_form(tmp_path, monkeypatch):
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    (tmp_path / "a" / "b").mkdir(parents=True)
    file = tmp_path / "a" / "b" / "c.py"
    file.write_text("import x.y\nfrom z import w\nfrom . import d\nfrom ..e import f\ndef g():\n    import h\n")
    assert imported(file) == {"x.y", "z", "z.w", "a.b", "a.b.d", "a.e", "a.e.f", "h"}


@pytest.mark.parametrize("path", MODULES, ids=place)
def test_imports_point_down(path):
    for room, above in FORBIDDEN.items():
        if place(path).startswith(room):
            wrong = {
                name for name in imported(path) for other in above if name == other or name.startswith(other + ".")
            }
            assert wrong == set()


@pytest.mark.parametrize("path", MODULES, ids=place)
def test_each_library_has_one_home(path):
    for library, homes in HOMES.items():
        if any(name == library or name.startswith(library + ".") for name in imported(path)):
            assert place(path).startswith(tuple(homes)), f"{library} is imported outside {homes}"


@pytest.mark.parametrize(
    "module", ["assistant", "assistant.pipeline", "assistant.wiring", "assistant.cli", "index.search", "index.cli"]
)
def test_importing_is_instant(module):
    done = subprocess.run(
        [sys.executable, "-c", f"import {module}, json, sys; print(json.dumps(sorted(sys.modules)))"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    heavy = {"torch", "gradio", "chromadb", "sentence_transformers", "transformers", "onnxruntime"}
    assert heavy & set(json.loads(done.stdout)) == set()
