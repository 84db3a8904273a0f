"""Coded texts out of a library and into it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

from index.query.filters import Filters

from ..outputs.replacing import replacing
from .reading import Reading
from .writing import Writing

if TYPE_CHECKING:
    from ..usecases.interchange import Imported
    from .results import Narrowing


class Interchange(Reading, Writing):
    """What other programs of coding and training take and give."""

    def export_codings(
        self,
        what: str,
        file: str | Path,
        *,
        filters: Filters | None = None,
        themes: Path | None = None,
        **narrow: Unpack[Narrowing],
    ) -> tuple[Path, ...]:
        """Write coded documents for another program; the files that were written.

        `what` is project (REFI-QDA), codebook, docbin (spaCy), label-studio, prodigy or
        annotations (W3C). Internal documents are left out unless `internal` lets them in.
        """
        from .. import __version__  # noqa: PLC0415 (the package imports this module)
        from ..interchange.formats import FORMATS, Coded  # noqa: PLC0415 (few questions need it)
        from ..themes import load_themes  # noqa: PLC0415 (the same)
        from ..usecases.interchange import CodedTexts  # noqa: PLC0415 (the same)

        chosen, path = FORMATS[what], Path(file)
        coded = Coded(
            texts=CodedTexts(self._db, self._filters(filters, narrow)),
            themes=load_themes(themes),
            authorities=tuple(self.authorities()),
            origin=f"textmine {__version__}",
        )
        with replacing(path) as new, new.open("wb") as sink:
            chosen.write(coded, sink)
        if chosen.beside is None:
            return (path,)
        beside = path.with_name(f"{path.name}.config.xml")
        with replacing(beside) as new:
            new.write_text(chosen.beside(coded), encoding="utf-8")
        return path, beside

    def export_search_index(
        self, file: str | Path, *, filters: Filters | None = None, **narrow: Unpack[Narrowing]
    ) -> int:
        """Write passages with their findings in the bulk format of OpenSearch; how many these were.

        Beside FILE stands FILE.index.json, which makes the index. Internal documents are left out
        unless `internal` lets them in.
        """
        from ..interchange.search_index import index_body  # noqa: PLC0415 (few questions need it)
        from ..usecases.interchange import write_search_index  # noqa: PLC0415 (the same)
        from ..vocabulary import load_vocabulary  # noqa: PLC0415 (the same)

        path = Path(file)
        with replacing(path) as new, new.open("wb") as sink:
            written = write_search_index(self._db, self._filters(filters, narrow), sink)
        with replacing(path.with_name(f"{path.name}.index.json")) as new:
            new.write_text(index_body(load_vocabulary().names), encoding="utf-8")
        return written

    def datasette_metadata(self, *, internal: bool = False) -> dict[str, Any]:
        """What `datasette --metadata` reads: public views described, everything else closed.

        `internal` opens the tables behind them, which hold internal documents, and SQL.
        """
        from ..usecases.datasette import metadata  # noqa: PLC0415 (few questions need it)

        return metadata(self._db, internal=internal)

    def import_codings(
        self, file: str | Path, *, coder: str | None = None, themes: Path | None = None
    ) -> Imported:
        """Record what people coded in another program as decisions.

        The machine's own codings are left as they are. `coder` is who made the others, whatever
        the file says. Raises DataError for a file that is not what its ending says.
        """
        from ..interchange.formats import reader_of  # noqa: PLC0415 (few questions need it)
        from ..themes import load_themes  # noqa: PLC0415 (the same)
        from ..usecases.interchange import import_codings  # noqa: PLC0415 (the same)

        known = load_themes(themes)
        reading = reader_of(Path(file))(Path(file), known)
        with self._writer() as db:
            return import_codings(db, reading, (theme.id for theme in known), coder)
