"""Repair of PDF text: ligatures, odd spaces, invisible characters.

Runs before the canonical text exists, so no offsets need mapping. Quotes and dashes stay as
printed; search folds them (`index.text.analyzer`).
"""

from __future__ import annotations

import re

from .symbols import signs

_REPAIRS = str.maketrans(
    {
        "\ufffe": "-",  # PDFium's mark for a hyphen at a line end: nearly always a real one
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
        "\ufb05": "st",
        "\ufb06": "st",
        "\u00a0": " ",
        "\u2007": " ",
        "\u202f": " ",
        "\t": " ",
        "\u00ad": None,  # soft hyphen
        "\u200b": None,
        "\u200c": None,
        "\u200d": None,
        "\u2060": None,
        "\ufeff": None,
        **{chr(code): None for code in range(32) if code not in (9, 10, 13)},
        **{chr(code): None for code in range(0x7F, 0xA0)},
        "\x83": "•",  # the mark of lists in some old fonts
        # Marks that turn the direction of writing: what is shown would not be what is stored.
        **{chr(code): None for code in (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F))},
        **{chr(code): None for code in range(0x2066, 0x206A)},
        "\u2028": " ",
        "\u2029": " ",
    }
)
_ODD = re.compile(f"[{re.escape(''.join(map(chr, _REPAIRS)))}¹²³⁰⁴-⁹\uf0a3-\uf0bb]")
"""To look for one of them takes a tenth of the time of translating a line."""
_SPACES = re.compile(r" {2,}")
_MARKS = re.compile("[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+")
_UNITS = re.compile(r"\b(?:[kcm]?m|10)\Z")
_DIGITS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True))


def _mark(match: re.Match[str]) -> str:
    """Raised digits after a word or a number are a footnote's mark, at the head its number."""
    before = match.string[: match.start()]
    if _UNITS.search(before):
        return match[0]
    if before.strip():
        return "\u200b"
    return "".join(_DIGITS[char] for char in match[0])


def repair(printed: str) -> tuple[str, int]:
    """The line as a person reads it, and how many leading characters of `printed` went."""
    if (printed.isascii() and printed.isprintable()) or not _ODD.search(printed):
        text = printed.lstrip(" ")
        lead = len(printed) - len(text)
        return (_SPACES.sub(" ", text) if "  " in text else text).rstrip(" "), lead
    text = signs(_MARKS.sub(_mark, printed).translate(_REPAIRS))
    lead = len(printed) - len(printed.lstrip(" \t\xa0"))
    if "  " in text:
        text = _SPACES.sub(" ", text)
    return text.strip(" "), lead
