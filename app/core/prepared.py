"""Questions asked thousands of times an hour: compiled to text once, asked straight of the driver afterwards.

Building and matching a statement costs more than the database needs to answer it. Types are read as everywhere else.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Dialect, Select
from sqlalchemy.orm import Session

from app.core.db import Single, driver_of

Reader = Callable[[Any], Any]


class _Compiled(NamedTuple):
    text: str
    # Names of the parameters in their order, where the driver takes them by place.
    places: tuple[str, ...] | None
    constants: dict[str, Any]
    readers: tuple[tuple[str, Reader | None], ...]

    def read(self, row: Sequence[Any]) -> Iterator[tuple[str, Any]]:
        """The values of a row by name, each as its type reads it."""
        for (name, reader), value in zip(self.readers, row, strict=True):
            yield name, value if reader is None else reader(value)


class Prepared:
    """A question with named parameters; ``make`` gives it for an engine, by the engine's name."""

    def __init__(self, make: Callable[[str], Select[Any]]) -> None:
        self._make = make
        self._compiled: dict[str, _Compiled] = {}

    def ask(self, session: Session | Single, **values: Any) -> list[dict[str, Any]]:
        """The rows, each as its values by name."""
        dialect, driver = driver_of(session)
        compiled = self._compiled.get(dialect.name) or self._compile(dialect)
        given: Any = compiled.constants | values
        if compiled.places is not None:
            given = tuple(given[name] for name in compiled.places)
        return [dict(compiled.read(row)) for row in driver.execute(compiled.text, given).fetchall()]

    def _compile(self, dialect: Dialect) -> _Compiled:
        statement = self._make(dialect.name)
        compiled = statement.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
        readers = tuple(
            (str(column.key), column.type.dialect_impl(dialect).result_processor(dialect, None))
            for column in statement.selected_columns
        )
        places = tuple(compiled.positiontup) if compiled.positiontup is not None else None
        self._compiled[dialect.name] = _Compiled(str(compiled), places, dict(compiled.params), readers)
        return self._compiled[dialect.name]
