"""Times searches: a page of hits and its facets against the bare FTS5 statement for the same terms.

    python bench/search.py --library LIBRARY            a library of real reports
    python bench/search.py --synthetic FOLDER           500,000 made-up passages, made if need be

The bare statement is `SELECT rowid ... MATCH terms ORDER BY rank LIMIT 20` and nothing else; a page
of hits is the whole of `search`: read, expanded, filtered, ranked, repeats collapsed, counted, with
texts, findings, highlights and snippets. Plain questions are timed beside strict queries. To see
what these cost FTS5 itself, the bare statement with its own `highlight` and `snippet` is timed too.
Where tantivy is installed, its time for the same words over the same passages is printed beside.
Exit code 1: a median ratio of page or facets to the bare statement is over the limit. Times are of
the processor, so that other programs do not count; all data are in memory.
"""

from __future__ import annotations

import argparse
import gc
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from corpus.model import (  # noqa: E402
    Document,
    Field,
    Finding,
    Judgement,
    PageSize,
    Passage,
    PlacedLine,
    Section,
)
from corpus.register.authorities import Register  # noqa: E402
from index.documents import rows  # noqa: E402
from index.documents.file_log import refresh_authorities  # noqa: E402
from index.documents.records import Entry, Original, Provenance  # noqa: E402
from index.documents.store import put  # noqa: E402
from index.engines import base, ready  # noqa: E402
from index.query.ast import Text, positive_texts  # noqa: E402
from index.search.highlight import WIDTH  # noqa: E402
from index.search.hits import search  # noqa: E402
from index.search.prepared import ask  # noqa: E402
from index.storage.database import Database, create, open_read, open_write  # noqa: E402
from index.text.analyzer import terms  # noqa: E402
from index.views.facets import facets  # noqa: E402
from textmine.themes import load_themes  # noqa: E402
from textmine.vocabulary import load_vocabulary  # noqa: E402

PLAIN_LIMIT, STRICT_LIMIT, FACET_LIMIT = 2.5, 2.2, 3.0
HOLDING = "words_held"
PASSAGES, PER_DOCUMENT, WORDS = 500_000, 140, 75
PLAIN = """
children not being seen
care leavers
social workers leaving all the time
teenagers going missing
not enough places to live
kids out of school
help for parents before things get worse
what do inspectors say about the recording system
supervision not recorded
domestic abuse and young children
health checks late
plans that drift
councillors asking questions
babies before they are born
interpreters
changes of social worker
""".strip().splitlines()
STRICT = """
social workers visit children polarity:concern
"personal adviser"
personal adviser keep in touch
PLO delay
written agreements domestic abuse
unregistered children's homes oversight year:2023..
care leavers health history
return home interviews quality
private fostering group:la
young carers
supervision management oversight sort:date
supervision region:London
"corporate parenting board"
child sexual exploitation
exploit* risk
missing children
strategy meetings health police
children NEAR/8 seen
assessments timely OR thorough
care plans -reviews
adoption theme:adoption polarity:strength
placements sufficiency overall:<good
caseloads too high
workforce stability type:ilacs
early help family support
thresholds referrals front door
life-story work
independent reviewing officers challenge
audit quality assurance learning
educational progress virtual school
emotional wellbeing CAMHS waiting
homeless 16 17
disabled children short breaks
senior leaders ambitious section:leaders
partnership information sharing
children seen alone theme:children-seen polarity:concern
permanence planning year:2020..2024
recommendations improve is:recommendation
""".strip().splitlines()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--library", type=Path, action="append", default=[])
    parser.add_argument("--synthetic", type=Path)
    parser.add_argument("--passages", type=int, default=PASSAGES)
    parser.add_argument("--rounds", type=int, default=9)
    given = parser.parse_args()
    if given.synthetic:
        if not (given.synthetic / "textmine.db").exists():
            fill(given.synthetic, given.passages)
        given.library.append(given.synthetic)
    if not given.library:
        parser.error("name a --library or a folder for a --synthetic one")
    good = [measure(folder, given.rounds) for folder in given.library]
    return 0 if all(good) else 1


