"""Use cases of preparing a meeting: the brief and its files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from corpus.errors import UsageError
from index.documents import authorities
from index.storage.database import Database

from ..briefs.build import build
from ..briefs.dossier import gather, on_topic
from ..briefs.markdown import markdown
from ..briefs.model import Brief, Purpose
from ..briefs.page import page
from ..briefs.since import changed, save, sidecar
from ..briefs.word import word
from ..outputs.replacing import replacing
from ..themes import load_themes


def brief(
    db: Database,
    authority: str,
    purpose: Purpose,
    as_of: date,
    *,
    themes_file: Path | None = None,
    earlier: Path | None = None,
    internal: bool = False,
    topic: str | None = None,
    collection: str | None = None,
) -> Brief:
    """The brief on an authority, as of a day."""
    whose = authorities.resolve(db, authority)
    dossier = gather(
        db, whose, as_of, load_themes(themes_file), internal=internal, collection=collection
    )
    made = build(on_topic(dossier, topic) if topic else dossier, purpose)
    if earlier is None:
        return made
    return replace(made, sections=(changed(made, earlier), *made.sections))


def render(brief: Brief, suffix: str) -> bytes:
    """A brief in the format that a file's suffix names: .md, .html or .docx."""
    if suffix == ".docx":
        return word(brief)
    return (page(brief) if suffix == ".html" else markdown(brief)).encode()


def write_brief(brief: Brief, file: Path) -> None:
    """Write a brief, and its statements as JSON beside it."""
    try:
        rendered = render(brief, file.suffix.lower())
        with replacing(file) as new:
            new.write_bytes(rendered)
        with replacing(sidecar(file)) as new:
            new.write_text(save(brief), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot write {file}: {error.strerror}") from error
