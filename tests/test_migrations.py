"""The migrations make the tables the models speak of, and can be taken back."""

from datetime import timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from tests.cast import rows
from tests.support.old_tables import row_of_old
from wa_assistant.conversation import reading
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.extensions import with_migrations
from wa_assistant.models import Participant, Reconciliation, Session, User
from wa_assistant.models.participant import match_key


@pytest.fixture
def bare(make_app, bare_database_url):
    """An application on a database before its first migration."""
    app = with_migrations(make_app(DATABASE_URL=bare_database_url))
    with app.app_context():
        yield app


def tables(*, derived=False):
    """Those that the models speak of; the `derived` ones are indexes made of them by hand."""
    names = set(inspect(db.engine).get_table_names()) - {"alembic_version"}
    return {name for name in names if name.startswith("index_") == derived}


def differences():
    with db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "compare_server_default": True,
                "include_name": lambda name, *_: not (name or "").startswith("index_"),
            },
        )
        return compare_metadata(context, db.metadata)


@pytest.mark.usefixtures("bare")
def test_they_make_what_the_models_speak_of():
    assert tables() == set()
    assert differences()

    upgrade()

    assert tables() == set(db.metadata.tables)
    assert "index_words" in tables(derived=True)
    assert differences() == []


@pytest.mark.usefixtures("bare")
def test_they_can_be_taken_back_and_made_again():
    upgrade()
    with transaction():
        db.session.add(User(email="caio@example.com", role="owner"))
    db.session.rollback()

    downgrade(revision="base")
    assert tables() == tables(derived=True) == set()

    upgrade()
    assert differences() == []
    assert db.session.query(User).count() == 0


@pytest.mark.usefixtures("bare")
def test_they_write_down_the_first_start_once():
    before = utcnow()
    upgrade()
    upgrade()

    start = db.session.query(Reconciliation).one()
    assert start.covered_until
    assert before <= start.covered_until == start.began_at <= utcnow()


@pytest.mark.usefixtures("bare")
def test_who_was_there_before_the_search_had_its_index_is_found():
    upgrade(revision="0001")
    with transaction():
        row_of_old(address="whatsapp:+5511987654321", name="Ana Müller", name_folded="ana muller")
        row_of_old("users", email="caio@example.com", role="owner")
    upgrade()
    caio = db.session.query(User).one()
    assert [each.name for each in reading.listing(caio, search="mull").others] == ["Ana Müller"]


@pytest.mark.usefixtures("bare")
def test_who_was_of_the_team_before_github_was_invited_and_stays_signed_in():
    upgrade(revision="0005")
    with transaction():
        row_of_old("users", email="caio@example.com", role="owner")
        columns = {"key_hash": "x" * 64, "user_id": 1, "created_at": utcnow().isoformat()}
        names = ", ".join(columns)
        marks = ", ".join(f":{name}" for name in columns)
        db.session.execute(text(f"INSERT INTO sessions ({names}) VALUES ({marks})"), columns)
    upgrade()
    assert [(each.invited, each.github_id) for each in rows(User)] == [(True, None)]
    assert [utcnow() - each.last_seen_at < timedelta(minutes=1) for each in rows(Session)] == [True]


@pytest.mark.usefixtures("bare")
def test_numbers_that_were_kept_before_are_compared_as_they_are_now():
    numbers = {
        "+5215512345678": "+525512345678",
        "+525512345678": "+525512345678",
        "+541112345678": "+5491112345678",
        "+5491112345678": "+5491112345678",
        "+5511987654321": "+5511987654321",
        "+5251234567": "+5251234567",
        "+14155550123": "+14155550123",
    }
    upgrade(revision="0003")
    with transaction():
        for number in numbers:
            row_of_old(address=f"whatsapp:{number}", phone=number, match_key=number, name="")
        row_of_old(address="whatsapp:ana", name="")
    upgrade()
    found = {(each.phone, each.match_key) for each in rows(Participant)}
    assert found == {*numbers.items(), (None, None)}
    for number, key in numbers.items():
        assert match_key(number) == key
    db.session.rollback()

    downgrade(revision="0003")
    kept = db.session.execute(text("SELECT phone, match_key FROM participants")).all()
    assert all(phone == key for phone, key in kept)


@pytest.mark.usefixtures("bare")
def test_to_make_them_twice_changes_nothing():
    upgrade()
    upgrade()

    assert differences() == []


@pytest.mark.usefixtures("context")
def test_a_column_the_migrations_do_not_know_would_be_noticed():
    """The check itself sees what it is for."""
    with db.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE stray (id INTEGER PRIMARY KEY)")
    try:
        assert [change[0] for change in differences()] == ["remove_table"]
    finally:
        with db.engine.begin() as connection:
            connection.exec_driver_sql("DROP TABLE stray")


@pytest.mark.usefixtures("bare")
def test_what_keeps_the_search_of_people_in_step_is_there_at_the_end():
    upgrade()
    kept = {"sqlite": "sqlite_master WHERE type = 'trigger'", "postgresql": "pg_trigger"}
    column = {"sqlite": "name", "postgresql": "tgname"}
    kind = db.engine.dialect.name
    found = db.session.scalars(text(f"SELECT {column[kind]} FROM {kept[kind]}"))
    assert sum(each.startswith("index_people") for each in found) == {"sqlite": 3}.get(kind, 1)
