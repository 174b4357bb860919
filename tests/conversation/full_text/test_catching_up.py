"""The index of what was said follows it: all of it, a while later."""

import pytest
from sqlalchemy import delete, text, update

from tests.cast import ANA, BRUNO, only, rows, write
from wa_assistant.conversation.full_text import catching_up, finding, index
from wa_assistant.conversation.full_text.sources import MESSAGES, Source
from wa_assistant.database import db, transaction
from wa_assistant.models import Message, SearchChange, SearchState

from .said import found, said

pytestmark = pytest.mark.usefixtures("context")


def test_a_message_that_is_gone_leaves_the_index_with_it():
    kept, gone = said("curso", "curso secreto")
    catching_up.catch_up()
    with transaction():
        db.session.execute(delete(Message).where(Message.id == gone))
    assert in_index() == [kept]
    assert found("curso") == [kept]
    catching_up.catch_up()
    assert rows(SearchChange) == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_word_of_a_message_that_is_gone_is_in_no_part_of_sqlites_index():
    said(*(f"curso {number}" for number in range(50)))
    (gone,) = said("xilofone")
    catching_up.catch_up()
    with transaction():
        db.session.execute(delete(Message).where(Message.id == gone))
    catching_up.catch_up()
    assert [block for block in blocks() if b"xilofon" in block]
    assert state().to_purge
    catching_up.purge()
    assert not [block for block in blocks() if b"xilofon" in block]
    assert not state().to_purge


def blocks() -> list[bytes]:
    db.session.rollback()
    return list(db.session.scalars(text("SELECT block FROM index_said_data")))


def state() -> SearchState:
    found: SearchState = only(SearchState, SearchState.source == "message")
    return found


def in_index() -> list[int]:
    db.session.rollback()
    key = "id" if db.engine.dialect.name == "postgresql" else "rowid"
    return list(db.session.scalars(text(f"SELECT {key} FROM index_said ORDER BY 1")))


def test_a_message_that_goes_while_its_words_are_read_is_not_put_in():
    kept, gone = said("curso", "curso")

    def texts(ids):
        read = MESSAGES.texts(ids)
        with transaction():
            db.session.execute(delete(Message).where(Message.id == gone))
        return read

    slow = Source("message", "index_said", Message, texts)
    catching_up._advance(slow, catching_up.Pace())
    assert in_index() == [kept]


def test_what_was_committed_late_beneath_what_is_in_the_index_is_put_in():
    first, second = said("curso", "curso")
    catching_up.catch_up()
    with transaction():
        index.take(MESSAGES, [first])
    assert in_index() == [second]
    catching_up.catch_up()
    assert in_index() == [first, second]


def test_an_id_that_is_given_again_is_put_in_again():
    said("curso", "curso", "curso")
    catching_up.catch_up()
    with transaction():
        db.session.execute(delete(Message))
    again = said("boleto")
    catching_up.catch_up()
    assert found("boleto") == again
    assert in_index() == again


def test_a_run_that_ends_early_goes_on_where_it_was():
    ids = said(*("curso" for _ in range(250)))
    catching_up.catch_up(most_seconds=0)
    assert 0 < len(in_index()) < 250
    catching_up.catch_up()
    assert in_index() == ids
    assert state().done_until == ids[-1]


def test_stems_of_another_version_are_made_anew():
    ids = said("curso", "boleto")
    catching_up.catch_up()
    with transaction():
        db.session.execute(update(SearchState).values(version=0))
        index.put(MESSAGES, {ids[0]: ({"velho"}, False)})
    assert found("curso") == []
    catching_up.catch_up()
    assert found("curso") == ids[:1]


def test_a_message_on_its_way_asks_the_index_nothing(statements):
    write(ANA, "Quanto custa?")
    write(BRUNO, "Quanto custa?")
    assert not [each for each in statements if "search_" in each or "index_said" in each]


def test_how_far_it_is_behind_is_known():
    assert not finding.is_behind(MESSAGES)
    said(*("curso" for _ in range(finding.NEWEST + 1)))
    assert finding.is_behind(MESSAGES)
    catching_up.catch_up()
    assert not finding.is_behind(MESSAGES)
