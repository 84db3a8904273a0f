"""textmine fetch."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from corpus.errors import DocumentError, UsageError
from corpus.register.authorities import Register

from ..api import Library
from ..outputs import Row
from . import _export, _help, _options, _results
from ._help import Command
from ._progress import progress

if TYPE_CHECKING:
    from ..fetching.fetch import Fetched, Listed, Listing
    from ..fetching.ledger import Ledger
    from ..fetching.polite import PoliteClient
    from ..ingestion.ingest import FileResult

SITE: Final = "https://reports.ofsted.gov.uk"
FOLDER: Final = "fetched"
"""In the library's folder: files on their way into the library."""


@click.command(
    cls=Command,
    epilog="textmine fetch --dry-run\n"
    "textmine fetch Durham Sunderland --contact team@example.org\n"
    "textmine fetch --contact team@example.org",
)
@click.argument("authorities", nargs=-1, metavar="[AUTHORITY...]")
@click.option("--dry-run", is_flag=True, help="List what is published, and fetch nothing.")
@_help.option(
    "--contact",
    metavar="ADDRESS",
    envvar="TEXTMINE_CONTACT",
    show_envvar=True,
    help="Your email or web address, for the site's operators if requests cause trouble.",
)
@_help.option(
    "--site", metavar="URL", default=SITE, show_default=True, help="Another address of the site."
)
@_options.jobs
@_options.register
@_export.to_bare_file
@_options.library
def command(
    authorities: tuple[str, ...],
    *,
    dry_run: bool,
    contact: str | None,
    site: str,
    jobs: int,
    register: Path | None,
    output: str,
    out: Path | None,
    library: Library,
) -> None:
    """Fetch what Ofsted has published and the library lacks.

    Looks at the page of each AUTHORITY, or of every one in the register, for documents of all
    types, fetches those that are not in the library and reads them into it, each with its
    address. Asks for one page a second and obeys robots.txt; a run that was interrupted goes on
    where it stopped. Authorities of which nothing was found are named. Needs textmine[fetch].
    """
    if any(find_spec(name) is None for name in ("httpx2", "lxml", "protego")):
        raise UsageError("fetching needs more packages: pip install 'textmine[fetch]'")
    from ..fetching.fetch import list_site  # noqa: PLC0415 (needs the extra)
    from ..fetching.lacking import authorities_named, lacking  # noqa: PLC0415
    from ..fetching.ledger import Ledger  # noqa: PLC0415
    from ..fetching.polite import PoliteClient  # noqa: PLC0415

    chosen = authorities_named(Register.load(register), authorities)
    ledger = Ledger(library.path)
    with PoliteClient(contact) as client:
        with progress("listing") as step:
            listing = list_site(
                client,
                site.rstrip("/"),
                chosen,
                None if dry_run else ledger,
                step,
                all_of_site=not authorities,
            )
        wanted = lacking(listing.documents, ledger, *library.addresses())
        if dry_run:
            rows = (_row(each, missing=each in wanted) for each in listing.documents)
            _export.write_bare(rows, output, out, ON_SCREEN)
            failed = 0
        else:
            arrived, failed = _fetched(client, wanted, ledger, library.path / FOLDER)
            failed += _read(library, arrived, jobs, register)
    _tell(listing, len(wanted))
    if failed or listing.problems:
        raise click.exceptions.Exit(DocumentError.exit_code)


ON_SCREEN: Final = ("authority", "published", "title", "url", "lacking")


def _row(listed: Listed, *, missing: bool) -> Row:
    each = listed.publication
    return {
        "authority": listed.authority,
        "published": each.published,
        "title": each.title,
        "url": each.url,
        "lacking": missing,
    }


def _fetched(
    client: PoliteClient, wanted: tuple[Listed, ...], ledger: Ledger, folder: Path
) -> tuple[list[Fetched], int]:
    """The files that came, and how many did not."""
    from ..fetching.fetch import fetch  # noqa: PLC0415 (needs the extra)

    arrived: list[Fetched] = []
    with progress("fetching") as step:
        for each in fetch(client, wanted, folder, ledger):
            step(each.listed.publication.title, len(wanted))
            if each.problem:
                click.echo(f"failed: {each.problem}", err=True)
            else:
                arrived.append(each)
    return arrived, len(wanted) - len(arrived)


def _read(library: Library, arrived: list[Fetched], jobs: int, register: Path | None) -> int:
    """Reads files into the library; how many of them failed."""
    if not arrived:
        return 0
    files = [each.candidate() for each in arrived]
    results = library.ingest(files, jobs=min(jobs, len(files)), register=register)
    return _results.tell(_cleared(results), len(files))["failed"]


def _cleared(results: Iterator[FileResult]) -> Iterator[FileResult]:
    """The results; a file that is in the library now is no longer needed beside it."""
    for result in results:
        if result.result != "failed":
            result.candidate.path.unlink(missing_ok=True)
        yield result


def _tell(listing: Listing, lacking: int) -> None:
    for problem in listing.problems:
        click.echo(f"failed: {problem}", err=True)
    if listing.unknown:
        click.echo(f"not in the register: {', '.join(listing.unknown)}", err=True)
    if listing.nothing:
        click.echo(f"nothing found for: {', '.join(listing.nothing)}", err=True)
    total = len(listing.documents)
    click.echo(
        f"{total:,} {'document' if total == 1 else 'documents'} listed, {lacking:,} not in the"
        " library",
        err=True,
    )
