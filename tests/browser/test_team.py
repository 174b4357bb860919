"""The team in a browser: somebody is invited and comes through GitHub, and is demoted at work."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.cast import ANA, BIA, CAIO, DAVI, come, known, only
from tests.doubles.github import Account, verified
from tests.support.browser import findings, photograph
from tests.web import people
from wa_assistant.accounts import sectors, team
from wa_assistant.accounts.sessions import Browser
from wa_assistant.conversation import takeover
from wa_assistant.database import db, transaction
from wa_assistant.models import Role, User

from .pages import hears, of_looks, whole

pytestmark = [
    pytest.mark.usefixtures("context"),
    # What is seen does not depend on the database.
    pytest.mark.parametrize("database", ["sqlite"]),
]
DORA = "dora@elsewhere.example"


def of(email: str) -> Any:
    return only(User, User.email == email)


def test_an_invitation_is_accepted_through_github_and_a_demotion_closes_the_page(
    app, site, visit, github
):
    app.config.update(PUBLIC_URL=site, SESSION_COOKIE_SECURE=False)
    github.person = Account(id=77, name="Dora Lima", emails=[verified(DORA, primary=True)])
    owner = visit(CAIO, Role.OWNER).open("/team")
    owner.get_by_role("link", name="Invite somebody").click()
    owner.get_by_label("E-mail address").fill(DORA)
    owner.get_by_label("Role").select_option("owner")
    owner.get_by_role("button", name="Invite").click()
    expect(owner.locator(".secret")).to_contain_text("/sign-in/")
    owner.get_by_role("link", name="Close").click()

    visitor = visit(DAVI, Role.VIEWER)
    visitor.context.clear_cookies()
    visitor.expected = ("401", "403")
    dora = visitor.open("/sign-in")
    dora.get_by_role("link", name=re.compile("GitHub")).click()
    dora.wait_for_url(f"{site}/")
    dora.goto(f"{site}/team/sectors")
    hears(dora)

    owner.reload()
    owner.get_by_label("Role").select_option("viewer")
    owner.get_by_role("button", name="Save").click()
    expect(owner.get_by_text("Saved. The role holds")).to_be_visible()
    expect(dora.get_by_role("heading", name="Your role does not allow this.")).to_be_visible()
    dora.goto(f"{site}/team")
    expect(dora.get_by_role("row", name=re.compile("Dora Lima"))).to_contain_text("viewer")
    expect(dora.get_by_role("link", name="Invite somebody")).to_have_count(0)


def test_who_may_write_no_more_is_left_with_what_they_may_read(visit):
    ana = known(ANA)
    visitor, _ = visit(BIA, Role.EDITOR), visit(CAIO, Role.OWNER)
    bia = visitor.open(f"/conversations/{ana}")
    hears(bia)
    bia.locator("#body").fill("a careful answer")
    expect(bia.locator(".reads-only")).to_be_hidden()
    team.change(of(BIA).id, {"role": "viewer"}, {"role": "editor"}, of(CAIO))
    expect(bia.locator(".reads-only")).to_be_visible()
    expect(bia.locator("#composer")).to_be_hidden()
    expect(bia.get_by_role("button", name="Take over")).to_have_count(0)
    expect(bia.locator("#name")).to_be_visible()
    photograph(bia, "team-reads-only")


def test_who_may_not_write_any_more_is_told_so(visit):
    conversation = known(ANA)
    visitor = visit(BIA, Role.EDITOR)
    visitor.expected = ("403",)
    page = visitor.open(f"/conversations/{conversation}")
    page.get_by_label(re.compile("Message to")).fill("Olá!")
    with transaction():
        of(BIA).role = Role.VIEWER
    # As if it had been pressed just then: the head may hear of the role before, and close it.
    page.locator("form.composer").evaluate("form => form.requestSubmit()")
    expect(page.locator(".toast")).to_contain_text("Your role does not allow this.")


def company(app: Any) -> None:
    """A team with sectors, somebody invited and somebody with a long name."""
    caio = of(CAIO)
    for name in ("Vendas", "Suporte"):
        sectors.add(name, caio)
    people.signed_in(app, BIA, Role.EDITOR)
    come(BIA, Role.EDITOR, Browser("Mozilla/5.0 (iPhone) Version/18 Safari/", "10.1.2.3"))
    takeover.take_over(known(ANA), of(BIA))
    long = "Maria Aparecida dos Santos Albuquerque Cavalcanti de Oliveira " * 3
    with transaction():
        of_bia = db.session.get_one(User, of(BIA).id)
        of_bia.name, of_bia.sector_id = "Bia Reis", sectors.everything()[0].id
        db.session.add(User(email=DORA, name=long[:200], role=Role.VIEWER))


@of_looks
def test_the_pages_are_looked_at(app, visit, mail, look):
    size, theme, language = look
    end = f"{size['width']}-{theme}-{language}"
    visitor = visit(CAIO, Role.OWNER, viewport=size, color_scheme=theme, locale=language)
    company(app)
    bia = f"/team/{of(BIA).id}"
    for path, name in (
        ("/team", "team"),
        (bia, "team-person"),
        (f"/team/{of(CAIO).id}", "team-owner"),
        ("/team/invitation", "team-invitation"),
        ("/team/sectors", "team-sectors"),
    ):
        page = visitor.open(path)
        whole(page, f"{name}-{end}")
        page.set_viewport_size(size)
    page.goto(page.url.replace("/team/sectors", bia))
    page.locator("[data-dialog=put-out]").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert findings(page) == []
    photograph(page, f"team-leaving-{end}")
    page.get_by_role("dialog").locator("[data-close]").click()
    page.locator("form[action$='/link'] button").click()
    whole(page, f"team-link-{end}")
    page.context.clear_cookies()
    page.goto(page.url.partition("/team")[0] + "/sign-in")
    page.set_viewport_size(size)
    page.locator("input[type=email]").fill(BIA)
    whole(page, f"team-door-{end}")
    page.locator("main button").click()
    whole(page, f"team-asked-{end}")
