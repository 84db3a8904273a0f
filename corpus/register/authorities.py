"""The register of authorities: keys, names, dates, successors, and resolution of printed names.

The register that is shipped lists England's authorities; `Register.load(path)` reads another in
the same columns. A name that is not in it is no error: the caller keeps it as printed.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from importlib.resources import files
from io import StringIO
from itertools import pairwise
from pathlib import Path

from ..errors import DataError
from ..lazy import lazy
from . import authority_names as names

_REQUIRED = ("key", "name", "region")
_OPTIONAL = (
    "kind",
    "urn",
    "gss",
    "former_gss",
    "la_code",
    "valid_from",
    "valid_to",
    "successors",
    "neighbours",
    "aliases",
    "trusts",
)
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WORD = re.compile(r"[^\W\d_]+|&")
_BETWEEN_WORDS = re.compile(r"[\s,\u00ad\u2010-\u2013-]*|(?<=[Ss]t)\.\s*")
_LONGEST_NAME = 12
"""Words that a printed name may have: "Royal Borough of Windsor and Maidenhead Council"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """A local authority, present or abolished.

    `key` is for ever; `name` is how we print it. `valid_from` and `valid_to` are its first and
    last day, None where it is older than the register or still there. `successors` and
    `neighbours` (statistical ones, the closest first) are keys. `trusts` are the bodies that
    run services for this authority alone.
    """

    key: str
    name: str
    region: str
    kind: str | None = None
    urn: str | None = None
    gss: str | None = None
    former_gss: str | None = None
    la_code: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    successors: tuple[str, ...] = ()
    neighbours: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    trusts: tuple[str, ...] = ()

    def existed(self, on: date) -> bool:
        """Whether it was there on that day."""
        return (self.valid_from or date.min) <= on <= (self.valid_to or date.max)


