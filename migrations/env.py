"""Runs the migrations on the application's own engine, in one transaction."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection

engine = current_app.extensions["migrate"].db.engine
metadata = current_app.extensions["migrate"].db.metadata
on_sqlite = engine.dialect.name == "sqlite"
# Until the transaction ends: several machines may start at once.
ALONE = "SELECT pg_advisory_xact_lock(hashtext('migrations'))"


def run() -> None:
    with engine.connect() as connection:
        if on_sqlite:
            # A table is altered by copying it: dropping the old one would take along, or stumble
            # over, what refers to it.
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        context.configure(
            connection=connection,
            target_metadata=metadata,
            render_as_batch=True,
            user_module_prefix="database.",
            include_name=is_known,
        )
        try:
            with context.begin_transaction():
                if not on_sqlite:  # there, who starts the product has locked its DATA_DIR
                    connection.exec_driver_sql(ALONE)
                context.run_migrations()
            if on_sqlite:
                check_references(connection)
            connection.commit()
        finally:
            connection.detach()  # and with it the pragma


def is_known(name: str | None, kind: str, parents: object) -> bool:
    """What is named index_ is made of the tables, by hand and differently on each database."""
    return not (name or "").startswith("index_")


def check_references(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise RuntimeError(f"The migration would leave rows that refer to nothing: {broken[:5]}")


run()
