"""Trials, the golden set and the unanswered questions, seen and used in a browser; and a
document that is uploaded in one is what the simulator's participant is answered from."""

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.cast import BIA, acting, only, outbound, participant
from tests.knowledge import stock
from tests.knowledge.papers import HOURS, WITHOUT_A_KEY
from tests.support.browser import DESK, PHONE, findings, photograph
from wa_assistant.database import db, transaction
from wa_assistant.knowledge import golden, search, trials
from wa_assistant.models import Document, GoldenQuestion, Participant, Role, UnansweredQuestion

from .pages import PUSHED, of_many_looks, squeezed

FACTS = {
    "Horário de atendimento.pdf": (
        "A secretaria abre às oito horas e fecha às dezoito, de segunda a sexta-feira.",
        "Aos sábados o atendimento é das nove às treze horas.",
    ),
    "Mensalidades 2027.docx": (
        "A matrícula custa cento e vinte reais e é devolvida até a primeira aula.",
        "A mensalidade do curso intensivo é de quatrocentos e dez reais.",
    ),
    "Estacionamento.md": ("Há vagas na rua ao lado da secretaria e um estacionamento em frente.",),
}
ASKED = {
    "+5511955554444": ["Vocês aceitam bolsa de estudos?", "Tem ônibus perto?"],
    "+5541991234567": ["Vocês aceitam bolsas de estudo?"],
    "+5521998765432": ["A escola fica aberta nas férias de janeiro?"],
}

pytestmark = [
    pytest.mark.usefixtures("context"),
    # What is seen does not depend on the database.
    pytest.mark.parametrize("database", ["sqlite"]),
]


@pytest.fixture
def filled(ids, openai, work):
    """Documents, open questions, a golden set measured twice and a trial."""
    for name, texts in FACTS.items():
        stock.document(name, *texts, heading="Atendimento")
    people = [each for each in (participant(f"whatsapp:{number}") for number in ASKED) if each]
    answer = outbound()[0].id
    with transaction():
        for person, questions in zip(people, ASKED.values(), strict=True):
            db.session.add_all(
                UnansweredQuestion(participant_id=person.id, message_id=answer, question=each)
                for each in questions
            )
    for question, name in {
        "Que horas a secretaria abre?": "Horário de atendimento.pdf",
        "Quanto custa a matrícula?": "Mensalidades 2027.docx",
        "Onde posso estacionar?": "Estacionamento.md",
        "Tem aula de alemão?": "programa-antigo.pdf",
    }.items():
        golden.add(acting(BIA), question, name)
    openai.reply = lambda body: "A secretaria abre às oito e fecha às dezoito."
    openai.finds = lambda body: {"passages_used": [1], "unanswered": ""}
    golden.request(acting(BIA))
    work()
    golden.request(acting(BIA))
    trial = trials.ask(acting(BIA), "Que horas a secretaria abre?", search.current_thresholds(), 20)
    work()
    return trial.id


def whole(page: Page, name: str) -> None:
    """A picture of all of the page, which must be right as it stands."""
    page.wait_for_selector("html[data-live=yes]", state="attached")
    height = min(page.evaluate("document.body.scrollHeight"), 2000)
    page.set_viewport_size({"width": page.evaluate("innerWidth"), "height": height})
    photograph(page, f"knowledge-{name}")
    assert findings(page) == [], name
    assert squeezed(page) == [], name
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), name


@of_many_looks
def test_each_page_can_be_seen_by_everybody(visit, filled, look):
    size, theme, language = look
    bia = visit(BIA, Role.EDITOR, viewport=size, color_scheme=theme, locale=language)
    end = f"{size['width']}-{theme}-{language}"
    question = only(UnansweredQuestion, UnansweredQuestion.question.startswith("Tem ônibus")).id
    for name, address in {
        "trial": f"/knowledge/trials/{filled}",
        "golden": "/knowledge/golden",
        "unanswered": "/knowledge/unanswered",
        "entry": f"/knowledge/unanswered/entry?ids={question}",
    }.items():
        page = bia.open(address)
        whole(page, f"{name}-{end}")
        page.close()


