"""The Word renderer, in Word's own styles."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import BaseStyle, ParagraphStyle
from docx.table import Table, _Row
from docx.table import _Cell as WordCell
from docx.text.paragraph import Paragraph

from corpus.frameworks import standing

from .annex import Annex, annex, in_words, quotation
from .build import PURPOSES
from .model import Brief, Cell, Grid, Quote, Section

SHADES: Final = ("F6CFCF", "FBE8C4", "D7EDD5", "CFE3F6")
"""Behind grades, from the worst to the best."""

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP archive can say
_SMALL = 7.5
_TEXT = 17.4  # centimetres between the margins
_BODY = 9.5
_SHORT = 70  # characters in a cell of a table that is kept on one page


def word(brief: Brief) -> bytes:
    """The brief as a `.docx`; the same brief gives the same bytes."""
    document = Document()
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(1.8)
        section.top_margin = section.bottom_margin = Cm(1.5)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(_BODY)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(2), 1.0
    heading = document.styles["Heading 1"]
    heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(9), Pt(2)
    heading.font.size, document.styles["Title"].font.size = Pt(12), Pt(20)
    document.styles["Title"].paragraph_format.space_after = Pt(2)
    document.styles["Subtitle"].paragraph_format.space_after = Pt(2)
    _quotes(document.styles["Quote"])
    _edges(document, brief)
    _front(document, brief)
    numbered = annex(brief)
    for part in brief.sections:
        _section(document, part, numbered)
    _annex(document, brief, numbered)
    _properties(document, brief)
    file = BytesIO()
    document.save(file)
    return _timeless(file)


def _quotes(style: BaseStyle) -> None:
    """Quotes stand out: set in, in grey italics."""
    assert isinstance(style, ParagraphStyle)
    style.font.italic, style.font.color.rgb = True, RGBColor(0x33, 0x33, 0x33)
    style.paragraph_format.left_indent = Cm(1.2)
    style.paragraph_format.space_after = Pt(3)


def _edges(document: Word, brief: Brief) -> None:
    """Page numbers at the foot of each page; at its head, where it is so, that it is internal."""
    section = document.sections[0]
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _field(foot, "PAGE")
    foot.add_run(" of ")
    _field(foot, "NUMPAGES")
    if brief.internal:
        head = section.header.paragraphs[0]
        head.alignment = WD_ALIGN_PARAGRAPH.CENTER
        head.add_run("INTERNAL").bold = True


def _field(paragraph: Paragraph, name: str) -> None:
    """A number that Word fills in."""
    field = f'<w:fldSimple {nsdecls("w")} w:instr="{name}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    paragraph._p.append(parse_xml(field))  # noqa: SLF001  python-docx has no name for fields


def _front(document: Word, brief: Brief) -> None:
    title = brief.title or PURPOSES[brief.purpose][0]
    document.add_heading(brief.authority, level=0)
    document.add_paragraph(title, style="Subtitle")
    if brief.internal:
        run = document.add_paragraph().add_run("Internal: quotes documents that are not public.")
        run.bold = True
    document.add_paragraph(brief.subtitle)


def _section(document: Word, section: Section, numbered: Annex) -> None:
    document.add_heading(section.title, level=1)
    if section.intro:
        document.add_paragraph(section.intro).paragraph_format.keep_with_next = True
    if section.grid and section.grid.rows:
        _grid(document, section.grid, numbered)
    for line in section.lines:
        paragraph = document.add_paragraph(style="List Bullet")
        paragraph.add_run(line.text).bold = True
        if line.detail:
            paragraph.add_run(f" {line.detail}")
        if quote := quotation(line):
            paragraph.paragraph_format.keep_with_next = True
            paragraph = document.add_paragraph(quote, style="Quote")
        _marks(paragraph, numbered.printed(line))


def _grid(document: Word, grid: Grid, numbered: Annex) -> None:
    table = document.add_table(rows=1, cols=len(grid.header), style="Table Grid")
    _padding(table)
    _mark(table.rows[0], "tblHeader")
    for cell, name in zip(table.rows[0].cells, grid.header, strict=True):
        _write(cell, name, bold=True)
        _shade(cell, "EFEFEF")
    for row in grid.rows:
        added = table.add_row()
        _mark(added, "cantSplit")
        for cell, each in zip(added.cells, row, strict=True):
            _fill(cell, each, numbered)
    _widths(table, grid)
    whole = all(len(cell.text) <= _SHORT for row in grid.rows for cell in row)
    _together(table.rows[: -1 if whole else 2])
    gap = document.add_paragraph().paragraph_format
    gap.space_after, gap.line_spacing = Pt(0), Pt(4)


def _padding(table: Table) -> None:
    sides = "".join(
        f'<w:{side} w:w="{twips}" w:type="dxa"/>'
        for side, twips in (("top", 50), ("left", 90), ("bottom", 50), ("right", 90))
    )
    margins = parse_xml(f"<w:tblCellMar {nsdecls('w')}>{sides}</w:tblCellMar>")
    table._tbl.tblPr.append(margins)  # noqa: SLF001  python-docx has no name for it


def _together(rows: list[_Row]) -> None:
    """Keeps rows on the page of those that follow them."""
    for row in rows:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def _widths(table: Table, grid: Grid) -> None:
    parts = grid.widths or (1,) * len(grid.header)
    table.autofit = False
    for column, part in zip(table.columns, parts, strict=True):
        column.width = Cm(_TEXT * part / sum(parts))  # LibreOffice goes by the columns
        for cell in column.cells:  # Word by the cells
            cell.width = Cm(_TEXT * part / sum(parts))


def _fill(cell: WordCell, each: Cell, numbered: Annex) -> None:
    _write(cell, each.text, bold=False)
    _marks(cell.paragraphs[0], numbered.printed(each))
    if (placed := standing(each.grade)) is not None:
        _shade(cell, SHADES[round(placed * (len(SHADES) - 1))])


def _write(cell: WordCell, text: str, *, bold: bool) -> None:
    run = cell.paragraphs[0].add_run(text)
    run.bold = bold
    run.font.size = Pt(_BODY - 1)
    cell.paragraphs[0].paragraph_format.space_after = Pt(0)


def _marks(paragraph: Paragraph, marks: str) -> None:
    if marks:
        _soft(paragraph, f" {marks}")


def _soft(paragraph: Paragraph, text: str) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb = Pt(_SMALL), RGBColor(0x55, 0x55, 0x55)


def _annex(document: Word, brief: Brief, numbered: Annex) -> None:
    document.add_paragraph().paragraph_format.page_break_before = True
    document.add_heading("Annex: evidence", level=1)
    for evidence in numbered.entries:
        said, where = in_words(evidence)
        paragraph = document.add_paragraph()
        if isinstance(evidence, Quote):
            run = paragraph.add_run(f"{numbered.mark(evidence)} ")
            run.bold, run.font.size = True, Pt(_SMALL + 1)
        paragraph.add_run(said).font.size = Pt(_SMALL + 1)
        _soft(paragraph, f" {where}")
    document.add_heading("Annex: documents", level=1)
    for source in brief.sources:
        text = f"{source.reference} (document {source.document}, {source.sha256[:12]})"
        document.add_paragraph(text, style="List Bullet")
    document.add_paragraph(brief.provenance)


def _shade(cell: WordCell, colour: str) -> None:
    shade = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="{colour}"/>')
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001  python-docx has no name for it


def _mark(row: _Row, name: str) -> None:
    """A property of a row: `tblHeader` repeats it on each page, `cantSplit` keeps it whole."""
    row._tr.get_or_add_trPr().append(parse_xml(f"<w:{name} {nsdecls('w')}/>"))  # noqa: SLF001  python-docx has no name for it


def _properties(document: Word, brief: Brief) -> None:
    """The day of the brief, not of the writing; nobody's name."""
    about = document.core_properties
    title = brief.title or PURPOSES[brief.purpose][0]
    about.title, about.author, about.last_modified_by = f"{brief.authority}: {title}", "", ""
    about.comments, about.revision = "", 1
    about.created = about.modified = datetime.fromisoformat(brief.as_of)


def _timeless(file: BytesIO) -> bytes:
    """The same archive without the times of its writing."""
    whole = BytesIO()
    with ZipFile(file) as old, ZipFile(whole, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = ZipInfo(name, _EPOCH)
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, old.read(name))
    return whole.getvalue()
