"""Review: finding by finding, whether it is right, by keyboard or mouse, under a coder's name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, get_args

from starlette.responses import RedirectResponse

from corpus.errors import UsageError
from corpus.model import Polarity, Timing
from index.documents.decisions import Decision
from index.query.filters import Filters

from ...api import Library
from ...briefs.quoting import lower_first
from ...citation import place
from ...themes import load_themes
from ...usecases.review import Answer as Said
from .. import words
from ..addresses import document_href, text_anchor
from ..marking import Piece, pieces
from ..themes import theme_label
from ..view import Answer, Asked, Page, PageRoute, address
from .search import who

if TYPE_CHECKING:
    from index.reports.review import Doubt

AHEAD: Final = 500
"""So many findings may be skipped before those that were skipped come again."""

_VERDICTS: Final = {
    "accepted": "right",
    "rejected": "wrong",
    "changed": "changed",
    "added": "added",
    "withdrawn": "undone",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that may be chosen."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class ReviewForm:
    """The context before there is a name: who decides, and on what."""

    themes: tuple[Choice, ...]
    polarities: tuple[Choice, ...]
    since: str
    coder: str


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """The context with a finding to decide."""

    coder: str
    fields: tuple[tuple[str, str], ...]
    """What narrows the queue, kept by every form."""
    change: str
    """The address of the form that chooses another queue."""
    skip: str
    said: str
    """What was just decided; empty where nothing was."""
    document: int
    start: int
    theme: str
    who: str
    what: str
    where: str
    internal: bool
    href: str
    pieces: tuple[Piece, ...]
    label: str
    polarity: str
    timing: str
    score: str
    others: tuple[str, ...]
    themes: tuple[Choice, ...]
    polarities: tuple[Choice, ...]
    timings: tuple[Choice, ...]
    skipped: int


@dataclass(frozen=True, slots=True)
class ReviewDone:
    """The context where nothing is left."""

    coder: str
    change: str
    said: str
    fields: tuple[tuple[str, str], ...]


def show(asked: Asked, library: Library) -> Answer:
    """The next finding of the queue; the form where nobody has said who they are."""
    fields = _fields(asked.args)
    coder = asked.arg("coder")
    if not coder or asked.arg("choose"):
        return _form(asked)
    skipped = asked.number("skip", 0, least=0, most=AHEAD)
    queue = library.review_queue(coder, filters=_filters(asked.args), limit=skipped + 1)
    said = _VERDICTS.get(asked.arg("said"), "")
    change = address("/review", fields, choose="1")
    if not queue:
        done = ReviewDone(coder, change, said, tuple(fields))
        return Page("review_done.html", "Review", done, "review")
    at = min(skipped, len(queue) - 1)
    return Page("review.html", "Review", _context(queue[at], fields, coder, said, at), "review")


def _form(asked: Asked) -> Page:
    theme, polarity = asked.arg("theme"), asked.arg("polarity")
    context = ReviewForm(
        themes=_themes(theme),
        polarities=_choices(get_args(Polarity), polarity),
        since=asked.arg("since"),
        coder=asked.arg("coder"),
    )
    return Page("review_form.html", "Review", context, "review")


def _context(
    doubt: Doubt, fields: list[tuple[str, str]], coder: str, said: str, skipped: int
) -> ReviewPage:
    found, finding = doubt.found, doubt.found.finding
    start = found.passage.start
    path = address(document_href(found.sha256), theme=finding.theme)
    mark = (finding.start - start, finding.end - start, finding.polarity)
    return ReviewPage(
        coder=coder,
        fields=tuple(fields),
        change=address("/review", fields, choose="1"),
        skip=address("/review", fields, skip=(skipped + 1) % AHEAD),
        said=said,
        document=found.document,
        start=finding.start,
        theme=finding.theme,
        who=who(found),
        what=f"{words.doc_type(found.doc_type)}, {words.day(found.date)}",
        where=place(found.passage),
        internal=found.visibility == "internal",
        href=f"{path}#{text_anchor(found.text)}",
        pieces=pieces(found.text, (), [mark]),
        label=theme_label(finding.theme),
        polarity=finding.polarity,
        timing=words.plain(finding.timing).lower(),
        score="" if finding.score is None else f"{finding.score:.0%}",
        others=tuple(_other(each) for each in doubt.others),
        themes=_themes(finding.theme),
        polarities=_choices(get_args(Polarity), finding.polarity),
        timings=_choices(get_args(Timing), finding.timing),
        skipped=skipped,
    )


def _other(decision: Decision) -> str:
    theme = decision.new_theme and lower_first(theme_label(decision.new_theme))
    tones = (each and words.plain(each).lower() for each in (decision.polarity, decision.timing))
    said = ", ".join(filter(None, (theme, *tones)))
    return f"{decision.who}: {_VERDICTS[decision.verdict]}{f' ({said})' if said else ''}"


def decide(asked: Asked, library: Library) -> Answer:
    """Record a decision, or take the last one back, and go on."""
    del library  # it only reads
    coder = asked.value("coder")
    if not coder:
        raise UsageError("say who decides: fill in your name")
    fields = _fields(asked.form)
    verdict = asked.value("verdict")
    with Library(asked.settings.library, internal=True) as writing:
        if verdict == "undo":
            said = _undo(writing, coder)
        else:
            said = writing.review(
                _doubt(asked, writing, coder), _decision(asked), coder=coder
            ).verdict
    skip = asked.value("skip")
    onward = address("/review", fields, said=said, skip=skip if skip != "0" else "")
    return RedirectResponse(onward, 303)


def _doubt(asked: Asked, library: Library, coder: str) -> Doubt:
    """The finding of the form, which somebody may have decided or read again meanwhile."""
    wanted = (asked.value("document"), asked.value("start"), asked.value("theme_of"))
    for each in library.review_queue(coder, filters=_filters(asked.form), limit=None):
        finding = each.found.finding
        if (str(each.found.document), str(finding.start), finding.theme) == wanted:
            return each
    raise UsageError("this finding is not waiting any more; go on with the next one")


def _decision(asked: Asked) -> Said:
    verdict, why = asked.value("verdict"), asked.value("why")
    if verdict == "accepted":
        return Said(verdict="accepted", why=why)
    if verdict == "rejected":
        return Said(verdict="rejected", why=why)
    if verdict not in {"changed", "added"}:
        raise UsageError("choose right, wrong, change or add")
    theme, polarity, timing = (
        asked.value(f"new_{each}") for each in ("theme", "polarity", "timing")
    )
    if theme not in {each.id for each in load_themes(asked.settings.themes)}:
        raise UsageError(f"no theme {theme!r}; choose one of the list")
    if polarity not in get_args(Polarity) or timing not in get_args(Timing):
        raise UsageError("choose a polarity and a timing of the lists")
    chosen: dict[str, Any] = {"theme": theme, "polarity": polarity, "timing": timing, "why": why}
    if verdict == "added":
        return Said(verdict="added", quote=asked.value("quote"), **chosen)
    return Said(verdict="changed", **chosen)


def _undo(library: Library, coder: str) -> str:
    """Take back the last decision of a person that stands."""
    mine = [
        each
        for each in library.list("decisions", filters=Filters(internal=True))
        if each.decision.who == coder
    ]
    last: dict[tuple[object, ...], Any] = {}
    for each in mine:
        d = each.decision
        last[each.document, d.quote, d.occurrence, d.theme] = each
    standing = [each for each in last.values() if each.decision.verdict != "withdrawn"]
    if not standing:
        raise UsageError("nothing to undo")
    newest = max(standing, key=lambda each: each.decision.made_at)
    d = newest.decision
    back = Decision(
        quote=d.quote, occurrence=d.occurrence, theme=d.theme, verdict="withdrawn", who=coder
    )
    library.decide(newest.document, back)
    return "withdrawn"


def _fields(given: Any) -> list[tuple[str, str]]:
    """What says whose queue it is, of an address or a form."""
    pairs = [(name, str(given.get(name, "")).strip()) for name in _KEPT]
    return [(name, value) for name, value in pairs if value]


_KEPT: Final = ("coder", "theme", "polarity", "since")


def _filters(given: Any) -> Filters:
    values = dict(_fields(given))
    return Filters(
        theme=tuple(filter(None, [values.get("theme")])),
        polarity=tuple(filter(None, [values.get("polarity")])),
        since=values.get("since"),
        internal=True,
    )


def _themes(chosen: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(each.id, each.label, each.id == chosen)
        for each in sorted(load_themes(), key=lambda each: each.label)
    )


def _choices(values: tuple[str, ...], chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(each, words.plain(each), each == chosen) for each in values)


ROUTES: Final = (
    PageRoute("/review", show, needs_writing=True),
    PageRoute("/review", decide, writes=True),
)
