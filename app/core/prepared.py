"""Questions asked thousands of times an hour: compiled to text once, asked straight of the driver afterwards.

Building and matching a statement costs more than the database needs to answer it. Types are read and written as
everywhere else. What a session has not written yet is not seen: who may hold such, flushes first.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Dialect, Insert, Select, Table
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from app.core.db import Single, driver_of

Reader = Callable[[Any], Any]
Writer = Callable[[Any], Any]
_INSERT: dict[str, Any] = {"postgresql": postgresql_insert, "sqlite": sqlite_insert}


class _Compiled(NamedTuple):
    text: str
    # Names of the parameters in their order, where the driver takes them by place.
    places: tuple[str, ...] | None
    constants: dict[str, Any]
    writers: tuple[tuple[str, Writer], ...]
    readers: tuple[tuple[str, Reader | None], ...]

    def write(self, values: dict[str, Any]) -> Any:
        """Constants and values as the driver takes them."""
        given: dict[str, Any] = self.constants | values
        for name, writer in self.writers:
            given[name] = writer(given[name])
        return given if self.places is None else tuple(given[name] for name in self.places)

    def read(self, row: Sequence[Any]) -> Iterator[tuple[str, Any]]:
        """The values of a row by name, each as its type reads it."""
        for (name, reader), value in zip(self.readers, row, strict=True):
            yield name, value if reader is None else reader(value)


class Prepared:
    """A question with named parameters; ``make`` gives it for an engine, by the engine's name."""

    def __init__(self, make: Callable[[str], Select[Any] | Insert]) -> None:
        self._make = make
        self._compiled: dict[str, _Compiled] = {}

    def ask(self, session: Session | Single, **values: Any) -> list[dict[str, Any]]:
        """The rows, each as its values by name."""
        dialect, driver = driver_of(session)
        compiled = self._compiled.get(dialect.name) or self._compile(dialect)
        return [dict(compiled.read(row)) for row in driver.execute(compiled.text, compiled.write(values)).fetchall()]

    def _compile(self, dialect: Dialect) -> _Compiled:
        statement = self._make(dialect.name)
        compiled: Any = statement.compile(
            dialect=dialect, column_keys=_given(statement), compile_kwargs={"render_postcompile": True}
        )
        readers = tuple(
            (str(column.key), column.type.dialect_impl(dialect).result_processor(dialect, None))
            for column in statement.exported_columns
        )
        writers = (
            (name, bind.type.dialect_impl(dialect).bind_processor(dialect)) for name, bind in compiled.binds.items()
        )
        self._compiled[dialect.name] = _Compiled(
            text=str(compiled),
            places=tuple(compiled.positiontup) if compiled.positiontup is not None else None,
            # What must be given is never taken for NULL: SQLite would pass over such a row without a word.
            constants={name: value for name, value in compiled.params.items() if not _required(compiled, name)},
            writers=tuple((name, writer) for name, writer in writers if writer is not None),
            readers=readers,
        )
        return self._compiled[dialect.name]


def adding(table: Any, *also: ColumnElement[Any]) -> Prepared:
    """Adds a row, each of whose columns but a number given by the database is a parameter; answers with its key.

    Answers with nothing, and adds nothing, where the row would be the second of its kind. ``table`` is a model;
    ``also`` is answered besides: of a question inside it nobody should care whether it sees the new row, for that
    differs between engines.
    """
    rows: Table = table.__table__
    return Prepared(lambda engine: _INSERT[engine](rows).on_conflict_do_nothing().returning(*rows.primary_key, *also))


def _required(compiled: Any, name: str) -> bool:
    return name in compiled.binds and bool(compiled.binds[name].required)


def _given(statement: Select[Any] | Insert) -> list[str] | None:
    """The columns that an added row is given."""
    if isinstance(statement, Select):
        return None
    table: Any = statement.table
    return [column.key for column in table.columns if column is not table.autoincrement_column]
