"""Coded texts out of a library, and what people coded elsewhere into it, as decisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import IO

from corpus.errors import UsageError
from corpus.model import Finding
from index.documents import decisions, store
from index.documents.decisions import Decision, Verdict
from index.query.filters import Filters
from index.reports import counts
from index.reports.coding import coded_documents
from index.reports.passages import passages
from index.storage.database import Database
from index.text import quotes

from ..interchange.formats import Reading
from ..interchange.model import CodedText, Coding, coded_text
from ..interchange.refi_write import source_guid
from ..interchange.search_index import write_passage


@dataclass(frozen=True, slots=True)
class CodedTexts:
    """The coded texts of a library that filters let through; read anew by each iteration."""

    db: Database
    filters: Filters | None = None

    def __iter__(self) -> Iterator[CodedText]:
        return map(coded_text, coded_documents(self.db, self.filters))


def write_search_index(db: Database, filters: Filters, sink: IO[bytes]) -> int:
    """Write the passages that filters let through, with their findings; how many these were."""
    known = {row.id: row for row in counts.documents(db, filters)}
    number, written = 0, 0
    said: dict[int, list[Finding]] = {}
    for place in passages(db, filters):
        if place.document != number:
            number, said = place.document, {}
            for finding in store.findings(db, number):
                said.setdefault(finding.passage, []).append(finding)
        write_passage(place, known[number], said.get(place.passage.ordinal, ()), sink)
        written += 1
    return written


@dataclass(slots=True)
class Imported:
    """What became of the codings of a file."""

    decided: int = 0
    """New decisions."""
    known: int = 0
    """Codings that say what is already decided, by the same person."""
    machine: int = 0
    """Codings that nobody but the machine has made."""
    lost: int = 0
    """Codings whose words the document does not have."""
    coders: set[str] = field(default_factory=set)
    strangers: list[str] = field(default_factory=list)
    """The names of texts with codings by people that are not in the library."""
    themes: dict[str, int] = field(default_factory=dict)
    """Codes that are no themes, with the number of their codings."""
    sources: int = 0
    """Sources that are not text."""


def import_codings(
    db: Database, reading: Reading, themes: Iterable[str], coder: str | None
) -> Imported:
    """Record what people coded as decisions; all of a file, or nothing where it is refused.

    `coder` is who made the codings, whatever the file says. Raises UsageError where neither says.
    """
    done, known = Imported(), frozenset(themes)
    documents = _Documents(db)
    with db.transaction():
        for text in reading.texts:
            said = [each for each in text.codings if each.who is not None]
            done.machine += len(text.codings) - len(said)
            if not said:
                continue
            number = documents.find(text)
            if number is None:
                done.strangers.append(text.name or "a text without a name")
                continue
            target = _Target(db, number)
            for coding in said:
                if coding.theme not in known:
                    done.themes[coding.theme] = done.themes.get(coding.theme, 0) + 1
                else:
                    _decide(target, text, replace(coding, who=_coder(coding, coder)), done)
    for name, count in reading.unknown.codes.items():
        done.themes[name] = done.themes.get(name, 0) + count
    done.sources = reading.unknown.sources
    return done


def _coder(coding: Coding, given: str | None) -> str:
    if who := given or coding.who:
        return who
    raise UsageError("the file does not say who coded; name the coder with --coder NAME")


class _Documents:
    """The documents of a library by what a file may call them."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._names: dict[str, list[int]] = {}
        self._files: dict[str, int] = {}
        for row in counts.documents(db, Filters(internal=True)):
            self._names.setdefault(row.name, []).append(row.id)
            ours = CodedText(name=row.name, text="", codings=(), sha256=row.sha256)
            self._files |= {row.sha256: row.id, source_guid(ours): row.id}

    def find(self, text: CodedText) -> int | None:
        """The document of a text: of the same file, else of the same name if there is one."""
        if text.sha256 in self._files:
            return self._files[text.sha256]
        named = self._names.get(text.name, [])
        return named[0] if len(named) == 1 else None


