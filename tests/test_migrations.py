"""The migrations make the tables the models speak of, and can be taken back."""

import json

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import event, inspect, select, text

from wa_assistant.conversation import outbox
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.models import Author, Media, Message, Participant, Reconciliation, User


@pytest.fixture
def bare(make_app, bare_database_url):
    """An application on a database before its first migration."""
    app = make_app(DATABASE_URL=bare_database_url)
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
    with transaction() as session:
        session.add(User(email="caio@example.com", role="owner"))
    db.session.rollback()

    downgrade(revision="base")
    assert tables() == tables(derived=True) == set()

    upgrade()
    assert differences() == []
    assert db.session.query(User).count() == 0


@pytest.mark.usefixtures("bare")
def test_the_names_that_are_there_are_folded_in_batches():
    upgrade(revision="0002")
    people = [f"João {number}" for number in range(2500)]
    with db.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO participants (address, name, created_at, last_activity_at)"
                " VALUES (:name, :name, :now, :now)"
            ),
            [{"name": name, "now": utcnow().replace(tzinfo=None)} for name in people],
        )
    batches = []

    def count(connection, cursor, statement, parameters, context, many):
        if statement.startswith("UPDATE participants"):
            batches.append(len(parameters) if many else 1)

    event.listen(db.engine, "before_cursor_execute", count)
    upgrade(revision="0003")
    event.remove(db.engine, "before_cursor_execute", count)

    assert batches == [1000, 1000, 500]
    found = db.session.execute(text("SELECT name_folded FROM participants ORDER BY id"))
    assert [each.name_folded for each in found] == [f"joao {number}" for number in range(2500)]


@pytest.mark.usefixtures("bare")
def test_a_key_that_two_forms_have_had_is_the_older_one_s_when_it_is_taken_back():
    upgrade()
    with transaction() as session:
        for address in ("whatsapp:+5511", "whatsapp:+5512"):
            someone = Participant(address=address)
            session.add(someone)
            session.flush()
            outbox.put(session, someone, "Hello", Author.USER, form_key="a-form-key")
    downgrade(revision="0003")
    keys = db.session.execute(text("SELECT form_key FROM messages ORDER BY id"))
    assert [each.form_key for each in keys] == ["a-form-key", None]


@pytest.mark.usefixtures("bare")
def test_they_write_down_the_first_start_once():
    before = utcnow()
    upgrade()
    upgrade()

    start = db.session.query(Reconciliation).one()
    assert start.covered_until
    assert before <= start.covered_until == start.began_at <= utcnow()


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
def test_files_named_in_a_message_s_list_become_rows_that_are_yet_to_be_fetched():
    upgrade(revision="0002")
    url, place = "https://api.twilio.com/1", {"latitude": "1", "label": "Praça"}
    parts = json.dumps([{"url": url, "content_type": "image/png"}, place])
    with db.engine.begin() as connection:
        now = {"now": "2026-01-01 00:00:00+00:00"}
        connection.execute(
            text(
                "INSERT INTO participants (id, address, name, created_at, last_activity_at) "
                "VALUES (1, 'whatsapp:+5511987654321', 'Ana', :now, :now)"
            ),
            now,
        )
        for number, media in ((1, parts), (2, "[]")):
            connection.execute(
                text(
                    "INSERT INTO messages (id, participant_id, direction, author, body, kind,"
                    " media, status, attempts, created_at) VALUES"
                    " (:id, 1, 'inbound', 'participant', '', 'image', :media, 'received', 0, :now)"
                ),
                {**now, "id": number, "media": media},
            )
    upgrade()
    assert db.session.scalars(select(Message.media).order_by(Message.id)).all() == [[place], []]
    (file,) = db.session.scalars(select(Media)).all()
    assert (file.message_id, file.url, file.content_type) == (1, url, "image/png")
    assert (file.status, file.next_attempt_at is not None) == ("waiting", True)


@pytest.mark.usefixtures("bare")
def test_numbers_that_are_there_get_their_keys_and_no_row_is_changed_otherwise():
    upgrade(revision="0009")
    people = [
        ("whatsapp:+551187654321", "+551187654321"),
        ("whatsapp:+5511987654321", "+5511987654321"),
        ("whatsapp:+551133334444", None),
        ("whatsapp:BR.1500123", None),
        ("simulated:+14155550123", "+14155550123"),
    ]
    with db.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO participants (address, phone, name, created_at, last_activity_at)"
                " VALUES (:address, :phone, '', :now, :now)"
            ),
            [{"address": a, "phone": p, "now": "2026-01-01 00:00:00+00:00"} for a, p in people],
        )
    upgrade()
    found = db.session.execute(
        select(Participant.address, Participant.phone, Participant.match_key).order_by(
            Participant.id
        )
    ).all()
    assert [(each.address, each.phone) for each in found] == people
    ana = "+5511987654321"
    assert [each.match_key for each in found] == [ana, ana, "+551133334444", None, "+14155550123"]
