"""Each start sees that the tables are there, and the journeys that come with the product."""

from flask_migrate import upgrade
from sqlalchemy import select

import config as configuration
from deploy import schema
from wa_assistant.database import db, transaction
from wa_assistant.journey import starters
from wa_assistant.models import Journey

from .cast import rows


def shipped() -> set[str]:
    return {f"{each.key}:{language}" for each in starters.STARTERS for language in each.names}


def test_what_comes_with_the_product_is_known_without_the_application():
    assert schema.shipped_journeys() == shipped()


def test_a_start_after_one_that_ended_between_tables_and_journeys_makes_them(
    make_app, environ, bare_database_url
):
    environ = {**environ, "DATABASE_URL": bare_database_url}
    config = configuration.load(environ, dotenv=None)
    with make_app(DATABASE_URL=bare_database_url).app_context():
        upgrade()
        assert schema.journeys(config) == set()
        schema.migrate(config)
        assert set(db.session.scalars(select(Journey.starter))) == shipped()
        with transaction() as session:
            session.get_one(Journey, rows(Journey)[0].id).name = "Ours"
        schema.migrate(config)
        assert rows(Journey)[0].name == "Ours"
        assert len(rows(Journey)) == len(shipped())
