"""What visitors write is kept in no cache without an end."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = {"text", "line", "typed", "question", "said", "sentence", "query", "day"}
OFFLINE = {"assistant/evaluation/audit.py"}  # reads cases of ours alone


def endless(decorator: ast.expr) -> bool:
    """Whether it is `cache`, or `lru_cache` of no size."""
    if isinstance(decorator, ast.Call):
        sizes = [*decorator.args, *(keyword.value for keyword in decorator.keywords if keyword.arg == "maxsize")]
        return getattr(decorator.func, "id", "") == "lru_cache" and any(
            isinstance(size, ast.Constant) and size.value is None for size in sizes
        )
    return getattr(decorator, "id", getattr(decorator, "attr", "")) == "cache"


def test_no_cache_of_what_visitors_write_grows_for_ever():
    found = [
        f"{path.relative_to(ROOT)}: {function.name}"
        for room in ("assistant", "index")
        for path in sorted((ROOT / room).rglob("*.py"))
        if str(path.relative_to(ROOT)) not in OFFLINE
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef) and any(map(endless, function.decorator_list))
        and WRITTEN & {argument.arg for argument in function.args.args}
    ]  # fmt: skip
    assert found == []
