"""Two are made one while something else happens to one of them."""

from datetime import timedelta

import pytest

from tests.cast import ANA, BRUNO, known, only, participant, rows, say, together, write
from wa_assistant.conversation import fields, naming
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.models import Field, FieldKind, FieldValue, Message, Participant, Status, User
from wa_assistant.operations import merge

from .merging import change, merged

pytestmark = pytest.mark.usefixtures("context")


def test_nothing_happens_while_one_of_them_is_being_answered(bia):
    known(ANA)
    known(BRUNO)
    change(ANA, claim_token="x", due_at=utcnow() + timedelta(minutes=1))
    with pytest.raises(merge.RefusedError):
        merged(bia, BRUNO, ANA)
    change(ANA, due_at=utcnow() - timedelta(minutes=1))
    assert merged(bia, BRUNO, ANA)


def test_nothing_happens_while_a_message_is_on_its_way(bia):
    known(ANA)
    known(BRUNO)
    said = say(ANA, "Hello")
    with transaction():
        db.session.get_one(Message, said).status = Status.UNCERTAIN
    with pytest.raises(merge.RefusedError):
        merged(bia, BRUNO, ANA)
    assert len(rows(Participant)) == 2


def test_of_two_who_merge_at_once_one_is_told(app, bia):
    ana, bruno = known(ANA), known(BRUNO)

    def try_to(stays: int, goes: int) -> int | None:
        try:
            actor = db.session.query(User).one()
            return merge.merge(actor, stays, goes).id
        except merge.MergedAlreadyError as gone:
            return -(gone.stays or 0)

    found = together(app, lambda: try_to(ana, bruno), lambda: try_to(bruno, ana))
    stays = only(Participant).id
    assert sorted(found) == [-stays, stays]
    assert merge.merged_into(ana + bruno - stays) == stays


def test_what_somebody_put_there_after_it_was_looked_at_is_not_lost(bia):
    ana, bruno = known(ANA), known(BRUNO)
    with transaction():
        db.session.add(Field(name="City", kind=FieldKind.TEXT, options=[]))
    field = only(Field).id
    for put in (
        lambda: fields.put(bia, bruno, field, "Recife"),
        lambda: naming.call(bia, ana, "Ana Maria"),
    ):
        pair = merge.Pair(participant(ANA), participant(BRUNO))
        seen = merge.at_choice(pair)
        put()
        with pytest.raises(merge.RefusedError) as refused:
            merge.merge(bia, ana, bruno, {}, seen)
        assert refused.value.words is merge.CHANGED
        assert len(rows(Participant)) == 2
    pair = merge.Pair(participant(ANA), participant(BRUNO))
    write(BRUNO)  # to write changes nothing that one chooses of
    merge.merge(bia, ana, bruno, {}, merge.at_choice(pair))
    assert (only(Participant).known_as, only(FieldValue).value) == ("Ana Maria", "Recife")
