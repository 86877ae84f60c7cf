"""The schema: finding every table, and bringing a database up to date."""

import importlib
import importlib.util
import pkgutil
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import app
from app.core.db import Base, Database

if TYPE_CHECKING:
    from alembic.config import Config

ROOT = Path(app.__file__).resolve().parent.parent


def slice_modules(name: str) -> list[ModuleType]:
    """The module of this name of every slice that has one: how a floor finds what slices bring to it."""
    slices = (f"app.{module.name}.{name}" for module in pkgutil.iter_modules(app.__path__) if module.ispkg)
    return [importlib.import_module(path) for path in slices if importlib.util.find_spec(path)]


def load_models() -> None:
    """Import the tables of every slice, so that the metadata is whole."""
    slice_modules("models")


def alembic_config(database: Database | None = None) -> "Config":
    """Configuration of the migration tool; the connection is handed over, never a URL with a password."""
    # Every process starts with this module, and few of them migrate: the tool is loaded by those that do.
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    if database is not None:
        config.attributes["database"] = database
    return config


def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the database to the revision; harmless when it is there already."""
    from alembic import command

    command.upgrade(alembic_config(database), revision)


def downgrade(database: Database, revision: str) -> None:
    from alembic import command

    command.downgrade(alembic_config(database), revision)


def is_current(database: Database) -> bool:
    """Whether the database has every migration this program knows."""
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    head = ScriptDirectory.from_config(alembic_config()).get_current_head()
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == head


__all__ = ["Base", "alembic_config", "downgrade", "is_current", "load_models", "slice_modules", "upgrade"]
