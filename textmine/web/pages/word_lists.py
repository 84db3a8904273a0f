"""Lists of words: frequent ones, those that set passages apart, and those near a match."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from .. import words
from ..files import file_response
from ..layouts.counting import (
    SHOWN,
    Choice,
    CountAnswer,
    CountLine,
    Kind,
    bars,
    caption,
    chosen,
    how_many,
    narrowing,
    notes,
    question_of,
    read,
    toning,
)
from ..view import Answer, Asked, PageRoute
from .authorities import files_of

if TYPE_CHECKING:
    from ...analysis.words import Collocate, Frequency, KeyWord
    from ...api import Library
    from ...api.statistics import WordResults

SIZES: Final = (
    ("1", "Single words"),
    ("2", "Pairs"),
    ("3", "Runs of three"),
    ("4", "Runs of four"),
)
WINDOWS: Final = (("3", "3 words"), ("5", "5 words"), ("10", "10 words"))
REPORTS: Final = tuple((n, f"{n} or more") for n in ("1", "3", "5", "10", "20"))

_DP: Final = (
    "Spread (DP)",
    (
        "Gries’s DP, normalised: 0 where the word is spread over reports as their lengths are,"
        " near 1 where it stands in a few only (Gries 2008; Lijffijt and Gries 2012)."
    ),
)
_REPORTS: Final = ("Reports", "Reports with the word, of those with a passage that was counted.")
_G2: Final = (
    "Log-likelihood",
    (
        "How sure it is that it is no chance: from 15.13 on, chance would do it once in 10,000"
        " times (Rayson and Garside 2000). With many words even small differences are sure."
    ),
)

FREQUENCIES: Final = Kind(
    path="/frequencies",
    title="Frequent words",
    heading="The most frequent words",
    lead="Say of which passages: by words, theme, tone or region. Words such as “the” and “of” are"
    " left out unless you tick the box.",
    meanings=(
        ("For 10,000 words", "So often in every 10,000 words of the passages that were counted."),
        _REPORTS,
        _DP,
    ),
    examples=(
        ("Concerns on caseloads", {"theme": "caseloads", "polarity": "concern"}),
        ("Runs of three words in passages on care leavers", {"q": "care leavers", "size": "3"}),
    ),
)
KEYNESS: Final = Kind(
    path="/keyness",
    title="Words that set apart",
    heading="Words that set passages apart",
    lead="Words that are more frequent in some passages than in others. Say in which, with words"
    " or conditions such as polarity:concern; against nothing, they are compared with all others.",
    meanings=(
        ("Here, there", "How often, of all words of the passages on that side."),
        (
            "Log ratio",
            (
                "1 is twice as often as there, 2 four times, 3 eight times (Hardie 2014); the"
                " largest comes first."
            ),
        ),
        _G2,
        ("Reports", "Reports here with the word: five at least, so that no one report decides."),
    ),
    examples=(
        (
            "Concerns against strengths",
            {"of": "polarity:concern", "against": "polarity:strength"},
        ),
        ("The North East against elsewhere", {"of": 'region:"North East"'}),
    ),
)
COLLOCATES: Final = Kind(
    path="/collocates",
    title="Words nearby",
    heading="Words near a word or phrase",
    lead='Give a word, or a phrase in quotes: supervision, "personal advisers".',
    meanings=(
        ("Near", "Times near a match, of all times that the word stands anywhere."),
        (
            "logDice",
            (
                "How closely the two go together, 14 at most; it does not depend on the size of the"
                " library (Rychlý 2008). The largest comes first."
            ),
        ),
        ("MI, t-score", "Mutual information favours rare words, the t-score frequent ones."),
        ("Reports", "Reports with the word near a match, of those with a match."),
    ),
    examples=(
        ("Near supervision", {"q": "supervision"}),
        ("Near “strategy meeting”", {"q": '"strategy meeting"', "window": "10"}),
    ),
)


def frequencies(asked: Asked, library: Library) -> Answer:
    """The most frequent words or runs of words."""
    says = bool(asked.arg("q") or asked.arg("theme") or asked.arg("polarity"))
    results = _frequent(asked, library) if says or asked.arg("region") else None
    fields = (
        Choice("q", "Words", asked.arg("q")),
        *narrowing(asked, library),
        Choice("size", "Count", _size(asked), SIZES),
        Choice("reports", "In reports", _reports(asked, "1"), REPORTS),
    )
    answer = _answer(
        results,
        asked,
        "/frequencies/file",
        title="Frequent words",
        chart=(
            "Times for 10,000 words",
            "per_10000_words",
            "{matches:,} in {reports} of {of_reports} reports",
        ),
        heads=("Times", "For 10,000 words", "Reports", "Spread (DP)"),
        cells=lambda row: (
            words.number(row["matches"]),
            f"{row['per_10000_words']:.1f}",
            f"{row['reports']} of {row['of_reports']}",
            f"{row['dp']:.2f}",
        ),
        out_of=lambda row: (
            f"Out of {words.count(row['of_words'], 'word')} in"
            f" {words.count(row['of_reports'], 'report')}."
        ),
    )
    checks = _function_words(asked)
    return FREQUENCIES.page(fields, answer, asked=results is not None, checks=checks)


def keyness(asked: Asked, library: Library) -> Answer:
    """Words that set the passages of one query apart from those of another."""
    results = _key(asked, library) if asked.arg("of") else None
    fields = (
        Choice("of", "Words of passages with", asked.arg("of"), wide=True),
        Choice("against", "Against passages with (all others if empty)", asked.arg("against"),
               wide=True),
        *toning(asked, library)[1:],
        Choice("size", "Count", _size(asked), SIZES),
    )  # fmt: skip
    answer = _answer(
        results,
        asked,
        "/keyness/file",
        title="Words that set apart",
        chart=("Log ratio: 1 is twice as often, 2 four times", "log_ratio", _BESIDE),
        heads=("Here", "There", "Log ratio", "Log-likelihood", "Reports"),
        cells=lambda row: (
            words.number(row["matches"]),
            words.number(row["matches_against"]),
            f"{row['log_ratio']:.1f}",
            f"{row['log_likelihood']:.0f}",
            f"{row['reports']} of {row['of_reports']}",
        ),
        out_of=lambda row: (
            f"Here: out of {words.count(row['of_words'], 'word')} in"
            f" {words.count(row['of_reports'], 'report')}. There: out of"
            f" {words.count(row['of_words_against'], 'word')} in"
            f" {words.count(row['of_reports_against'], 'report')}."
        ),
    )
    checks = _function_words(asked)
    return KEYNESS.page(fields, answer, asked=results is not None, checks=checks)


_BESIDE: Final = "{matches} here, {matches_against} there"


def collocates(asked: Asked, library: Library) -> Answer:
    """Words near a word or phrase."""
    results = _near(asked, library) if asked.arg("q") else None
    fields = (
        Choice("q", "Word or phrase", asked.arg("q")),
        *narrowing(asked, library),
        Choice("window", "Within", chosen(asked, "window", WINDOWS, "5"), WINDOWS),
        Choice("reports", "In reports", _reports(asked, "3"), REPORTS),
    )
    answer = _answer(
        results,
        asked,
        "/collocates/file",
        title="Words nearby",
        chart=("logDice, at most 14", "log_dice", "{together:,} of {near:,} near"),
        heads=("Near", "logDice", "MI", "t-score", "Log-likelihood", "Reports"),
        cells=lambda row: (
            f"{words.number(row['together'])} of {words.number(row['near'])}",
            f"{row['log_dice']:.1f}",
            f"{row['mutual_information']:.1f}",
            f"{row['t_score']:.1f}",
            f"{row['log_likelihood']:.0f}",
            f"{row['reports']} of {row['of_reports']}",
        ),
        out_of=lambda row: (
            f"{words.matches(row['matches'])} in"
            f" {words.count(row['of_reports'], 'report')};"
            f" {words.count(row['windows'], 'word')} near them, of"
            f" {words.count(row['of_words'], 'word')} in all."
        ),
    )
    checks = _function_words(asked)
    return COLLOCATES.page(fields, answer, asked=results is not None, checks=checks)


def frequencies_file(asked: Asked, library: Library) -> Answer:
    """The rows as a file."""
    rows = _frequent(asked, library).rows()
    return file_response(rows, asked.arg("format"), "textmine-frequencies")


def keyness_file(asked: Asked, library: Library) -> Answer:
    """The rows as a file."""
    return file_response(_key(asked, library).rows(), asked.arg("format"), "textmine-keyness")


def collocates_file(asked: Asked, library: Library) -> Answer:
    """The rows as a file."""
    return file_response(_near(asked, library).rows(), asked.arg("format"), "textmine-collocates")


def _frequent(asked: Asked, library: Library) -> WordResults[Frequency]:
    return library.frequencies(
        question_of(asked),
        size=int(_size(asked)),
        function_words=_ticked(asked),
        reports=int(_reports(asked, "1")),
    )


def _key(asked: Asked, library: Library) -> WordResults[KeyWord]:
    against = question_of(asked, "against") if asked.arg("against") else None
    return library.keyness(
        question_of(asked, "of"),
        against,
        size=int(_size(asked)),
        function_words=_ticked(asked),
        reports=5,
    )


def _near(asked: Asked, library: Library) -> WordResults[Collocate]:
    return library.collocates(
        question_of(asked),
        window=int(chosen(asked, "window", WINDOWS, "5")),
        function_words=_ticked(asked),
        least=5,
        reports=int(_reports(asked, "3")),
    )


def _size(asked: Asked) -> str:
    return chosen(asked, "size", SIZES, "1")


def _reports(asked: Asked, default: str) -> str:
    return chosen(asked, "reports", REPORTS, default)


def _ticked(asked: Asked) -> bool:
    return asked.arg("all") == "1"


def _function_words(asked: Asked) -> tuple[tuple[str, str, bool], ...]:
    return (("all", "Also words such as the, of and not", _ticked(asked)),)


def _answer(
    results: WordResults[Any] | None,
    asked: Asked,
    path: str,
    *,
    title: str,
    chart: tuple[str, str, str],
    heads: Sequence[str],
    cells: Callable[[Any], Sequence[str]],
    out_of: Callable[[Any], str],
) -> CountAnswer | None:
    rows = results.to_rows() if results is not None else []
    if results is None or not rows:
        return None
    named = caption(title, asked, "q", "of", "against")
    axis, value, said = chart
    return CountAnswer(
        caption=named,
        summary=(out_of(rows[0]), how_many(rows, "word" if _size(asked) == "1" else "run")),
        chart=bars(rows, named, axis, label="word", value=value, said=said),
        heads=("Word" if _size(asked) == "1" else "Words", *heads),
        lines=tuple(
            CountLine(str(row["word"]), tuple(cells(row)), read(row["find"]))
            for row in rows[:SHOWN]
        ),
        notes=notes(f"{results.read_as} {asked.arg('against')}", results.notes),
        files=files_of(path, **dict(asked.args)),
    )


ROUTES: Final = (
    PageRoute("/frequencies", frequencies),
    PageRoute("/frequencies/file", frequencies_file),
    PageRoute("/keyness", keyness),
    PageRoute("/keyness/file", keyness_file),
    PageRoute("/collocates", collocates),
    PageRoute("/collocates/file", collocates_file),
)
