"""Writes a self-evaluation as a Word file: the same texts give the same bytes."""

from __future__ import annotations

import io
import zipfile
from typing import Any
from xml.sax.saxutils import escape

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STYLES = {"Title": "Title", "Heading1": "heading 1", "Heading2": "heading 2"}
_LISTS = {"b": ("1", "bullet", "\u2022"), "n": ("2", "decimal", "%1.")}


def write_word(claim: dict[str, Any]) -> bytes:
    """The file's bytes."""
    body = "".join(_paragraph(text, style="Title") for text in claim["title"])
    body += "".join(_block(block) for block in claim["blocks"])
    parts = {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _links(("officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": _links(
            ("styles", "styles.xml"), ("numbering", "numbering.xml")
        ),
        "word/styles.xml": _part("styles", "".join(map(_style, _STYLES))),
        "word/numbering.xml": _part("numbering", _numbering()),
        "word/document.xml": _part("document", f"<w:body>{body}<w:sectPr/></w:body>"),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), text)
    return out.getvalue()


def _block(block: dict[str, Any]) -> str:
    text = ""
    for key, value in block.items():
        if key in {"h", "hh"}:
            text += _paragraph(value, style="Heading1" if key == "h" else "Heading2")
        elif key in _LISTS:
            text += "".join(_paragraph(item, number=_LISTS[key][0]) for item in value)
        elif key in {"t", "boxes"}:
            text += _table(value)
        elif key != "kind":
            text += _paragraph(value)
    return text


def _table(rows: list[list[str]]) -> str:
    cells = ("".join(f"<w:tc>{_paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return (
        "<w:tbl><w:tblPr/><w:tblGrid/>"
        + "".join(f"<w:tr>{row}</w:tr>" for row in cells)
        + ("</w:tbl>")
    )


def _paragraph(text: str, *, style: str = "", number: str = "") -> str:
    said = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number:
        said += f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
    run = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    return f"<w:p><w:pPr>{said}</w:pPr>{run}</w:p>"


def _style(id_: str) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{id_}"><w:name w:val="{_STYLES[id_]}"/></w:style>'
    )


def _numbering() -> str:
    forms = "".join(
        f'<w:abstractNum w:abstractNumId="{number}"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        f'<w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl></w:abstractNum>'
        for number, form, text in _LISTS.values()
    )
    used = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
        for number, *_ in _LISTS.values()
    )
    return forms + used


def _part(root: str, body: str) -> str:
    return f'{_HEAD}<w:{root} xmlns:w="{_W}">{body}</w:{root}>'


def _links(*links: tuple[str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="r{place}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(links)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def _types() -> str:
    kinds = {"document": "document.main", "styles": "styles", "numbering": "numbering"}
    base = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    parts = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{base}.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{parts}</Types>"
    )