def test_the_result_of_a_trial_comes_by_itself(visit, openai, work):
    openai.reply = lambda body: "Das oito às dezoito."
    stock.document("horarios.md", HOURS)
    page = visit(BIA, Role.EDITOR).open("/knowledge/trials")
    page.get_by_label("Question").fill("Que horas a secretaria abre?")
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_role("status").filter(has_text="an answer is written")).to_be_visible()
    page.wait_for_selector("html[data-live=yes]", state="attached")
    expect(page.locator(".htmx-request")).to_have_count(0)
    work()
    expect(page.get_by_text("Das oito às dezoito.")).to_be_visible(timeout=PUSHED)
    expect(page.locator(".passage")).to_have_count(1)
    page.get_by_label("Expected document").press("Enter")
    expect(page.get_by_text("The question is in the golden set.")).to_be_visible()
    assert only(GoldenQuestion).document == "horarios.md"


def test_on_a_phone_the_tab_one_is_on_is_in_sight(visit):
    page = visit(BIA, Role.EDITOR, viewport=PHONE, locale="pt-BR").open("/knowledge/golden")
    expect(page.locator(".tabs [aria-current]")).to_be_in_viewport(ratio=1)


def uploaded(visit, work) -> None:
    """Bia uploads the hours in her browser, and they are ready."""
    page = visit(BIA, Role.EDITOR).open("/knowledge")
    given: FilePayload = {
        "name": "horarios.md",
        "mimeType": "text/markdown",
        "buffer": HOURS.encode(),
    }
    page.locator("#files").set_input_files([given])
    page.get_by_role("button", name="Upload", exact=True).click()
    expect(page.get_by_text("1 document is uploaded.")).to_be_visible()
    work()
    assert only(Document).passages == 1


def answered(visit, work) -> Page:
    """Marina asks in the simulator; her phone, with the answer."""
    page: Page = visit(BIA, Role.EDITOR).open("/simulator")
    page.get_by_label("Name").fill("Marina")
    page.get_by_label("First message").fill("Que horas a secretaria abre?")
    page.get_by_role("button", name="Write as a new participant").click()
    page.wait_for_selector("html[data-live=yes]", state="attached")
    work()
    return page


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["1440", "390"])
def test_an_uploaded_document_is_what_the_answer_rests_on(visit, work, openai, size):
    openai.reply = lambda body: "Abrimos às oito horas."
    openai.finds = lambda body: {"passages_used": [1], "unanswered": ""}
    uploaded(visit, work)
    assert openai.calls == []
    page = answered(visit, work)
    expect(page.locator(".said-outbound").filter(has_text="Abrimos às oito")).to_have_count(1)
    assert "A secretaria abre às oito horas e fecha às dezoito." in str(openai.calls[-1])
    team = visit(BIA, Role.EDITOR, viewport=size)
    seen = team.open(f"/conversations/{only(Participant).id}")
    why = seen.locator(".why").filter(has_text="horarios.md")
    why.locator("summary").click()
    expect(why.locator("blockquote")).to_contain_text("A secretaria abre às oito horas")
    assert findings(seen) == []
    photograph(seen, f"knowledge-cited-{size['width']}")


@pytest.mark.environment(**WITHOUT_A_KEY)
def test_without_a_key_the_document_is_quoted(visit, work, openai):
    uploaded(visit, work)
    page = answered(visit, work)
    said = page.locator(".said-outbound").filter(has_text="horarios.md")
    expect(said).to_have_count(1)
    expect(said).to_contain_text("A secretaria abre às oito horas e fecha às dezoito.")
    assert openai.calls == []
    photograph(page, "knowledge-quoted-1440")