class _Target:
    """A document that codings are put on."""

    def __init__(self, db: Database, number: int) -> None:
        stored = store.get(db, number)
        self.db, self.number, self.text = db, number, stored.document.text
        self.passages = stored.document.passages
        rows = db.all(
            "SELECT p.ordinal, f.* FROM finding f JOIN passage p ON p.id = f.passage"
            " WHERE p.document = ? AND f.decision IS NULL",
            (number,),
        )
        self._machine = tuple(map(store.finding, rows))
        self._standing = list(decisions.standing(decisions.of(db, number)))

    def place(self, text: CodedText, coding: Coding) -> tuple[int, int] | None:
        """Where the words of a coding stand here: in their passage, without blanks around."""
        start, end = coding.start + text.offset, coding.end + text.offset
        if self.text[text.offset : text.offset + len(text.text)] != text.text:
            pattern = quotes.pattern(text.text[coding.start : coding.end])
            if pattern is None:
                return None
            before = sum(match.start() < coding.start for match in pattern.finditer(text.text))
            here = [match.span() for match in pattern.finditer(self.text)]
            if not here:
                return None
            start, end = here[min(before, len(here) - 1)]
        overlaps = ((min(end, p.end) - max(start, p.start), p) for p in self.passages)
        most, passage = max(overlaps, key=lambda pair: pair[0], default=(0, None))
        if most <= 0 or passage is None:
            return None
        start, end = max(start, passage.start), min(end, passage.end)
        words = self.text[start:end]
        start += len(words) - len(words.lstrip())
        return (start, start + len(words.strip())) if words.strip() else None

    def machine(self, theme: str, place: tuple[int, int]) -> Finding | None:
        """What the machine says of the theme in these words; where it says several, of most."""
        same = (each for each in self._machine if each.theme == theme)
        overlaps = [(min(each.end, place[1]) - max(each.start, place[0]), each) for each in same]
        inside = [pair for pair in overlaps if pair[0] > 0]
        return max(inside, key=lambda pair: pair[0])[1] if inside else None

    def says(self, decision: Decision, place: tuple[int, int]) -> bool:
        """Whether a decision is there that says the same of the same words."""
        for each in self._standing:
            theme = each.new_theme or each.theme
            if each.who != decision.who or each.start is None or theme != decision.theme:
                continue
            rejected = each.verdict == decision.verdict == "rejected"
            alike = (each.polarity, each.timing) == (decision.polarity, decision.timing)
            near = each.start < place[1] and each.start + len(each.quote) > place[0]
            if near and (rejected or (alike and each.verdict not in {"rejected", "withdrawn"})):
                return True
        return False

    def add(self, decision: Decision, place: tuple[int, int]) -> None:
        """Record a decision."""
        decisions.add(self.db, self.number, decision)
        self._standing.append(replace(decision, start=place[0]))


def _decide(target: _Target, text: CodedText, coding: Coding, done: Imported) -> None:
    """Record a coding as a decision on what the machine says, or on what it does not say."""
    place = target.place(text, coding)
    if place is None:
        done.lost += 1
        return
    finding = target.machine(coding.theme, place)
    if finding:  # a coder's quotation may be longer or shorter than the machine's
        place = (finding.start, finding.end)
    elif coding.rejected:
        done.lost += 1
        return
    polarity = coding.polarity or (finding.polarity if finding else "neutral")
    timing = coding.timing or (finding.timing if finding else "current")
    verdict: Verdict = "added"
    if coding.rejected:
        verdict = "rejected"
    elif finding:
        same = (finding.polarity, finding.timing) == (polarity, timing)
        verdict = "accepted" if same else "changed"
    quote = target.text[place[0] : place[1]]
    decision = Decision(
        quote=quote,
        theme=coding.theme,
        verdict=verdict,
        who=coding.who or "",
        why=coding.why,
        polarity=None if coding.rejected else polarity,
        timing=None if coding.rejected else timing,
        occurrence=quotes.occurrence(target.text, quote, place[0]),
    )
    if target.says(decision, place):
        done.known += 1
        return
    target.add(decision, place)
    done.decided += 1
    done.coders.add(decision.who)
