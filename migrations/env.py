"""Runs migrations on the database handed over by ``app.core.schema``."""

from alembic import context

from app.core.db import Base, JSONText, UTCDateTime
from app.core.schema import load_models

load_models()


def render_item(kind, item, autogen):  # type: ignore[no-untyped-def]
    """Keep migrations free of the program's own types: a later change there must not alter an old step."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, JSONText):
        return "sa.Text()"
    return False


def run() -> None:
    database = context.config.attributes["database"]
    with database.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            render_item=render_item,
            compare_type=True,
            autogenerate_plugins=["alembic.autogenerate.*", "alembic.ext.checkconstraint_byname"],
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
