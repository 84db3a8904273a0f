"""The query syntax page, for the documentation and `textmine search --syntax`."""

from __future__ import annotations

from importlib import resources

from corpus.frameworks import AREAS
from index.query.fields import FIELDS


def page() -> str:
    """The page in Markdown."""
    text = resources.files(__package__).joinpath("syntax.md").read_text(encoding="utf-8")
    shown = [name for name in FIELDS if name not in AREAS and not name.startswith("la.")]
    rows = ["| field | what it says of a passage |", "|---|---|"]
    rows += [f"| `{name}:` | {FIELDS[name].help} |" for name in shown]
    rows += [
        f"| `{area}:`, `la.{area}:` | the grade for {what.description} |"
        for area, what in AREAS.items()
    ]
    return text.replace("{fields}", "\n".join(rows))
