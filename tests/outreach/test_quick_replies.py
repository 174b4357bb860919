"""Quick replies: whose they are, what is refused, and what is filled in."""

import pytest

from tests.cast import ANA, BIA, CAIO, known, only, rows, together
from wa_assistant.database import db, transaction
from wa_assistant.models import (
    AuditEntry,
    Field,
    FieldKind,
    FieldValue,
    Participant,
    QuickReply,
    Role,
    Setting,
    Subject,
    User,
)
from wa_assistant.outreach import placeholders, quick_replies
from wa_assistant.settings.problem import Problem

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def bia():
    return colleague(BIA)


@pytest.fixture
def caio():
    return colleague(CAIO)


def colleague(email):
    with transaction():
        user = User(email=email, role=Role.EDITOR)
        db.session.add(user)
    return user


def shortcuts(found):
    return [each.shortcut for each in found]


def change(actor, reply, *what, shared):
    seen = quick_replies.version(only(QuickReply, QuickReply.id == reply.id))
    quick_replies.change(actor, reply.id, *what, shared=shared, seen=seen)


def refused(actor, shortcut="preço", body="Custa 10."):
    with pytest.raises(Problem) as problem:
        quick_replies.add(actor, shortcut, body, shared=True)
    return set(problem.value.places)


def test_everybodys_are_for_all_and_ones_own_for_oneself(bia, caio):
    quick_replies.add(bia, "/preço", "Custa 10.", shared=True)
    quick_replies.add(bia, "meu", "Só meu.", shared=False)
    quick_replies.add(bia, "PRECO", "Para mim 9.", shared=False)
    assert shortcuts(quick_replies.everything(bia)) == ["meu", "PRECO", "preço"]
    assert shortcuts(quick_replies.everything(caio)) == ["preço"]
    mine = only(QuickReply, QuickReply.shortcut == "meu")
    assert quick_replies.of_id(caio, mine.id) is None
    with pytest.raises(quick_replies.OvertakenError) as told:
        change(caio, mine, "meu", "Meu!", shared=True)
    assert told.value.newer is None
    assert not quick_replies.remove(caio, mine.id)


@pytest.mark.parametrize(
    ("shortcut", "body", "wrong"),
    [
        ("", "Oi", {"shortcut"}),
        ("a b", "Oi", {"shortcut"}),
        ("a" * 31, "Oi", {"shortcut"}),
        ("Preco", "Oi", {"shortcut"}),
        ("oi", " ", {"body"}),
        ("oi", "x" * 2001, {"body"}),
        ("oi", "Olá {nomee}", {"body"}),
        ("oi", "Olá {resposta}", {"body"}),
        ("oi", "Olá {nome: x}", {"body"}),
        ("", "", {"shortcut", "body"}),
    ],
)
def test_what_cannot_be_kept_is_said_by_field(bia, shortcut, body, wrong):
    quick_replies.add(bia, "preço", "Custa 10.", shared=True)
    assert refused(bia, shortcut, body) == wrong
    assert len(rows(QuickReply)) == 1


def test_a_change_keeps_its_own_shortcut_and_is_on_record_without_the_text(bia):
    one = quick_replies.add(bia, "preço", "Custa 10.", shared=True)
    change(bia, one, "Preço", "Custa 12!", shared=False)
    change(bia, one, "Preço", "Custa 12!", shared=False)
    assert quick_replies.remove(bia, one.id)
    entries = rows(AuditEntry, AuditEntry.subject == Subject.QUICK_REPLY)
    assert [each.action for each in entries] == ["added", "changed", "removed"]
    assert "Custa" not in str([(each.before, each.after) for each in entries])


def test_of_two_changes_at_once_the_second_is_told(app, bia, caio):
    one = quick_replies.add(bia, "preço", "Custa 10.", shared=True)
    one_id, seen, ids = one.id, quick_replies.version(one), (bia.id, caio.id)
    db.session.rollback()

    def say(user_id, body):
        user = db.session.get_one(User, user_id)
        try:
            quick_replies.change(user, one_id, "preço", body, shared=True, seen=seen)
        except quick_replies.OvertakenError as error:
            return error.newer and error.newer.body
        return None

    bodies = ("Custa 12.", "Custa 15.")  # as long as before
    pairs = zip(ids, bodies, strict=True)
    told = together(app, *(lambda each=each: say(*each) for each in pairs))
    assert None in told
    kept = only(QuickReply).body
    assert kept in bodies
    assert kept in told


def test_what_begins_so_comes_first_and_then_what_is_used_most(bia):
    for shortcut, body in [("envio", "Sai hoje."), ("entrega", "Em 2 dias."), ("x", "O envio é.")]:
        quick_replies.add(bia, shortcut, body, shared=True)
    quick_replies.count(bia, only(QuickReply, QuickReply.shortcut == "envio").id)
    assert shortcuts(quick_replies.found(bia, "/EN")) == ["envio", "entrega", "x"]
    assert shortcuts(quick_replies.found(bia, "/")) == ["envio", "entrega", "x"]
    assert quick_replies.found(bia, "/nada") == []


def test_what_is_known_is_filled_in_and_the_rest_stays_to_be_seen(bia):
    ana = db.session.get_one(Participant, known(ANA))
    with transaction():
        ana.name = "Ana Maria"
        field = Field(name="Cidade", kind=FieldKind.TEXT)
        db.session.add(field)
        db.session.flush()
        db.session.add(FieldValue(participant_id=ana.id, field_id=field.id, value="Recife"))
    text = "{Nome}, {first name}! {meu nome}: {campo: cidade}, {resposta: pedido}, {x}"
    filled = placeholders.filled(text, ana, bia)
    assert filled.text == "Ana Maria, Ana! bia: Recife, {resposta: pedido}, {x}"
    assert filled.missing == ["{resposta: pedido}"]
    assert placeholders.left_in(filled.text) == ["{resposta: pedido}"]


def test_the_name_the_team_gives_comes_before_their_own(bia):
    ana = db.session.get_one(Participant, known(ANA))
    with transaction():
        ana.name, ana.known_as = "~ana~", "Dona Ana"
    assert placeholders.filled("{name}", ana, bia).text == "Dona Ana"


def test_what_is_filled_in_is_not_filled_in_again(bia):
    ana = db.session.get_one(Participant, known(ANA))
    with transaction():
        ana.name = "{meu nome}"
    assert placeholders.filled("{nome}", ana, bia).text == "{meu nome}"


def test_the_hours_are_told_in_their_language(bia):
    ana = db.session.get_one(Participant, known(ANA))
    with transaction():
        db.session.add(Setting(name="hours", value=WEEK))
    assert placeholders.filled("{horário}", ana, bia).text == "de segunda a sexta, das 9h às 18h"
    with transaction():
        ana.language = "en"
    assert placeholders.filled("{horário}", ana, bia).text == "Monday to Friday, 9 am to 6 pm"


WEEK = [*([[["09:00", "18:00"]]] * 5), [], []]
