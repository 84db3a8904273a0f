"""Writing to a library: reading files into it, correcting, deciding, checking, deleting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.maintenance.progress import Step, silent

from .connection import Connection

if TYPE_CHECKING:
    from corpus.model import IngestOptions
    from index.documents.decisions import Decision
    from index.maintenance.backup import Saved
    from index.maintenance.issues import IntegrityIssue
    from index.maintenance.merge.records import MergeResult
    from index.reports.review import Doubt
    from index.search.saved_searches import Run

    from ..briefs.model import Brief
    from ..ingestion.candidate import Candidate
    from ..ingestion.cluster.shard import Shard
    from ..ingestion.executor import Executor
    from ..ingestion.ingest import FileResult
    from ..ingestion.process_limits import WorkLimits
    from ..ingestion.refresh import RefreshResult, Stale
    from ..usecases.review import Answer


class Writing(Connection):
    """What changes a library. One process writes at a time; readers go on meanwhile."""

    def ingest(
        self,
        paths: str | Path | Iterable[str | Path] | Iterable[Candidate],
        *,
        options: IngestOptions | None = None,
        manifest: Path | None = None,
        retry_failed: bool = False,
        dry_run: bool = False,
        follow_links: bool = False,
        shard: Shard | None = None,
        jobs: int = 1,
        register: Path | None = None,
        themes: Path | None = None,
        encoder: bool = False,
        limits: WorkLimits | None = None,
        scheduler: str | None = None,
        executor: Executor[Any, Any] | None = None,
    ) -> Iterator[FileResult]:
        """Read files into the library, which is made where there is none; one result per file.

        A path is a file, a folder or a pattern. `options` say what the files do not show
        themselves. Of a `shard` (`Shard.parse("3/8")`), only its share of the files is read:
        other machines read the rest, and `merge` brings all together. `scheduler` is the address
        of a Dask scheduler whose workers read and tag, and not processes here.

        A file that cannot be read costs itself alone: its result is "failed", with the reason.
        Nothing happens before the results are iterated over. Raises UsageError for a path that is
        not there and DataError for a wrong register, manifest or themes.
        """
        from ..ingestion.candidate import Candidate  # noqa: PLC0415 (a search needs no workers)
        from ..usecases import library  # noqa: PLC0415

        given = [paths] if isinstance(paths, str | Path) else list(paths)
        files = [each for each in given if isinstance(each, Candidate)]
        names = [str(each) for each in given if not isinstance(each, Candidate)]
        if names or manifest:
            files += library.find_files(names, manifest=manifest, follow_links=follow_links).files
        setup = library.Setup(
            library=self.path,
            register=register,
            themes=themes,
            encoder=encoder,
            jobs=jobs,
            limits=limits,
            scheduler=scheduler,
            executor=executor,
        )
        if shard:
            files = list(shard.select(files))
        if options:
            files = [each.with_defaults(options) for each in files]
        if dry_run:
            return library.try_out(files, setup)
        return library.ingest(files, setup, retry_failed=retry_failed)

    def failed_files(self) -> tuple[Candidate, ...]:
        """The files whose last try failed, to be ingested again."""
        from ..usecases.library import failed_files  # noqa: PLC0415

        return failed_files(self._db)

    def refresh(
        self,
        stale: Stale | None = None,
        *,
        jobs: int = 1,
        register: Path | None = None,
        themes: Path | None = None,
        encoder: bool = False,
        scheduler: str | None = None,
    ) -> Iterator[RefreshResult]:
        """Read or tag again what another version of textmine, or other themes, made.

        With the encoder, all that it has not weighed is tagged again; raises UsageError where it
        is not installed. A library of an older version is brought up to date first.
        """
        from ..usecases import library  # noqa: PLC0415 (a search needs no workers)

        setup = library.Setup(
            library=self.path,
            register=register,
            themes=themes,
            encoder=encoder,
            jobs=jobs,
            scheduler=scheduler,
        )
        if stale is None:
            with self._writer() as db:
                stale = library.stale(db, themes, encoder=encoder)
        return library.refresh(stale, setup)

    def upgrade(self) -> None:
        """Bring a library of an older version up to date, so that it can be read."""
        with self._writer():
            pass

    def correct(
        self,
        doc: str | int,
        *pairs: str,
        why: str,
        who: str,
        register: Path | None = None,
        themes: Path | None = None,
    ) -> tuple[RefreshResult, ...]:
        """Set fields or grades of a document by hand: `"overall=good"`; `"overall="` withdraws.

        What the machine read is kept. Setting type or visibility reads the document again, whose
        result is returned. Raises UsageError for a field or a value that cannot be.
        """
        from ..usecases import library  # noqa: PLC0415 (a search needs no workers)

        setup = library.Setup(library=self.path, register=register, themes=themes)
        return tuple(library.correct(setup, str(doc), pairs, why=why, who=who))

    def decide(self, doc: str | int, decision: Decision) -> None:
        """Record what a person says of a finding; it wins over the machine's word everywhere.

        Raises UsageError where the document does not have the words that are quoted.
        """
        from index.documents import decisions, store  # noqa: PLC0415 (reading needs none of it)

        with self._writer() as db:
            decisions.add(db, store.resolve(db, str(doc)), decision)

    def review(self, doubt: Doubt, answer: Answer, *, coder: str) -> Decision:
        """Record a person's answer about a finding of the queue; the decision that it makes.

        "withdrawn" takes back what this person answered. Raises UsageError where words that are
        added do not stand in the passage.
        """
        from index.documents import decisions  # noqa: PLC0415 (reading needs none of it)

        from ..usecases.review import decision  # noqa: PLC0415

        with self._writer() as db:
            made = decision(db, doubt, answer, coder)
            decisions.add(db, doubt.found.document, made)
        return made

    def delete(self, doc: str | int) -> None:
        """Delete a document for good: text, findings, corrections, index, log and original."""
        from index.documents import store  # noqa: PLC0415 (reading needs none of it)
        from index.maintenance import deletion  # noqa: PLC0415

        with self._writer() as db:
            deletion.erase(db, store.resolve(db, str(doc)))

    def verify(
        self,
        *,
        repair: bool = False,
        step: Step = silent,
        register: Path | None = None,
        themes: Path | None = None,
    ) -> Iterator[IntegrityIssue]:
        """What is wrong with the library, if anything; `repair` rebuilds what can be rebuilt.

        Damaged documents are read again from their originals, with the register and themes.
        """
        from ..usecases import library  # noqa: PLC0415 (a search needs none of it)

        setup = library.Setup(library=self.path, register=register, themes=themes)
        if not repair:
            yield from library.verify(self._db, setup=setup, step=step)
            return
        with self._writer() as db:
            yield from library.verify(db, repair=True, setup=setup, step=step)

    def merge(
        self,
        *libraries: Path | str,
        who: str,
        register: Path | None = None,
        step: Step = silent,
    ) -> Iterator[MergeResult]:
        """Bring other libraries into this one, which is made where there is none.

        One result per document, with the conflicts between the libraries: nothing is chosen
        without a word. `who` is who merges: what has to be internal here is set so in this name.
        What is here already adds nothing, so a merge can be run again. Nothing happens before the
        results are iterated over. Raises LibraryError for a library that cannot be used.
        """
        from ..usecases import library  # noqa: PLC0415 (a search needs none of it)

        setup = library.Setup(library=self.path, register=register)
        return library.merge([Path(each) for each in libraries], setup, who=who, step=step)

    def backup(self, file: Path | str, *, force: bool = False, step: Step = silent) -> Saved:
        """Write the library into one file, while others read and write it."""
        from index.maintenance import backup as backups  # noqa: PLC0415

        return backups.backup(self.path, Path(file), force=force, step=step)

    def save_search(self, name: str, query: str) -> None:
        """Keep a search under a name. Raises UsageError where the name is taken."""
        from index.search import saved_searches  # noqa: PLC0415

        from ..vocabulary import load_vocabulary  # noqa: PLC0415

        with self._writer() as db:
            saved_searches.add(db, name, query, synonyms=load_vocabulary().names)

    def run_saved(self, *names: str) -> tuple[Run, ...]:
        """Run saved searches, all of them if none is named; each says what is new since."""
        from ..usecases import searches  # noqa: PLC0415

        with self._writer() as db:
            return searches.run_saved(db, names)

    def remove_search(self, name: str) -> None:
        """Remove a saved search."""
        from index.search import saved_searches  # noqa: PLC0415

        with self._writer() as db:
            saved_searches.remove(db, name)

    def write_brief(self, brief: Brief, file: Path | str) -> None:
        """Write a brief as .docx, .html or .md, and its statements as JSON beside it."""
        from ..usecases import briefs  # noqa: PLC0415 (takes its time to import)

        briefs.write_brief(brief, Path(file))
