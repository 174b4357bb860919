"""Signing in by a one-time link, and signing out."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select, update

from tests.web import people
from tests.web.people import csrf_token, link, submit
from wa_assistant.extensions import db
from wa_assistant.models import AuditEntry, Role, SignInLink, User

EVA = "eva@example.com"


@pytest.fixture
def path(app) -> str:
    return link(app, EVA, Role.EDITOR)


def age(minutes: float) -> None:
    """Let the link be so old."""
    db.session.scalars(select(SignInLink)).one().expires_at -= timedelta(minutes=minutes)
    db.session.commit()


def test_a_link_opens_a_page_whose_only_form_is_the_button(client, path):
    page = client.get(path)
    assert page.status_code == 200
    assert EVA in page.text
    assert page.text.count("<form") == page.text.count("<button") == 1
    assert f'action="{path}"' in page.text


def test_previews_do_not_use_a_link_up(app, path):
    for call in ("get", "head", "options", "get"):
        assert getattr(app.test_client(), call)(path).status_code == 200
    assert submit(app.test_client(), path, path).status_code == 303


def test_the_button_signs_in_once(app, client, path):
    assert submit(client, path, path).location == "/"
    assert client.get("/").status_code == 200
    late = app.test_client()
    assert late.get(path).status_code == 410
    assert late.get("/").status_code == 303


@pytest.mark.parametrize(
    ("query", "back"), [("?q=ana", "/conversations?q=ana"), (f"?q={'a' * 5_000}", "/conversations")]
)
def test_the_page_one_wanted_to_see_is_come_back_to_by_a_cookie_browsers_keep(
    client, path, query, back
):
    away = client.get(f"/conversations{query}", headers={"Accept": "text/html"})
    assert len(away.headers["Set-Cookie"]) < 4_000
    assert submit(client, path, path).location == back


def test_two_who_press_the_button_at_once_are_one_who_signs_in(app, path):
    first, second = app.test_client(), app.test_client()
    tokens = [csrf_token(each.get(path)) for each in (first, second)]
    codes = [
        each.post(path, data={"csrf_token": token}).status_code
        for each, token in zip((first, second), tokens, strict=True)
    ]
    assert codes == [303, 410]
    assert second.get("/").status_code == 303


@pytest.mark.parametrize(("minutes", "code"), [(29, 200), (31, 410)])
def test_a_link_lives_for_half_an_hour(client, path, context, minutes, code):
    age(minutes)
    assert client.get(path).status_code == code


def test_a_link_that_dies_while_its_page_is_open_signs_nobody_in(client, path, context):
    token = csrf_token(client.get(path))
    age(31)
    assert client.post(path, data={"csrf_token": token}).status_code == 410
    assert client.get("/").status_code == 303


@pytest.mark.parametrize("token", ["x", "x" * 3_000, "%00", "%F0%9F%99%82", "'--"])
def test_a_link_nobody_made_is_a_clear_page(client, token):
    page = client.get(f"/sign-in/{token}")
    assert page.status_code == 410
    assert "no longer works" in page.text


def test_the_token_itself_is_not_stored(path, context):
    stored = db.session.scalars(select(SignInLink)).one()
    assert path.rpartition("/")[2] not in {str(value) for value in vars(stored).values()}


def test_the_button_needs_the_page_it_stands_on(client, path):
    assert client.post(path).status_code == 400
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("role", list(Role))
def test_a_link_gives_its_role_from_then_on(app, client, context, role):
    people.signed_in(app, "caio@example.com", Role.OWNER)  # who may not be the only one
    for given in (Role.OWNER, role):
        path = link(app, EVA, given)
        submit(client, path, path)
    eva = db.session.scalars(select(User).where(User.email == EVA)).one()
    assert eva.role == role


def test_the_deed_is_in_the_audit(client, path, context):
    submit(client, path, path)
    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [(each.action, each.subject_id) for each in entries] == [
        ("made a sign-in link", EVA),
        ("signed in", EVA),
    ]


def test_a_session_begun_by_somebody_else_ends_at_signing_in(client, path):
    with client.session_transaction() as planted:
        planted.update(_user_id="999", _fresh=True, left="behind")
    submit(client, path, path)
    with client.session_transaction() as session:
        assert session["_user_id"] != "999"
        assert "left" not in session


def test_signing_out_ends_the_session(bia):
    assert submit(bia, "/", "/sign-out").location == "/sign-in"
    assert bia.get("/").status_code == 303
    with bia.session_transaction() as session:
        assert "_user_id" not in session


def test_the_cookie_of_a_session_that_was_ended_opens_nothing(bia):
    name = bia.application.config["SESSION_COOKIE_NAME"]
    cookie = bia.get_cookie(name)
    submit(bia, "/", "/sign-out")
    bia.set_cookie(name, cookie.value)
    assert bia.get("/settings").location == "/sign-in"
    assert bia.get("/").status_code == 303


def test_who_signs_in_anew_ends_the_session_that_was_there(app, bia):
    name = bia.application.config["SESSION_COOKIE_NAME"]
    before = bia.get_cookie(name).value
    path = link(app, "caio@example.com", Role.OWNER)
    submit(bia, path, path)
    assert bia.get("/").status_code == 200
    bia.set_cookie(name, before)
    assert bia.get("/").status_code == 303


def test_signing_out_in_one_browser_leaves_the_other_signed_in(app, bia):
    path = link(app, "bia@example.com", Role.EDITOR)
    other = app.test_client()
    submit(other, path, path)
    submit(bia, "/", "/sign-out")
    assert bia.get("/").status_code == 303
    assert other.get("/").status_code == 200


@pytest.mark.parametrize("planted", [{}, {"key": None}, {"key": 7}, {"key": "x" * 43}])
def test_a_cookie_without_a_session_of_ours_opens_nothing(bia, planted):
    with bia.session_transaction() as session:
        session.pop("key")
        session.update(planted)
    assert bia.get("/").status_code == 303


def test_a_foreign_page_cannot_sign_anybody_out(bia):
    assert bia.post("/sign-out").status_code == 400
    assert bia.get("/").status_code == 200


def test_who_is_put_out_is_out_at_once_and_by_no_link_in(app, bia, context):
    db.session.execute(update(User).values(active=False))
    db.session.commit()
    assert bia.get("/").status_code == 303
    path = link(app, "bia@example.com", Role.OWNER)
    client = app.test_client()
    assert submit(client, path, path).status_code == 410
    assert client.get("/").status_code == 303


@pytest.mark.parametrize(
    "asked", ["/conversations?before=7", "/simulator", "/conversations/7?before=3"]
)
def test_after_signing_in_one_is_where_one_wanted_to_be(client, path, asked):
    assert client.get(asked, headers={"Accept": "text/html"}).location == "/sign-in"
    assert submit(client, path, path).location == asked


@pytest.mark.parametrize(
    ("asked", "headers"),
    [
        ("/stream", {"Accept": "text/event-stream"}),
        ("/conversations/list", {"HX-Request": "true", "Accept": "text/html, */*"}),
        ("/conversations", {"Accept": "*/*"}),
    ],
    ids=["the event stream", "a fragment", "a script"],
)
def test_what_no_person_asked_for_is_not_where_one_lands(client, path, asked, headers):
    client.get(asked, headers=headers)
    assert submit(client, path, path).location == "/"


@pytest.mark.parametrize(
    "asked", ["//evil.example.com/", "/\\evil.example.com", "/%0d%0aLocation:x"]
)
def test_nobody_is_led_elsewhere_by_signing_in(client, path, asked):
    client.get(asked, headers={"Accept": "text/html"})
    assert submit(client, path, path).location == "/"


def test_the_link_is_the_public_one(app, context):
    from wa_assistant.accounts import sign_in

    url = urlsplit(sign_in.make_link(EVA, Role.VIEWER))
    assert f"{url.scheme}://{url.netloc}" == app.config["PUBLIC_URL"]


def test_who_is_signed_in_need_not_sign_in(bia):
    assert bia.get("/sign-in").location == "/"
