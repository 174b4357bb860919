"""Every route says what it is, and is for whom it is written here: a second time, on purpose.

That the gate lets in exactly these, test_gate.py shows.
"""

import re

from deploy.peer import MOST_BODY
from tests.web import people
from wa_assistant.models import Role
from wa_assistant.web import access

from .route_table import ASKED, CONVERSATION


def routes(app) -> dict[str, str]:
    """ "GET /conversations" -> its endpoint, over the whole map."""
    return {
        f"{method} {rule.rule}": rule.endpoint
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def test_the_map_is_as_it_is_written_here(app):
    assert set(routes(app)) == set(ASKED)


def test_every_route_says_what_is_written_here(app):
    with app.app_context():
        said = {route: access.of(endpoint) for route, endpoint in routes(app).items()}
    least = {route: getattr(act, "least", act) for route, act in said.items()}
    assert least == {route: asked or access.PUBLIC for route, asked in ASKED.items()}


def test_only_what_twilio_signs_needs_no_token_of_a_form(app):
    app.testing = False
    signed = {"POST /whatsapp/status", "POST /whatsapp/webhook"}
    composer = f"POST {CONVERSATION}/messages"  # answers by keeping what was typed
    for route, asked in ASKED.items():
        method, _, rule = route.partition(" ")
        if method == "GET" or route in {*signed, composer}:
            continue
        role = asked or Role.OWNER
        client = people.signed_in(app, "eva@example.com", role)
        response = client.open(re.sub(r"<[^>]+>", "7", rule), method=method)
        assert response.status_code == 400, route
        assert "This form is out of date." in response.text


def test_a_larger_body_than_is_awaited_is_brought_only_by_who_is_signed_in(app):
    assert app.config["MAX_CONTENT_LENGTH"] <= MOST_BODY
    for route, endpoint in routes(app).items():
        if getattr(app.view_functions[endpoint], "takes", 0) > MOST_BODY:
            assert ASKED[route], route
