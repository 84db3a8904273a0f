"""A fetch: what is published for each authority, and the files that a library lacks."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from corpus.errors import SiteError
from corpus.model import IngestOptions
from corpus.printable import printable
from corpus.register.authorities import Authority
from index.maintenance.progress import Step, silent

from ..ingestion.candidate import Candidate
from .ledger import Held, Ledger
from .pages import Publication, publications, result_page
from .polite import PoliteClient

ROWS: Final = 100
"""Results that a page of the site lists at most."""
SEARCH: Final = "/search?q=&level_1_types=3&level_2_types%5B%5D=12&start={start}&rows={rows}"
PAGE: Final = "/provider/44/{urn}"
MOST_PAGES: Final = 50
_UNSAFE: Final = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Listed:
    """A publication, and the authority on whose page it stands."""

    authority: str
    publication: Publication


@dataclass(slots=True)
class Listing:
    """What a site publishes, and what went wrong while it was listed."""

    documents: list[Listed] = field(default_factory=list)
    nothing: list[str] = field(default_factory=list)
    """Authorities by name on whose pages there is nothing, or none that could be read."""
    unknown: list[str] = field(default_factory=list)
    """Authorities of the site that are not in the register."""
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document's file, or why it was not had."""

    listed: Listed
    path: Path | None = None
    problem: str | None = None

    def candidate(self) -> Candidate:
        """The file as an ingest takes it: with its address and authority."""
        assert self.path is not None
        return Candidate(
            self.path,
            self.path.name,
            IngestOptions(
                authority=self.listed.authority,
                published=self.listed.publication.published,
                url=self.listed.publication.url,
            ),
        )


def list_site(
    client: PoliteClient,
    site: str,
    authorities: Iterable[Authority],
    ledger: Ledger | None,
    step: Step = silent,
    *,
    all_of_site: bool = True,
) -> Listing:
    """What is published on each authority, and with `all_of_site` on those of the site besides.

    Each authority's own page is asked for by its number, so that a list of results that is cut
    short loses none.
    """
    listing = Listing()
    pages = {each.urn: each.name for each in authorities if each.urn}
    if all_of_site:
        for urn, name in _results(client, site, listing).items():
            if urn not in pages:
                pages[urn] = name
                listing.unknown.append(name)
    for urn, name in pages.items():
        step(name, len(pages))
        try:
            linked = _page(client, site + PAGE.format(urn=urn), ledger)
        except SiteError as error:
            listing.problems.append(f"{name}: {error}")
            linked = ()
        if not linked:
            listing.nothing.append(name)
        listing.documents += [Listed(name, each) for each in linked]
    return listing


def _results(client: PoliteClient, site: str, listing: Listing) -> dict[str, str]:
    """The authorities of all pages of results; a shortfall is a problem."""
    listed: dict[str, str] = {}
    total = None
    try:
        for number in range(MOST_PAGES):
            url = site + SEARCH.format(start=number * ROWS, rows=ROWS)
            reply = client.get(url)
            page = result_page(reply.content or b"", url)
            total = page.total if page.total is not None else total
            new = {urn: name for urn, name in page.authorities.items() if urn not in listed}
            listed |= new
            if not new or (total is not None and len(listed) >= total):
                break
    except SiteError as error:
        listing.problems.append(f"the list of authorities: {error}")
    if total is not None and len(listed) < total:
        listing.problems.append(
            f"the site lists {len(listed)} of {total} authorities; "
            "those of the register were asked for by number"
        )
    return listed


def _page(client: PoliteClient, url: str, ledger: Ledger | None) -> tuple[Publication, ...]:
    held = ledger.get(url) if ledger else None
    if held is None or held.links is None:
        held = Held(url=url)
    reply = client.get(url, etag=held.etag, modified=held.modified)
    if reply.content is None:
        return held.links or ()
    linked = publications(reply.content, url)
    if ledger:
        ledger.add(Held(url=url, etag=reply.etag, modified=reply.modified, links=linked))
    return linked


def fetch(
    client: PoliteClient,
    wanted: Iterable[Listed],
    folder: Path,
    ledger: Ledger,
) -> Iterator[Fetched]:
    """The files, each in the folder when it comes; one that cannot be had costs itself alone.

    A file that is in the folder from an earlier run is not asked for again.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for each in wanted:
        url = each.publication.url
        path = folder / file_name(url)
        if path.exists() and (held := ledger.get(url)) and held.sha256 == _sha256(path):
            yield Fetched(each, path)
            continue
        try:
            reply = client.get(url)
            content = reply.content or b""
            _check(content, url)
        except SiteError as error:
            yield Fetched(each, problem=str(error))
            continue
        part = path.with_name(f"{path.name}.part")
        part.write_bytes(content)
        part.replace(path)
        digest = hashlib.sha256(content).hexdigest()
        ledger.add(Held(url=url, etag=reply.etag, modified=reply.modified, sha256=digest))
        yield Fetched(each, path)


def file_name(url: str) -> str:
    """A name for the file of an address, which no other address has."""
    stem = _UNSAFE.sub("-", Path(urlsplit(url).path).stem).strip("-.")[-60:] or "document"
    return f"{stem}-{hashlib.sha256(url.encode()).hexdigest()[:8]}.pdf"


def _check(content: bytes, url: str) -> None:
    if b"%PDF-" in content[:1024]:
        return
    start = content[:512].lstrip().lower()
    kind = "a web page" if start.startswith((b"<!doctype html", b"<html")) else "another file"
    raise SiteError(f"{printable(url)}: {kind} came in place of a PDF; look at it in a browser")


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
