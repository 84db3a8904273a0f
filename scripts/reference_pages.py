"""The pages of docs/reference/ that are made from the code, and the list of decisions.

Templates and the words for fields and tables are in scripts/reference/; a field or a table that has
no words there is an error.
"""

from __future__ import annotations

import inspect
import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import click
import yaml

import corpus.errors
import textmine
from corpus.doctypes import DocType, doctypes
from corpus.errors import EXIT_CODES, DocumentError, TextmineError
from corpus.frameworks import FRAMEWORKS
from index.storage import schema
from textmine.api.lists import LISTS
from textmine.outputs import COLUMNS, OUTPUTS
from textmine.rows.lists import USUAL

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = Path(__file__).parent / "reference"
MADE = "Made from the code by `make docs`.\n"
WIDTH = 100
NO_FIELDS = {"path", "sha256", "doc_type", "judgements"}
"""What samples/expected.jsonl says of a sample besides its fields."""
NUMBER = re.compile(r"^n_|_(?!1)\d$")
"""Counts of what a sample holds, and all but the first of a row of fields."""
BY_HAND: Mapping[str, Mapping[str, str]] = {
    "self_evaluation": {
        "authority": "Eastmere",
        "as_at": "2024-03-31",
        "period_start": "2023-04-01",
        "period_end": "2024-03-31",
        "published": "2024-05-20",
    },
    "other": {
        "authority": "Eastmere",
        "title": "Improvement board: minutes",
        "start_date": "",
        "end_date": "",
        "published": "2024-05-20",
    },
}
"""Fields of the types that samples/expected.jsonl does not have; a test reads the samples."""


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)


def _cell(value: object) -> str:
    return " ".join(str(value).replace("|", "\\|").split())


def template(name: str, **parts: str) -> str:
    """A page whose places in braces are filled."""
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    for place, part in parts.items():
        assert f"{{{place}}}" in text, f"{name} has no place for {place}"
        text = text.replace(f"{{{place}}}", part)
    return f"<!-- made by `make docs` from scripts/reference/{name} -->\n\n{text}"


def words(name: str) -> Mapping[str, str]:
    """The words for fields or tables."""
    text = (TEMPLATES / f"{name}.yaml").read_text(encoding="utf-8")
    loaded: dict[str, str] = yaml.safe_load(text)
    return loaded


def commands(
    command: click.Command, name: str, above: click.Context | None = None
) -> Iterator[str]:
    """The help of a command and of those below it."""
    settings = {**command.context_settings, "terminal_width": WIDTH, "max_content_width": WIDTH}
    context = command.context_class(command, info_name=name, parent=above, **settings)
    yield f"## {context.command_path}\n\n```text\n{command.get_help(context)}\n```\n"
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            inner = command.get_command(context, below)
            assert inner is not None
            yield from commands(inner, below, context)


def commands_page(cli: click.Command) -> str:
    return "\n".join([f"# Commands\n\n{MADE}", *commands(cli, "textmine")])


def columns_page() -> str:
    """Formats, lists with their usual columns, and the data dictionary."""
    formats = table(
        ["format", "ending", "what it is", "columns"],
        (
            (
                f"`{each.name}`",
                ", ".join(f"`{suffix}`" for suffix in each.suffixes),
                (each.write.__doc__ or "").splitlines()[0],
                "the usual" if each.brief else "all",
            )
            for each in OUTPUTS.values()
        ),
    )
    lists = table(
        ["list", "`textmine export`", "usual columns"],
        (
            (name, "yes" if name in LISTS else "", ", ".join(columns))
            for name, columns in sorted(USUAL.items())
        ),
    )
    dictionary = table(
        ["column", "type", "meaning"],
        ((name, column.type, column.meaning) for name, column in sorted(COLUMNS.items())),
    )
    return template("columns.md", formats=formats, lists=lists, columns=dictionary)


def errors_page() -> str:
    """Exit codes, messages, and the classes of errors."""
    classes = [
        each
        for each in vars(corpus.errors).values()
        if isinstance(each, type) and issubclass(each, TextmineError)
    ]
    rows = (
        (
            f"`{each.__name__}`",
            each.exit_code,
            f"`{each.reason}`" if issubclass(each, DocumentError) else "",
            f"`{each.__base__.__name__}`" if each.__base__ is not Exception else "",
            (each.__doc__ or "").split("\n\n")[0],
        )
        for each in classes
    )
    return template(
        "errors.md",
        exit_codes=table(["exit code", "meaning"], EXIT_CODES.items()),
        classes=table(["class", "exit code", "reason", "is a", "meaning"], rows),
    )


