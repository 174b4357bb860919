"""The page of costs and the card of a conversation, as they are seen in a browser."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import case, func, select, update

from tests.cast import CAIO
from tests.money.calls import reserve, settle
from wa_assistant import settings
from wa_assistant.cli.demo.fill import Asked, fill
from wa_assistant.clients.openai import Usage
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.models import CallKind, Direction, Message, Participant, Role, User
from wa_assistant.money.ledger import Payer

from .pages import of_many_looks, squeezed, whole

OURS = "llama-4-scout-17b-of-our-own"

pytestmark = [
    pytest.mark.usefixtures("context"),
    # What is seen does not depend on the database.
    pytest.mark.parametrize("database", ["sqlite"]),
]


def months() -> int:
    """Nine of them, in which messages had their price; the id of who wrote most."""
    fill(Asked(120, 3000, 1, utcnow()))
    inbound = Message.direction == Direction.INBOUND
    day, cost = func.date(Message.created_at), case((inbound, 5_000), else_=11_800)
    costs = {"day": day, "cost": cost, "category": case((inbound, None), else_="service")}
    with transaction():
        real = update(Participant).where(Participant.id > 10).values(simulated=False)
        db.session.execute(real)
        db.session.execute(update(Message).values(costs))
        eva = User(email="eva@example.com", role=Role.OWNER)
        db.session.add(eva)
    rate = {"currency": "BRL", "rate": "5.43", "day": "2026-11-27"}
    settings.change({"exchange": rate}, settings.marks(settings.current()), eva)
    for kind, model in ((CallKind.TRIAL, "gpt-6-luna"), (CallKind.EVALUATION, OURS)):
        settle(reserve(Payer(kind), model), usage=Usage(900, 512, 80))
    reserve()
    counted = select(Message.participant_id).group_by(Message.participant_id)
    return db.session.scalars(counted.order_by(func.count().desc()).limit(1)).one()


@of_many_looks
def test_where_the_money_goes_can_be_seen_by_everybody(visit, look):
    size, theme, language = look
    caio = visit(CAIO, Role.OWNER, viewport=size, color_scheme=theme, locale=language)
    busiest = months()
    end = f"{size['width']}-{theme}-{language}"
    page = caio.open("/money")
    whole(page, f"costs-{end}")
    page.locator(".days summary").click()
    expect(
        page.get_by_role("table", name="By day" if language == "en-US" else "Por dia")
    ).to_be_visible()
    assert squeezed(page) == []
    page.close()
    page = caio.open(f"/conversations/{busiest}/person")
    expect(page.locator("#cost")).to_be_visible()
    whole(page, f"costs-card-{end}")


def test_without_scripts_an_owner_goes_from_month_to_month(visit):
    months()
    page = visit(CAIO, Role.OWNER, java_script_enabled=False).open("/")
    page.get_by_role("link", name="Money").click()
    heading = page.locator("#month")
    now = heading.text_content()
    page.locator(".month a").click()
    expect(heading).not_to_have_text(now or "")
    page.locator("#months + .table-frame a").first.click()
    expect(heading).to_have_text(now or "")
