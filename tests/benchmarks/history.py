"""Applications with a history of so many messages, each on a database of its own."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import select, text, update

import config
from tests.cast import acting
from tests.support.postgres import postgres
from wa_assistant import create_app
from wa_assistant.cli.demo import interview
from wa_assistant.cli.demo.fill import Asked, fill
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.extensions import with_migrations
from wa_assistant.insight import rollup
from wa_assistant.knowledge import documents
from wa_assistant.models import Journey, Participant

EACH = 10  # messages of a participant
PRETENDED = 40  # of the participants, as where the simulator is used now and then


@contextmanager
def application(messages: int, keep: str | None, on_postgres: bool) -> Iterator[Flask]:
    """Filled anew, unless an earlier run has kept it in the directory `keep`."""
    with ExitStack() as stack:
        name = keep or stack.enter_context(tempfile.TemporaryDirectory(prefix="wa-pages-"))
        directory = Path(name) / str(messages)
        directory.mkdir(parents=True, exist_ok=True)
        environ = {"DATA_DIR": str(directory)}
        if on_postgres:
            server = stack.enter_context(postgres(directory / "pg"))
            environ["DATABASE_URL"] = server.get_uri()
        app = with_migrations(create_app(config.load(environ, dotenv=None)))
        with app.app_context():
            upgrade()
            if db.session.scalar(select(Participant.id).limit(1)) is None:
                filled(messages)
        yield app
        with app.app_context():
            db.engine.dispose()


def filled(messages: int) -> None:
    fill(Asked(messages // EACH, messages, 1, utcnow()))
    documents.upload(acting("helena"), "horarios.md", b"# A secretaria abre cedo")
    with transaction():
        real = update(Participant).where(Participant.id > PRETENDED)
        db.session.execute(real.values(simulated=False))
        led = db.session.scalars(select(Journey).where(Journey.name == interview.NAME)).one()
        db.session.add(interview.version(2, led.id, utcnow()))  # to which one may move
    rollup.roll_up(float("inf"))
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))  # as it does by itself some time later
