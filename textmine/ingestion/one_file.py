"""Reading of a single file outside any library, in a worker like any other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from corpus.assemble import assemble
from corpus.errors import Changed, Unreadable
from corpus.files import read_regular
from corpus.limits import Limits
from corpus.model import Document, Source
from corpus.readers import read, table_reader
from corpus.register.authorities import Register

from .process_pool import Failed, Pool

LIMITS = Limits()


def document_of(path: Path) -> Document:
    """The document that a file is. Raises Unreadable, with the file's name, where it is none."""
    pool: Pool[Path, Document] = Pool(_reader)
    [(_, outcome)] = pool.run([(path, path.resolve())])
    if isinstance(outcome, Failed):
        raise Unreadable(f"{path}: {outcome.message}")
    return outcome


def _reader() -> Callable[[Path], Document]:
    register = Register.load()

    def document(path: Path) -> Document:
        try:
            data = read_regular(path, LIMITS.bytes)
        except OSError as error:
            raise Changed(f"cannot open the file: {error.strerror}; check the path") from error
        LIMITS.check("bytes", len(data))
        source = Source(path=path.name, sha256="", size=len(data))
        return assemble(read(data, path.name), source, register=register, tables=table_reader(data))

    return document
