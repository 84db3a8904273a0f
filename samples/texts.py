"""What the samples say: reads `texts/*.yaml`, the only place where their words are.

In the YAML a bar (|) inside a paragraph ends the printed line there: it puts "16 and
17-year-olds", or the end of a sentence such as "18.", at the beginning of a line.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent / "texts"

_GRADES = {
    "Outstanding": "outstanding",
    "Good": "good",
    "Requires improvement": "requires_improvement",
    "Requires improvement to be good": "requires_improvement",
    "Inadequate": "inadequate",
}


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the numbered paragraphs under it."""

    heading: str
    paragraphs: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One invented report. `start`, `end` and `published` are ISO dates, `dates` is as printed.

    `lead` is None where the report names no lead inspector; `lead_lines` is what is printed
    after "Lead inspector:". `rows` maps the area to the printed grade, in the table's order.
    """

    file: str
    shows: str
    layout: str
    authority: str
    title: list[str]
    dates: str
    start: str
    end: str
    published: str
    rows: dict[str, str]
    summary: list[str]
    sections: list[Section]
    closing: str
    authority_line: str | None = None
    footer: list[str] = field(default_factory=list)
    lead: str | None = None
    lead_lines: list[str] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    improve_heading: str = "What needs to improve"
    improve: list[str] = field(default_factory=list)
    footnote: str | None = None
    repeat_number: int | None = None

    @property
    def judgements(self) -> dict[str, str]:
        return {area: _GRADES[printed] for area, printed in self.rows.items()}

    def numbered(self) -> list[tuple[str, list[tuple[int, str]]]]:
        """The headings with their paragraphs, each behind the number printed before it.

        The paragraph after `repeat_number` carries the same number once more, as happens when
        a report is edited late.
        """
        count, out = 0, []
        for section in self.sections:
            rows = []
            for text in section.paragraphs:
                count += 1
                late = self.repeat_number is not None and count > self.repeat_number
                rows.append((count - 1 if late else count, text))
            out.append((section.heading, rows))
        return out


def load() -> list[Report]:
    """Every report, in the order of the files' names."""
    return [_report(path) for path in sorted(FOLDER.glob("[0-9]*.yaml"))]


def closings() -> dict[str, list[str]]:
    """The wordings of the last page."""
    loaded: dict[str, list[str]] = yaml.safe_load(_read(FOLDER / "closing.yaml"))
    return {name: [clean(text) for text in texts] for name, texts in loaded.items()}


def _report(path: Path) -> Report:
    raw = yaml.safe_load(_read(path))
    sections = [
        Section(clean(part["heading"]), [clean(text) for text in part["paragraphs"]])
        for part in raw.pop("sections")
    ]
    for name in ("start", "end", "published"):
        raw[name] = str(raw[name])
    for name in ("title", "summary", "improve", "lead_lines", "footer"):
        raw[name] = [clean(text) for text in raw.get(name, [])]
    if raw.get("footnote"):
        raw["footnote"] = clean(raw["footnote"])
    return Report(sections=sections, **raw)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def clean(text: str) -> str:
    """One line, with the curly apostrophes and quotation marks that reports are set with."""
    text = " ".join(text.split())
    return text.replace(" '", " \u2018").replace("('", "(\u2018").replace("'", "\u2019")
