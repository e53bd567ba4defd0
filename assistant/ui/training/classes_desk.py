"""One request of somebody who trains: their classes, and the drills of the day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from starlette.datastructures import QueryParams
from starlette.responses import RedirectResponse, Response

from assistant.accounts.people import Account
from assistant.export.types import Paper
from assistant.serving import Serving
from assistant.texts import Texts, room_texts, staff_texts
from assistant.training.certificate import Certificates
from assistant.training.classes import Classes, TrainingClass
from assistant.training.database import Database
from assistant.training.papers import Setting, paper_of
from assistant.training.results import Results, results
from assistant.training.types import Catalogue
from assistant.training.withdrawal import Asked, asked
from assistant.ui.plain.shell import alert, page_html, page_response
from assistant.ui.plain.visit import Missing, Visit, no_store
from index.types import Document, Language

FILES = ("paper.css", "classes.css", "classes.js")
Drills = Callable[[Serving, Language, date], Catalogue]


@dataclass(frozen=True)
class Store:
    """What classes are kept with."""

    database: Database
    classes: Classes
    certificates: Certificates


@dataclass
class Desk:
    """What costs something is worked out once, when it is needed."""

    visit: Visit
    store: Store
    serving: Serving  # as everybody sees it: learners need no account
    drills: Drills

    @cached_property
    def on(self) -> date:
        """Today, as everywhere."""
        return date.today()

    @property
    def language(self) -> Language:
        """The language of the page."""
        return self.visit.words.language

    @cached_property
    def say(self) -> Texts:
        """The words of this room."""
        return room_texts("classes", self.language)

    @cached_property
    def owner(self) -> str:
        """Who asks, as an owner is written: an account made anew under its name is somebody else."""
        return owner_of(self.visit.account)

    def catalogue(self, language: Language) -> Catalogue:
        """The drills of the day."""
        return self.drills(self.serving, language, self.on)

    def document(self, document_id: str, language: Language) -> Document | None:
        """A document that everybody sees."""
        return self.serving.document(document_id, language)

    def documents(self) -> Sequence[Document]:
        """All of them, in both languages."""
        return [document for index in self.serving.searcher.languages.values() for document in index.documents]

    def own(self) -> TrainingClass:
        """The class of the address, where it belongs to who asks; raises Missing."""
        found = self.store.classes.find(self.visit.parts["code"])
        if found is None or not (found.owner == self.owner or self.visit.account.administers):
            raise Missing
        return found

    def asked(self, of: TrainingClass) -> Asked:
        """What a class is asked today."""
        return asked(of, self.catalogue(of.language), self.document)

    def results(self, of: TrainingClass) -> Results:
        """What a class answered."""
        return results(of, self.asked(of), self.store.classes, self.store.database)

    def paper(self, of: TrainingClass, *, answers: bool) -> Paper:
        """The paper of a class as it is asked today."""
        site = staff_texts(of.language)("site")
        setting = Setting(of.name, self.on, self.serving.manifest.corpus, site, of.pass_share)
        words = room_texts("classes", of.language)
        return paper_of(self.asked(of).drills, setting, words, self.document, answers=answers)

    def page(self, title: str, body: str, status: int = 200, *, chosen: str = "") -> Response:
        """A page of this room."""
        visit = self.visit
        html = page_html(
            visit.words, title, body, visit.url(), visit.signed_in, chosen=chosen, here="training", files=FILES
        )
        return page_response(status, html)

    def missing(self) -> Response:
        """There is no such class or certificate, or not for this visitor."""
        return self.page(self.say("page.missing_title"), alert(self.say("page.missing")), 404)

    def to(self, path: str) -> Response:
        """On to another page of this room."""
        return RedirectResponse(self.visit.url(path), 303, no_store())

    def many(self, name: str) -> Sequence[str]:
        """All values of a field of the address."""
        query = self.visit.query
        return query.getlist(name) if isinstance(query, QueryParams) else [query[name]] if name in query else []


def owner_of(account: Account) -> str:
    """An account as the owner of classes is written."""
    return f"{account.key} {account.created}"


def file(content: bytes, kind: str, name: str) -> Response:
    """Something to keep; `name` in ASCII."""
    headers = {"content-disposition": f'attachment; filename="{name}"', **no_store()}
    return Response(content, media_type=kind, headers=headers)
