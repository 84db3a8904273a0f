"""Use cases of counting words: frequencies, keyness, collocates, dispersion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Generic, TypeVar

from corpus.errors import UsageError
from index.engines.matching import Finder, finder
from index.query.ast import And, Node, Text, join
from index.query.parser import to_text
from index.reports import word_use
from index.reports.word_use import PassageWords
from index.search.prepared import PreparedQuery
from index.storage.database import PATIENCE, Database
from index.text.function_words import FUNCTION_WORDS

from ..analysis import words as analysis
from ..analysis.words import Collocate, Frequency, KeyWord, Part, Spread
from .searches import Question

PARTS: Final = {
    "la": "authority",
    "document": "document",
    "region": "region",
    "year": "year",
}
"""What a library can be divided into, each with the attribute of a passage."""


W = TypeVar("W")


@dataclass(frozen=True, slots=True)
class WordAnswer(Generic[W]):
    """What was counted, how the query was read, and a query that finds each word's passages."""

    records: Sequence[W]
    notes: tuple[str, ...]
    read_as: str
    node: Node | None

    def find(self, word: str) -> str:
        """The query that finds the passages with a word."""
        return with_words(self.node, word)


def with_words(node: Node | None, words: str) -> str:
    """A query narrowed to passages with exactly these words."""
    forms = tuple(words.split())
    text = Text(forms, forms, exact=True, quoted=True)
    parts = node.nodes if isinstance(node, And) else (node,) if node else ()
    joined = join(And, [*parts, text])
    assert joined is not None
    return to_text(joined, None, None)


def chosen(db: Database, question: Question) -> PreparedQuery | None:
    """The prepared query; None where a question asks for everything."""
    return question.ask(db) if question.query or question.filters.nodes() else None


def frequencies(
    db: Database,
    question: Question,
    *,
    size: int = 1,
    function_words: bool = False,
    least: int = 2,
    reports: int = 1,
    limit: int | None = None,
) -> WordAnswer[Frequency]:
    """The words or n-grams of the passages that answer, the most frequent first."""
    with db.snapshot(), db.deadline(PATIENCE):
        asked = chosen(db, question)
        counted = list(_sized(word_use.passages(db, asked, question.filters), size, function_words))
    documents = [(number, counts) for number, counts, _ in counted]
    sizes = [words for *_, words in counted]
    found = list(
        analysis.frequencies(documents, sizes, least=least, reports=reports, most=limit)
    )  # fmt: skip
    return _answer(asked, found)


def _sized(
    passages: Iterable[PassageWords], size: int, function_words: bool
) -> Iterator[tuple[int, Counter[str], int]]:
    """The n-grams of each document, with the number of its running words."""
    running = Counter[int]()

    def counting() -> Iterator[PassageWords]:
        for passage in passages:
            running[passage.document] += len(passage.forms)
            yield passage

    for number, counts in analysis.by_document(counting(), size, function_words=function_words):
        yield number, counts, running[number]


def keyness(
    db: Database,
    of: Question,
    against: Question | None,
    *,
    size: int = 1,
    function_words: bool = False,
    least: int = 5,
    reports: int = 3,
    significance: float = 15.13,
) -> WordAnswer[KeyWord]:
    """Words that are key in the passages of one query against those of another, or the rest."""
    with db.snapshot(), db.deadline(PATIENCE):
        asked = chosen(db, of)
        if asked is None:
            raise UsageError("--of needs a query, to say which passages to compare")
        mine = list(word_use.passages(db, asked))
        ids = {passage.passage for passage in mine}
        notes = list(asked.notes)
        if against is None:
            everything = replace(of, query="")
            theirs = [
                passage
                for passage in word_use.passages(
                    db, chosen(db, everything), everything.filters
                )
                if passage.passage not in ids
            ]  # fmt: skip
        else:
            theirs = list(word_use.passages(db, chosen(db, against), against.filters))
            if both := sum(passage.passage in ids for passage in theirs):
                notes.append(f"{both:,} passages answer both queries, and are on both sides")
    one, other = (
        analysis.word_set(analysis.by_document(each, size, function_words=True))
        for each in (mine, theirs)
    )
    found = analysis.key_words(one, other, least=least, reports=reports, significance=significance)
    shown = [row for row in found if function_words or _says(row.word)]
    return replace(_answer(asked, shown), notes=tuple(notes))


def _says(words: str) -> bool:
    """Whether no end of a run of words is a function word."""
    parts = words.split()
    return parts[0] not in FUNCTION_WORDS and parts[-1] not in FUNCTION_WORDS


