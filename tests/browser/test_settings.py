"""The settings and the page about privacy, as they are seen and used in a browser."""

import pytest
from playwright.sync_api import expect

from tests.cast import only
from tests.support.browser import PHONE
from wa_assistant import settings
from wa_assistant.database import db, transaction
from wa_assistant.models import Role, Setting, User
from wa_assistant.web.settings.pages import PAGES

from .pages import of_many_looks, whole

CAIO = ("caio@example.com", Role.OWNER)

pytestmark = [
    pytest.mark.usefixtures("context"),
    # What is seen does not depend on the database.
    pytest.mark.parametrize("database", ["sqlite"]),
]


def fill(by: str) -> None:
    with transaction():
        db.session.add(User(email="eva@example.com", name="Eva", role=Role.OWNER))
    seen = settings.marks(settings.current())
    before = {
        "company": "Escola",
        "purpose": "Tirar dúvidas sobre os cursos de inglês, de espanhol e de francês, e ajudar "
        "quem quer se matricular.\n\nEm qualquer horário.",
    }
    settings.change(before, seen, only(User, User.email == by))
    given = {
        "company": "Escola do Bairro",
        "purpose": "Tirar dúvidas sobre os cursos de inglês e acompanhar a sua matrícula.",
        "assistant_name": "Lia",
        "tone": "Alegre, trata por “você”.",
        "rules": "Nunca prometa descontos.\nIndique sempre escoladobairro.example.com/matricula.",
        "temperature": "0,4",
        "similarity_threshold": "0.62",
        "exchange": {"currency": "BRL", "rate": "5.43", "day": "2026-09-01"},
        "privacy_contact": "privacidade@escoladobairro.example.com",
        "countries": "Brasil e Estados Unidos",
        "hours": ["09:00–12:00, 13:00–18:00"] * 5 + ["09:00–13:00", None],
        "holidays": {"country": "BR", "state": "SP", "kept": ["Carnaval"]},
        "closed_dates": "25/01 Aniversário de São Paulo\n21/12/2026–03/01/2027 Férias coletivas",
        "quiet_hours": "22:00–08:00",
    }
    seen = settings.marks(settings.current())
    settings.change(given, seen, only(User, User.email == by))


@of_many_looks
def test_each_page_can_be_seen_by_everybody(visit, openai, work, look):
    size, theme, language = look
    caio = visit(*CAIO, viewport=size, color_scheme=theme, locale=language)
    caio.expected = ("422",)
    end = f"{size['width']}-{theme}-{language}"
    fill("eva@example.com")
    for name in PAGES:
        page = caio.open(f"/settings/{name}")
        whole(page, f"settings-{name}-{end}")
        page.close()
    page = caio.open("/settings/assistant")
    page.locator("#tone").fill("Sério")
    page.locator("#question").fill("Vocês abrem no sábado?")
    page.locator("[formaction*=trials]").click()
    work()
    expect(page.locator("#trial blockquote")).to_be_visible()
    expect(page.locator("#tone")).to_have_value("Sério")
    page.locator(".setting-prompt summary").click()
    expect(page.locator(".setting-prompt pre")).to_contain_text("Your tone: Sério")
    whole(page, f"settings-tried-{end}")
    page.close()
    page = caio.open("/settings/hours")
    page.locator("#hours-1").fill("09:00–08:00")
    page.locator("#closed_dates").fill("Natal")
    page.locator("button.button-primary").click()
    expect(page.locator(".problem")).to_have_count(2)
    whole(page, f"settings-refused-{end}")
    caio.context.clear_cookies()
    page = caio.open("/privacy")
    whole(page, f"privacy-{end}")
    with transaction():
        for row in db.session.query(Setting):
            db.session.delete(row)
    page.close()
    whole(caio.open("/privacy"), f"privacy-neutral-{end}")


