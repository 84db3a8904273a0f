"""The server: uvicorn on an address, and one page without a port."""

from __future__ import annotations

import asyncio
import errno
import logging
import secrets
import socket
import webbrowser
from collections.abc import Callable
from dataclasses import replace
from typing import Final
from urllib.parse import quote

import uvicorn
from starlette.types import Message, Scope

from corpus.errors import UsageError

from .app import make_app
from .services.connections import PatientProtocol
from .settings import Settings, is_loopback

CONNECTIONS: Final = 200
"""Connections at once; whoever comes beyond them is told to try again."""

ENVIRONMENT: Final = "TEXTMINE_TOKEN"
"""The environment variable with the token that readers must show."""


def with_token(settings: Settings, given: str | None) -> Settings:
    """The settings with a token where others than this machine are served."""
    if settings.is_local and not given:
        return settings
    return replace(settings, token=given or secrets.token_urlsafe(24))


def address_of(settings: Settings) -> str:
    """The address to open, with the token where one is needed."""
    host = socket.gethostname() if settings.host in {"0.0.0.0", "::"} else settings.host  # noqa: S104
    named = f"[{host}]" if ":" in host else host
    token = f"?token={quote(settings.token)}" if settings.token else ""
    return f"http://{named}:{settings.port}/{token}"


def serve(settings: Settings, tell: Callable[[str], None], *, browser: bool = True) -> None:
    """Serve until it is interrupted. Raises UsageError where the port cannot be had."""
    listener = _listen(settings)
    settings = replace(settings, port=listener.getsockname()[1])
    address = address_of(settings)
    tell(f"textmine shows the library {settings.library} at {address}")
    if not is_loopback(settings.host):
        tell(
            "Others can reach it, and what is sent can be read on the way: put it behind a server"
            " with TLS (https). Whoever has the address above can read the library."
        )
    tell("Ctrl-C ends it.")
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    server = _Server(make_config(settings), address if browser else None)
    with listener:
        server.run(sockets=[listener])


def make_config(
    settings: Settings, protocol: type[PatientProtocol] = PatientProtocol, port: int = 0
) -> uvicorn.Config:
    """How uvicorn serves a library."""
    return uvicorn.Config(
        make_app(settings),
        port=port,
        http=protocol,
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=True,
        timeout_graceful_shutdown=5,
        limit_concurrency=CONNECTIONS,
        ws="none",
    )


class _Server(uvicorn.Server):
    """A server that opens a browser tab once it listens."""

    def __init__(self, config: uvicorn.Config, address: str | None) -> None:
        super().__init__(config)
        self._address = address

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self._address and self.started:
            asyncio.get_running_loop().run_in_executor(None, webbrowser.open, self._address)


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family, backlog=128)
    except OSError as error:
        where = f"port {settings.port} of {settings.host}"
        if error.errno == errno.EADDRINUSE:
            raise UsageError(f"{where} is taken; choose another with --port") from error
        raise UsageError(f"cannot listen on {where}: {error.strerror}") from error
    except OverflowError as error:
        raise UsageError(f"there is no port {settings.port}") from error


def get(settings: Settings, url: str) -> tuple[int, bytes]:
    """The status and the body of one page, asked without a port."""
    return asyncio.run(_get(settings, url))


async def _get(settings: Settings, url: str) -> tuple[int, bytes]:
    path, _, query = url.partition("?")
    if not path.startswith("/"):
        raise UsageError(f"not an address of the page: {url!r}. Use '/?q=oversight', for example")
    app = make_app(replace(settings, token=None), ready=False)
    scope: Scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(b"host", b"localhost")],
        "server": ("localhost", 80),
        "client": ("localhost", 0),
    }
    status, body = 500, bytearray()

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = message["status"]
        body.extend(message.get("body", b""))

    try:
        await app(scope, receive, send)
    finally:
        app.state.services.close()
    return status, bytes(body)
