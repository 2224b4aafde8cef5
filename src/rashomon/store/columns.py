"""Short ways to write the columns of the case's tables.

In: names. Out: SQLAlchemy columns. Never: a column that only one kind of database knows.
"""

import re
from functools import lru_cache
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, Dialect, Float, ForeignKey, Integer, LargeBinary, TypeDecorator
from sqlalchemy import Text as PlainText

Number = BigInteger().with_variant(Integer(), "sqlite")
"""Row numbers: 64 bits everywhere (SQLite numbers rows by itself only where the type is INTEGER)."""


_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def _clean(value: str) -> str:
    return value if value.isascii() and "\0" not in value else _UNSTORABLE.sub("\ufffd", value)


@lru_cache(maxsize=2048)
def clean_text(value: str) -> str:
    """Words as a database holds them; for a few that are stored over and over."""
    return _clean(value)


class Text(TypeDecorator[str]):
    """Words. Code points that no database holds (NUL, lone surrogates) become U+FFFD one by one, so offsets stay."""

    impl = PlainText
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """The words as they are stored."""
        del dialect
        return None if value is None else _clean(value)


def number(name: str = "number") -> Column[Any]:
    """The row's own number, given in order of arrival."""
    return Column(name, Number, primary_key=True)


def page(name: str = "page", *, key: bool = False) -> Column[Any]:
    """The number of the page that the row belongs to; the row goes when the page goes."""
    return Column(name, Number, ForeignKey("pages.number", ondelete="CASCADE"), primary_key=key, nullable=False)


def of(name: str, table: str, column: str = "number") -> Column[Any]:
    """The row of `table` that this row is a part of; first column of the row's key."""
    kind = Text() if column == "id" else Number
    return Column(name, kind, ForeignKey(f"{table}.{column}", ondelete="CASCADE"), primary_key=True)


def ordinal(name: str = "ordinal") -> Column[Any]:
    """The place in its sequence, from 0; second column of the row's key."""
    return Column(name, Integer, primary_key=True, autoincrement=False)


def text(name: str, *, null: bool = False) -> Column[Any]:
    """Words."""
    return Column(name, Text, nullable=null)


def integer(name: str, *, null: bool = False) -> Column[Any]:
    """A whole number."""
    return Column(name, Number, nullable=null)


def real(name: str, *, null: bool = False) -> Column[Any]:
    """A number of double precision."""
    return Column(name, Float(53), nullable=null)


def json(name: str, *, null: bool = False) -> Column[Any]:
    """A value that is read whole, never searched within; `None` is NULL."""
    return Column(name, JSON(none_as_null=True), nullable=null)


def blob(name: str, *, null: bool = False) -> Column[Any]:
    """Bytes."""
    return Column(name, LargeBinary, nullable=null)


def span(name: str = "", *, null: bool = False) -> tuple[Column[Any], Column[Any]]:
    """A half-open range of the article's text; its words are cut from there, so that they stand in one place."""
    prefix = f"{name}_" if name else ""
    return integer(f"{prefix}start_char", null=null), integer(f"{prefix}end_char", null=null)
