"""Links in what the model says, on its way to a participant."""

import pytest

from tests.cast import ANA, at_once, outbound, participant, write
from tests.knowledge import stock
from wa_assistant.assistant import formatting, offline
from wa_assistant.database import db, transaction
from wa_assistant.models import Attention, Participant

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

    def slowly(text: str) -> str:
        with at_once(app) as start:
            start(rename).result(3)
        return text

    write(ANA, "Oi")
    who = participant(ANA).id
    monkeypatch.setattr(formatting, "known_links_only", slowly)
    work()
    assert participant(ANA).name == "Ana"
    assert len(outbound()) == 1