def collocates(
    db: Database,
    question: Question,
    *,
    window: int = 5,
    function_words: bool = False,
    least: int = 3,
    reports: int = 1,
) -> WordAnswer[Collocate]:
    """Words within so many words of the matches, the strongest by logDice first."""
    with db.snapshot(), db.deadline(PATIENCE):
        asked = chosen(db, question)
        if asked is None or not asked.texts:
            raise UsageError("the query has no words; collocates are of words, such as supervision")
        answering = {each.passage for each in word_use.passages(db, asked)}
        filters = replace(question.filters, theme=(), polarity=(), timing=())
        counted = _Windows([finder(text) for text in asked.texts], window)
        for passage in word_use.passages(db, None, filters):
            counted.add(passage, passage.passage in answering)
    found = [
        Collocate(
            word=word,
            together=n,
            near=counted.outside[word],
            matches=counted.matches,
            windows=counted.near.total(),
            of_words=counted.outside.total(),
            reports=len(counted.documents[word]),
            of_reports=len(counted.matching),
        )
        for word, n in counted.near.items()
        if n >= least
        and len(counted.documents[word]) >= reports
        and (function_words or word not in FUNCTION_WORDS)
    ]
    found.sort(key=lambda each: (-each.log_dice, each.word))
    return _answer(asked, found)


class _Windows:
    """The words around matches, and everywhere else."""

    def __init__(self, finders: Sequence[Finder], size: int) -> None:
        self._finders = finders
        self._size = size
        self.near = Counter[str]()
        self.outside = Counter[str]()
        """All words but those of matches, in windows or not."""
        self.documents: dict[str, set[int]] = {}
        self.matching: set[int] = set()
        self.matches = 0

    def add(self, passage: PassageWords, answers: bool) -> None:
        forms = passage.forms
        spans = self._spans(passage) if answers else []
        if not spans:
            self.outside.update(forms)
            return
        own = {at for span in spans for at in range(*span)}
        around = {
            at
            for first, behind in spans
            for at in range(max(0, first - self._size), min(len(forms), behind + self._size))
        } - own
        self.matches += len(spans)
        self.matching.add(passage.document)
        self.outside.update(form for at, form in enumerate(forms) if at not in own)
        for at in around:
            self.near[forms[at]] += 1
            self.documents.setdefault(forms[at], set()).add(passage.document)

    def _spans(self, passage: PassageWords) -> list[tuple[int, int]]:
        return matches_in(self._finders, passage)


def matches_in(finders: Iterable[Finder], passage: PassageWords) -> list[tuple[int, int]]:
    """The matches of any text in a passage; of those that overlap, one."""
    merged: list[tuple[int, int]] = []
    for first, behind in sorted(span for find in finders for span in find(passage.words)):
        if merged and first < merged[-1][1]:
            merged[-1] = merged[-1][0], max(behind, merged[-1][1])
        else:
            merged.append((first, behind))
    return merged


def dispersion(
    db: Database, queries: Iterable[str], by: str, question: Question
) -> Iterator[Spread]:
    """How the matches of each query are spread over authorities, documents, regions or years.

    A query of fields alone counts passages.
    """
    attribute = PARTS[by]
    for query in queries:
        with db.snapshot(), db.deadline(PATIENCE):
            asked = replace(question, query=query).ask(db)
            finders = [finder(text) for text in asked.texts]
            sizes, counts = Counter[str](), Counter[str]()
            filters = replace(
                question.filters, theme=(), polarity=(), timing=(), extent=(), aspect=()
            )
            conditions: dict[str, str] = {}
            for portion in word_use.portions(db, None, filters):
                group = _group(portion, attribute)
                sizes[group] += portion.words
                conditions.setdefault(group, _condition(portion, by))
            for passage in word_use.passages(db, asked):
                n = len(matches_in(finders, passage)) if finders else 1
                counts[_group(passage, attribute)] += n
        parts = [
            Part(
                query=asked.read_as,
                group=group,
                matches=counts[group],
                of_matches=counts.total(),
                words=size,
                of_words=sizes.total(),
                find=_within(asked.read_as, conditions[group]) if counts[group] else "",
            )
            for group, size in sizes.items()
            if size
        ]
        parts.sort(key=lambda part: (-part.matches / part.words, part.group))
        yield Spread(query=query, read_as=asked.read_as, parts=tuple(parts))


def _within(query: str, condition: str) -> str:
    return f"({query}) AND {condition}" if condition else ""


def _condition(portion: word_use.Portion, by: str) -> str:
    """The condition of a query that this part meets; empty where none can say it."""
    whose = f'la:"{portion.authority}"' if portion.authority else ""
    match by:
        case "la":
            return whose
        case "region":
            return f'region:"{portion.region}"' if portion.region else ""
        case "year":
            return f"year:{portion.date[:4]}" if portion.date else ""
    if not (whose and portion.date):
        return ""
    return f"{whose} AND type:{portion.doc_type} AND date:{portion.date}"


def _group(row: word_use.Portion | PassageWords, attribute: str) -> str:
    if attribute == "year" and isinstance(row, word_use.Portion):
        return (row.date or "none")[:4]
    return str(getattr(row, attribute) or "none")


def _answer(asked: PreparedQuery | None, records: Sequence[W]) -> WordAnswer[W]:
    if asked is None:
        return WordAnswer(records, (), "", None)
    return WordAnswer(records, asked.notes, asked.read_as, asked.node)