def measure(folder: Path, rounds: int) -> bool:
    """Prints the times of every query on one library; whether the medians keep the limits."""
    with open_write(folder) as db:
        ready(db, "fts5")  # the index is made before, not measured
    with open_read(folder) as db:
        passages = db.number("SELECT count(*) FROM passage")
        print(f"\n{passages:,} passages; milliseconds of processor time, the least of {rounds}")
        hold_words(db)
        other = Tantivy(db) if tantivy else None
        print(
            f"{'bare':>8}{'shown':>8}{'page':>8}{'facets':>8}{'tantivy':>9}{'passages':>10}  query"
        )
        plain = [row(db, query, other, rounds, plain=True) for query in PLAIN]
        strict = [row(db, query, other, rounds, plain=False) for query in STRICT]
    page_plain, _ = map(statistics.median, zip(*plain, strict=True))
    page_strict, facet = map(statistics.median, zip(*strict, strict=True))
    print(
        f"page {page_plain:.2f} times bare for plain words (limit {PLAIN_LIMIT}), {page_strict:.2f}"
        f" for strict queries (limit {STRICT_LIMIT}), facets {facet:.2f} (limit {FACET_LIMIT});"
        f" medians over {len(PLAIN)} and {len(STRICT)} queries"
    )
    return page_plain <= PLAIN_LIMIT and page_strict <= STRICT_LIMIT and facet <= FACET_LIMIT


def hold_words(db: Database) -> None:
    """An index of the same words that holds them, as FTS5's own snippets need it to."""
    db.temporary(HOLDING, "fts5(stems, forms, tokenize = 'ascii')")
    db.execute("PRAGMA query_only = OFF")
    db.many(f"INSERT INTO {HOLDING} (rowid, stems, forms) VALUES (?, ?, ?)", base.rows(db))
    db.execute("PRAGMA query_only = ON")


def row(
    db: Database, query: str, other: Tantivy | None, rounds: int, *, plain: bool
) -> tuple[float, float]:
    """Prints the times of one query; how many times bare FTS5's those of page and facets are."""
    times, found = timed(db, query, other, rounds, plain=plain)
    bare, marked, page, facet, theirs = times
    shown = f"{theirs:9.2f}" if other else f"{'-':>9}"
    print(f"{bare:8.2f}{marked:8.2f}{page:8.2f}{facet:8.2f}{shown}{found:10,}  {query}")
    return page / bare, facet / bare


def timed(
    db: Database, query: str, other: Tantivy | None, rounds: int, *, plain: bool
) -> tuple[list[float], int]:
    """Milliseconds of the bare statement, the same with snippets, a page, the facets, tantivy.

    The bare statement has the terms of a strict query as it is run; the words of a plain question
    joined by OR, as whoever has bare FTS5 must write them.
    """
    vocabulary = load_vocabulary()
    how = {"synonyms": vocabulary.names, "vocabulary": vocabulary if plain else None}
    asked = ask(db, query, **how)
    assert asked.driven, query
    table = asked.engine.table
    found = "FROM {0} WHERE {0} MATCH ? ORDER BY rank LIMIT 20"
    marks = "'[', ']'"
    marked = f"highlight({HOLDING}, 0, {marks}), snippet({HOLDING}, 0, {marks}, '...', {WIDTH})"
    expression = asked.values[0]
    if plain:
        expression = " OR ".join(f'{{stems}} : "{term.stem}"' for term in terms(query))
    words = " ".join(" ".join(t.forms) for t in positive_texts(asked.node) if isinstance(t, Text))
    jobs: list[Callable[[], object]] = [
        lambda: db.all(f"SELECT rowid {found.format(table)}", (expression,)),
        lambda: db.all(f"SELECT rowid, {marked} {found.format(HOLDING)}", (expression,)),
        lambda: search(db, query, **how),
        lambda: facets(db, ask(db, query, **how)),
        lambda: other.search(words) if other else None,
    ]
    times: list[list[float]] = [[] for _ in jobs]
    for _ in range(rounds):
        for job, row in zip(jobs, times, strict=True):
            gc.collect()
            start = time.process_time()
            job()
            row.append((time.process_time() - start) * 1000)
    return [min(row) for row in times], search(db, query, **how).total


# ---------------------------------------------------------------- made-up passages


