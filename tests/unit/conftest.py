"""A small library to test with, and a way to make entries for one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import starmap
from pathlib import Path

import pytest

from corpus.model import (
    Document,
    Field,
    Finding,
    Judgement,
    PageSize,
    Passage,
    PlacedLine,
    Recommendation,
    Section,
)
from index import engines
from index.documents import rows
from index.documents.records import Entry, Original, Provenance
from index.documents.store import put
from index.storage import originals
from index.storage.database import Database, create

MADE = Provenance(reader="r1", pipeline="p1", themes="t1")


class Builder:
    """Makes entries from paragraphs, with findings given as (theme, polarity, timing)."""

    made = MADE

    def __call__(
        self,
        *paragraphs,
        findings=(),
        authority="camden",
        name="Camden",
        doc_type="ilacs_inspection",
        start_date=None,
        published=None,
        section=("leaders", "The impact of leaders"),
        kinds=None,
        framework="ilacs-2018",
        judgements=(),
        voice="inspectorate",
        about=None,
    ) -> Entry:
        text, passages = "", []
        for ordinal, paragraph in enumerate(paragraphs, start=1):
            start = len(text)
            text += paragraph + "\n"
            passages.append(
                Passage(
                    kind=kinds[ordinal - 1] if kinds else "paragraph",
                    ordinal=ordinal,
                    number=str(ordinal),
                    section=0,
                    page=1,
                    start=start,
                    end=start + len(paragraph),
                    voice=voice,
                    about=about,
                )
            )
        found = {"authority": name, "start_date": start_date, "published": published}
        found = {key: value for key, value in found.items() if value}
        document = Document(
            doc_type=doc_type,
            framework=framework,
            text=text,
            pages=(PageSize(1, 595.2, 841.9),),
            lines=tuple(PlacedLine(p.start, p.end, 1, 56.7, 70.0, 500.2, 81.1) for p in passages),
            sections=(Section(*section, 0, len(text)),),
            passages=tuple(passages),
            authority=authority,
            fields=tuple(starmap(_field, found.items())),
            judgements=tuple(Judgement(**given) for given in judgements),
            recommendations=tuple(self._recommendations(passages)),
            voice=voice,
        )
        return Entry(
            original=Original(
                sha256=hashlib.sha256(f"{name}{published}{text}".encode()).hexdigest(),
                name=f"{name} {start_date or published}.pdf",
                bytes=len(text),
                media_type="application/pdf",
            ),
            document=document,
            findings=tuple(self._finding(passages, *finding) for finding in findings),
            made=MADE,
        )

    @staticmethod
    def _recommendations(passages):
        for passage in passages:
            if passage.kind == "recommendation":
                yield Recommendation(passage.ordinal, "improvement")

    @staticmethod
    def _finding(  # noqa: PLR0917  as they are given
        passages, ordinal, theme, polarity="concern", timing="current", about=None, extent=None
    ) -> Finding:
        passage = passages[ordinal - 1]
        return Finding(
            passage=ordinal,
            theme=theme,
            polarity=polarity,
            timing=timing,
            start=passage.start,
            end=passage.end,
            about=about,
            extent=extent,
        )


def _field(name: str, value: str) -> Field:
    return Field(name=name, value=value, status="found", origin="printed", printed=value)


@pytest.fixture(scope="session")
def entry() -> Builder:
    return Builder()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Database]:
    with create(tmp_path / "library") as db:
        yield db


@pytest.fixture(scope="session")
def stored(entry):
    """Puts a made-up document into a library together with its original."""

    def store_one(db: Database, *paragraphs, **options) -> int:
        made = entry(*paragraphs, **options)
        name, published = options.get("name", "Camden"), options.get("published")
        data = f"{name}{published}{made.document.text}".encode()
        assert originals.keep(db.folder, data, "application/pdf") == made.original.sha256
        return put(db, rows.of(made))

    return store_one


@pytest.fixture
def filled(library, stored):
    """Two documents with findings, and both engines' indexes."""
    stored(library, "Visits to children are late.", "Plans are clear.", findings=[(1, "seen")])
    stored(library, "Leaders know their services well.", name="Mu", findings=[(1, "leaders")])
    engines.ready(library, "fts4")
    return library
