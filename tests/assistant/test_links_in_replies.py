"""Links in what the model says, on its way to a participant."""

import pytest

from tests.cast import ANA, at_once, known, outbound, participant, say, write
from tests.knowledge import stock
from wa_assistant.assistant import formatting, offline
from wa_assistant.database import db, transaction
from wa_assistant.models import Attention, Author, Participant

pytestmark = pytest.mark.usefixtures("context")

HOURS = "A padaria abre de segunda a sábado, das seis às vinte horas."


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Veja https://padaria.example.com/bolos hoje.", True),
        ("Veja www.padaria.example.com hoje.", True),
        ("Escreva para oi@padaria.example.com.", True),
        ("Veja https://evil.example.org/x hoje.", False),
        ("Veja https://padaria.example.com.evil.com/ hoje.", False),
        ("Veja evilpadaria.com hoje.", False),
        ("Abrimos às 8.30 e fechamos às 18.00, obrigado.", True),
    ],
)
def test_links_lead_only_where_the_company_points(text, kept):
    stock.document("formatting.txt", "Nosso site é padaria.example.com, com todos os bolos.")
    assert (formatting.known_links_only(text) == text) is kept


def test_who_was_told_a_strange_link_alone_hears_that_a_person_will_read(openai, twilio, work):
    stock.document("horarios.txt", HOURS)
    openai.reply = lambda _: "https://evil.example.org/x"
    write(ANA, "Que horas a padaria abre na segunda?")
    work()
    (said,) = twilio.messages
    assert said.body.endswith(offline.HOLDING["pt"])
    assert participant(ANA).attention == Attention.MODEL_FAILED


def test_nobody_waits_while_links_are_looked_up(app, openai, work, monkeypatch):
    def rename() -> None:
        with transaction():
            db.session.get_one(Participant, who).name = "Ana"

    def slowly(text: str, *_: object) -> str:
        with at_once(app) as start:
            start(rename).result(3)
        return text

    write(ANA, "Oi")
    who = participant(ANA).id
    monkeypatch.setattr(formatting, "known_links_only", slowly)
    work()
    assert participant(ANA).name == "Ana"
    assert len(outbound()) == 1


def test_ana_s_own_address_is_said_back_to_her(openai, twilio, work):
    openai.reply = lambda _: "Anotei seu e-mail: ana@padaria.example.br. Está certo?"
    write(ANA, "Meu e-mail é ana@padaria.example.br")
    work()
    assert [each.body for each in twilio.messages] == [outbound()[0].body]
    assert twilio.messages[0].body.endswith("ana@padaria.example.br. Está certo?")


def test_what_a_colleague_named_may_be_said_again_and_what_the_model_made_up_may_not(
    openai, twilio, work
):
    known(ANA)
    say(ANA, "Faça a matrícula em matricula.example.net/agora", Author.USER)
    openai.reply = lambda _: "Veja matricula.example.net ou outra.example.org."
    for words in ("Onde?", "Onde mesmo?"):
        write(ANA, words)
        work()
        assert twilio.messages[-1].body.endswith("Veja matricula.example.net ou.")
