"""The prepared query: parsed, filtered, expanded and translated into SQL.

Hits, facets, counts and samples all select from the same `PreparedQuery`, so that they agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ..engines import ready
from ..engines.base import Engine
from ..query.ast import And, Near, Node, Text, finds, join, positive_texts
from ..query.expansion import Expander, Expansion, Groups
from ..query.filters import Filters
from ..query.parser import Query, parse, require_something, to_text
from ..query.question import Question, understand
from ..query.vocabulary import Vocabulary
from ..storage.database import Database, Value
from .conditions import PUBLIC
from .sql import Compiler

ANY: Final = "1"
"""The condition that every passage meets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedQuery:
    """A prepared query: its AST and its SQL.

    `condition` selects the passages `p` that answer. If `driven`, the engine's own table comes
    first, and its score can be had of each row; `apart` is then what is to be met besides the
    texts, else the whole condition, with a passage `p` by itself.
    """

    query: Query
    node: Node | None
    """Query and filters together, as read."""
    expanded: Node | None
    expansions: tuple[Expansion, ...]
    notes: tuple[str, ...]
    engine: Engine
    texts: tuple[Text | Near, ...]
    condition: str
    values: tuple[Value, ...]
    driven: bool
    apart: str
    apart_values: tuple[Value, ...]
    internal: bool = True
    """Whether internal documents are asked too."""
    question: Question | None = None
    """What is asked in plain words; then the passages are those with all of these."""
    firm: tuple[Text | Near, ...] = ()
    """Of a plain question: texts that must occur besides its words."""
    besides: str = ANY
    besides_values: tuple[Value, ...] = ()
    """Of a plain question: what is to be met besides its words."""

    @property
    def read_as(self) -> str:
        return to_text(self.node, self.query.sort, self.query.group)

    def count(self, db: Database) -> int:
        """The number of matching passages."""
        if self.driven and self.apart == ANY:
            table = self.engine.table
            sql = f"SELECT count(*) FROM {table} WHERE {table} MATCH ?"
        else:
            sql = self.select("count(*)")
        return db.number(sql, self.values)

    def select(self, columns: str, *, joins: str = "", tail: str = "", index: str = "") -> str:
        """A statement over the passages that answer; an index of theirs may be named to be used."""
        tables = f"passage p{index and f' INDEXED BY {index}'}"
        if self.driven:
            tables = f"{self.engine.table} CROSS JOIN {tables} ON p.id = {self.engine.table}.rowid"
        return f"SELECT {columns} FROM {tables}{joins} WHERE {self.condition}{tail}"


def ask(
    db: Database,
    query: str,
    filters: Filters | None = None,
    *,
    engine: str | None = None,
    synonyms: Groups = (),
    vocabulary: Vocabulary | None = None,
) -> PreparedQuery:
    """Read and compile a query.

    With a vocabulary, words without operators are a plain question: function words need not occur.
    Raises UsageError where it cannot be understood, or only says what to leave out.
    """
    parsed = parse(query)
    filters = filters or Filters()
    extra = filters.all_nodes()
    question = understand(parsed.loose, vocabulary) if vocabulary and parsed.loose else None
    typed = parsed.node
    if question:
        typed = join(And, [*(word.text for word in question.words), parsed.firm])
    node = _together(typed, extra)
    require_something(node)
    chosen, note = ready(db, engine)
    expander = _expander(db, chosen, synonyms, internal=filters.internal)
    expanded = expander.expand(node) if node else None
    text, rest = _split(chosen, expanded)
    compiler = Compiler(db, chosen, few=text is not None)
    apart = compiler.condition(rest) if rest else ANY
    if not filters.internal:
        apart = f"({apart}) AND {PUBLIC.format('p.document')}"
    values = tuple(compiler.values)
    firm = _together(parsed.firm, extra) if question else None
    must = expander.expand(firm) if firm else None
    besides = _besides(db, chosen, must, filters)
    if text is None:
        condition, bound = apart, values
    else:
        condition, bound = f"{chosen.table} MATCH ? AND {apart}", (text, *values)
    notes = (*parsed.notes, *expander.notes, *compiler.notes, *([note] if note else []))
    return PreparedQuery(
        query=parsed,
        node=node,
        expanded=expanded,
        expansions=tuple(expander.done),
        notes=tuple(dict.fromkeys(notes)),
        engine=chosen,
        texts=tuple(dict.fromkeys(positive_texts(expanded))) if expanded else (),
        condition=condition,
        values=bound,
        driven=text is not None,
        apart=apart,
        apart_values=values,
        internal=filters.internal,
        question=question,
        firm=tuple(positive_texts(must)) if must else (),
        besides=besides[0],
        besides_values=besides[1],
    )


def _expander(db: Database, engine: Engine, synonyms: Groups, *, internal: bool) -> Expander:
    """An expander that names no word of documents that may not be seen."""
    return Expander(
        synonyms,
        lambda letter: engine.vocabulary(db, letter),
        lambda form: internal or is_public(db, engine, form),
    )


def is_public(db: Database, engine: Engine, form: str) -> bool:
    """Whether a word, as written, stands in a document that is not internal."""
    compiler = Compiler(db, engine)
    where = compiler.condition(Text((form,), (form,), exact=True, quoted=True))
    public = PUBLIC.format("p.document")
    sql = f"SELECT EXISTS (SELECT 1 FROM passage p WHERE {where} AND {public})"
    return db.number(sql, compiler.values) == 1


def count_visible(db: Database, asked: PreparedQuery, node: Node) -> int:
    """The number of passages with a part of the query, of those that may be seen."""
    compiler = Compiler(db, asked.engine)
    where = compiler.condition(node)
    if not asked.internal:
        where = f"({where}) AND {PUBLIC.format('p.document')}"
    return db.number(f"SELECT count(*) FROM passage p WHERE {where}", compiler.values)


def _besides(
    db: Database, engine: Engine, node: Node | None, filters: Filters
) -> tuple[str, tuple[Value, ...]]:
    """The condition that a passage meets whatever its words are."""
    compiler = Compiler(db, engine, few=True)
    condition = compiler.condition(node) if node else ANY
    if not filters.internal:
        public = PUBLIC.format("p.document")
        condition = public if condition == ANY else f"({condition}) AND {public}"
    return condition, tuple(compiler.values)


def _together(node: Node | None, extra: Sequence[Node]) -> Node | None:
    if not extra:
        return node
    asked = node.nodes if isinstance(node, And) else (node,) if node else ()
    nodes = (*asked, *extra)
    return And(nodes) if len(nodes) > 1 else nodes[0]


def _split(engine: Engine, node: Node | None) -> tuple[str | None, Node | None]:
    """What the engine can match in one go, and the rest; a choice between the two is rest."""
    if node and finds(node) and (whole := engine.expression(node)) is not None:
        return whole, None
    nodes = node.nodes if isinstance(node, And) else (node,) if node else ()
    texts = [one for one in nodes if finds(one) and engine.expression(one) is not None]
    if not texts:
        return None, node
    rest = tuple(one for one in nodes if one not in texts)
    return (
        engine.expression(And(tuple(texts))),
        rest[0] if len(rest) == 1 else And(rest) if rest else None,
    )
