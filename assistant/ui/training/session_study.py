"""One request of somebody who learns: who they are, what they know, and the drills of the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from threading import Lock, Thread

from starlette.responses import RedirectResponse, Response

from assistant.serving import Serving
from assistant.texts import Texts, room_texts
from assistant.training.catalogue import catalogue
from assistant.training.classes import Classes, Reveal
from assistant.training.codes import Guesses
from assistant.training.learners import Learner, Learners
from assistant.training.progress import Progress, Record
from assistant.training.sitting import Sittings, asked
from assistant.training.types import Catalogue, Drill
from assistant.ui.plain.shell import page_html, page_response
from assistant.ui.plain.visit import Visit, no_store
from index.types import Document, Language

COOKIE = "sme-learner"
_LASTS = 400 * 24 * 3600  # seconds; browsers keep no cookie longer
FILES = ("training.css", "training.js")
_making = Lock()


@dataclass(frozen=True)
class Desk:
    """What training is kept with."""

    learners: Learners
    progress: Progress
    sittings: Sittings
    classes: Classes
    guesses: Guesses


@dataclass(frozen=True, slots=True)
class Browser:
    """What a browser brings: the token of a nickname, and whether its cookies go over https only."""

    token: str | None
    secure: bool

    def keep(self, response: Response, token: str) -> None:
        """Let it be known again. Lax: whoever follows a link to their class from a chat is still who they were."""
        response.set_cookie(COOKIE, token, path="/", httponly=True, samesite="lax", secure=self.secure, max_age=_LASTS)

    def drop(self, response: Response) -> None:
        """Take the token away."""
        response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax", secure=self.secure)


@dataclass
class Study:
    """One request; what costs something is worked out once, when it is needed."""

    visit: Visit
    desk: Desk
    browser: Browser
    serving: Serving  # as everybody sees it: nobody is taught from a group's documents
    on: date

    @cached_property
    def say(self) -> Texts:
        """The words of this room."""
        return room_texts("training", self.visit.words.language)

    @property
    def language(self) -> Language:
        """The language of the page."""
        return self.visit.words.language

    @cached_property
    def learner(self) -> Learner | None:
        """The account's learner where somebody is signed in, else the browser's; None before anything was begun."""
        if self.visit.session is not None:
            return self.desk.learners.of_account(self.visit.account)
        return self.by_nickname

    @property
    def is_new(self) -> bool:
        """Whether a nickname is needed before anything can be kept."""
        return self.visit.session is None and self.learner is None

    @cached_property
    def by_nickname(self) -> Learner | None:
        """The learner of this browser, whoever is signed in."""
        return self.desk.learners.by_token(self.browser.token)

    def catalogue_in(self, language: Language) -> Catalogue:
        """The drills of the day in a language; they are made once for everybody."""
        return catalogue(self.serving, language, self.on)

    def make_ready(self) -> None:
        """Have the drills made while somebody still reads the first page; once at a time is enough."""
        if _making.acquire(blocking=False):
            Thread(target=self._make, name="drills", daemon=True).start()

    def _make(self) -> None:
        try:
            self.catalogue_in(self.language)
        finally:
            _making.release()

    @property
    def catalogue(self) -> Catalogue:
        """The drills in the language of the page."""
        return self.catalogue_in(self.language)

    @cached_property
    def all(self) -> tuple[Drill, ...]:
        """Every drill in the language of the page."""
        return tuple(self.catalogue.drills.values())

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """Every document in both languages."""
        return tuple(document for index in self.serving.searcher.languages.values() for document in index.documents)

    @cached_property
    def record(self) -> Record:
        """What was answered so far.

        A class that tells what is right at its end tells nothing before: not by mistakes to be tried again either.
        """
        if self.learner is None:
            return Record({}, frozenset())
        hidden: set[str] = set()
        for sitting in self.desk.sittings.of(self.learner.id):
            of_class = self.desk.classes.find(sitting.class_code) if sitting.class_code else None
            if of_class is not None and of_class.reveal is Reveal.AT_END and of_class.open:
                found = asked(sitting, self.catalogue_in, of_class.language)
                hidden |= {item.drill for item in sitting.items} if found.next is not None else set()
        return self.desk.progress.of(self.learner.id).without(hidden)

    def page(self, title: str, body: str, status: int = 200, *, chosen: str = "") -> Response:
        """A page of this room."""
        visit = self.visit
        html = page_html(
            visit.words, title, body, visit.url(), visit.signed_in, chosen=chosen, here="training", files=FILES
        )
        return page_response(status, html)

    def to(self, path: str = "") -> Response:
        """On to another page of this room."""
        return RedirectResponse(self.visit.url("training" + path), 303, no_store())

    def begun_by(self, nickname: str) -> tuple[Learner, str | None]:
        """Who learns from now on: the one there is, else a new one, with the token of the browser to keep."""
        if self.visit.session is not None:
            return self.desk.learners.for_account(self.visit.account), None
        if self.learner is not None:
            return self.learner, None
        return self.desk.learners.begin(nickname)
