"""Each start sees that the tables are there, and the journeys that come with the product."""

import pytest
from flask_migrate import upgrade
from sqlalchemy import select, text

import config as configuration
from deploy import schema
from wa_assistant.database import db, transaction
from wa_assistant.extensions import with_migrations
from wa_assistant.journey import starters
from wa_assistant.models import Journey, Role, User

from .cast import rows
from .support.old_tables import row_of_old


def shipped() -> set[str]:
    return {f"{each.key}:{language}" for each in starters.STARTERS for language in each.names}


def test_what_comes_with_the_product_is_known_without_the_application():
    assert schema.shipped_journeys() == shipped()


def test_a_start_after_one_that_ended_between_tables_and_journeys_makes_them(
    make_app, environ, bare_database_url
):
    environ = {**environ, "DATABASE_URL": bare_database_url}
    config = configuration.load(environ, dotenv=None)
    with with_migrations(make_app(DATABASE_URL=bare_database_url)).app_context():
        upgrade()
        assert schema.journeys(config) == set()
        schema.migrate(config)
        assert set(db.session.scalars(select(Journey.starter))) == shipped()
        with transaction():
            db.session.get_one(Journey, rows(Journey)[0].id).name = "Ours"
        schema.migrate(config)
        assert rows(Journey)[0].name == "Ours"
        assert len(rows(Journey)) == len(shipped())


@pytest.fixture
def of_old(make_app, environ, bare_database_url):
    """A database's configuration whose migrations are gone, with the first release's tables."""
    environ = {**environ, "DATABASE_URL": bare_database_url}
    with with_migrations(make_app(DATABASE_URL=bare_database_url)).app_context():
        upgrade(revision=schema.FIRST)
        with transaction():
            db.session.execute(text("UPDATE alembic_version SET version_num = '0099'"))
            row_of_old("users", email="caio@example.com", role=Role.OWNER)
        yield configuration.load(environ, dotenv=None)


def test_a_database_from_before_the_first_release_is_kept_where_its_tables_are_its_own(
    of_old, capsys
):
    schema.migrate(of_old)
    assert capsys.readouterr().out.count("it is kept") == 1
    assert schema.current_revision(of_old) in schema.revisions()[1]
    assert [user.email for user in rows(User)] == ["caio@example.com"]
    schema.migrate(of_old)
    assert capsys.readouterr().out == ""


def test_one_with_other_tables_is_refused_with_a_sentence_and_left_as_it_is(of_old):
    with transaction():
        db.session.execute(text("ALTER TABLE users ADD COLUMN nickname TEXT"))
    with pytest.raises(schema.NoDatabase, match="before the first release"):
        schema.migrate(of_old)
    assert schema.current_revision(of_old) == "0099"
