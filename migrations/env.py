"""Runs the migrations on the application's own engine, in one transaction."""

from alembic import context
from flask import current_app

engine = current_app.extensions["migrate"].db.engine
metadata = current_app.extensions["migrate"].db.metadata


def run() -> None:
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=metadata,
            render_as_batch=True,
            user_module_prefix="database.",
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
