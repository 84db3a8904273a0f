"""Excel workbooks: typed cells, links to the source, and a sheet that says what columns mean."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import IO, TYPE_CHECKING, Any, Final

from corpus.errors import UsageError

from .columns import LINKS, ColumnType, describe
from .formats import output
from .spool import Row, Spool, plain

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS: Final = 1_048_575
"""Rows of a sheet, below its head."""
MOST_CHARACTERS: Final = 32_767
MOST_LINKS: Final = 65_530
MOST_OF_LINK: Final = 2_079
CUT: Final = " [cut]"
"""Ends a text that a cell cannot hold whole."""
EXACT: Final = 2**53
"""Whole numbers beyond this are not exact in a cell."""

_WIDTHS: Final[dict[ColumnType, int]] = {"date": 12, "integer": 10, "number": 10, "boolean": 10}
_WIDE: Final = {"text": 80, "evidence": 80, "demand": 80, "definition": 80, "citation": 60}
_USUAL: Final = 18


@output("xlsx", binary=True, suffixes=(".xlsx",), brief=True)
def write_xlsx(rows: Iterable[Row], out: IO[bytes]) -> None:
    """A workbook with dates, links, filters and a sheet of meanings; text is never a formula."""
    from xlsxwriter import Workbook  # noqa: PLC0415 (few answers are workbooks)

    with Spool(rows) as spool:
        if spool.count > MOST_ROWS:
            raise UsageError(
                f"{spool.count:,} rows are more than a worksheet holds; write a .csv or .parquet"
                " file, or use --limit"
            )
        book = Workbook(out, {"constant_memory": True})
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        sheet = book.add_worksheet("Rows")
        _head(sheet, spool, head)
        writer = _Writer(sheet, book.add_format({"num_format": "yyyy-mm-dd"}))
        types = [(name, spool.type_of(name)) for name in spool.columns]
        for number, row in enumerate(spool, start=1):
            for column, (name, kind) in enumerate(types):
                writer.write(number, column, name, kind, row.get(name))
        if types:
            sheet.autofilter(0, 0, spool.count, len(types) - 1)
        _dictionary(book.add_worksheet("Columns"), types, head)
        book.close()


def _head(sheet: Worksheet, spool: Spool, head: Format) -> None:
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(spool.columns):
        width = _WIDE.get(name) or _WIDTHS.get(spool.type_of(name), _USUAL)
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, _fitting(name), head)


def _dictionary(sheet: Worksheet, types: Iterable[tuple[str, ColumnType]], head: Format) -> None:
    """What each column means, a row a column."""
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 10)
    sheet.set_column(2, 2, 100)
    for column, title in enumerate(("column", "type", "meaning")):
        sheet.write_string(0, column, title, head)
    for number, (name, kind) in enumerate(types, start=1):
        for column, text in enumerate((name, kind, describe(name))):
            sheet.write_string(number, column, _fitting(text))


class _Writer:
    """Writes values into cells of the kind that a column has."""

    def __init__(self, sheet: Worksheet, day: Format) -> None:
        self._sheet = sheet
        self._day = day
        self._links = 0

    def write(self, row: int, column: int, name: str, kind: ColumnType, value: Any) -> None:
        if value is None:
            return
        if isinstance(value, bool):
            self._sheet.write_boolean(row, column, value)
        elif isinstance(value, int | float) and math.isfinite(value) and abs(value) <= EXACT:
            self._sheet.write_number(row, column, value)
        elif kind == "date" and (day := _day(value)):
            self._sheet.write_datetime(row, column, day, self._day)
        elif name in LINKS and self._is_link(value):
            self._links += 1
            self._sheet.write_url(row, column, value, string=value)
        elif text := plain(value):
            self._sheet.write_string(row, column, _fitting(text))

    def _is_link(self, value: Any) -> bool:
        """Whether it leads to the web, and Excel still takes it."""
        safe = str(value).startswith(("https://", "http://"))
        return safe and len(value) <= MOST_OF_LINK and self._links < MOST_LINKS


def _day(value: Any) -> datetime | None:
    """A whole day that Excel knows; months and years stay text."""
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        return None
    # Excel takes 1900 for a leap year: days before March 1900 would be off by one.
    return datetime.combine(day, time()) if day >= date(1900, 3, 1) else None


def _fitting(text: str) -> str:
    """The text, cut with a mark where a cell cannot hold it."""
    text = text.encode("utf-8", "replace").decode()
    # Excel counts UTF-16 units.
    units = text.encode("utf-16-le")
    if len(units) // 2 <= MOST_CHARACTERS:
        return text
    room = 2 * (MOST_CHARACTERS - len(CUT))
    return units[:room].decode("utf-16-le", "ignore") + CUT
