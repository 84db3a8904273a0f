"""textmine evaluate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from ..evaluation import scoring
from ..outputs import Row
from . import _export, _help, _options
from ._help import Command

SHOWS = ("figures", "themes", "polarity", "confusion")


@click.command(cls=Command, epilog="textmine evaluate coded.jsonl --show themes --format csv")
@click.argument("gold", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_options.themes_file
@_options.encoder
@_export.to_bare_file
@_help.output(
    "--show",
    type=click.Choice(SHOWS),
    default="figures",
    show_default=True,
    help="Overall figures, figures for each theme, or confusions of polarity or theme.",
)
@_help.output(
    "--misses", type=click.IntRange(min=1), metavar="N", help="List the first N mistakes instead."
)
def command(
    gold: Path,
    themes_file: Path | None,
    output: str,
    out: Path | None,
    *,
    show: str,
    misses: int | None,
    encoder: bool,
) -> None:
    """Measure findings against sentences coded by hand.

    GOLD is a JSON Lines file with one paragraph per line: id, kind, section, text, sentences
    (ranges from start to end) and labels, one for each sentence: themes, disputed, polarity and
    timing. A sha256 says which document a paragraph is from. Low and high are the 95% confidence
    interval, from resampling documents.
    """
    from ..usecases import tagging  # noqa: PLC0415 (imports spaCy)

    score = tagging.evaluate(gold, themes_file, encoder=encoder)
    if misses:
        _export.write_bare(map(_miss, score.misses[:misses]), output, out)
        return
    shows = {"figures": _figures, "themes": _themes, "polarity": _polarity, "confusion": _confusion}
    _export.write_bare(shows[show](score), output, out)


def _miss(miss: scoring.Miss) -> Row:
    names = {"fp": "extra", "fn": "missed"}
    return {**miss._asdict(), "kind": names.get(miss.kind, miss.kind)}


def _figures(score: scoring.Score) -> Iterator[Row]:
    ranges = scoring.intervals(score.documents)
    for name, value in scoring.figures(score.counts()).items():
        yield {"figure": name, "value": round(value, 3), **_range(ranges[name])}


def _themes(score: scoring.Score) -> Iterator[Row]:
    counts = score.counts()
    ranges = scoring.intervals(score.documents, scoring.by_theme)
    for theme, value in scoring.by_theme(counts).items():
        right, extra, missed = (counts["theme", theme, kind] for kind in ("tp", "fp", "fn"))
        yield {
            "theme": theme,
            "coded": right + missed,
            "precision": round(right / max(1, right + extra), 3),
            "recall": round(right / max(1, right + missed), 3),
            "f1": round(value, 3),
            **_range(ranges[theme]),
        }


def _polarity(score: scoring.Score) -> Iterable[Row]:
    return _pairs(score, "value", ("coded", "predicted"))


def _confusion(score: scoring.Score) -> Iterable[Row]:
    return _pairs(score, "instead", ("missed", "predicted"))


def _pairs(score: scoring.Score, kind: str, names: tuple[str, str]) -> Iterator[Row]:
    pairs = ((key[1:], n) for key, n in score.counts().items() if key[0] == kind)
    for (coded, said), number in sorted(pairs, key=lambda pair: (-pair[1], pair[0])):
        yield {names[0]: coded, names[1]: said, "count": number}


def _range(interval: tuple[float, float]) -> Row:
    return {"low": round(interval[0], 3), "high": round(interval[1], 3)}