def test_two_owners_change_the_same_and_each_sees_what_the_other_did(visit):
    caio, eva = visit(*CAIO), visit("eva@example.com", Role.OWNER)
    caio.expected = eva.expected = ("422",)
    his, hers = caio.open("/settings/company"), eva.open("/settings/company")
    his.get_by_label("Company name").fill("Escola de Caio")
    his.keyboard.press("Enter")
    expect(his.get_by_text("1 setting is saved.")).to_be_visible()
    hers.get_by_label("Company name").fill("Escola de Eva")
    hers.get_by_role("button", name="Save").click()
    expect(hers.get_by_text("caio has changed this meanwhile.")).to_be_visible()
    expect(hers.get_by_label("Company name")).to_have_value("Escola de Eva")
    hers.get_by_role("button", name="Save").click()
    expect(hers.get_by_text("1 setting is saved.")).to_be_visible()
    his.get_by_label("What the assistant is for").fill("Aulas")
    his.get_by_role("button", name="Undo").click()
    expect(his.get_by_text("eva has changed this meanwhile.")).to_be_visible()
    expect(his.get_by_label("What the assistant is for")).to_have_value("Aulas")
    his = caio.open("/settings/company")
    # What the key presses is no button that undoes.
    his.get_by_label("Company name").press("Enter")
    expect(his.get_by_text("Nothing was changed.")).to_be_visible()
    expect(his.get_by_text("Changed by eva")).to_be_visible()
    his.get_by_role("button", name="Undo").click()
    expect(his.get_by_text("It is as it was before.")).to_be_visible()
    expect(his.get_by_label("Company name")).to_have_value("Escola de Caio")
    now = settings.current()
    assert now == settings.Settings(company="Escola de Caio"), "what is on other pages is untouched"


def test_without_scripts_the_settings_are_saved_and_refused_whole(visit):
    caio = visit(*CAIO, java_script_enabled=False)
    caio.expected = ("422",)
    page = caio.open("/")
    page.get_by_role("link", name="Settings").click()
    page.get_by_label("Company name").fill("Escola do Bairro")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("1 setting is saved.")).to_be_visible()
    page.get_by_role("link", name="Hours").click()
    page.get_by_label("Saturday").fill("9-8")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("It closes before it opens.")).to_be_visible()
    page.get_by_label("Saturday").fill("9h-12h, 13h-15h")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("1 setting is saved.")).to_be_visible()
    page.get_by_role("link", name="Privacy").click()
    page.get_by_role("link", name="What participants read about privacy").click()
    expect(page.get_by_text("How Escola do Bairro treats")).to_be_visible()
    expect(page.get_by_text("Saturday, 9 am to 12 pm and 1 pm to 3 pm")).to_be_visible()


def test_on_a_phone_owners_come_to_the_settings_by_their_preferences(visit):
    page = visit(*CAIO, viewport=PHONE).open("/preferences")
    expect(page.locator(".rail").get_by_text("Settings")).not_to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Settings").click()
    expect(page.get_by_role("heading", name="Company", exact=True)).to_be_visible()
    page.get_by_text("Settings · Company").click()
    page.get_by_role("link", name="Newcomers").click()
    expect(page.get_by_role("heading", name="Newcomers", exact=True)).to_be_visible()


def test_a_zone_is_found_while_one_types_and_what_else_is_typed_stays(visit):
    page = visit(*CAIO, viewport=PHONE).open("/settings/hours")
    page.get_by_role("textbox", name="Sat").fill("9-12, 13-15")
    page.get_by_label("Search for a time zone").type("brasilia")
    found = page.get_by_role("radio")
    expect(found).to_have_count(8)
    page.get_by_label("Bahia").check()
    page.get_by_label("Search for a time zone").fill("lisboa")
    expect(page.get_by_label("Lisbon")).to_be_visible()
    expect(found).to_have_count(2)
    expect(page.get_by_label("Bahia")).to_be_checked()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("2 settings are saved.")).to_be_visible()
    expect(page.get_by_role("textbox", name="Sat")).to_have_value("09:00–12:00, 13:00–15:00")
    assert settings.current().time_zone == "America/Bahia"
