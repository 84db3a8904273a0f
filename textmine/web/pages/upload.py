"""Upload: files to read, and what became of them."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse

from corpus.errors import UsageError
from corpus.model import IngestOptions

from .. import words
from ..addresses import document_href
from ..view import Answer, Asked, Page, PageRoute

if TYPE_CHECKING:
    from ...api import Library

_RESULTS: Final = {
    "ok": "Read",
    "partial": "Read in part",
    "duplicate": "Already in the library",
    "failed": "Not read",
}


@dataclass(frozen=True, slots=True)
class UploadPage:
    """The context of the form."""

    most: int
    """Megabytes at a time."""
    problem: str


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """What became of a file."""

    name: str
    result: str
    css: str
    message: str
    href: str


@dataclass(frozen=True, slots=True)
class ProgressPage:
    """The context of an upload on its way."""

    done: bool
    count: str
    lines: tuple[OutcomeLine, ...]
    waiting: tuple[str, ...]
    error: str
    url: str


def form(asked: Asked, library: Library) -> Answer:
    """The form."""
    del library
    return _form(asked)


def _form(asked: Asked, problem: str = "") -> Page:
    context = UploadPage(asked.settings.upload_bytes // 2**20, problem)
    return Page("upload.html", "Upload", context, "upload", status=400 if problem else 200)


def send(asked: Asked, library: Library) -> Answer:
    """Take the files and have them read."""
    del library
    files = [each for each in asked.form.getlist("files") if isinstance(each, UploadFile)]
    files = [each for each in files if each.filename]
    if not files:
        return _form(asked, "Choose one or more files first.")
    folder = Path(tempfile.mkdtemp(prefix="textmine-upload-"))
    paths = []
    for number, each in enumerate(files):
        place = folder / str(number)
        place.mkdir()
        path = place / _name(each.filename or "")
        with path.open("wb") as target:
            shutil.copyfileobj(each.file, target)
        paths.append(path)
    options = IngestOptions(visibility="internal" if asked.value("internal") == "1" else None)
    upload = asked.services.uploads.add(folder, paths, options)
    return RedirectResponse(f"/upload/{upload.key}", 303)


def _name(given: str) -> str:
    """The name of a file without folders or signs that no file may have."""
    name = PurePosixPath(given.replace("\\", "/")).name
    safe = "".join(letter for letter in name if letter.isprintable() and letter not in '/\\:*?"<>|')
    return safe.strip(". ")[-120:] or "file"


def progress(asked: Asked, library: Library) -> Answer:
    """What became of the files so far."""
    del library
    upload = asked.services.uploads.get(asked.path["key"])
    if upload is None:
        raise UsageError("no document was sent under this address since the server was started")
    outcomes = tuple(upload.outcomes)
    seen = {each.name for each in outcomes}
    context = ProgressPage(
        done=upload.done,
        count=f"{len(outcomes):,} of {words.count(len(upload.names), 'file')} done",
        lines=tuple(
            OutcomeLine(
                each.name,
                _RESULTS.get(each.result, each.result),
                each.result,
                each.message,
                document_href(each.sha256) if each.result != "failed" and each.sha256 else "",
            )
            for each in outcomes
        ),
        waiting=() if upload.done else tuple(each for each in upload.names if each not in seen),
        error=upload.error,
        url=asked.url,
    )
    return Page("progress.html", "Upload", context, "upload")


ROUTES: Final = (
    PageRoute("/upload", form, needs_writing=True),
    PageRoute("/upload", send, writes=True),
    PageRoute("/upload/{key}", progress, needs_writing=True),
)
