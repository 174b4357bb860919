"""What was said is found by its words: newest first, and all of them have to be there."""

import pytest
from sqlalchemy import delete, text, update

from tests.cast import ANA, BIA, BRUNO, known, only, rows, write
from wa_assistant.conversation.full_text import catching_up, finding, index, query
from wa_assistant.conversation.full_text.sources import MESSAGES, NOTES, Source
from wa_assistant.database import db, transaction
from wa_assistant.models import (
    Author,
    Direction,
    Media,
    Message,
    Note,
    Participant,
    Role,
    SearchChange,
    SearchState,
    Status,
    User,
)

pytestmark = pytest.mark.usefixtures("context")


def said(*bodies: str, simulated: bool = False) -> list[int]:
    """Messages of somebody with these words, oldest first; their ids."""
    participant_id = known(f"whatsapp:+55119{len(rows(Participant)):08}")
    with transaction():
        db.session.get_one(Participant, participant_id).simulated = simulated
        made = [
            Message(
                participant_id=participant_id,
                direction=Direction.INBOUND,
                author=Author.PARTICIPANT,
                status=Status.RECEIVED,
                body=body,
            )
            for body in bodies
        ]
        db.session.add_all(made)
        db.session.flush()
        return [each.id for each in made]


def spoken(message_id: int, transcript: str | None) -> None:
    with transaction():
        given = {"message_id": message_id, "position": 0, "file": f"voice-{message_id}"}
        db.session.add(Media(**given, url="", content_type="audio/ogg", transcript=transcript))


def found(words: str, **how) -> list[int]:
    asked = query.read(words)
    db.session.rollback()
    return [each.id for each in finding.find(MESSAGES, asked, **how).hits] if asked else []


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


def noted(words: str) -> list[int]:
    asked = query.read(words)
    assert asked
    db.session.rollback()
    return [each.id for each in finding.find(NOTES, asked).hits]
