"""The event interview, from the first word to a month after the event, in the simulator."""

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.cast import BIA, only, rows
from tests.doubles.completions import said, words
from tests.support.browser import DESK, PHONE, findings, photograph
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.journey import starters
from wa_assistant.journey.definition import Stage, read
from wa_assistant.models import (
    Answer,
    ConsentEvent,
    Journey,
    JourneyVersion,
    Message,
    Participant,
    Role,
    Setting,
)

pytestmark = pytest.mark.usefixtures("context")

SAID = {
    "nome": "Pode me chamar de Marina",
    "atividade": "Sou designer de produto",
    "momento": "Mudando de área",
    "expectativa": "Conhecer gente que também mudou de área",
    "ja_participou": "não",
    "objetivo": "Conseguir uma vaga em pesquisa",
    "recado": "Obrigada, e até lá",
    "nota": "9",
    "pratica": "Marquei duas conversas com pessoas da área",
    "mais_perto": "Sim!",
    "recomenda": "com certeza",
}


@pytest.fixture
def interview(visit) -> list[Stage]:
    """Published with an event in ten days, and what newcomers enter; its stages."""
    starters.install()
    journey = only(Journey, Journey.starter == "event-interview:pt").id
    day = utcnow().date() + timedelta(days=10)
    page: Page = visit(BIA, Role.EDITOR, locale="pt-BR").open(f"/journeys/{journey}/publishing")
    page.locator("main").get_by_role("link", name="Definir a data").click()
    page.get_by_label("Data do evento").fill(day.isoformat())
    page.get_by_role("button", name="Salvar no rascunho").click()
    page.get_by_role("link", name="Publicar").click()
    page.get_by_role("button", name="Publicar", exact=True).click()
    expect(page.get_by_text("A versão 1 foi publicada.")).to_be_visible()
    with transaction():
        db.session.add(Setting(name="newcomers_journey", value=journey))
    return read(only(JourneyVersion, JourneyVersion.journey_id == journey).stages)


def finds(body: dict[str, Any]) -> dict[str, Any]:
    """What a good model finds: the answers to the stage's questions in what was last written."""
    asked = re.findall(r"^- (\w+) \(", words(body["messages"][0]), re.M)
    spoken = [each for turn in body["messages"] if turn["role"] == "user" for each in said(turn)]
    found = []
    for name in asked:
        if name in SAID and SAID[name] in spoken:
            value = {"não": "no", "sim": "yes", "Sim!": "yes", "com certeza": "yes"}
            quote = SAID[name]
            found.append(
                {
                    "name": name,
                    "value": value.get(quote, quote),
                    "quote": quote,
                    "confidence": 0.9,
                }
            )
    return {"answers": found, "stage_complete": True}


def write(page: Page, work, body: str) -> None:
    written = page.locator(".said-inbound").filter(has_text=body)
    before = written.count()
    page.get_by_placeholder("Mensagem como participante").fill(body)
    page.get_by_placeholder("Mensagem como participante").press("Enter")
    expect(written).to_have_count(before + 1)
    work()


def heard(page: Page, words: str) -> None:
    expect(page.locator(".said-outbound").filter(has_text=words)).to_have_count(1)


def jump(page: Page, work, *labels: str) -> None:
    for label in labels:
        before = page.locator("#clock-now").inner_text()
        page.get_by_role("button", name=label, exact=True).click()
        expect(page.locator("#clock-now")).not_to_have_text(before)
    work()


def marina() -> Any:
    db.session.rollback()
    return only(Participant)


def pretended(visit, **look: Any) -> Page:
    """Marina writes for the first time; her phone and the team's view."""
    page: Page = visit(BIA, Role.EDITOR, locale="pt-BR", **look).open("/simulator")
    page.get_by_label("Nome").fill("Marina")
    page.get_by_label("Primeira mensagem").fill("Oi, recebi o convite")
    page.get_by_role("button", name="Começar").click()
    page.wait_for_selector("html[data-live=yes]", state="attached")
    return page


def answer(page: Page, work, stage: Stage) -> None:
    for question in stage.answers:
        if question.name in SAID:
            write(page, work, SAID[question.name])


def come_to(page: Page, work, stage: Stage, *labels: str) -> None:
    """Move the clock: the stage's opening waits until Marina writes."""
    jump(page, work, *labels)
    assert marina().stage == stage.key
    expect(page.locator(".bench-team").get_by_text(stage.opening)).to_be_visible()
    expect(page.locator(".said-outbound").filter(has_text=stage.opening)).to_have_count(0)
    write(page, work, "Oi! Estou por aqui")
    heard(page, stage.opening)


# Nobody else writes as fast.
@pytest.mark.environment(OPENAI_REQUESTS_PER_MINUTE=1000, OPENAI_TOKENS_PER_MINUTE=1_000_000)
@pytest.mark.parametrize("database", ["sqlite"])
def test_the_event_interview_is_walked_to_a_month_after_the_event(visit, work, openai, interview):
    openai.reply, openai.finds = (lambda body: "Entendi!"), finds
    page = pretended(visit)
    work()
    heard(page, "Podemos começar?")
    write(page, work, "ok mas antes uma pergunta")
    heard(page, "não entendi se você concorda")
    assert openai.calls == []
    write(page, work, "Sim, concordo")
    for stage in interview[:5]:
        assert marina().stage == stage.key
        heard(page, stage.opening)
        answer(page, work, stage)
    assert (marina().stage, marina().next_stage) == (None, "day-after")

    jumps = [("+7 dias", *["+1 dia"] * 5), ("+7 dias",), ("+30 dias",)]
    for stage, labels in zip(interview[5:], jumps, strict=True):
        come_to(page, work, stage, *labels)
        answer(page, work, stage)
    assert (marina().stage, marina().next_stage, marina().progress) == (None, None, 100)
    assert {each.name for each in rows(Answer)} == set(SAID)
    assert [event.kind for event in rows(ConsentEvent)] == ["asked", "asked", "given"]
    photograph(page, "journey-end")
    assert findings(page) == []


@pytest.mark.parametrize("database", ["sqlite"])
def test_who_stops_in_the_middle_gets_nothing_more_at_any_date(visit, work, openai, interview):
    openai.reply, openai.finds = (lambda body: "Entendi!"), finds
    page = pretended(visit)
    work()
    write(page, work, "sim")
    for stage in interview[:5]:
        answer(page, work, stage)
    write(page, work, "SAIR")
    heard(page, "você não vai mais receber mensagens")
    write(page, work, "Uma última coisa")
    last = rows(Message)[-1]
    for label in ("+7 dias", "+7 dias", "+30 dias"):
        jump(page, work, label)
    assert rows(Message)[-1].id == last.id
    assert last.body == "Uma última coisa"


@pytest.mark.parametrize("database", ["sqlite"])
@pytest.mark.parametrize("size", [DESK, PHONE])
def test_the_clock_is_seen_and_moved(visit, interview, size):
    page = pretended(visit, viewport=size)
    before = page.locator("#clock-now").inner_text()
    page.get_by_role("button", name="+7 dias", exact=True).click()
    expect(page.locator("#clock-now")).not_to_have_text(before)
    photograph(page, f"journey-clock-{size['width']}")