def fill(folder: Path, passages: int) -> None:
    """A library of so many passages, no two alike, that no inspector wrote."""
    start = time.perf_counter()
    chance = random.Random(7)
    vocabulary, weights = _vocabulary(chance)
    themes = [theme.id for theme in load_themes()]
    authorities = list(Register.load())
    with create(folder) as db:
        refresh_authorities(db, authorities)
        for number in range(max(passages // PER_DOCUMENT, 1)):
            texts = [
                " ".join(chance.choices(vocabulary, cum_weights=weights, k=WORDS))
                + f" case{number}x{i}"
                for i in range(PER_DOCUMENT)
            ]
            authority = authorities[number % len(authorities)]
            put(db, rows.of(_entry(number, texts, authority, themes, chance)))
        db.execute("ANALYZE")
    print(f"made {passages:,} passages in {time.perf_counter() - start:.0f} s", file=sys.stderr)


def _vocabulary(chance: random.Random) -> tuple[list[str], list[float]]:
    """Words of the field as often as reports use them, among made-up ones; cumulated weights."""
    common = "children care and leavers workers social plans support are to the of in health seen"
    asked = {
        word
        for query in [*PLAIN, *STRICT]
        for word in query.replace('"', "").split()
        if word.isalpha()
    }
    phrases = [p for theme in load_themes() for p in theme.phrases if "..." not in p]
    field = list(dict.fromkeys([*common.split(), *sorted(asked), *phrases]))
    letters = "bcdfghklmnprstvw"
    made_up = [
        "".join(
            chance.choice(letters) + chance.choice("aeiou") for _ in range(chance.randint(2, 4))
        )
        for _ in range(8_000)
    ]
    words = field + made_up
    total, weights = 0.0, []
    for place, _ in enumerate(words, start=3):
        total += 1 / place
        weights.append(total)
    return words, weights


def _entry(
    number: int, texts: list[str], authority: object, themes: list[str], chance: random.Random
) -> Entry:
    text, passages, findings = "", [], []
    quarter = len(texts) // 4 + 1
    for ordinal, words in enumerate(texts, start=1):
        start = len(text)
        text += words + "\n"
        kind = "recommendation" if ordinal % 20 == 0 else "paragraph"
        section = (ordinal - 1) // quarter
        passages.append(
            Passage(kind, ordinal, str(ordinal), section, 1 + ordinal // 12, start, len(text) - 1)
        )
        for _ in range(chance.randint(0, 4)):
            polarity = chance.choice(["strength", "concern", "concern", "mixed", "neutral"])
            theme = chance.choice(themes)
            findings.append(Finding(ordinal, theme, polarity, "current", start, len(text) - 1))
    ends = [passages[min((i + 1) * quarter, len(passages)) - 1].end for i in range(4)]
    kinds = ["front", "leaders", "improve", "help"]
    day = f"{2014 + number % 12}-{1 + number % 12:02d}-{1 + number % 28:02d}"
    key, name = authority.key, authority.name
    grade = chance.choice(["good", "inadequate", "outstanding", "requires_improvement"])
    document = Document(
        doc_type=chance.choice(["ilacs_inspection", "ilacs_inspection", "jtai", "area_send"]),
        framework="ilacs-2018",
        text=text,
        pages=(PageSize(1, 595, 842),),
        lines=(PlacedLine(0, len(text), 1, 50, 50, 500, 800),),
        sections=tuple(
            Section(kind, kind, begin, end)
            for kind, begin, end in zip(kinds, [0, *ends[:-1]], ends, strict=True)
        ),
        passages=tuple(passages),
        authority=key,
        fields=(
            Field(name="authority", value=name, status="found", origin="given", printed=name),
            Field(name="start_date", value=day, status="found", origin="given", printed=day),
        ),
        judgements=(Judgement(area="overall", grade=grade, status="found"),),
    )
    return Entry(
        original=Original(
            sha256=f"{number:064x}", name=f"{number}.pdf", bytes=1, media_type="application/pdf"
        ),
        document=document,
        findings=tuple(findings),
        made=Provenance(reader="bench", pipeline="bench", themes="bench"),
    )


# ---------------------------------------------------------------- tantivy

try:
    import tantivy
except ImportError:
    tantivy = None


class Tantivy:
    """The passages of a library in an index of tantivy's, with its English stemmer."""

    def __init__(self, db: Database) -> None:
        schema = tantivy.SchemaBuilder()
        schema.add_integer_field("id", stored=True)
        schema.add_text_field("text", tokenizer_name="en_stem")
        self._folder = tempfile.TemporaryDirectory()
        self._index = tantivy.Index(schema.build(), path=self._folder.name)
        writer = self._index.writer(200_000_000, 1)
        for id_, text in _texts(db):
            writer.add_document(tantivy.Document(id=id_, text=text))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def search(self, words: str) -> object:
        """A ranked page of twenty with the number of all, all words required."""
        query = self._index.parse_query(words, ["text"], conjunction_by_default=True)
        return self._index.searcher().search(query, 20, count=True)


def _texts(db: Database) -> Iterator[tuple[int, str]]:
    for passage, _, forms in base.rows(db):
        yield passage, forms


if __name__ == "__main__":
    sys.exit(main())
