"""Trials, the golden set and the questions nothing answers, as each role sees them."""

import pytest

from tests.cast import ANA, only, outbound, participant, rows, write
from tests.knowledge.papers import WITHOUT_A_KEY, upload
from tests.web.people import csrf_token, submit
from wa_assistant.database import db, transaction
from wa_assistant.models import Document, GoldenQuestion, Trial, UnansweredQuestion

pytestmark = [
    pytest.mark.usefixtures("context"),
    pytest.mark.environment(**WITHOUT_A_KEY),
]
TRIAL = {
    "question": "Quando a secretaria abre?",
    "similarity_threshold": "0.35",
    "coverage_threshold": "0,5",
}
PORTUGUESE = {"Accept-Language": "pt-BR"}


@pytest.fixture
def library(work):
    upload()
    work()


@pytest.fixture
def asked(work):
    write(ANA, "Oi")
    work()
    with transaction():
        question = UnansweredQuestion(
            participant_id=participant(ANA).id,
            message_id=outbound()[0].id,
            question="Tem estacionamento?",
        )
        db.session.add(question)
    return question.id


def ask(client, **fields):
    return submit(
        client, "/knowledge/trials", "/knowledge/trials", **(TRIAL | {"most": "5"} | fields)
    )


def test_a_question_is_tried_and_kept_in_the_golden_set(bia, library, work):
    shown = ask(bia)
    assert shown.status_code == 303
    assert "an answer is written" in bia.get(shown.location).text
    work()
    assert 'class="golden-form"' in bia.get(f"{shown.location}/result").text
    page = bia.get(shown.location).text
    assert "A secretaria abre às oito horas" in page
    assert "Drafted answer" in page
    assert "Offline assistant: no model was asked" in page
    assert "100% of the words" in page or "100 % of the words" in page
    fields = {"question": TRIAL["question"], "document": "horarios.md"}
    kept = submit(bia, shown.location, "/knowledge/golden", **fields)
    assert kept.status_code == 303
    assert "is in the golden set" in bia.get("/knowledge/golden").text
    assert only(GoldenQuestion).document == "horarios.md"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("question", "  ", "Write a question first."),
        ("question", "x" * 501, "At most 500 characters."),
        ("similarity_threshold", "muito", "A number from 0 to 1."),
        ("coverage_threshold", "1.5", "A number from 0 to 1."),
        ("coverage_threshold", "nan", "A number from 0 to 1."),
        ("most", "0", "A number from 1 to 50."),
        ("most", "²", "A number from 1 to 50."),
    ],
)
def test_what_cannot_be_tried_is_said_and_stays_typed(bia, field, value, words):
    refused = ask(bia, **{field: value})
    assert refused.status_code == 422
    assert words in refused.text
    assert f'value="{value}"' in refused.text or field == "question"
    assert rows(Trial) == []


def test_a_trial_that_is_gone_is_not_found(bia):
    assert bia.get("/knowledge/trials/7").status_code == 404
    assert bia.get("/knowledge/trials/7/result").status_code == 404


def test_the_golden_set_is_measured_and_shows_its_figures(bia, davi, library, work):
    assert "The golden set is empty" in davi.get("/knowledge/golden").text
    fields = {"question": "A secretaria abre?", "document": "horarios.md"}
    assert submit(bia, "/knowledge/golden", "/knowledge/golden", **fields).status_code == 303
    assert "Not measured yet." in davi.get("/knowledge/golden").text
    submit(bia, "/knowledge/golden", "/knowledge/golden/measurements")
    assert "0 of 1 question<" in davi.get("/knowledge/golden/list").text
    work()
    page = davi.get("/knowledge/golden", headers=PORTUGUESE).text
    assert "Em primeiro lugar" in page
    assert "com 1 pergunta." in page
    assert "Encontrados só por palavras." in page
    assert "Medir agora" not in page
    one = only(GoldenQuestion).id
    assert submit(bia, "/knowledge/golden", f"/knowledge/golden/{one}/deletion").status_code == 303
    assert rows(GoldenQuestion) == []
    assert submit(bia, "/knowledge/golden", f"/knowledge/golden/{one}/deletion").status_code == 404


def test_a_golden_question_needs_words_and_a_document_that_is_there(bia):
    refused = submit(bia, "/knowledge/golden", "/knowledge/golden", question="", document="x.md")
    assert refused.status_code == 422
    assert "Write a question first." in refused.text
    assert "There is no document of this name." in refused.text
    nothing = submit(bia, "/knowledge/golden", "/knowledge/golden/measurements")
    assert nothing.status_code == 303
    assert "There is no question to measure by." in bia.get("/knowledge/golden").text


def test_an_unanswered_question_is_answered_by_an_entry(bia, davi, asked, work):
    page = davi.get("/knowledge/unanswered").text
    assert "Tem estacionamento?" in page
    assert "asked by 1 person" in page
    assert "Write an answer" not in page
    form = f"/knowledge/unanswered/entry?ids={asked}"
    assert 'value="Tem estacionamento?"' in bia.get(form).text
    fields = {"ids": asked, "question": "Tem estacionamento?", "title": "Estacionamento"}
    post = "/knowledge/unanswered/entry"
    refused = submit(bia, form, post, **fields, answer=" ")
    assert refused.status_code == 422
    assert "Write an answer first." in refused.text
    saved = submit(bia, form, post, **fields, answer="Sim, ao lado.")
    assert saved.status_code == 303
    assert "No question is unanswered" in bia.get(saved.location).text
    work()
    kept = only(Document)
    assert kept.name == "Estacionamento"
    found = bia.get(f"/knowledge/documents/{kept.id}").text
    assert "Sim, ao lado." in found
    form = "/knowledge/paste"  # which holds a token, though no question is open any more
    for title in ("Estacionamento", " Estacionamento. "):
        other = fields | {"title": title, "answer": "Outra coisa."}
        again = submit(bia, form, post, **other)
        assert again.status_code == 422
        assert "There is a document of this name already." in again.text
    assert only(Document).sha256 == kept.sha256


def test_dismissed_questions_are_gone_once(bia, asked):
    path = "/knowledge/unanswered"
    for words in ("1 question is dismissed.", "somebody has seen to them"):
        token = csrf_token(bia.get("/preferences"))
        done = bia.post(f"{path}/dismissal", data={"ids": [asked, "x"], "csrf_token": token})
        assert done.status_code == 303
        assert words in bia.get(path).text
    assert bia.get(f"{path}/entry?ids={asked}").status_code == 303


def test_viewers_try_nothing(davi):
    assert davi.get("/knowledge/trials").status_code == 403
    assert "Try it" not in davi.get("/knowledge").text
