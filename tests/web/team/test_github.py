"""Signing in with GitHub: who is let in, and who is not."""

from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.cast import CAIO, only, together
from tests.doubles.github import unverified, verified
from tests.web.team.visits import comes, invited, is_in, nothing_is_half_done, there
from wa_assistant.database import db, transaction
from wa_assistant.models import Role, User

COMPANY = pytest.mark.environment(ALLOWED_EMAIL_DOMAINS="company.com, company.com.br")

pytestmark = [COMPANY, pytest.mark.usefixtures("context")]


def test_who_has_an_address_of_the_company_comes_in_as_a_viewer(client, github):
    github.person.emails = [verified("caio@Company.COM", primary=True)]
    assert comes(client).location == "/"
    assert is_in(client)
    user = only(User)
    assert (user.email, user.name, user.role) == ("caio@company.com", "Caio Prado", "viewer")
    assert (user.github_id, user.invited) == (github.person.id, False)


def test_pkce_state_and_scope_go_along(client, github):
    url = urlsplit(client.get("/sign-in/github").location)
    asked = dict(parse_qsl(url.query))
    assert url.path == "/login/oauth/authorize"
    assert asked["scope"] == "user:email"
    assert asked["code_challenge_method"] == "S256"
    assert asked["response_type"] == "code"
    assert asked["redirect_uri"].endswith("/sign-in/github/callback")
    assert len(asked["state"]) >= 32
    assert len(asked["code_challenge"]) == 43
    assert client.application.config["GITHUB_CLIENT_SECRET"] not in url.query


@pytest.mark.parametrize(
    "address",
    [
        "caio@evilcompany.com",
        "caio@sub.company.com",
        "caio@company.com.evil.org",
        "caio@company.co",
        "caio@xcompany.com.br",
        "company.com@evil.org",
        '"caio@company.com"@evil.org',
        "caio@company.com.",
        "caio@\u0441ompany.com",
        "583231+caio@users.noreply.github.com",
        "company.com",
        "",
    ],
)
def test_who_has_none_is_told_so_and_stays_outside(client, github, address):
    github.person.emails = [verified(address, primary=True)]
    page = comes(client)
    assert page.status_code == 403
    assert "verified e-mail address" in page.text
    assert not is_in(client)
    assert nothing_is_half_done()


@pytest.mark.environment(ALLOWED_EMAIL_DOMAINS="users.noreply.github.com")
def test_an_address_that_says_nothing_of_anybody_lets_nobody_in(client, github):
    github.person.emails = [verified("583231+caio@users.noreply.github.com", primary=True)]
    assert comes(client).status_code == 403
    assert nothing_is_half_done()


@pytest.mark.environment(ALLOWED_EMAIL_DOMAINS=None)
def test_empty_lists_let_nobody_in(client, github):
    assert comes(client).status_code == 403
    assert nothing_is_half_done()


def test_only_verified_addresses_count(client, github):
    github.person.emails = [
        unverified("caio@company.com", primary=True),
        {**verified("caio@company.com.br"), "verified": "true"},
        verified("caio@example.com"),
    ]
    assert comes(client).status_code == 403
    assert nothing_is_half_done()


def test_an_address_that_is_not_the_primary_one_lets_in_too(client, github):
    github.person.emails = [
        verified("caio@home.example", primary=True),
        unverified("caio@company.com.br"),
        verified("caio@company.com"),
    ]
    comes(client)
    assert only(User).email == "caio@company.com"


@pytest.mark.environment(ALLOWED_EMAIL_DOMAINS=None)
def test_who_was_invited_comes_in_whatever_their_domain_and_keeps_their_role(app, client, github):
    invited(app, CAIO)
    assert comes(client).location == "/"
    assert (only(User).github_id, only(User).role) == (github.person.id, "editor")


