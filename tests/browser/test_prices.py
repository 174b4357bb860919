"""The page of prices and its form, as they are seen and used in a browser."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.cast import CAIO, only
from tests.support.browser import PHONE
from wa_assistant import settings
from wa_assistant.database import db, transaction
from wa_assistant.models import Category, Fee, PriceKind, Role, User
from wa_assistant.money import own_prices, prices

from .pages import of_many_looks, whole

EVA = "eva@example.com"
OURS = "llama-4-scout-17b-of-our-own"

pytestmark = [
    pytest.mark.usefixtures("context"),
    # What is seen does not depend on the database.
    pytest.mark.parametrize("database", ["sqlite"]),
    pytest.mark.environment(OPENAI_MODEL="some-model-nobody-knows"),
]


def fill() -> None:
    with transaction():
        db.session.add(User(email=EVA, name="Eva", role=Role.OWNER))
    eva = only(User, User.email == EVA)
    rate = {"currency": "BRL", "rate": "5.43", "day": "2026-11-27"}
    settings.change({"exchange": rate}, settings.marks(settings.current()), eva)
    later = (prices.today() + timedelta(days=31)).isoformat()
    model = {"kind": PriceKind.TOKENS, "name": OURS, "amount": "0.07", "output": "0.21"}
    server = {"server": "https://models.escoladobairro.example.com/v1"}
    service = {"kind": PriceKind.MESSAGE, "name": Category.SERVICE}
    fee = {"kind": PriceKind.FEE, "name": Fee.OUTBOUND}
    for said in (
        {**model, **server, "valid_from": "2024-11-01"},
        {**model, **server, "amount": "0.09", "output": "0.27", "valid_from": later},
        {**service, "country": "PT", "amount": "0.0171", "valid_from": "2024-11-10"},
        {**service, "country": "BR", "amount": "0.0067", "valid_from": "2024-11-12"},
        {**fee, "amount": "0.0045", "valid_from": "2024-11-02"},
    ):
        own_prices.say(said, eva)


@of_many_looks
def test_each_page_can_be_seen_by_everybody(visit, look):
    size, theme, language = look
    caio = visit(CAIO, Role.OWNER, viewport=size, color_scheme=theme, locale=language)
    caio.expected = ("422",)
    end = f"{size['width']}-{theme}-{language}"
    fill()
    server = "https%3A%2F%2Fmodels.escoladobairro.example.com%2Fv1"
    for name, address in {
        "prices": "/money/prices",
        "prices-model": f"/money/prices/form?kind=tokens&name={OURS}&server={server}",
        "prices-message": "/money/prices/form?kind=message&name=service&country=BR",
    }.items():
        page = caio.open(address)
        whole(page, f"{name}-{end}")
        page.close()
    page = caio.open("/money/prices/form?kind=tokens")
    page.locator("#name").fill("gpt-7")
    page.locator("#amount").fill("-1")
    page.locator("button.button-primary").click()
    expect(page.locator(".problem")).to_have_count(2)
    whole(page, f"prices-refused-{end}")


def test_without_scripts_an_owner_says_a_price_and_takes_it_back(visit):
    page = visit(CAIO, Role.OWNER, java_script_enabled=False).open("/")
    page.get_by_role("link", name="Money").click()
    page.get_by_role("link", name="Prices", exact=True).click()
    page.get_by_role("link", name="Set its price").click()
    expect(page.get_by_label("Model")).to_have_value("some-model-nobody-knows")
    page.get_by_label("Input", exact=True).fill("0,15")
    page.get_by_label("Output", exact=True).fill("0.60")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The price is saved.")).to_be_visible()
    expect(page.get_by_text("No price is known")).not_to_be_visible()
    row = page.get_by_role("row").filter(has_text="some-model-nobody-knows")
    expect(row).to_contain_text("US$ 0.15")
    row.get_by_role("link").click()
    page.get_by_role("button", name="Take back").click()
    expect(page.get_by_text("The price is taken back.")).to_be_visible()


def test_on_a_phone_owners_come_to_the_prices_by_their_preferences(visit):
    page = visit(CAIO, Role.OWNER, viewport=PHONE).open("/preferences")
    page.get_by_role("main").get_by_role("link", name="Money").click()
    page.get_by_role("link", name="Prices", exact=True).click()
    expect(page.get_by_role("heading", name="Prices", exact=True)).to_be_visible()
