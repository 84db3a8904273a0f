"""Characters of symbol fonts, whose codes say nothing without the font: "≥" is F0B3 in Symbol.

Source: Adobe's Symbol encoding, and of Microsoft's Wingdings what stands in running text.
"""

from __future__ import annotations

import re
from typing import Final

_GREEK: Final = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"
_SYMBOL: Final = {
    **dict(zip(range(0x41, 0x5B), _GREEK, strict=True)),
    **dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)),
    **dict(zip(range(0xA0, 0xBD), "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…", strict=True)),
    **dict(zip(range(0xD0, 0xE0), "∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓", strict=True)),
    0x22: "∀",
    0x24: "∃",
    0x2A: "∗",
    0x2D: "−",
    0x40: "≅",
    0x7E: "∼",
    0xE5: "∑",
}
_WINGDINGS: Final = {
    0x6C: "●",
    0x6E: "■",
    0x71: "❑",
    0x76: "❖",
    0x9F: "•",
    0xA7: "▪",
    0xA8: "◻",
    0xD8: "➢",
    0xDF: "←",
    0xE0: "→",
    0xE1: "↑",
    0xE2: "↓",
    0xE8: "➔",
    0xF0: "⇨",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
}
PRIVATE: Final = 0xF000
"""Symbol fonts' codes stand from here on in Unicode's private use area."""

_IN_TEXT: Final = re.compile("(?<=\\S )[\uf0a3\uf0ad-\uf0b1\uf0b3\uf0b4\uf0b8\uf0b9\uf0bb]")
"""Signs of Symbol after a word: at the head of a line they would be a list's."""


def character(font: str, code: int) -> str | None:
    """What a code of a symbol font shows; None where the font or the code is not known."""
    low = code - PRIVATE if code >= PRIVATE else code
    name = font.lower()
    if name == "symbol":
        return _SYMBOL.get(low) or (chr(low) if 0x20 <= low < 0x7F else None)
    return _WINGDINGS.get(low) if name.startswith("wingdings") else None


def in_symbol_font(text: str, font: str) -> str:
    """The text of a run that is set in a symbol font."""
    return "".join(character(font, ord(char)) or char for char in text)


def signs(text: str) -> str:
    """The text with the signs of Symbol that it keeps as private characters."""
    return _IN_TEXT.sub(lambda match: _SYMBOL[ord(match[0]) - PRIVATE], text)
