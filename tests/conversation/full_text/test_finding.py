"""What was said is found by its words: newest first, and all of them have to be there."""

import pytest
from sqlalchemy import delete, update

from tests.cast import BIA, only
from wa_assistant.conversation.full_text import catching_up, finding, query
from wa_assistant.conversation.full_text.sources import MESSAGES
from wa_assistant.database import db, transaction
from wa_assistant.models import (
    Media,
    Message,
    Note,
    Role,
    User,
)

from .said import found, noted, said, spoken

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture(params=["looked at", "indexed"])
def when(request):
    """What is found is the same before it is in the index and after."""
    return catching_up.catch_up if request.param == "indexed" else lambda: None


@pytest.mark.parametrize(
    ("words", "body"),
    [
        ("preço", "Os precos mudaram"),
        ("PRECOS", "Qual é o preço?"),
        ("inscrições abertas", "A inscrição está aberta"),
        ("pagar", "Já paguei, pagando agora"),
        ("não", "Isso não!"),
        ("sim", "Sim"),
        ("98765-4321", "Meu número é (11) 98765-4321"),
        ("1890", "Custa R$ 1.890 à vista"),
        ("email", "Mande um e-mail"),
        ("wifi", "A senha do wi-fi"),
        ("courses", "This course is closed"),
        ('curso" OR "boleto', "O curso, or: o boleto"),
    ],
)
def test_a_message_is_found_by_its_words_in_any_form(when, words, body):
    id_, _ = said(body, "Bom dia, tudo bem?")
    when()
    assert found(words) == [id_]


@pytest.mark.parametrize("words", ["", "  ", "?!", "🙂", '"', "'", "* -", "\x00"])
def test_what_has_no_word_asks_for_nothing(words):
    said("Oi 🙂 * - '")
    assert query.read(words) is None


@pytest.mark.parametrize(
    "words", ["NOT curso", "curso*", "said:curso", "'; DROP TABLE messages", "~"]
)
def test_no_word_is_an_operator(when, words):
    said("O preço é este")
    when()
    assert found(words) == []


def test_every_word_has_to_be_there_in_whatever_order_and_the_newest_comes_first(when):
    first, _, third = said("o curso de inglês", "curso de francês", "Inglês: há cursos?")
    when()
    assert found("inglês curso") == [third, first]
    assert found("inglês boleto") == []


def test_a_page_ends_where_the_next_begins(when):
    ids = said(*(f"curso {number}" for number in range(7)))
    when()
    asked = query.read("curso")
    assert asked
    seen: list[list[int]] = []
    before = None
    for _ in range(4):
        page = finding.find(MESSAGES, asked, before=before, limit=2)
        seen.append([each.id for each in page.hits])
        before = page.older
    assert seen == [ids[5:][::-1], ids[3:5][::-1], ids[1:3][::-1], ids[:1]]
    assert before is None


def test_pages_go_from_what_is_new_to_what_is_in_the_index_and_repeat_nothing():
    old = said("curso", "nada", "curso")
    catching_up.catch_up()
    new = said("curso", "nada", "curso")
    with transaction():
        db.session.execute(update(Message).where(Message.id == old[1]).values(body="curso"))
    asked = query.read("curso")
    assert asked
    seen: list[int] = []
    before = None
    while not seen or before:
        page = finding.find(MESSAGES, asked, before=before, limit=1)
        seen += [each.id for each in page.hits]
        before = page.older
    assert seen == [new[2], new[0], *old[::-1]]


def test_who_is_pretended_is_found_only_where_they_are_asked_for(when):
    real, pretended = said("curso"), said("curso", simulated=True)
    when()
    assert found("curso") == real
    assert found("curso", simulated=True) == pretended


def test_what_was_spoken_is_found_by_its_transcript_once_it_is_written_down(when):
    (id_,) = said("")
    spoken(id_, None)
    when()
    assert found("horário") == []
    with transaction():
        db.session.execute(update(Media).values(transcript="Qual é o horário?"))
    assert found("horário") == [id_]
    when()
    assert found("horário") == [id_]
    with transaction():
        db.session.execute(update(Media).values(transcript="Qual é o preço?"))
    for _ in range(2):
        assert found("horário") == []
        assert found("preço") == [id_]
        when()


def test_words_of_a_message_may_stand_in_its_text_and_in_its_transcript(when):
    (id_,) = said("Sobre o curso")
    spoken(id_, "qual é o preço?")
    when()
    assert found("curso preço") == [id_]


def test_a_note_is_found_as_it_is_worded_now(when):
    (message_id,) = said("Oi")
    participant_id = only(Message, Message.id == message_id).participant_id
    with transaction():
        bia = User(email=BIA, role=Role.EDITOR)
        db.session.add(bia)
        db.session.flush()
        given = {"participant_id": participant_id, "user_id": bia.id}
        db.session.add(Note(**given, body="Quer desconto", form_key="1"))
    when()
    note = only(Note).id
    assert noted("descontos") == [note]
    assert found("desconto") == []
    with transaction():
        db.session.get_one(Note, note).body = "Quer bolsa"
    for _ in range(2):
        assert noted("desconto") == []
        assert noted("bolsa") == [note]
        when()
    with transaction():
        db.session.execute(delete(Note))
    assert noted("bolsa") == []
