"""Pages offer what the table lets one do: all of it, and nothing that the gate would refuse."""

from collections import defaultdict
from collections.abc import Iterable
from html.parser import HTMLParser

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException

from tests.cast import CAIO
from tests.web import people
from wa_assistant.accounts import authority
from wa_assistant.accounts.authority import Act
from wa_assistant.models import Role
from wa_assistant.web import access

from . import world
from .world import EVA, World

SENDS = {"formaction", "hx-post", "data-read", "data-seen", "data-writes"}
ENDLESS = "/stream"
FRAME = "the frame"
ANY_PAGE = "/preferences"  # which everybody may see
ASKED = {"/money/prices/form": "?kind=fee&name=inbound"}  # pages that are about what is asked
# Whoever may not do the one cannot get to where the other is offered.
GOES_WITH = {Act.WRITE_JOURNEYS: Act.PUBLISH_JOURNEYS}
# Where the one is done it leads to the other, too.
LEADS_TO = {
    Act.SET_PRICES: Act.SEE_MONEY,
    Act.SET_LIMITS: Act.SEE_MONEY,
    Act.EXPORT_AUDIT: Act.READ_AUDIT,
}
OWNERS = [act for act in Act if act.least == Role.OWNER]
BEYOND_VIEWERS = [act for act in Act if act.least == Role.EDITOR]


# What is offered asks for roles alone: one database is enough.
@pytest.fixture(params=["sqlite"])
def database(request) -> str:
    return str(request.param)


class Leads(HTMLParser):
    """Collects the addresses of a page, each with the method it is asked by."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: set[tuple[str, str]] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        for name, address in attrs:
            if address and address.startswith("/"):
                posts = name in SENDS or (name == "action" and given.get("method") == "post")
                self.found.add(("POST" if posts else "GET", address))


Found = dict[Act, dict[str, str]]  # by page, an example of what leads to the act there


def offered(app: Flask, client: FlaskClient, asked: Iterable[str]) -> Found:
    """What those pages lead to that are open to this browser. The frame, which is the same on all
    of them, is a page of its own."""
    found: Found = defaultdict(dict)
    for page in asked:
        response = client.get(page)
        assert response.status_code in (200, 301, 303, 403), page
        if response.status_code != 200 or response.mimetype != "text/html":
            continue
        before, is_whole, after = response.text.partition("<main")
        parts = {FRAME: before, page: after} if is_whole else {page: before}
        for place, text in parts.items():
            for method, address in Leads(text).found:
                act = led_to(app, address, method)
                if act is not None:
                    found[act][place] = f"{method} {address} on {page}"
    return found


def where(found: Found, *acts: Act) -> set[str]:
    """The pages that lead to any of these, and one for the frame."""
    return {page for act in acts for page in found.get(act, ())} - {FRAME} | {ANY_PAGE}


def pages(app: Flask, made: World) -> list[str]:
    """Of whoever is signed in."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    with app.app_context():
        ours = {rule.rule for rule in rules if isinstance(access.of(rule.endpoint), Act)}
    return [world.filled(rule, made) + ASKED.get(rule, "") for rule in sorted(ours - {ENDLESS})]


def led_to(app: Flask, address: str, method: str) -> Act | None:
    path = address.partition("?")[0].partition("#")[0]
    try:
        endpoint, _ = app.url_map.bind("localhost").match(path, method=method)
    except HTTPException:
        pytest.fail(f"{method} {address} leads nowhere")
    with app.app_context():
        act = access.of(endpoint)
    return act if isinstance(act, Act) else None


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("role", Role)
def test_one_is_offered_what_one_may_and_nothing_else(app, made, role):
    found = offered(app, people.signed_in(app, EVA, role), pages(app, made))
    allowed = {act for act in Act if role in authority.roles(act)}
    assert {act: places for act, places in found.items() if act not in allowed} == {}
    assert allowed - found.keys() <= {Act.MEND}, "of which there is a sentence, and no page"


# A page that does not lead to an act leads to it no more once somebody may do less.
@pytest.mark.usefixtures("engine")
def test_what_is_taken_from_editors_is_offered_to_them_no_more(app, made, monkeypatch):
    eva = people.signed_in(app, EVA, Role.EDITOR)
    before = offered(app, eva, pages(app, made))
    for act in BEYOND_VIEWERS:
        taken = {act, GOES_WITH.get(act, act)}
        with monkeypatch.context() as patch:
            for each in taken:
                patch.setattr(each, "least", Role.OWNER)
            found = offered(app, eva, where(before, *taken))
        assert {each: places for each, places in found.items() if each in taken} == {}, act


@pytest.mark.usefixtures("engine")
def test_what_is_given_to_editors_offers_them_nothing_else_of_owners(app, made, monkeypatch):
    caio = people.signed_in(app, CAIO, Role.OWNER)
    of_owners = where(offered(app, caio, pages(app, made)), *OWNERS)
    eva = people.signed_in(app, EVA, Role.EDITOR)
    for act in OWNERS:
        given = {act, LEADS_TO.get(act, act)}
        with monkeypatch.context() as patch:
            for each in given:
                patch.setattr(each, "least", Role.EDITOR)
            found = offered(app, eva, of_owners)
        assert {each: found[each] for each in set(OWNERS) & found.keys() - given} == {}, act
        assert given <= found.keys() | {Act.MEND, Act.MANAGE_MODEL}, f"no page leads to it: {act}"
