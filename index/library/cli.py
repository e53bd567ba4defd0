"""python -m index add | documents | report | release | give | retire | remove | difference"""

from __future__ import annotations

import getpass
import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from index.commands import explained
from index.console import console
from index.errors import LibraryError
from index.library.types import Change, State, Upload

Id = Annotated[str, typer.Argument(metavar="ID", help="of an upload, or the first eight digits of it")]
_DONE = (State.RELEASED, State.RETIRED, State.FAILED)
_LOOK = 0.2  # seconds between two looks at what goes on


def add(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…")],
    release: Annotated[bool, typer.Option("--release", help="release what was read, with the metadata found")] = False,
    group: Annotated[str | None, typer.Option(help="answered from for users of this group only")] = None,
    replaces: Annotated[str | None, typer.Option(metavar="ID", help="the upload whose new version it is")] = None,
) -> None:
    """Add files to the library, wait until they are read, and print what was found in each.

    While the page runs, it reads them: this command hands over and waits.
    """
    from index.library.library import Library

    with explained() as settings, _attended(settings) as attend:
        library = Library(settings)
        before = _find(library, replaces) if replaces else None
        waiting: dict[str, Upload | None] = {}
        refused = 0
        for file in files:
            try:
                upload = library.add(
                    file, file.name, by=_who(), group=group, replaces=before.id if before else None, release=release
                )
                waiting[upload.id] = None
            except LibraryError as error:
                refused += 1
                console.print(f"{file}: {error}", markup=False)
        failed = refused
        while waiting:
            attend()
            for id in list(waiting):
                upload = library.get(id)
                if upload.state in (State.REVIEW, *_DONE) and not library.pending(id):
                    del waiting[id]
                    failed += upload.state is State.FAILED or upload.problem is not None
                    _print_report(upload)
                elif waiting[id] != upload:
                    waiting[id] = upload
                    console.print(f"{upload.name}: {upload.step or upload.state} {upload.progress:.0%}", markup=False)
            time.sleep(_LOOK)
    if failed:
        raise typer.Exit(1)


