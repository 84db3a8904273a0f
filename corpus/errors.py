"""Errors for users, each with its exit code.

    TextmineError                1
    +-- UsageError               2   the command or the query cannot be understood
    +-- DocumentError            3   one file cannot be read; a batch goes on without it
    |   +-- NotADocument             empty, or no format that we read
    |   +-- WebPageAsPdf             a web page saved under a PDF's name
    |   +-- Unreadable               damaged, encrypted, or beyond a limit
    |   +-- Changed                  gone, or not the same, when it was read
    +-- SiteError                3   a web site does not answer as it should; others go on
    +-- LibraryError             4   the library cannot be used as it is
    |   +-- LibraryMissing
    |   +-- LibraryTooNew
    |   +-- LibraryBusy
    |   +-- LibraryDamaged
    |   +-- CannotStore              a value that SQLite does not take
    +-- WorkerError              4   no process that reads files can be started
    +-- DataError                5   a register, manifest, theme or frameworks file is wrong

A message is one line: what happened, to which file, and what to do. What it quotes of a file may
hold anything; its text is printable all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar, Final

from .printable import printable

EXIT_CODES: Final[Mapping[int, str]] = MappingProxyType(
    {
        0: "done",
        1: "no results; for `verify`: an integrity issue is left; for `merge`: libraries contradict"
        " each other; for `doctor`: there is a problem",
        2: "the command or the query is not valid",
        3: "some files could not be read or fetched; all others were",
        4: "the library cannot be used, or no process that reads files can be started",
        5: "a register, manifest, theme, frameworks or settings file is wrong",
        130: "interrupted; completed work is kept",
        141: "the reader of the output closed it, as `head` does",
    }
)
"""What each exit code of a command means."""


class TextmineError(Exception):
    """The root: anything that we explain instead of letting it crash."""

    exit_code: ClassVar[int] = 1

    def __str__(self) -> str:
        return printable(super().__str__())


class UsageError(TextmineError):
    """The command or the query cannot be understood."""

    exit_code = 2


class DocumentError(TextmineError):
    """One file cannot be read. A batch records it and goes on."""

    exit_code = 3
    reason: ClassVar[str] = "unreadable"


class NotADocument(DocumentError):
    """Empty, or no format that we read."""

    reason = "not-a-document"


class WebPageAsPdf(DocumentError):
    """A web page saved under a PDF's name, usually a "page not found"."""

    reason = "web-page"


class Unreadable(DocumentError):
    """Damaged, encrypted, or beyond a limit."""


class Changed(DocumentError):
    """Gone, or not the same any more, when it was read. Says nothing of the bytes it had."""

    reason = "changed"


class SiteError(TextmineError):
    """A web site refuses, breaks off, or is not laid out as it was. A fetch goes on without it."""

    exit_code = 3


class LibraryError(TextmineError):
    """The library cannot be used as it is."""

    exit_code = 4


class LibraryMissing(LibraryError):
    """There is no library in that folder."""


class LibraryTooNew(LibraryError):
    """The library was written by a newer version of textmine."""


class LibraryBusy(LibraryError):
    """Another process is writing to it."""


class LibraryDamaged(LibraryError):
    """SQLite reports that its file is damaged."""


class CannotStore(LibraryError):
    """SQLite does not take a value: half a character, a number without end."""


class WorkerError(TextmineError):
    """No process that reads files can be started. Says nothing of any file."""

    exit_code = 4


class DataError(TextmineError):
    """A data file of ours or yours is wrong; the message names file, line and reason."""

    exit_code = 5
