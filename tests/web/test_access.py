"""How a closed door looks to a page, to a fragment and to a form."""

import pytest

from wa_assistant import create_app, web
from wa_assistant.models import Role
from wa_assistant.web import access

from .people import signed_in


def test_a_page_leads_to_the_sign_in_page(client):
    response = client.get("/")
    assert (response.status_code, response.location) == (303, "/sign-in")


@pytest.mark.parametrize(
    "path", ["/conversations", "/conversations/1/thread", "/simulator/1/thread"]
)
def test_a_fragment_without_a_session_sends_the_whole_page_to_sign_in(client, path):
    response = client.get(path, headers={"HX-Request": "true"})
    assert (response.status_code, response.headers["HX-Redirect"]) == (401, "/sign-in")
    assert "Location" not in response.headers
    assert response.data == b""


def test_a_form_without_a_session_is_told_to_sign_in_and_not_that_it_is_stale(client):
    assert client.post("/simulator", data={"name": "x", "body": "x"}).location == "/sign-in"
    response = client.post("/simulator", headers={"HX-Request": "true"})
    assert response.status_code == 401


def test_a_forged_cookie_is_no_session(client):
    forged = "eyJfdXNlcl9pZCI6IjEifQ.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb"
    client.set_cookie("wa_assistant_8000", forged)
    assert client.get("/").status_code == 303


def test_a_role_that_does_not_reach_is_told_so(davi):
    response = davi.get("/simulator")
    assert response.status_code == 403
    assert "Your role does not allow this." in response.text


def test_what_an_open_page_asks_for_by_itself_is_empty_where_a_role_does_not_reach(davi):
    by_itself = {"HX-Request": "true", "X-By-Itself": "yes"}
    response = davi.get("/simulator", headers=by_itself)
    assert (response.status_code, response.data) == (204, b"")
    assert davi.post("/simulator", headers=by_itself).status_code == 403


def test_a_viewer_is_not_shown_what_is_closed_to_them(davi, bia):
    assert 'href="/simulator"' not in davi.get("/").text
    assert 'href="/simulator"' in bia.get("/").text


def test_a_route_that_says_nothing_is_closed_to_everybody(make_app):
    app = make_app()
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    assert app.test_client().get("/forgotten").status_code == 303
    caio = signed_in(app, "caio@example.com", Role.OWNER)
    assert caio.get("/forgotten").status_code == 403


class Forgetful:
    """A noun whose route says `access`, or nothing where that is None."""

    def __init__(self, said):
        self.said = said

    def init_app(self, app):
        def view():
            return "secret"

        if self.said is not None:
            view.access = self.said  # type: ignore[attr-defined]
        app.add_url_rule("/forgotten", "forgotten", view)


@pytest.mark.parametrize("said", [None, "viewer", "", True, "READ_CONVERSATIONS"])
def test_a_route_without_its_line_does_not_start(config, monkeypatch, said):
    monkeypatch.setattr(web, "NOUNS", (*web.NOUNS, Forgetful(said)))
    with pytest.raises(access.SilentRouteError, match="forgotten"):
        create_app(config)


@pytest.mark.parametrize("path", ["/nothing", "/conversations/x", "/static/nothing.css"])
def test_what_does_not_exist_is_404_to_everybody(client, bia, path):
    assert client.get(path).status_code == bia.get(path).status_code == 404
