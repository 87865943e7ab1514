"""Rows become a frame of their table, with nothing coerced.

polars alone would read "2020-01-01" as a day, True as 1 and "abc" as three list elements.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import polars as pl

from schemas.contract import Contract, frame_schema, table_of
from schemas.errors import ContractBroken

_FIRST_SURROGATE, _LAST_SURROGATE = 0xD800, 0xDFFF
# A noncharacter that no text holds: every contract refuses the row that shows it.
_STANDS_FOR_SURROGATE = "\ufdd0"

_PYTHON_TYPES: dict[Any, tuple[type, ...]] = {
    pl.String: (str,),
    pl.Int64: (int,),
    pl.Float64: (float, int),
    pl.Boolean: (bool,),
    pl.Date: (date,),
    pl.Datetime("us", "UTC"): (datetime,),
}


def frame_of(rows: Sequence[Mapping[str, Any]], contract: type[Contract]) -> pl.DataFrame:
    """A frame of the contract's columns and types. A text that cannot be encoded is escaped."""
    schema = frame_schema(contract)
    _require_columns(rows, schema, contract)
    return pl.DataFrame(
        [_series(name, [row[name] for row in rows], schema, contract) for name in schema]
    )


def encodable(text: str) -> str:
    """The text with each lone surrogate as U+FDD0 and four hex digits, so that it can be kept.

    The row is refused by its contract, as every text column refuses noncharacters.
    """
    if text.isascii() or _can_be_encoded(text):
        return text
    return "".join(_escaped(character) for character in text)


def _series(name: str, values: list[Any], schema: pl.Schema, contract: type[Contract]) -> pl.Series:
    dtype = schema[name]
    if isinstance(dtype, pl.List):
        _require_lists(name, values, dtype, contract)
    else:
        _require_types(name, values, dtype, contract)
    try:
        return pl.Series(name, values, dtype=dtype, strict=True)
    except UnicodeEncodeError:
        return pl.Series(name, [_encodable_value(value) for value in values], dtype=dtype)
    except (TypeError, OverflowError) as error:
        raise ContractBroken(f"{table_of(contract)}.{name}: expected {dtype}: {error}") from error


def _require_columns(
    rows: Sequence[Mapping[str, Any]], schema: pl.Schema, contract: type[Contract]
) -> None:
    expected = schema.keys()
    for row in rows:
        if row.keys() != expected:
            missing = [name for name in expected if name not in row]
            new = [name for name in row if name not in schema]
            raise ContractBroken(
                f"{table_of(contract)}: a row has missing columns {missing} and new columns {new}. "
                "Build every row with exactly the columns of its contract in schemas/"
            )


def _require_lists(name: str, values: list[Any], dtype: pl.List, contract: type[Contract]) -> None:
    for value in values:
        if value is None:
            continue
        if type(value) not in {list, tuple}:
            raise _wrong_type(name, value, dtype, contract)
        _require_types(name, value, dtype.inner, contract)


def _require_types(name: str, values: Iterable[Any], dtype: Any, contract: type[Contract]) -> None:  # noqa: ANN401 - polars types have no common static type
    wanted = _PYTHON_TYPES[dtype]
    for found in set(map(type, values)) - {type(None), *wanted}:
        wrong = next(value for value in values if type(value) is found)
        raise _wrong_type(name, wrong, dtype, contract)
    if wanted == (datetime,):
        for value in values:
            if value is not None and value.utcoffset() != UTC.utcoffset(None):
                raise _wrong_type(name, value, dtype, contract)


def _wrong_type(
    name: str, value: object, dtype: object, contract: type[Contract]
) -> ContractBroken:
    return ContractBroken(
        f"{table_of(contract)}.{name}: expected {dtype}, found {type(value).__name__} "
        f"{value!r:.80}. Convert it where the row is built; contracts coerce nothing"
    )


def _encodable_value(value: Any) -> Any:  # noqa: ANN401 - one cell of any column
    if isinstance(value, str):
        return encodable(value)
    if isinstance(value, list | tuple):
        return [_encodable_value(element) for element in value]
    return value


def _can_be_encoded(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _escaped(character: str) -> str:
    code = ord(character)
    if _FIRST_SURROGATE <= code <= _LAST_SURROGATE:
        return f"{_STANDS_FOR_SURROGATE}{code:04x}"
    return character
