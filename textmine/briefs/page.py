"""The HTML renderer: one file, no script, nothing fetched, printable."""

from __future__ import annotations

from importlib import resources

from .annex import annex, in_words, quotation
from .build import PURPOSES
from .model import Brief


def page(brief: Brief) -> str:
    """The brief as HTML."""
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 (only this output needs it)

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    template = resources.files(__package__).joinpath("brief.html.j2").read_text(encoding="utf-8")
    title = brief.title or PURPOSES[brief.purpose][0]
    return environment.from_string(template).render(
        brief=brief,
        title=title,
        annex=annex(brief),
        in_words=in_words,
        quotation=quotation,
    )
