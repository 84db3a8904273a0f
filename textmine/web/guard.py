"""The guard: what stands between the network and the pages.

It checks the Host header, asks for the token where others than this machine are served, limits the
size of what is sent, and sets the headers that keep a browser from doing more than it should.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from http.cookies import CookieError, SimpleCookie
from typing import Final
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .settings import Settings

SESSION: Final = "textmine_session"
TOKEN: Final = "textmine_token"  # noqa: S105 (the name of a cookie)

FORM_BYTES: Final = 64 * 2**10
"""What a form without files may hold."""

POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""The Content-Security-Policy of every page: nothing inline, nothing from elsewhere."""

HEADERS: Final = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}

_READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class TooLarge(Exception):
    """What a browser sends is larger than the limit."""


class Guard:
    """ASGI middleware around all pages."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._key = secrets.token_bytes(32)
        """Signs the forms of this run of the server."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        cookies = _cookies(headers)
        session = cookies.get(SESSION) or secrets.token_urlsafe(24)
        fresh = SESSION not in cookies
        scope["csrf"] = hmac.new(self._key, session.encode(), hashlib.sha256).hexdigest()
        secure = "; Secure" if scope["scheme"] == "https" else ""

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                out = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    out.setdefault(name, value)
                out.setdefault("cache-control", "private, no-cache")
                if fresh:
                    out.append("set-cookie", _cookie(SESSION, session, secure))
            await send(message)

        answer = self._refusal(scope, headers, cookies, secure)
        if answer is not None:
            await answer(scope, receive, sending)
            return
        await self._app(scope, self._limited(scope, headers, receive), sending)

    def _refusal(
        self, scope: Scope, headers: Headers, cookies: dict[str, str], secure: str
    ) -> ASGIApp | None:
        """The answer to what is not let in; None to what is."""
        if not self._settings.knows(headers.get("host", "")):
            return _refused(
                scope,
                421,
                "This server is not known under that name. Use its address, or start it with"
                " --name NAME.",
            )
        if scope["method"] not in _READING and _is_foreign(headers):
            return _refused(scope, 403, "This was sent from another site, and is refused.")
        token = self._settings.token
        if token is None or _same(_bearer(headers), token):
            return None
        kept = hashlib.sha256(token.encode()).hexdigest()  # any token fits into a cookie so
        if _same(cookies.get(TOKEN), kept):
            return None
        query = parse_qs(scope["query_string"].decode("latin-1"))
        if _same(query.get("token", [None])[0], token):
            answer = RedirectResponse(scope["path"], 303)
            answer.headers.append("set-cookie", _cookie(TOKEN, kept, secure))
            return answer
        refused = _refused(
            scope,
            401,
            "A token is needed. Open the address that was printed when the server was started; a"
            " program sends the header 'Authorization: Bearer TOKEN'.",
        )
        refused.headers["www-authenticate"] = "Bearer"
        return refused

    def _limited(self, scope: Scope, headers: Headers, receive: Receive) -> Receive:
        """What is sent, up to the limit: of a form, or of files."""
        files = headers.get("content-type", "").startswith("multipart/")
        most = self._settings.upload_bytes if files else FORM_BYTES
        scope["too_large"] = (headers.get("content-length") or "0").isdigit() and int(
            headers.get("content-length") or 0
        ) > most
        count = 0

        async def receiving() -> Message:
            nonlocal count
            message = await receive()
            count += len(message.get("body", b""))
            if count > most:
                raise TooLarge
            return message

        return receiving


def _refused(scope: Scope, status: int, message: str) -> Response:
    """A refusal as text; for programs in the one shape that errors have."""
    if scope["path"].startswith("/api/"):
        return JSONResponse({"error": {"status": status, "message": message}}, status)
    return PlainTextResponse(f"{message}\n", status)


def csrf_holds(scope: Scope, given: object) -> bool:
    """Whether a form came from one of our pages, in this browser."""
    return isinstance(given, str) and hmac.compare_digest(given, scope["csrf"])


def _is_foreign(headers: Headers) -> bool:
    """Whether a browser says that another site sends this."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is not None and origin.partition("://")[2] != headers.get("host")


def _bearer(headers: Headers) -> str | None:
    kind, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else None


def _same(given: str | None, token: str) -> bool:
    return given is not None and hmac.compare_digest(given.encode(), token.encode())


def _cookies(headers: Headers) -> dict[str, str]:
    try:
        return {name: each.value for name, each in SimpleCookie(headers.get("cookie", "")).items()}
    except CookieError:
        return {}


def _cookie(name: str, value: str, secure: str) -> str:
    return f"{name}={value}; Path=/; HttpOnly; SameSite=Strict{secure}"
