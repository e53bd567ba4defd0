"""What README and docs name exists, and what exists in the rooms is named there."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.types import Answer, Outcome
from assistant.ui.server import ServerSettings
from index.documents.digest import DISCLAIMERS
from index.documents.front_matter import ClauseEntry, FrontMatter
from index.documents.glossary import SynonymEntry, Term
from index.settings import IndexSettings
from index.types import Kind, Language, Verification

ROOT = Path(__file__).parent.parent
PAGES = {name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "docs/architecture.md", "corpus/README.md")}
README, ARCHITECTURE, MANUAL = PAGES.values()
PYTHON = ".venv/bin/python"
GENERATED = ("data", "index/current", "models", "benchmarks/", "<")  # made by a run, so not in the repository
SET_UP = re.compile(r"^python -m venv \.venv && .*$", re.M)


def code_of(page: str) -> list[str]:
    """Everything a page sets as code on one line."""
    return re.findall(r"(?<!`)`([^`\n]+)`(?!`)", page)


def named_paths() -> list[tuple[str, str]]:
    """(page, path) of what looks like a file or folder of ours."""
    found = []
    for page, text in PAGES.items():
        for code in code_of(text):
            if re.fullmatch(r"(?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:py|md|yaml|txt|toml|css|js)|Dockerfile|LICENSE|NOTICE", code):
                found.append((page, code))
    return sorted(set(found))


def exists(page: str, path: str) -> bool:
    """Below the root, or for the manual of the corpus and bare names of YAML, where the page speaks of."""
    places = [ROOT / path, ROOT / page / ".." / path]
    if "/" not in path:
        places += [*(ROOT / "assistant").rglob(path), *(ROOT / "index").rglob(path)]
    return any(place.exists() for place in places)


@pytest.mark.parametrize(("page", "path"), named_paths())
def test_every_path_named_is_there(page, path):
    if not path.startswith(GENERATED):
        assert exists(page, path), f"{page} names {path}"


@pytest.mark.parametrize("page", PAGES)
def test_every_link_within_the_repository_leads_somewhere(page):
    for target in re.findall(r"\]\(([^)]+)\)", PAGES[page]):
        path, _, anchor = target.partition("#")
        file = (ROOT / page).parent / path if path else ROOT / page
        assert "://" in target or file.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.M)
            assert anchor in {heading.lower().replace(" ", "-") for heading in headings}, target


def named_commands() -> list[tuple[str, ...]]:
    """("index", "build") for `python -m index build …`, wherever a page has it."""
    found = set()
    for page in PAGES.values():
        for package, command in re.findall(r"python -m (assistant|index) ([a-z]+)", page):
            found.add((package, command))
        for module in re.findall(r"python -m (benchmarks\.\w+)", page):
            found.add((module,))
    return sorted(found)


@pytest.mark.parametrize("command", named_commands(), ids=" ".join)
def test_every_command_named_runs_and_has_the_options_the_readme_gives_it(command):
    done = subprocess.run(
        [sys.executable, "-m", *command, "--help"], cwd=ROOT, capture_output=True, text=True, encoding="utf-8",
        env={**_environment(), "COLUMNS": "200", "TERM": "dumb", "NO_COLOR": "1"}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for row in re.findall(rf"^\| `python -m {re.escape(' '.join(command))}\b.*$", README, re.M):
        for option in re.findall(r"--[a-z][a-z-]+", row):
            assert option in done.stdout, f"{' '.join(command)} has no {option}"


def _environment() -> dict[str, str]:
    import os

    return {**os.environ, "PYTHONIOENCODING": "utf-8"}


def test_there_are_just_two_commands_to_set_up_and_run():
    commands = SET_UP.findall(README)
    assert len(commands) == 2
    page, tests = commands
    assert page == f"python -m venv .venv && .venv/bin/pip install -r requirements.txt && {PYTHON} app.py"
    assert tests == f"python -m venv .venv && .venv/bin/pip install -r requirements-dev.txt && {PYTHON} -m pytest"


def test_the_check_of_changes_runs_the_tests_as_the_readme_does():
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert "pip install --quiet -r requirements-dev.txt" in script
    assert '"$bin/python" -m pytest' in script


def test_every_setting_stands_in_the_readme_with_its_default():
    fields = {**IndexSettings.model_fields, **ServerSettings.model_fields}
    rows = dict(re.findall(r"^\| `(SME_\w+)` \| `([^`]*)` \|", README, re.M))
    assert set(rows) == {f"SME_{name.upper()}" for name in fields}
    for name, field in fields.items():
        default = field.default
        if isinstance(default, Path):
            default = f"{default.relative_to(ROOT).as_posix()}/"
        elif isinstance(default, bool):
            default = int(default)
        assert rows[f"SME_{name.upper()}"] == str(default)


def test_every_environment_variable_named_is_read_somewhere():
    known = {f"SME_{name.upper()}" for name in (*IndexSettings.model_fields, *ServerSettings.model_fields)}
    tests = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("conftest.py"))
    for page in PAGES.values():
        for name in set(re.findall(r"\bSME_[A-Z]+(?:_[A-Z]+)*\b(?!…)", page)) - known:
            assert f'"{name}"' in tests, name


def test_the_rooms_listed_are_the_modules_there_are():
    listed = set(re.findall(r"`((?:index|assistant)/[\w/]+\.py)`", ARCHITECTURE))
    there = {
        path.relative_to(ROOT).as_posix()
        for room in ("index", "assistant")
        for path in (ROOT / room).rglob("*.py")
        if not path.name.startswith("__")
    }
    assert listed == there, f"not there: {sorted(listed - there)}; not listed: {sorted(there - listed)}"


def test_the_answer_record_shown_has_the_fields_of_an_answer():
    shown = re.search(r"```json\n(.*?)```", ARCHITECTURE, re.S)
    assert shown is not None
    record = ast.literal_eval(re.sub(r"\bnull\b", "None", shown[1]))
    from datetime import date

    answer = Answer("a", "q", Language.ZH, Outcome.ANSWERED, None, date(2026, 11, 22), "t").to_json()
    assert list(record) == list(answer)


@pytest.mark.parametrize("page", ["README.md", "docs/architecture.md"])
def test_every_outcome_is_named(page):
    assert all(f"`{outcome}`" in PAGES[page] for outcome in Outcome)


@pytest.mark.parametrize("half", [0, 1], ids=["zh", "en"])
def test_the_manual_explains_every_field_staff_may_write(half):
    text = MANUAL.split("\n# ")[half]
    fields = [*FrontMatter.model_fields, *ClauseEntry.model_fields, *SynonymEntry.model_fields, *Term.model_fields]
    kinds = [kind for kind in Kind if kind is not Kind.GLOSSARY]
    for name in (*fields, *kinds, *Verification, "in_force", "lapsed", "unconfirmed", "owner", "bank", "official"):
        assert f"`{name}`" in text or f"**{name}**" in text or name in Language, name
    for name, field in FrontMatter.model_fields.items():
        assert (f"`{name}` *" in text) is field.is_required(), name


def test_the_manual_carries_both_notices_word_for_word():
    assert all(notice in MANUAL for notice in DISCLAIMERS.values())


MESSAGES = re.findall(r"^\| `([^`]+)` \|", MANUAL.split("## What the check says")[1], re.M)


@pytest.mark.parametrize("message", MESSAGES)
def test_every_message_the_manual_explains_is_one_the_check_can_give(message, small_corpus):
    """Those of the corpus are provoked below; here the words of all of them are looked for in the code that says them."""
    pydantic_says = ("Field required", "Extra inputs are not permitted", "Input should be a valid date")
    if any(words in message for words in pydantic_says):
        return
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "index").rglob("*.py"))
    pieces = [piece for piece in re.split(r"…|'[^']*'|\d+|[a-z_]+(?:\.\d+|\.see)?: |\([^)]*\)|\[[^\]]*\]|jingui\S*", message)]
    words = [piece.strip() for piece in pieces if len(piece.strip().split()) >= 3]
    assert words, message
    plain = re.sub(r'"\s*\n\s*f?"', "", code).replace("{{", "{").replace("}}", "}")
    for piece in words:
        assert piece in re.sub(r"\{[^{}]*\}", "", plain) or piece in plain, piece


def test_packages_are_pinned_exactly_and_those_imported_are_among_them():
    pins = [
        line.split("#")[0].strip()
        for name in ("requirements.txt", "requirements-dev.txt")
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines()
        if line.split("#")[0].strip() and not line.startswith("-r ")
    ]
    assert all(re.fullmatch(r'[\w.-]+==[\w.]+( ; (python_version|sys_platform) (>=|<|==) "[\w.]+")?', pin) for pin in pins)
    names = {"Stemmer": "pystemmer", "yaml": "pyyaml", "markdown_it": "markdown-it-py"}
    pinned = {pin.split("==")[0].lower() for pin in pins}
    ours = {"app", "index", "assistant", "benchmarks", "tests"}
    for path in [ROOT / "app.py", *(ROOT / "index").rglob("*.py"), *(ROOT / "assistant").rglob("*.py"), *(ROOT / "benchmarks").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules = [node.module]
            for module in {name.split(".")[0] for name in modules} - ours - sys.stdlib_module_names:
                package = names.get(module, module.replace("_", "-")).lower()
                assert package in pinned, f"{path.relative_to(ROOT)} imports {module}"


def test_every_pinned_package_has_its_licence_in_the_notice():
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    for name in ("requirements.txt", "requirements-dev.txt"):
        for package in re.findall(r"^([\w.-]+)==", (ROOT / name).read_text(encoding="utf-8"), re.M):
            assert re.search(rf"\b{re.escape(package)}\b", notice), package
