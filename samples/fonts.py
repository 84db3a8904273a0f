"""The fonts of the samples: the Helvetica family, a bullet font for each layout, and ligatures.

Nothing is embedded, which keeps the files small. Real reports draw their bullets in a symbol
font whose characters extract as U+F06E or U+25FC, and some set "fi" and "fl" as one glyph;
these fonts do the same, so that what a reader gets from a sample is what it gets from a letter.
"""

from __future__ import annotations

from reportlab.pdfbase import pdfdoc, pdfmetrics

REGULAR = "Helvetica"
BOLD = "Helvetica-Bold"
LIGATURES = "Helvetica-Ligatures"
BULLET_PRIVATE = "Bullet-Private"
BULLET_SQUARE = "Bullet-Square"

BULLET_GLYPH = "\u25a0"
"""What to draw in a bullet font: the black square of ZapfDingbats."""

_FI, _FL = "\u0192", "\u2021"
"""Two characters no report uses; the ligature font draws "fi" and "fl" in their places."""


class _Mapped(pdfmetrics.Font):
    """A built-in font that says itself which characters its codes stand for."""

    meaning: dict[int, str]

    def addObjects(self, doc: pdfdoc.PDFDocument) -> None:  # noqa: N802 - the library's name
        super().addObjects(doc)
        inner = doc.fontMapping[self.fontName].removeprefix("/")
        stream = pdfdoc.PDFStream(content=_cmap(self.meaning))
        stream.filters = []
        doc.idToObject["BasicFonts"].dict[inner].ToUnicode = doc.Reference(stream)


class _Bullet(_Mapped):
    """ZapfDingbats with its square meaning the given character."""

    def __init__(self, name: str, character: str) -> None:
        super().__init__(name, "ZapfDingbats", "ZapfDingbatsEncoding")
        self.meaning = {0x6E: character}


class _Ligatures(_Mapped):
    """Helvetica with the two ligatures, which extract as U+FB01 and U+FB02."""

    def __init__(self) -> None:
        super().__init__(LIGATURES, REGULAR, "WinAnsiEncoding")
        encoding = pdfmetrics.Encoding("Ligatures", "WinAnsiEncoding")
        encoding[0x83], encoding[0x87] = "fi", "fl"
        self.encoding = encoding
        self._calcWidths()
        self.meaning = {code: bytes([code]).decode("cp1252") for code in _winansi_codes()}
        self.meaning |= {0x83: "\ufb01", 0x87: "\ufb02"}


def register() -> None:
    """Make the fonts known to reportlab; call once before drawing."""
    pdfmetrics.registerFont(_Bullet(BULLET_PRIVATE, "\uf06e"))
    pdfmetrics.registerFont(_Bullet(BULLET_SQUARE, "\u25fc"))
    pdfmetrics.registerFont(_Ligatures())


def encode(text: str, font: str) -> str:
    """The text as it must be handed to the font."""
    return text.replace("fi", _FI).replace("fl", _FL) if font == LIGATURES else text


def width(text: str, font: str, size: float) -> float:
    """How wide the text is printed, in points."""
    return float(pdfmetrics.stringWidth(encode(text, font), font, size))


def _winansi_codes() -> list[int]:
    unused = {0x7F, 0x81, 0x8D, 0x8F, 0x90, 0x9D}
    return [code for code in range(0x20, 0x100) if code not in unused]


def _cmap(meaning: dict[int, str]) -> str:
    codes = sorted(meaning)
    blocks = [codes[start : start + 100] for start in range(0, len(codes), 100)]
    lines = ["/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def"]
    lines.append("1 begincodespacerange <00> <FF> endcodespacerange")
    for block in blocks:
        lines.append(f"{len(block)} beginbfchar")
        lines += [f"<{code:02X}> <{ord(meaning[code]):04X}>" for code in block]
        lines.append("endbfchar")
    lines.append("endcmap end end")
    return "\n".join(lines)
