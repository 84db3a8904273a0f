"""Rows of statistics: words, rates, pairs of themes, each with what it is out of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.register.tiles import tiles

from ..analysis import accuracy
from ..analysis.cooccurrence import Pairing
from ..analysis.rates import GradeRate, Rate
from ..analysis.statistics.keyness import probability
from ..outputs import Row

if TYPE_CHECKING:
    from ..analysis.demands import DemandGroup
    from ..analysis.places import PlaceGrade, PlaceRate
    from ..analysis.words import Collocate, Frequency, KeyWord, Part, Spread


def frequency_row(found: Frequency, find: str) -> Row:
    """A word or n-gram."""
    return {
        "word": found.word,
        "matches": found.matches,
        "of_words": found.of_words,
        "per_10000_words": round(found.per_10000_words, 3),
        "reports": found.reports,
        "of_reports": found.of_reports,
        "dp": round(found.dp, 3),
        "find": find,
    }


def key_word_row(found: KeyWord, find: str) -> Row:
    """A key word."""
    percent = found.percent_difference
    return {
        "word": found.word,
        "matches": found.matches,
        "of_words": found.of_words,
        "reports": found.reports,
        "of_reports": found.of_reports,
        "matches_against": found.matches_against,
        "of_words_against": found.of_words_against,
        "reports_against": found.reports_against,
        "of_reports_against": found.of_reports_against,
        "log_ratio": round(found.log_ratio, 3),
        "percent_difference": None if percent is None else round(percent, 1),
        "log_likelihood": round(found.log_likelihood, 2),
        "p": float(f"{probability(found.log_likelihood):.3g}"),
        "find": find,
    }


def collocate_row(found: Collocate, find: str) -> Row:
    """A word near matches."""
    return {
        "word": found.word,
        "together": found.together,
        "near": found.near,
        "of_words": found.of_words,
        "matches": found.matches,
        "windows": found.windows,
        "reports": found.reports,
        "of_reports": found.of_reports,
        "log_dice": round(found.log_dice, 2),
        "mutual_information": round(found.mutual_information, 2),
        "t_score": round(found.t_score, 2),
        "log_likelihood": round(found.log_likelihood, 2),
        "find": find,
    }


def spread_row(found: Spread) -> Row:
    """How a query's matches are spread."""
    dp, d = found.dp, found.juilland_d
    top = max(found.parts, key=lambda part: part.matches, default=None)
    return {
        "query": found.query,
        "matches": found.matches,
        "groups": found.groups,
        "of_groups": len(found.parts),
        "of_words": sum(part.words for part in found.parts),
        "dp": None if dp is None else round(dp, 3),
        "juilland_d": None if d is None else round(d, 3),
        "spread": found.in_words,
        "most_in": top.group if top and top.matches else None,
        "most_matches": top.matches if top else 0,
        "find": found.read_as,
    }


def part_row(part: Part) -> Row:
    """What of a query's matches stands in one part of the library."""
    return {
        "query": part.query,
        "group": part.group,
        "matches": part.matches,
        "of_matches": part.of_matches,
        "words": part.words,
        "of_words": part.of_words,
        "per_10000_words": round(10_000 * part.matches / part.words, 3),
        "find": part.find,
    }


def rate_row(rate: Rate) -> Row:
    """How many reports of a group hold something, and how often."""
    low, high = rate.share_interval
    words = rate.words_interval
    return {
        "query": rate.query,
        "group": rate.group,
        "type": rate.doc_type,
        "frameworks": list(rate.frameworks),
        "reports": rate.reports,
        "of_reports": rate.of_reports,
        "share": round(rate.share, 3),
        "share_low": round(low, 3),
        "share_high": round(high, 3),
        "passages": rate.passages,
        "per_report": round(rate.per_report, 3),
        "of_words": rate.of_words,
        "per_10000_words": round(rate.per_10000_words, 3),
        "words_low": None if words is None else round(words[0], 3),
        "words_high": None if words is None else round(words[1], 3),
        "find": rate.find,
    }


def grade_rate_row(rate: GradeRate) -> Row:
    """How many inspections of a period have a grade."""
    low, high = rate.share_interval
    return {
        "area": rate.area,
        "means": rate.means,
        "group": rate.group,
        "grade": rate.grade,
        "reports": rate.reports,
        "of_reports": rate.of_reports,
        "share": round(rate.share, 3),
        "share_low": round(low, 3),
        "share_high": round(high, 3),
        "find": rate.find,
    }


def pairing_row(pair: Pairing) -> Row:
    """Two themes that stand together."""
    right, right_other = (
        found.precision if (found := accuracy.of_theme(theme)) else None
        for theme in (pair.theme, pair.other_theme)
    )
    return {
        "theme": pair.theme,
        "other_theme": pair.other_theme,
        "together": pair.together,
        "of_theme": pair.of_theme,
        "of_other": pair.of_other,
        "units": pair.units,
        "lift": round(pair.lift, 2),
        "jaccard": round(pair.jaccard, 3),
        "log_likelihood": round(pair.log_likelihood, 2),
        "precision": None if right is None else round(right, 2),
        "other_precision": None if right_other is None else round(right_other, 2),
        "find": pair.find,
    }


def demand_group_row(found: DemandGroup) -> Row:
    """Demands of a theme, region or grade, and what became of them."""
    precision, _ = accuracy.verdicts()
    counted = {
        name: value
        for verdict, n in found.verdicts.items()
        for name, value in (
            (verdict, n),
            (f"{verdict}_low", round(found.interval(verdict)[0], 3)),
            (f"{verdict}_high", round(found.interval(verdict)[1], 3)),
        )
    }
    return {
        "by": found.by,
        "group": found.group,
        "demands": found.demands,
        "with_later_report": found.with_later_report,
        "with_verdict": found.with_verdict,
        "coverage": round(found.coverage, 3),
        "verdict_precision": precision,
        **counted,
        "recurring": found.recurring,
        "find": found.find,
    }


def place_rate_row(found: PlaceRate) -> Row:
    """How often something is said of one authority, and its tile on the map."""
    return {
        "authority": found.authority,
        "authority_key": found.key,
        "region": found.region,
        **_tile(found.key),
        "matches": found.matches,
        "words": found.words,
        "per_10000_words": round(found.per_10000_words, 3),
        "find": found.find,
    }


def place_grade_row(found: PlaceGrade) -> Row:
    """The last grade of one authority, and its tile on the map."""
    return {
        "authority": found.authority,
        "authority_key": found.key,
        "region": found.region,
        **_tile(found.key),
        "area": found.area,
        "grade": found.grade,
        "date": found.date,
        "framework": found.framework,
        "find": found.find,
    }


def _tile(key: str) -> Row:
    tile = tiles().get(key)
    return {
        "tile_column": tile.column if tile else None,
        "tile_row": tile.row if tile else None,
    }
