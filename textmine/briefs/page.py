"""The HTML renderer: one file, no script, nothing fetched, printable."""

from __future__ import annotations

from importlib import resources

from .annex import annex, footnote, in_words
from .build import PURPOSES
from .model import Brief, Chart

_WIDTH, _ROW, _LEFT, _TOP = 640, 19, 270, 24


def page(brief: Brief) -> str:
    """The brief as HTML."""
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 (only this output needs it)

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    template = resources.files(__package__).joinpath("brief.html.j2").read_text(encoding="utf-8")
    title, _ = PURPOSES[brief.purpose]
    return environment.from_string(template).render(
        brief=brief,
        title=title,
        annex=annex(brief),
        in_words=in_words,
        footnote=footnote,
        bars=bars,
    )


def bars(chart: Chart) -> list[dict[str, object]]:
    """The coordinates of bars, in units of the drawing."""
    span = _WIDTH - _LEFT - 70
    return [
        {
            "label": bar.label,
            "said": bar.said,
            "here": bar.here,
            "y": _TOP + index * _ROW,
            "x": _LEFT,
            "width": round(bar.share * span, 1),
            "low": round(_LEFT + bar.low * span, 1),
            "high": round(_LEFT + bar.high * span, 1),
        }
        for index, bar in enumerate(chart.bars)
    ]
