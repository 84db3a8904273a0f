"""WordPiece as BERT without capitals has it: words into pieces of a vocabulary."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

START, END, UNKNOWN, INSIDE = "[CLS]", "[SEP]", "[UNK]", "##"
LONGEST: Final = 100
"""A word of more characters is unknown."""
WORDS: Final = 2**16
"""How many words' pieces are remembered."""

_PLANE: Final = range(0x10000)
_ASCII_MARKS: Final = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"


class Pieces(NamedTuple):
    """The numbers of a text's pieces, and where the word of each begins."""

    numbers: list[int]
    starts: list[int]


class WordPiece:
    """Takes texts apart, always into the longest pieces from the left."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(pieces)}
        self.start, self.end = self._numbers[START], self._numbers[END]
        self._words = _words()
        self._pieces_of = lru_cache(maxsize=WORDS)(self._cut)

    def __call__(self, text: str) -> Pieces:
        """The pieces of a text."""
        found = Pieces([], [])
        for word in self._words.finditer(text):
            numbers = self._pieces_of(word[0])
            found.numbers.extend(numbers)
            found.starts.extend([word.start()] * len(numbers))
        return found

    def _cut(self, word: str) -> tuple[int, ...]:
        plain = _plain(word)
        if len(plain) > LONGEST:
            return (self._numbers[UNKNOWN],)
        found: list[int] = []
        begin = 0
        while begin < len(plain):
            opening = INSIDE if begin else ""
            for end in range(len(plain), begin, -1):
                number = self._numbers.get(opening + plain[begin:end])
                if number is not None:
                    break
            else:
                return (self._numbers[UNKNOWN],)
            found.append(number)
            begin = end
        return tuple(found)


def _plain(word: str) -> str:
    """A word in lower case, without accents and what is not printed."""
    apart = unicodedata.normalize("NFD", word).lower()
    return "".join(c for c in apart if unicodedata.category(c) not in {"Mn", "Cc", "Cf", "Co"})


@lru_cache(maxsize=1)
def _words() -> re.Pattern[str]:
    """What finds words: each mark is one by itself."""
    marks = {chr(n) for n in _PLANE if unicodedata.category(chr(n)).startswith("P")}
    known = re.escape("".join(sorted(marks | set(_ASCII_MARKS))))
    return re.compile(rf"[{known}]|[^\s{known}]+")
