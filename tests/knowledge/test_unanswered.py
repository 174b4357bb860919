"""What could not be answered is collected, and what asks the same stands together."""

import pytest

from tests.cast import ANA, BRUNO, outbound, participant, rows, write
from wa_assistant.database import db, transaction
from wa_assistant.knowledge import unanswered
from wa_assistant.models import AuditEntry, Role, UnansweredQuestion, User

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def eva():
    with transaction():
        eva = User(email="eva@example.com", name="Eva", role=Role.EDITOR)
        db.session.add(eva)
    return eva


def ask(who: str, *questions: str) -> None:
    """They are kept as they are when the assistant has answered."""
    person = participant(who)
    answer = next(each for each in outbound() if each.participant_id == person.id)
    with transaction():
        for each in questions:
            db.session.add(
                UnansweredQuestion(participant_id=person.id, message_id=answer.id, question=each)
            )
            db.session.flush()


@pytest.fixture
def asked(work):
    write(ANA, "Oi")
    write(BRUNO, "Oi")
    work()
    ask(ANA, "Vocês vendem bolo de cenoura?", "Tem estacionamento?")
    ask(BRUNO, "VOCES VENDEM BOLOS DE CENOURAS", "Qual é o telefone?", "???")


def test_forms_of_one_question_stand_together_and_what_most_ask_comes_first(asked):
    found = [(group.question, group.people) for group in unanswered.groups()]
    assert found == [
        ("VOCES VENDEM BOLOS DE CENOURAS", 2),
        ("???", 1),
        ("Qual é o telefone?", 1),
        ("Tem estacionamento?", 1),
    ]


def test_who_asks_twice_is_one_person(asked):
    ask(ANA, "Tem estacionamento aí?")
    group = next(each for each in unanswered.groups() if "estacionamento" in each.question)
    assert (len(group.questions), group.people) == (2, 1)


def test_what_is_settled_is_gone_once(asked, eva):
    ids = unanswered.groups()[0].ids
    assert unanswered.settle(eva, ids) == 2
    assert unanswered.settle(eva, ids) == 0
    assert len(unanswered.groups()) == 3
    (entry,) = [each for each in rows(AuditEntry) if each.action == "dismissed questions"]
    assert (entry.actor, sorted(entry.after["questions"])) == ("eva@example.com", sorted(ids))


def test_an_entry_has_the_question_above_it():
    assert unanswered.entry("Tem \n estacionamento?", " Sim. ") == "# Tem estacionamento?\n\nSim.\n"