def fields_of_types() -> dict[str, dict[str, Any]]:
    """The fields of each document type with an example, as the samples have them."""
    fields: dict[str, dict[str, Any]] = defaultdict(dict)
    for line in (ROOT / "samples" / "expected.jsonl").read_text(encoding="utf-8").splitlines():
        sample = json.loads(line)
        for name, value in sample.items():
            if name not in NO_FIELDS and not NUMBER.search(name):
                known = fields[sample["doc_type"]]
                known[name] = known.get(name) or value
    return {**fields, **{name: dict(known) for name, known in BY_HAND.items()}}


def types_page() -> str:
    """Document types, and the fields of each."""
    fields, meanings = fields_of_types(), words("fields")
    known = sorted(doctypes().values(), key=lambda each: (each.family, each.label))
    sections = (
        f"## {each.label}\n\n`{each.id}`{_frameworks(each)}\n\n"
        + table(
            ["field", "meaning", "for example"],
            (
                (f"`{name}`", meanings[name], "" if value is None else value)
                for name, value in sorted(fields[each.id].items())
            ),
        )
        for each in known
    )
    overview = table(
        ["document", "type", "family", "version of its reader"],
        (
            (
                f"{each.label}{'' if each.verified else ' (unverified)'}",
                f"`{each.id}`",
                each.family,
                each.version,
            )
            for each in known
        ),
    )
    return template("document-types.md", types=overview, fields="\n\n".join(sections))


def _frameworks(doctype: DocType) -> str:
    labels = [FRAMEWORKS[name].label for name in doctype.frameworks]
    return f", by the frameworks {', '.join(labels)}" if labels else ""


def schema_page() -> str:
    """Tables and views of the library with their columns."""
    with closing(sqlite3.connect(":memory:")) as connection:
        for script in schema.scripts():
            connection.executescript(script)
        kinds = dict(
            connection.execute(
                "SELECT name, type FROM sqlite_schema"
                " WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'"
            )
        )
        described = words("tables")
        assert kinds.keys() == described.keys(), kinds.keys() ^ described.keys()
        tables = "\n\n".join(
            f"## `{name}` ({kinds[name]})\n\n{_sentence(what)}\n\n{_columns(connection, name)}"
            for name, what in described.items()
        )
    return template("schema.md", version=str(len(schema.scripts())), tables=tables)


def _sentence(what: str) -> str:
    return f"{what[0].upper()}{what[1:]}."


def _columns(connection: sqlite3.Connection, name: str) -> str:
    refers = {
        column: f"{target}.{key or 'id'}"
        for _, _, target, column, key, *_ in connection.execute(f"PRAGMA foreign_key_list({name})")
    }
    return table(
        ["column", "type", "may be empty", "key"],
        (
            (
                f"`{column}`",
                kind.lower(),
                "" if not_null or primary else "yes",
                "primary" if primary else f"of {refers[column]}" if column in refers else "",
            )
            for _, column, kind, not_null, _, primary in connection.execute(
                f"PRAGMA table_info({name})"
            )
        ),
    )


def python_page() -> str:
    """The guide to the door, and all of its methods."""
    methods = {
        name: method
        for name, method in inspect.getmembers(textmine.Library, callable)
        if not name.startswith("_")
    }
    rows = (
        (f"`{name}({_parameters(method)})`", (method.__doc__ or "").split("\n\n")[0])
        for name, method in methods.items()
    )
    return template("python.md", methods=table(["method", "what it does"], rows))


def _parameters(method: Any) -> str:
    shown: list[str] = []
    for each in list(inspect.signature(method).parameters.values())[1:]:
        if each.kind is each.KEYWORD_ONLY and "*" not in shown and not _star(shown):
            shown.append("*")
        star = {each.VAR_POSITIONAL: "*", each.VAR_KEYWORD: "**"}.get(each.kind, "")
        default = "" if each.default is each.empty else f"={_shown(each.default)}"
        shown.append(f"{star}{each.name}{default}")
    return ", ".join(shown)


def _shown(default: object) -> str:
    return "..." if callable(default) else repr(default)


def _star(shown: Iterable[str]) -> bool:
    return any(name.startswith("*") for name in shown)


def decisions_page() -> str:
    """The list of decisions, by their headings."""
    records = sorted((ROOT / "docs" / "adr").glob("0*.md"))
    headings = (record.read_text(encoding="utf-8").splitlines()[0] for record in records)
    lines = (
        f"- [{heading.lstrip('# ')}]({record.name})"
        for heading, record in zip(headings, records, strict=True)
    )
    return template("decisions.md", decisions="\n".join(lines))