def documents(
    state: Annotated[list[State] | None, typer.Option(help="of this state only; may be repeated")] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """List the library, newest first."""
    from pydantic import TypeAdapter

    from index.library.library import Library

    with explained() as settings:
        found = Library(settings).list(states=state or ())
        for upload in found:
            if as_json:
                print(TypeAdapter(Upload).dump_json(upload, by_alias=True).decode())
                continue
            group = f"  [{upload.group}]" if upload.group else ""
            print(f"{upload.id[:8]}  v{upload.version}  {upload.state:<8}  {upload.title or upload.name}{group}")
        if not found:
            console.print("The library is empty.")


def report(id: Id) -> None:
    """Print what was found in a file, and what happened to it since."""
    from index.library.library import Library

    with explained() as settings:
        library = Library(settings)
        upload = _find(library, id)
        _print_report(upload)
        for event in library.history(upload.id):
            print(f"  {event.at:%Y-%m-%d %H:%M}  {event.by}: {event.what} {event.detail}".rstrip())


def release(id: Id) -> None:
    """Make a read file part of the index; it takes the place of the version it replaces."""
    _ordered(id, "release")


def give(
    id: Id, group: Annotated[str, typer.Argument(metavar="GROUP", help="who it is for; - for everybody")]
) -> None:
    """Let another group answer from a document, with all its versions."""
    _ordered(id, "give", None if group == "-" else group)


def retire(id: Id) -> None:
    """Take a document out of the index and keep it."""
    _ordered(id, "retire")


def remove(
    id: Id, yes: Annotated[bool, typer.Option("--yes", help="do not ask")] = False
) -> None:
    """Delete a document, its file and everything read from it."""
    if not yes:
        typer.confirm(f"Delete {id} for good?", abort=True)
    _ordered(id, "delete")


def difference(old: Id, new: Id) -> None:
    """Show two versions clause by clause: what was added, removed or changed, and the rules this touches."""
    from index.library.library import Library

    with explained() as settings:
        library = Library(settings)
        found = library.difference(_find(library, old).id, _find(library, new).id)
        marks = {"kept": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
        for clause in found.clauses:
            if clause.change is Change.SAME:
                continue
            names = " → ".join(dict.fromkeys(n for n in (clause.old_reference, clause.new_reference) if n))
            print(f"{clause.change} {names}")
            if clause.words:
                print("    " + "".join(marks[run.change].format(run.text) for run in clause.words))
        for rule in found.touched.rules:
            print(f"rule: {rule}")
        for case in found.touched.cases:
            print(f"case: {case}")


def _ordered(id: str, what: str, group: str | None = None) -> None:
    from index.library.library import Library

    with explained() as settings, _attended(settings) as attend:
        library = Library(settings)
        upload = _find(library, id)
        library.waited = attend
        if what == "release":
            library.release(upload.id, by=_who(), wait=3600)
        elif what == "retire":
            library.retire(upload.id, by=_who(), wait=3600)
        elif what == "give":
            library.give(upload.id, group, by=_who(), wait=3600)
        else:
            library.delete(upload.id, by=_who(), wait=3600)
        done = f"given to {group or 'everybody'}" if what == "give" else f"{what}d"
        print(f"{upload.id[:8]}  {upload.title or upload.name}: {done}.")


@contextmanager
def _attended(settings: object) -> Iterator[Callable[[], None]]:
    from index.library.attending import Attendant
    from index.settings import IndexSettings

    assert isinstance(settings, IndexSettings)
    attendant = Attendant(settings)
    told = False

    def attend() -> None:
        nonlocal told
        attendant.attend()
        if attendant.elsewhere and not told:
            told = True
            console.print("Another process holds the data directory: it does the work, this command waits for it.")

    try:
        yield attend
    finally:
        attendant.close()


def _find(library: object, id: str) -> Upload:
    from index.library.library import Library
    from index.library.problems import failure

    assert isinstance(library, Library)
    found = [upload for upload in library.list() if upload.id == id or (len(id) >= 8 and upload.id.startswith(id))]
    if len(found) != 1:
        raise failure("unknown", id=id)
    return found[0]


def _who() -> str:
    try:
        return f"command ({getpass.getuser()})"
    except (KeyError, OSError, ImportError):
        return "command"


def _print_report(upload: Upload) -> None:
    print(f"{upload.id}  {upload.state}  {upload.name}")
    if upload.problem is not None:
        print(f"  {upload.problem.zh}\n  {upload.problem.en}")
    found = upload.report
    if found is None:
        return
    print(f"  {upload.title}  {upload.document_number or ''}".rstrip())
    pages = f"{found.pages} pages" if found.paged else "no pages"
    ocr = f" ({len(found.ocr_pages)} by OCR)" if found.ocr_pages else ""
    print(
        f"  {found.format}, {pages}{ocr}; {found.characters_in} characters, {found.characters_indexed} in "
        f"{found.clauses} clauses; {found.tables} tables; {json.dumps(found.seconds)} s"
    )
    for warned in found.warnings:
        page = f" (page {warned.page})" if warned.page else ""
        print(f"  warning: {warned.code} {warned.detail}{page}")
    for one in found.similar:
        what = "the same number" if one.same_number else "like"
        print(f"  {what}: {one.document[:8] if one.upload else one.document} {one.title} ({one.share:.0%} in common)")
    _print_some("rule to look at", found.touched.rules)
    _print_some("case that names it", found.touched.cases)


def _print_some(what: str, lines: Sequence[str]) -> None:
    for line in lines[:10]:
        print(f"  {what}: {line}")
    if len(lines) > 10:
        print(f"  … and {len(lines) - 10} more")


def register(app: typer.Typer) -> None:
    """Make these commands of `python -m index`."""
    for command in (add, documents, report, release, give, retire, remove, difference):
        app.command()(command)
