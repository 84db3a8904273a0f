"""What is said of files as they are read: a line where something is wrong, and a summary."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from corpus.printable import printable

from ..outputs import Row
from ._progress import progress

if TYPE_CHECKING:
    from ..ingestion.candidate import Skipped
    from ..ingestion.ingest import FileResult

ORDER = ("ok", "partial", "duplicate", "unchanged", "failed")


def tell(
    results: Iterable[FileResult],
    total: int,
    skipped: tuple[Skipped, ...] = (),
    *,
    log_json: bool = False,
    to_stdout: bool = False,
    tell_all: bool = False,
    doing: str = "reading",
) -> Counter[str]:
    """Reads the files, says on standard error how it went, and counts the results.

    Every file has its line with `tell_all`, and where they go `to_stdout`.
    """
    counts: Counter[str] = Counter()
    unresolved = 0
    with progress(doing, shown=not log_json) as step:
        for result in results:
            counts[result.result] += 1
            unresolved += _is_unresolved(result)
            if log_json:
                click.echo(json.dumps(_logged(result), ensure_ascii=False), err=True)
            elif line := _line(result, tell_all=to_stdout or tell_all):
                click.echo(line, err=not to_stdout)
            step(result.candidate.name, total)
    _summary(counts, skipped, unresolved, log_json=log_json)
    return counts


def _is_unresolved(result: FileResult) -> bool:
    """Whether a document was read and is filed under no authority, nor under a provider."""
    summary = result.summary
    return summary is not None and not summary.authority and summary.doc_type not in _OF_PROVIDERS


_OF_PROVIDERS = frozenset({"early_years_outcome"})


def _line(result: FileResult, *, tell_all: bool) -> str | None:
    """One line for a file: always where something is wrong, else only when asked."""
    name = printable(str(result.candidate.path))
    if result.result in {"failed", "partial"}:
        return f"{result.result}: {name}: {printable(result.message or '')}"
    summary = result.summary
    if not tell_all or summary is None:
        return None
    facts = (summary.doc_type, summary.authority, summary.start_date)
    return f"{result.result}: {name}: {', '.join(fact for fact in facts if fact)}"


def _logged(result: FileResult) -> Row:
    """A file's line for a scheduler's log. No word of the document is in it."""
    summary = result.summary
    return {
        "event": "file",
        "path": printable(str(result.candidate.path)),
        "result": result.result,
        "reason": result.reason,
        "message": result.message,
        "sha256": result.source.sha256 if result.source else None,
        "bytes": result.source.size if result.source else None,
        "type": summary.doc_type if summary else None,
        "pages": summary.pages if summary else None,
        "passages": summary.passages if summary else None,
        "findings": summary.findings if summary else None,
        "seconds": round(result.seconds, 3),
    }


def _summary(
    counts: Counter[str], skipped: tuple[Skipped, ...], unresolved: int, *, log_json: bool
) -> None:
    if log_json:
        numbers = {"skipped": len(skipped), "no_known_authority": unresolved}
        click.echo(json.dumps({"event": "summary", **counts, **numbers}), err=True)
        return
    parts = [f"{counts[name]} {name}" for name in ORDER if counts[name]]
    if skipped:
        reasons = ", ".join(sorted({printable(each.reason) for each in skipped}))
        parts.append(f"{len(skipped)} skipped ({reasons})")
    if unresolved:
        parts.append(f"{unresolved} of no known authority (textmine status --problems)")
    click.echo(", ".join(parts) or "no files to read", err=True)
