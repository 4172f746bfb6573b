"""The pages on which people label: say who you are, see a row, press a key, see the next one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, unquote

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from shipworthy.errors import InputError
from shipworthy.label.keys import CANNOT_TELL_KEY, SKIP_KEY, UNDO_KEY, keys_of
from shipworthy.label.queue import CANNOT_TELL
from shipworthy.studio.pages import markdown_html, page
from shipworthy.workbench.labelling.desk import (
    answer,
    labels_of,
    new_session,
    next_item,
    put_back,
    sit_down,
    stand_up,
    take_back,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from shipworthy.store.labels.leasing import Person
    from shipworthy.workbench.labelling.desk import Desk

COOKIE = "shipworthy_label"
ORIGIN = "web"
MOST_BYTES = 100_000


@dataclass(frozen=True, eq=False)
class Pages:
    """The pages of one queue."""

    desk: Desk

    @property
    def routes(self) -> list[Route]:
        """Where each page is."""
        return [
            Route("/", self.door, methods=["GET"]),
            Route("/enter", self.enter, methods=["POST"]),
            Route("/label", self.row, methods=["GET"]),
            Route("/label", self.step, methods=["POST"]),
        ]

    async def door(self, request: Request) -> Response:
        """Who are you?"""
        return _back("/label") if _person(request) else self._door()

    async def enter(self, request: Request) -> Response:
        """Begin under a name."""
        form = await _form(request)
        name, over = form.get("name", ""), form.get("over") == "yes"
        try:
            person = await run_in_threadpool(sit_down, self.desk, name, new_session(), over=over)
        except InputError as error:
            return self._door(error, name)
        response = _back("/label")
        kept = f"{quote(person.name)}|{person.session}"
        response.set_cookie(COOKIE, kept, httponly=True, samesite="strict", path="/")
        return response

    async def row(self, request: Request) -> Response:
        """The row that this person has, or the next one."""
        person = _person(request)
        return _back("/") if person is None else await self._shown(person)

    async def step(self, request: Request) -> Response:
        """Label, skip, undo or stop; then the next row."""
        person, form = _person(request), await _form(request)
        if person is None:
            return _back("/")
        do, item = form.get("do", "label"), form.get("item", "")
        if do == "stop":
            await run_in_threadpool(stand_up, self.desk, person)
            response = _back("/")
            response.delete_cookie(COOKIE)
            return response
        try:
            await run_in_threadpool(self._step(do), person, item, form.get("label", ""))
        except InputError as error:
            if error.problem.code == "label.name_taken":
                return self._door(error, person.name)
            return await self._shown(person, error)
        return _back("/label")

    def _step(self, do: str) -> Callable[[Person, str, str], object]:
        steps: dict[str, Callable[[Person, str, str], object]] = {
            "skip": lambda person, item, _: put_back(self.desk, person, item),
            "undo": lambda person, _item, _label: take_back(self.desk, person),
            "cannot": lambda person, item, _: answer(self.desk, person, item, CANNOT_TELL, ORIGIN),
        }
        return steps.get(do, lambda person, item, label: answer(self.desk, person, item, label, ORIGIN))

    async def _shown(self, person: Person, error: InputError | None = None) -> Response:
        try:
            offer = await run_in_threadpool(next_item, self.desk, person)
            done = await run_in_threadpool(labels_of, self.desk, person)
        except InputError as lost:
            return self._door(lost, person.name)
        values = {**self._common(), "offer": offer, "who": person.name, "done": done, "problem": _said(error)}
        return page("label.html.j2", values, 400 if error else 200)

    def _door(self, error: InputError | None = None, name: str = "") -> Response:
        taken = error is not None and error.problem.code == "label.name_taken"
        said = {"problem": _said(error), "name": name, "taken": taken}
        response = page("door.html.j2", {**self._common(), **said}, 400 if error else 200)
        response.delete_cookie(COOKIE)
        return response

    def _common(self) -> dict[str, Any]:
        desk = self.desk
        keys = {} if desk.scheme.numeric else keys_of(desk.scheme.classes)
        return {
            "product": desk.opened.product.product,
            "what": desk.what,
            "each": desk.each,
            "numeric": desk.scheme.numeric,
            "keys": [(key, label, desk.scheme.meaning(label)) for key, label in keys.items()],
            "others": {"cannot": CANNOT_TELL_KEY, "skip": SKIP_KEY, "undo": UNDO_KEY},
            "guidelines": markdown_html(desk.guidelines),
        }


def _person(request: Request) -> Person | None:
    """Who asks, as the cookie says; whether the name is still theirs, the store knows."""
    from shipworthy.store.labels.leasing import Person

    name, _, session = request.cookies.get(COOKIE, "").partition("|")
    return Person(unquote(name), session) if name and session else None


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form; one that is too long counts as empty."""
    body = await request.body()
    return dict(parse_qsl(body.decode(errors="replace"))) if len(body) <= MOST_BYTES else {}


def _said(error: InputError | None) -> str:
    """What went wrong, as a sentence; where a name is taken, the page itself says what to do."""
    if error is None:
        return ""
    message = error.problem.message
    remedy = "" if error.problem.code == "label.name_taken" else f" {error.problem.remedy}"
    return f"{message[:1].upper()}{message[1:]}.{remedy}"


def _back(where: str) -> RedirectResponse:
    return RedirectResponse(where, status_code=303)
