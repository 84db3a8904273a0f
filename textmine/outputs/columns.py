"""The data dictionary: what each column of a list holds, and what kind of value that is.

A column has one name, one type and one meaning, whichever list it stands in. Spreadsheets, Parquet
files and `docs/reference/columns.md` take their descriptions from here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final, Literal, NamedTuple, TypeAlias

ColumnType: TypeAlias = Literal["text", "date", "integer", "number", "boolean", "list", "mapping"]
"""What a value is, where it is not None. A date is text, ISO 8601: a day, or a month or a year."""

LINKS: Final = frozenset({"link", "url"})
"""Columns whose text is an address on the web."""


class Column(NamedTuple):
    """A column as the dictionary has it."""

    type: ColumnType
    meaning: str


_DESCRIBED: Final[Mapping[ColumnType, Mapping[str, str]]] = {
    "text": {
        "check": "What was looked at",
        "result": "How it is: ok, optional (not installed) or problem",
        "state": "What is the case",
        "about": "Whose work is spoken of: council, police, health, schools, board, trust or"
        " partnership; empty where nobody else than the council is meant",
        "aliases": "Other names of the authority, with semicolons between",
        "area": "The area that is judged, or the group that a theme belongs to",
        "area_before": "The same area as the earlier framework calls it",
        "aspect": "What about a service is judged: timeliness, frequency, quality, consistency,"
        " sufficiency, access or impact",
        "authority": "The local authority",
        "authority_key": "The authority's key in the register; empty where the name is not in it",
        "by": "What is counted by",
        "body": "The body that was asked to act",
        "coders": "Whose decisions are compared",
        "collection": "The name of the collection",
        "citation": "A reference to copy, with page and paragraph",
        "comparison": "Whose value it is: national, neighbours, region, target, previous, change;"
        " empty for the area's own",
        "concern": "What became of the concern: new, recurring, resolved or silent",
        "context": "The text around",
        "counts": "What the figure counts, as printed",
        "created": "When it was made",
        "demand": "What inspectors asked for",
        "direction": "better, worse or same; empty where the two grades cannot be compared",
        "doc_type": "The type of document (`textmine types` lists them)",
        "exclude": "What to add to the query to leave these out",
        "extent": "How far it reaches: all, most, many, some, few, none, too_many, too_few or"
        " not_all",
        "extracted": "The value that was read before it was set by hand",
        "facet": "The field that is counted by",
        "fact": "The name of a fact about the document",
        "find": "The query that finds the passages behind the number (`textmine search`)",
        "field": "The field that was set",
        "fate": "added, dropped or changed",
        "figure": "The figure as printed",
        "framework": "The inspection framework",
        "framework_after": "The framework of the later inspection",
        "framework_before": "The framework of the earlier inspection",
        "grade": "The grade; empty unless status is found",
        "group": "The group of documents",
        "gss": "The ONS code of the authority",
        "heading": "The heading of the section, as printed",
        "include": "What to add to the query to get only these",
        "item": "What is counted",
        "key": "The key in the register",
        "conflict": "What two libraries say differently",
        "here": "What the library says that takes another in",
        "there": "What the library says that was merged",
        "holds": "What holds after the merge",
        "merged_library": "The folder of the library that was merged",
        "kind": "The kind of passage, demand, problem or conflict",
        "known": "How the fact is known: found on the page, given, corrected ...",
        "la_code": "The number that the Department for Education gives the authority",
        "label": "The name of the theme in words",
        "later_sha256": "The fingerprint of the later report's file",
        "later_says": "What the later report says of it first",
        "later_type": "The type of the later report",
        "last_inspection": "The start of the last inspection in the library",
        "last_run": "When the search was last run",
        "last_visit": "The last visit since the inspection",
        "lead_inspector": "The lead inspector, as printed",
        "left": "The words before the match",
        "link": "The web page of the document; with a page number where the file itself is there",
        "made_at": "When the decision was made",
        "match": "The words that match",
        "means": "What the row judges: only grades that mean the same are counted together",
        "message": "What happened, in words",
        "missing": "What the library seems to lack of this authority",
        "most_in": "The part with the most matches",
        "name": "The file's name",
        "new_theme": "The theme that a person put in its place",
        "note": "Why no direction is given, or what somebody noted",
        "observed": "The intervals seen after an inspection with this grade",
        "origin": "Where the grade comes from: printed, or corrected by a person",
        "other_theme": "The theme that stands with it",
        "overall": "The grade for overall effectiveness",
        "paragraph": "The paragraph's number, as printed",
        "path": "The path of the file",
        "period": "When the figure was true, as printed",
        "place": "Page and paragraph, in words",
        "polarity": "strength, concern, mixed or neutral",
        "printed": "The words on the page",
        "problem": "What is wrong",
        "published_source": "How the day of publication is known",
        "query": "The query, as written",
        "quote": "The words that a person judged",
        "reason": "Why the file could not be read, as one word",
        "region": "The region of England",
        "remedy": "What to do about it",
        "responsible": "Who is to act, as printed",
        "right": "The words after the match",
        "search": "The name of the saved search",
        "section": "The heading above the passage",
        "sha256": "The fingerprint of the file: the same wherever the file is",
        "spread": "How the matches are spread, in words",
        "status": "found, not_printed, not_judged or unreadable",
        "status_after": "The same of the later inspection",
        "status_before": "The same of the earlier inspection",
        "tag": "The part of the national framework that is named",
        "text": "The text, as in the document",
        "theme": "The theme (`textmine themes` lists them)",
        "timing": "current, improved, worsened, planned or past",
        "tried_at": "When the file was last tried",
        "type": "The type of document (`textmine types` lists them)",
        "unit": "The unit of the value, such as percent",
        "urn": "The inspectorate's number of the authority",
        "title": "What the page calls the document",
        "url": "The address that was given with the file, or from which it was fetched",
        "verdict": "What was decided of a finding, or what became of a demand",
        "visibility": "public or internal",
        "voice": "Who speaks: inspectorate, authority or unknown",
        "what": "On what they are compared: theme (is it there?), polarity or timing",
        "when": "When it was set",
        "who": "Who decided it",
        "why": "Why, in their words",
        "word": "The word or run of words, in lower case",
        "definition": "What belongs to the theme",
        "tested": "Whether the type has been tested on real documents",
    },
    "date": {
        "date": "The start of the inspection; else the day that is described, else of publication",
        "published": "The day of publication",
        "start_date": "The first day of the inspection",
        "end_date": "The last day of the inspection",
        "as_at": "The day that a self-evaluation describes",
        "inspected": "The start of the last inspection",
        "date_before": "The start of the earlier inspection",
        "date_after": "The start of the later inspection",
        "later_date": "The date of the later report",
    },
    "integer": {
        "tile_column": "The column of the authority's tile on our map of England, 0 in the west",
        "tile_row": "Its row, 0 in the north",
        "document": "The number of the document in this library",
        "id": "The number of the document in this library",
        "page": "The page, counted from 1 as the file has them",
        "ordinal": "The position of the passage in its document, from 1",
        "passage": "The position of the passage in its document, from 1",
        "start": "The first character in the document's text, from 0",
        "end": "The character after the last",
        "replaces": "The number of the document of which this is a later issue",
        "repeats": "How many passages have the same words",
        "counts_start": "The first character of what the figure counts",
        "counts_end": "The character after it",
        "passages": "How many passages",
        "passages_of_authority": "How many passages of the authority this one stands for",
        "reports": "How many reports have one",
        "of_reports": "Of how many reports",
        "of_words": "Of how many words",
        "documents": "How many documents",
        "months": "Whole months since the last inspection",
        "visits_since": "How many visits since the last inspection",
        "concerns_before": "How many concerns in the earlier report",
        "findings_after": "How many findings on the theme in the later report",
        "document_before": "The number of the earlier document",
        "document_after": "The number of the later document",
        "matches": "How many matches, or times that the word occurs",
        "demands": "How many demands",
        "with_later_report": "How many of them have a later report of the same kind",
        "with_verdict": "How many of those have a clear verdict",
        "improved": "Verdict: the later report praises just this, or says it improved",
        "partly": "Verdict: improved in part",
        "not_yet": "Verdict: still a concern",
        "asked_again": "Verdict: asked for again",
        "silent": "Verdict: the later report says nothing of it",
        "recurring": "Demands that were asked for before, or are asked for again",
        "of_matches": "Of how many matches",
        "words": "How many words",
        "matches_against": "How many in the passages that are compared with",
        "of_words_against": "Of how many words there",
        "reports_against": "In how many reports there",
        "of_reports_against": "Of how many reports there",
        "groups": "In how many parts there is a match",
        "of_groups": "Of how many parts",
        "most_matches": "How many matches the part with the most has",
        "together": "How often both stand together, or the word stands near a match",
        "near": "How often the word stands anywhere outside a match",
        "windows": "How many words stand near a match",
        "of_theme": "In how many units the theme stands",
        "of_other": "In how many units the other theme stands",
        "units": "Sentences, passages, reports or findings that were looked at",
        "occurrence": "Which of several places with the same words, from 1",
    },
    "number": {
        "score": "How sure the machine is, 0 to 1; of a hit, its rank",
        "value": "The value as a number in its unit, or the value of a field",
        "of": "The number that the figure is out of",
        "percent": "The share on which they agree, 0 to 1",
        "percent_low": "The lower end of its 95% interval",
        "percent_high": "The upper end",
        "kappa": "Cohen's kappa, of two coders",
        "kappa_low": "The lower end of its 95% interval",
        "kappa_high": "The upper end",
        "alpha": "Krippendorff's alpha for nominal data",
        "alpha_low": "The lower end of its 95% interval",
        "alpha_high": "The upper end",
        "per_report": "Passages per report",
        "per_10000_words": "Passages per 10,000 words",
        "coverage": "The share of the demands with a later report that have a verdict",
        "verdict_precision": "The share of verdicts that are right, as measured",
        **{
            f"{verdict}_{end}": f"Where the 95% interval of the share {where} ({verdict})"
            for verdict in ("improved", "partly", "not_yet", "asked_again", "silent")
            for end, where in (("low", "begins"), ("high", "ends"))
        },
        "share": "The share of the reports, 0 to 1",
        "share_low": "Where its 95% interval begins (Wilson)",
        "share_high": "Where its 95% interval ends",
        "words_low": "Where the 95% interval of the rate per 10,000 words begins",
        "words_high": "Where it ends",
        "dp": "Gries's DP, normalised: 0 is spread as the words are, 1 all in one small part",
        "juilland_d": "Juilland's D: 1 is spread evenly",
        "log_likelihood": "Log-likelihood (G2): how sure the difference or attraction is",
        "log_ratio": "How large the difference is: 1 is twice as often, 2 four times",
        "percent_difference": "The difference in per cent (%DIFF); empty where the other has none",
        "p": "The probability of such a difference by chance",
        "log_dice": "How strongly the word is drawn to the match, at most 14 (logDice)",
        "mutual_information": "The same, favouring rare words (MI)",
        "t_score": "The same, favouring frequent words (t-score)",
        "lift": "How many times as often together as by chance",
        "jaccard": "The share with both, of those with either",
        "precision": "The share of the theme's tags that are right; empty if never measured",
        "other_precision": "The same of the other theme",
        "relevance": "How closely it speaks of the same point, 0 to 1",
        "x0": "Left edge on the page, in points",
        "y0": "Top edge on the page, in points",
        "x1": "Right edge on the page, in points",
        "y1": "Bottom edge on the page, in points",
        "size": "Size of the type, in points",
    },
    "boolean": {
        "lacking": "Whether the library does not have the document",
        "selected": "Whether it is the passage that was asked for",
        "repaired": "Whether it has been repaired",
        "bold": "Whether the line is bold",
        "all_words": "Whether the passage has all the words of the question",
    },
    "list": {
        "highlights": "Where the matches stand in the text: first character and the one after",
        "findings": "The findings, or how many there are",
        "cues": "The words that decided, each with what they speak for",
        "labels": "For each sentence the themes, polarity and timing that hold",
        "sentences": "Where each sentence begins and ends in the text",
        "themes": "The themes of the findings in it",
        "before": "The grade of the earlier inspection, or the passages before",
        "after": "The grade of the later inspection, or the passages after",
        "evidence": "The sentence of the finding, or the sentences that were weighed",
        "frameworks": "The frameworks of the reports",
        "asked_before": "Earlier reports that asked for the same",
    },
    "mapping": {
        "says": "What each coder, and the machine, says of it",
        "judgements": "The grades, by area",
        "fields": "Each fact about the document with its status and place",
    },
}
COLUMNS: Final[Mapping[str, Column]] = MappingProxyType(
    {
        name: Column(kind, meaning)
        for kind, described in _DESCRIBED.items()
        for name, meaning in described.items()
    }
    | {"number": Column("text", "The number, as printed")}
)


def describe(column: str) -> str:
    """What a column holds, in words; of one inside another (`judgements.overall`), both."""
    if column in COLUMNS:
        return COLUMNS[column].meaning
    outer, _, inner = column.partition(".")
    return f"{COLUMNS[outer].meaning}: {inner.replace('_', ' ')}" if outer in COLUMNS else ""


def type_of(column: str, values: Sequence[object] = ()) -> ColumnType:
    """The type of a column; that of its values where a list gives the name another meaning.

    "evidence" is the sentence of a finding, and the sentences of a follow-up.
    """
    known = COLUMNS[column].type if column in COLUMNS else "text"
    return settled(known, {kind_of(value) for value in values if value is not None})


def settled(known: ColumnType, seen: set[ColumnType]) -> ColumnType:
    """The type of a column whose values are of the kinds `seen`."""
    if not seen or all(_fits(kind, known) for kind in seen):
        return known
    if seen == {"integer", "number"}:
        return "number"
    return seen.pop() if len(seen) == 1 else "text"


def kind_of(value: object) -> ColumnType:
    """What a value is, as far as it shows."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float):
        return "number"
    if isinstance(value, Mapping):
        return "mapping"
    return "text" if isinstance(value, str) else "list"


def _fits(kind: ColumnType, wanted: ColumnType) -> bool:
    return kind == wanted or (kind, wanted) in {("integer", "number"), ("text", "date")}
