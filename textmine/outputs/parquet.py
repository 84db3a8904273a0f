"""Parquet files, by arro3: typed columns that know what they mean."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import IO, TYPE_CHECKING, Any, Final

from corpus.errors import UsageError

from .columns import ColumnType, describe
from .formats import output
from .spool import Row, Spool, plain

if TYPE_CHECKING:
    from arro3.core import Array, DataType, RecordBatch, Schema

BATCH: Final = 5_000
"""Rows that are in memory at once."""

_EPOCH: Final = date(1970, 1, 1)


@output("parquet", binary=True, suffixes=(".parquet",))
def write_parquet(rows: Iterable[Row], out: IO[bytes]) -> None:
    """Typed columns with their meanings, for pandas, DuckDB and R; needs `textmine[parquet]`."""
    try:
        from arro3.core import Field, RecordBatchReader, Schema  # noqa: PLC0415 (optional)
        from arro3.io import write_parquet as save  # noqa: PLC0415 (optional)
    except ImportError:
        raise UsageError(
            "Parquet files need one more package: pip install 'textmine[parquet]'"
        ) from None
    with Spool(rows) as spool:
        types = {name: _type(spool, name) for name in spool.columns}
        schema = Schema(
            [
                Field(name, _arrow(kind), metadata={"description": describe(name)})
                for name, kind in types.items()
            ]
        )
        reader = RecordBatchReader.from_batches(
            schema, _batches(spool, types, schema) if types else ()
        )
        save(reader, out, compression="zstd(3)")


def _type(spool: Spool, name: str) -> ColumnType:
    """The column's type; of dates that are not all whole days, text."""
    kind = spool.type_of(name)
    whole = kind != "date" or all(_days(row.get(name)) is not False for row in spool)
    return kind if whole else "text"


def _arrow(kind: ColumnType) -> DataType:
    from arro3.core import DataType, Field  # noqa: PLC0415 (optional)

    if kind == "list":
        return DataType.list(Field("item", DataType.utf8()))
    types = {
        "date": DataType.date32,
        "integer": DataType.int64,
        "number": DataType.float64,
        "boolean": DataType.bool,
    }
    return types.get(kind, DataType.utf8)()


def _batches(spool: Spool, types: dict[str, ColumnType], schema: Schema) -> Iterator[RecordBatch]:
    from arro3.core import RecordBatch  # noqa: PLC0415 (optional)

    rows = iter(spool)
    while batch := list(islice(rows, BATCH)):
        arrays = [_array(kind, [row.get(name) for row in batch]) for name, kind in types.items()]
        yield RecordBatch.from_arrays(arrays, schema=schema)


def _array(kind: ColumnType, values: Sequence[Any]) -> Array:
    from arro3.core import Array, DataType, list_array  # noqa: PLC0415 (optional)

    if kind == "list":
        ends = [0]
        items: list[str] = []
        for value in values:
            items += [each if isinstance(each, str) else _json(each) for each in value or ()]
            ends.append(len(items))
        inner = Array(items, type=DataType.utf8())
        return list_array(Array(ends, type=DataType.int32()), inner, type=_arrow(kind))
    if kind == "date":
        days = [_days(value) for value in values]
        return Array(days, type=DataType.int32()).cast(DataType.date32())
    if kind == "number":
        return Array([None if v is None else float(v) for v in values], type=_arrow(kind))
    if kind in {"integer", "boolean"}:
        return Array(list(values), type=_arrow(kind))
    return Array([None if v is None else plain(v) for v in values], type=DataType.utf8())


def _days(value: Any) -> int | bool | None:
    """A whole day as its number; False for what is none."""
    if value is None:
        return None
    try:
        return (date.fromisoformat(value) - _EPOCH).days
    except ValueError:
        return False


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