def test_an_invitation_goes_before_an_address_of_the_company(app, client, github):
    invited(app, CAIO)
    github.person.emails = [verified("caio@company.com", primary=True), verified(CAIO)]
    comes(client)
    assert (only(User).email, only(User).role) == (CAIO, "editor")


def test_no_other_address_helps_who_was_deactivated(app, client, github):
    invited(app, CAIO)
    with transaction():
        db.session.get_one(User, only(User).id).active = False
    github.person.emails = [verified("caio@company.com", primary=True), verified(CAIO)]
    assert comes(client).status_code == 403
    assert only(User).github_id is None


def test_of_several_who_come_at_once_as_the_same_one_user_is_made(app, github):
    github.person.emails = [verified("caio@company.com")]
    clients = [app.test_client() for _ in range(4)]
    backs = [there(each) for each in clients]
    calls = [
        lambda client=client, back=back: client.get(back).location
        for client, back in zip(clients, backs, strict=True)
    ]
    assert together(app, *calls) == ["/"] * 4
    assert only(User).github_id == github.person.id


@pytest.mark.environment(OWNER_EMAILS="caio@company.com, eva@home.example")
@pytest.mark.parametrize("address", ["Caio@company.com", "eva@home.example"])
def test_owners_are_owners_from_the_first_sign_in_on(client, github, address):
    github.person.emails = [verified("x@elsewhere.example", primary=True), verified(address)]
    comes(client)
    assert (only(User).role, only(User).email) == ("owner", address.lower())


def test_a_role_that_was_changed_stays(app, client, github):
    github.person.emails = [verified("caio@company.com")]
    comes(client)
    with transaction():
        db.session.get_one(User, only(User).id).role = Role.EDITOR
    other = app.test_client()
    comes(other)
    assert only(User).role == "editor"


def test_people_are_known_by_their_number_whatever_they_call_themselves(app, client, github):
    github.person.emails = [verified("caio@company.com")]
    comes(client)
    github.person.login = "somebody-else"
    github.person.emails = [verified("caio.prado@company.com.br", primary=True)]
    comes(app.test_client())
    assert only(User).email == "caio@company.com"


@pytest.mark.parametrize("address", ["caio@company.com", CAIO])
def test_an_address_of_somebody_with_another_number_is_taken(app, client, github, address):
    """A name at GitHub, and an address, may pass to somebody else."""
    invited(app, address)
    github.person.emails = [verified(address)]
    comes(client)
    github.person.id += 1
    stranger = app.test_client()
    page = comes(stranger)
    assert page.status_code == 403
    assert f"{address} already belongs to somebody" in page.text
    assert not is_in(stranger)
    assert only(User).github_id == github.person.id - 1


def test_who_left_the_company_is_no_longer_let_in(app, client, github):
    github.person.emails = [verified("caio@company.com")]
    comes(client)
    github.person.emails = [verified("caio@home.example")]
    late = app.test_client()
    assert comes(late).status_code == 403
    assert not is_in(late)


@pytest.mark.parametrize("bound", [True, False], ids=["known at GitHub", "never came from there"])
def test_who_was_deactivated_stays_outside(app, client, github, bound):
    invited(app, CAIO)
    if bound:
        comes(app.test_client())
    with transaction():
        db.session.get_one(User, only(User).id).active = False
    page = comes(client)
    assert (page.status_code, "no longer of this team" in page.text) == (403, True)
    assert not is_in(client)


@pytest.mark.parametrize("name", ["x" * 500, "Ana\u202e\x00\n Maria", None])
def test_any_name_is_kept_as_one_line(client, github, name):
    github.person.name = name
    github.person.emails = [verified("caio@company.com")]
    comes(client)
    expected = {"x" * 500: "x" * 200, None: "caio"}.get(name, "Ana Maria")
    assert only(User).name == expected


def test_a_name_that_is_there_is_left_alone(app, client, github):
    invited(app, CAIO)
    with transaction():
        db.session.get_one(User, only(User).id).name = "Caio P."
    comes(client)
    assert only(User).name == "Caio P."