class Register:
    """All authorities of one register, in its order."""

    def __init__(self, authorities: Iterable[Authority]) -> None:
        self._by_key = {authority.key: authority for authority in authorities}
        self._printed = _printed(self)

    @lazy
    def _by_code(self) -> dict[str, Authority]:
        """By key, and by the numbers that Ofsted, the ONS and the DfE give."""
        codes = {
            code.casefold(): authority
            for authority in self
            for code in (authority.la_code, authority.former_gss, authority.gss, authority.urn)
            if code
        }
        return codes | self._by_key

    @lazy
    def _by_trust(self) -> dict[str, Authority]:
        return {names.key(trust): authority for authority in self for trust in authority.trusts}

    @lazy
    def _by_name(self) -> dict[str, tuple[Authority, ...]]:
        """Every form of every name and alias; what the register prints outranks a form."""
        forms = {form: a for name, a in self._printed.items() for form in names.forms(name)}
        return forms | self._printed

    @lazy
    def _beginnings(self) -> frozenset[str]:
        return frozenset(name[:3] for name in self._by_name)

    @classmethod
    def load(cls, path: Path | None = None) -> Register:
        """Read the register in `path`, or the one that is shipped.

        Raises DataError, with file, line and reason, where it cannot be used.
        """
        source = path or files(__package__).joinpath("authorities.csv")
        try:
            text = source.read_text(encoding="utf-8-sig")
        except OSError as error:
            raise DataError(f"{source}: cannot read the register: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise DataError(
                f"{source}: the register is not UTF-8 text; save it as CSV UTF-8"
            ) from error
        return cls(_parse(text, str(source)))

    def __iter__(self) -> Iterator[Authority]:
        return iter(self._by_key.values())

    def __len__(self) -> int:
        return len(self._by_key)

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions that occur, in alphabetical order."""
        return tuple(sorted({authority.region for authority in self}))

    def by_key(self, key: str) -> Authority | None:
        """The authority with this key."""
        return self._by_key.get(key)

    def by_trust(self, printed: str) -> Authority | None:
        """The one authority that a children's trust of this name works for.

        For titles only: a trust may print its name where the council's is expected.
        """
        return self._by_trust.get(names.key(printed))

    def resolve(self, printed: str, on: date | None = None) -> Authority | None:
        """The authority that a whole name means, printed or typed.

        A name in any of its usual forms ("Bexley, London Borough of", "NE Lincolnshire",
        "LB Camden"), a former name, an alias, an ONS code, Ofsted's number or our key. Where an
        old and a new authority share the name, the one that existed `on` that day; without a
        day, the one that exists now.
        """
        found = self.bearers(printed)
        return _choose(found, on) if found else None

    def bearers(self, printed: str) -> tuple[Authority, ...]:
        """Every authority that has borne the name, or has the code."""
        name = names.key(printed)
        if found := self._printed.get(name):
            return found
        if coded := self._by_code.get(printed.strip().casefold()):
            return (coded,)
        full = names.key(names.in_full(printed))
        for form in dict.fromkeys((name, full)):
            if found := self._by_name.get(form) or self._by_name.get(names.without_services(form)):
                return found
        return ()

    def matching(self, typed: str) -> tuple[Authority, ...]:
        """What a person may mean: who bears the name, else whose names have its words in them."""
        if found := self.bearers(typed):
            return found
        words = names.words(typed)
        return tuple(
            authority
            for authority in self
            if words.strip()
            and any(words in names.words(name) for name in (authority.name, *authority.aliases))
        )

    def nearest(self, typed: str, count: int = 3) -> tuple[str, ...]:
        """The names most like one that means no authority, the likest first."""
        known = {
            names.words(name).strip(): authority.name
            for authority in self
            for name in (*authority.aliases, authority.name)
        }
        words = names.words(names.bare(typed)).strip()
        close = get_close_matches(words, known, 2 * count, cutoff=0.6)
        return tuple(dict.fromkeys(known[name] for name in close))[:count]

    def suggestion(self, typed: str) -> str:
        """What to write instead of a name that means no authority."""
        *others, last = self.nearest(typed) or ("",)
        if not last:
            return "to list them: textmine authorities"
        return f"did you mean {', '.join(others)} or {last}?" if others else f"did you mean {last}?"

    def find(self, text: str, on: date | None = None) -> tuple[Authority, int, int] | None:
        """The first authority named in running text, and the `[start, end)` of its printed name.

        The longest form wins. Police forces, health boards, addresses, people and ordinary
        words that only look like an authority are passed over.
        """
        words = list(_WORD.finditer(text))
        place = 0
        while place < len(words):
            found, after = self._longest(text, words, place)
            start, end = words[place].start(), words[after - 1].end()
            if found and not names.is_another(text, start, end):
                return _choose(found, on), start, end
            place = after
        return None

    def _longest(
        self, text: str, words: list[re.Match[str]], first: int
    ) -> tuple[tuple[Authority, ...], int]:
        """The authorities of the longest name from `first` on, and the word after it."""
        found: tuple[Authority, ...] = ()
        after = first + 1
        name = ""
        for place in range(first, min(first + _LONGEST_NAME, len(words))):
            word = words[place]
            if name and not _BETWEEN_WORDS.fullmatch(text, words[place - 1].end(), word.start()):
                break
            name += "and" if word[0] == "&" else word[0].lower()
            if len(name) >= 3 and name[:3] not in self._beginnings:
                break  # most words end here: no name begins like this
            if name in self._by_name:
                found, after = self._by_name[name], place + 1
        return found, after


def _printed(authorities: Iterable[Authority]) -> dict[str, tuple[Authority, ...]]:
    """The keys of all names and aliases, each with the authorities that bear it."""
    printed: dict[str, tuple[Authority, ...]] = {}
    for authority in authorities:
        for name in dict.fromkeys(map(names.key, (authority.name, *authority.aliases))):
            printed[name] = (*printed.get(name, ()), authority)
    return printed


def _choose(candidates: tuple[Authority, ...], on: date | None) -> Authority:
    """The one that existed on the day, else the youngest."""
    youngest_first = sorted(candidates, key=lambda a: a.valid_to or date.max, reverse=True)
    if on is None:
        return youngest_first[0]
    return next((a for a in youngest_first if a.existed(on)), youngest_first[0])


def _parse(text: str, source: str) -> list[Authority]:
    """The rows of a register, checked: names and keys lead to one authority, links to a row."""
    reader = csv.DictReader(StringIO(text), strict=True)
    lines: dict[str, int] = {}
    authorities: list[Authority] = []
    try:
        _check_columns(reader.fieldnames or ())
        for row in reader:
            authority = _authority(row, lines)
            lines[authority.key] = reader.line_num
            authorities.append(authority)
    except (csv.Error, ValueError) as error:
        raise DataError(f"{source}:{max(reader.line_num, 1)}: {error}") from error
    for key, problem in (*_wrong_links(authorities, lines), *_shared_names(authorities)):
        raise DataError(f"{source}:{lines[key]}: {problem}")
    return authorities


def _check_columns(columns: Iterable[str]) -> None:
    if missing := set(_REQUIRED).difference(columns):
        raise ValueError(f"missing columns: {', '.join(sorted(missing))}")
    if unknown := set(columns).difference(_REQUIRED, _OPTIONAL):
        raise ValueError(f"unknown columns: {', '.join(sorted(unknown))}")


def _authority(
    row: Mapping[str | None, str | list[str] | None], lines: Mapping[str, int]
) -> Authority:
    """One row; raises ValueError with what is wrong about it."""
    if None in row or None in row.values():
        raise ValueError("the row has more or fewer cells than there are columns")
    cells = {str(column): str(cell).strip() for column, cell in row.items()}
    for column in _REQUIRED:
        if not cells[column]:
            raise ValueError(f"{column} is empty")
    for name in (cells["name"], *_several(cells.get("aliases")), *_several(cells.get("trusts"))):
        if not names.key(name):
            raise ValueError(f"the name {name!r} has no letters")
    if not _KEY.fullmatch(cells["key"]):
        raise ValueError(f"key {cells['key']!r} is not lower-case words joined by hyphens")
    if cells["key"] in lines:
        raise ValueError(f"key {cells['key']!r} is also in line {lines[cells['key']]}")
    return Authority(
        key=cells["key"],
        name=cells["name"],
        region=cells["region"],
        kind=cells.get("kind") or None,
        urn=cells.get("urn") or None,
        gss=cells.get("gss") or None,
        former_gss=cells.get("former_gss") or None,
        la_code=cells.get("la_code") or None,
        valid_from=_day(cells.get("valid_from")),
        valid_to=_day(cells.get("valid_to")),
        successors=_several(cells.get("successors")),
        neighbours=_several(cells.get("neighbours")),
        aliases=_several(cells.get("aliases")),
        trusts=_several(cells.get("trusts")),
    )


def _day(cell: str | None) -> date | None:
    return date.fromisoformat(cell) if cell else None


def _several(cell: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (cell or "").split(";") if part.strip())


def _wrong_links(
    authorities: Iterable[Authority], keys: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """Keys of rows, each with what is wrong about its successors or neighbours."""
    for authority in authorities:
        for key in (*authority.successors, *authority.neighbours):
            if key not in keys:
                yield authority.key, f"refers to {key!r}, which no row has as its key"


def _shared_names(authorities: Iterable[Authority]) -> Iterator[tuple[str, str]]:
    """Keys of rows that print a name which another authority of the same time has."""
    for name, owners in _printed(authorities).items():
        for one, other in pairwise(sorted(owners, key=lambda a: a.valid_from or date.min)):
            if (one.valid_to or date.max) >= (other.valid_from or date.min):
                yield other.key, f"the name {name!r} is also one of {one.key}"
