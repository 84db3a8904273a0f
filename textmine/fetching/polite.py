"""A polite reader of a web site: robots, a pause between requests, retries, and our name.

One request a second (or as robots.txt asks), `Retry-After` respected, and a busy or broken server
asked again a few times, ever later.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final, Self
from urllib.parse import urlsplit

import httpx2
from protego import Protego

from corpus.errors import SiteError
from corpus.limits import Limits

from .. import __version__

NAME: Final = "textmine"
PAUSE: Final = 1.0
TRIES: Final = 4
LONGEST_WAIT: Final = 600.0
MOST_BYTES: Final = Limits().bytes
_TIMEOUT: Final = 60.0
_BUSY: Final = frozenset({429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server sent; no content where it says that nothing has changed."""

    url: str
    content: bytes | None
    etag: str | None = None
    modified: str | None = None


class PoliteClient:
    """Gets one page after the other, never faster than the server wishes."""

    def __init__(
        self,
        contact: str | None = None,
        *,
        pause: float = PAUSE,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._agent = f"{NAME}/{__version__}" + (f" (+{contact})" if contact else "")
        self._pause = pause
        self._sleep = sleep
        self._next = 0.0
        self._robots: dict[str, Protego] = {}
        self._site: httpx2.URL | None = None
        self._http = httpx2.Client(
            headers={"User-Agent": self._agent},
            timeout=_TIMEOUT,
            follow_redirects=True,
            event_hooks={"request": [self._stay]},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def _stay(self, request: httpx2.Request) -> None:
        """Refuse to leave the site that was asked first, by a link or a redirection."""
        if self._site is None:
            self._site = request.url
        elif not _is_of(request.url, self._site):
            raise SiteError(
                f"{request.url}: another site, to which none is followed; get it by hand"
            )

    def get(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Reply:
        """One page or file. With its ETag or date, no content comes where it has not changed.

        Raises SiteError where robots.txt forbids it, or it cannot be had after several tries.
        """
        with _explained(url):
            return self._get(url, etag, modified)

    def _get(self, url: str, etag: str | None, modified: str | None) -> Reply:
        robots = self._rules(url)
        if not robots.can_fetch(url, NAME):
            raise SiteError(f"robots.txt of the site does not allow {url}; get it by hand")
        headers = {"If-None-Match": etag, "If-Modified-Since": modified}
        status, content, answer = self._patient(
            url,
            {name: value for name, value in headers.items() if value},
            max(self._pause, robots.crawl_delay(NAME) or 0),
        )
        if status == httpx2.codes.NOT_MODIFIED:
            return Reply(url, None, etag, modified)
        if status != httpx2.codes.OK:
            raise SiteError(f"{url}: the server answered {status}; try again later")
        return Reply(url, content, answer.get("etag"), answer.get("last-modified"))

    def _rules(self, url: str) -> Protego:
        """The robots.txt of an address's server; where there is none, all is allowed."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._robots:
            address = f"{site}/robots.txt"
            status, content, _ = self._patient(address, {}, self._pause)
            if status >= httpx2.codes.INTERNAL_SERVER_ERROR:
                raise SiteError(f"{address}: the server answered {status}; try again later")
            text = content.decode("utf-8", "replace") if status == httpx2.codes.OK else ""
            self._robots[site] = Protego.parse(text)
        return self._robots[site]

    def _patient(
        self, url: str, headers: dict[str, str], pause: float
    ) -> tuple[int, bytes, httpx2.Headers]:
        """An answer, asked for again where the server is busy or the connection breaks."""
        for attempt in range(1, TRIES + 1):
            wait = pause * 2**attempt
            try:
                status, content, answer = self._once(url, headers, pause)
            except httpx2.TransportError as error:
                if attempt == TRIES:
                    reason = str(error) or type(error).__name__
                    raise SiteError(f"{url}: {reason}; run the command again to go on") from error
            else:
                if status not in _BUSY or attempt == TRIES:
                    return status, content, answer
                wait = _wait(answer.get("retry-after"), wait)
                if wait > LONGEST_WAIT:
                    raise SiteError(
                        f"{url}: the server asks for a pause of {wait / 60:.0f} minutes; "
                        "run the command again after that"
                    )
            self._sleep(wait)
        raise AssertionError

    def _once(
        self, url: str, headers: dict[str, str], pause: float
    ) -> tuple[int, bytes, httpx2.Headers]:
        if (ahead := self._next - time.monotonic()) > 0:
            self._sleep(ahead)
        try:
            with self._http.stream("GET", url, headers=headers) as answer:
                content = bytearray()
                for chunk in answer.iter_bytes():
                    content += chunk
                    if len(content) > MOST_BYTES:
                        raise SiteError(f"{url}: larger than {MOST_BYTES >> 20} MB")
                return answer.status_code, bytes(content), answer.headers
        finally:
            self._next = time.monotonic() + pause


def _is_of(url: httpx2.URL, site: httpx2.URL) -> bool:
    """Whether an address is of the site: of its host, or of one beside it (files.X, reports.X)."""
    if url.scheme not in {site.scheme, "https"}:
        return False
    if url.host == site.host:
        return url.port == site.port or url.scheme != site.scheme
    above = site.host.partition(".")[2]
    named = "." in above and not above.replace(".", "").isdigit()  # an address has nothing above it
    return named and url.host.endswith(f".{above}")


@contextlib.contextmanager
def _explained(url: str) -> Iterator[None]:
    """What another try would not mend: no address, redirections without end, damaged content."""
    try:
        yield
    except (httpx2.RequestError, httpx2.InvalidURL, ValueError) as error:
        reason = str(error) or type(error).__name__
        raise SiteError(f"{url}: {reason}; look at it in a browser") from error


def _wait(header: Any, usual: float) -> float:
    """The pause that a server asks for, in seconds or as a time; else the usual one."""
    if not header:
        return usual
    if str(header).isdecimal():
        return float(header)
    with contextlib.suppress(ValueError, TypeError, OverflowError):
        return max(0.0, (parsedate_to_datetime(header) - datetime.now(UTC)).total_seconds())
    return usual
