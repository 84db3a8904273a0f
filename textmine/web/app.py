"""The application: routes, what they share, and errors as pages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from starlette.applications import Starlette
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from corpus.errors import (
    DocumentError,
    LibraryBusy,
    LibraryError,
    LibraryMissing,
    TextmineError,
    UsageError,
)

from . import json_api, routes
from .guard import Guard, TooLarge, csrf_holds
from .services.pictures import Pictures
from .services.readers import FILE_SECONDS, PAGE_SECONDS, Readers
from .services.static_files import StaticFiles
from .services.uploads import Uploads
from .settings import Settings
from .view import TABS, Asked, Page, PageRoute, render

FILES: Final = 500
"""Files in one upload."""


@dataclass(frozen=True, slots=True)
class Services:
    """What all pages share."""

    readers: Readers
    pictures: Pictures
    static: StaticFiles
    uploads: Uploads
    tabs: tuple[tuple[str, str, str], ...]

    def close(self) -> None:
        """End threads and processes."""
        self.uploads.close()
        self.pictures.close()
        self.readers.close()


@dataclass(frozen=True, slots=True)
class ErrorText:
    """The context of an error page."""

    heading: str
    message: str
    hint: str


def make_app(settings: Settings, *, ready: bool = True) -> Starlette:
    """The application for one library; `ready` starts what draws pages before it is needed."""
    every = tuple(
        each
        for each in routes.PAGES
        if not (settings.read_only and (each.writes or each.needs_writing))
    )
    reached = {each.path for each in every}
    services = Services(
        readers=Readers(settings.library, settings.threads),
        pictures=Pictures(),
        static=StaticFiles(),
        uploads=Uploads(settings),
        tabs=tuple(tab for tab in TABS if tab[2] in reached),
    )

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        if ready:
            services.pictures.start()
        try:
            yield
        finally:
            services.close()

    app = Starlette(
        routes=[
            Route("/static/{name}", services.static.serve),
            *_routes(every, settings, services),
        ],
        middleware=[Middleware(Guard, settings=settings)],
        exception_handlers={
            HTTPException: _Errors(settings, services).http,
            TooLarge: _Errors(settings, services).too_large,
            TextmineError: _Errors(settings, services).known,
            Exception: _Errors(settings, services).unknown,
        },
        lifespan=lifespan,
    )
    app.state.services = services
    return app


def _routes(every: Iterable[PageRoute], settings: Settings, services: Services) -> list[Route]:
    return [
        Route(
            each.path,
            _endpoint(each, settings, services),
            methods=["POST"] if each.writes else ["GET"],
        )
        for each in every
    ]


def _endpoint(route: PageRoute, settings: Settings, services: Services) -> ASGIApp:
    """A page as an ASGI endpoint: it is asked in a thread of the readers."""

    async def endpoint(request: Request) -> Response:
        if not route.writes:
            return await _answer(request, FormData())
        if request.scope["too_large"]:
            raise TooLarge
        try:
            async with request.form(max_files=FILES) as form:
                if not csrf_holds(request.scope, form.get("csrf")):
                    raise HTTPException(403)
                return await _answer(request, form)
        except MultiPartException as error:
            raise HTTPException(400) from error

    async def _answer(request: Request, form: FormData) -> Response:
        asked = asked_of(request, settings, services, form)
        seconds = FILE_SECONDS if route.is_file else PAGE_SECONDS
        answer = await services.readers.ask(lambda library: route.handler(asked, library), seconds)
        return render(answer, asked) if isinstance(answer, Page) else answer

    return endpoint  # type: ignore[return-value]  # Starlette takes functions of a request too


def asked_of(
    request: Request, settings: Settings, services: Services, form: FormData | None = None
) -> Asked:
    """A request as pages see it."""
    query = request.url.query
    return Asked(
        path=request.path_params,
        args=request.query_params,
        form=form or FormData(),
        settings=settings,
        services=services,
        csrf=request.scope["csrf"],
        url=f"{request.url.path}?{query}" if query else request.url.path,
        headers=request.headers,
    )


_HTTP: Final = {
    400: ("This could not be read", "The form did not arrive as a form. Go back and try again."),
    403: (
        "This form is not valid any more",
        "The server was restarted since. Go back, load the page again and send it once more.",
    ),
    404: ("Page not found", "Check the address, or search for what you need."),
    405: ("This cannot be done here", "Go back and use the buttons of the page."),
}


class _Errors:
    """Errors as pages: what happened, and what to do."""

    def __init__(self, settings: Settings, services: Services) -> None:
        self._settings = settings
        self._services = services

    def http(self, request: Request, error: Exception) -> Response:
        """An address that is not there, a form that is not ours."""
        status = error.status_code if isinstance(error, HTTPException) else 500
        heading, message = _HTTP.get(status, (HTTPStatus(status).phrase, ""))
        return self._page(request, status, heading, message)

    def too_large(self, request: Request, _: Exception) -> Response:
        """More was sent than may be."""
        most = self._settings.upload_bytes // 2**20
        return self._page(
            request, 413, "Too large", f"Send at most {most} MB at a time, in several goes."
        )

    def known(self, request: Request, error: Exception) -> Response:
        """What a person can do something about: its own line."""
        status, heading = 500, "Something is wrong"
        match error:
            case LibraryMissing():
                status, heading = 404, "There is no library yet"
            case LibraryBusy():
                status, heading = 503, "The library is in use"
            case LibraryError():
                status, heading = 500, "The library cannot be used"
            case DocumentError():
                status, heading = 404, "This cannot be shown"
            case UsageError():
                missing = str(error).startswith("no document")
                status, heading = (
                    (404, "Not found") if missing else (400, "This was not understood")
                )
        text = str(error)
        return self._page(request, status, heading, f"{text[:1].upper()}{text[1:].rstrip('.')}.")

    def unknown(self, request: Request, _: Exception) -> Response:
        """A fault of ours."""
        return self._page(
            request,
            500,
            "Something went wrong",
            "This is a fault of textmine, or the library is damaged, which `textmine verify` finds."
            " The window in which it was started says what happened.",
        )

    def _page(
        self, request: Request, status: int, heading: str, message: str, hint: str = ""
    ) -> Response:
        if request.url.path.startswith(f"{json_api.BASE}/"):
            return json_api.error_response(status, message or heading)
        context = ErrorText(heading, message, hint)
        asked = asked_of(request, self._settings, self._services)
        return render(Page("error.html", heading, context, status=status), asked)
