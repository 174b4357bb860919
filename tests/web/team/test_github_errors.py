"""What goes wrong on the way to GitHub and back: each a sentence, and nothing half done."""

from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.doubles.github import verified
from tests.web.people import submit
from tests.web.team.visits import EMAILS, TOKEN, comes, is_in, nothing_is_half_done, there
from wa_assistant.clients import github as client_of_github

COMPANY = pytest.mark.environment(ALLOWED_EMAIL_DOMAINS="company.com, company.com.br")
PORTUGUESE = {"Accept-Language": "pt-BR"}

pytestmark = [COMPANY, pytest.mark.usefixtures("context")]


@pytest.mark.parametrize(
    ("path", "status", "headers", "words"),
    [
        (TOKEN, 500, {}, "does not answer as it should"),
        (TOKEN, 502, {}, "does not answer as it should"),
        (TOKEN, 302, {"Location": "http://127.0.0.1:9/"}, "does not answer as it should"),
        (TOKEN, 404, {}, "did not accept this assistant"),
        (TOKEN, 429, {}, "no more questions"),
        ("/user", 500, {}, "does not answer as it should"),
        ("/user", 301, {"Location": "http://127.0.0.1:9/"}, "does not answer as it should"),
        ("/user", 403, {"X-RateLimit-Remaining": "0"}, "no more questions"),
        (EMAILS, 503, {}, "does not answer as it should"),
        (EMAILS, 429, {"Retry-After": "60"}, "no more questions"),
        (EMAILS, 403, {"Retry-After": "60"}, "no more questions"),
        (EMAILS, 403, {}, "did not let us see your e-mail addresses"),
        (EMAILS, 404, {}, "did not let us see your e-mail addresses"),
        ("/user", 401, {}, "Begin it anew"),
    ],
)
def test_each_error_of_github_s_is_a_sentence(client, github, path, status, headers, words):
    github.person.emails = [verified("caio@company.com")]
    back = there(client)
    github.is_away(path, status, **headers)
    page = client.get(back)
    assert words in page.text
    assert 400 <= page.status_code < 600
    assert not is_in(client)
    assert nothing_is_half_done()
    assert comes(client).location == "/", "the next time all is well"


def test_a_github_that_hangs_is_given_up(client, github, monkeypatch):
    monkeypatch.setattr(client_of_github, "TIMEOUT_SECONDS", (0.2, 0.2))
    for path in (TOKEN, "/user", EMAILS):
        back = there(client)
        github.is_silent(path, 1.0)
        assert "does not answer as it should" in client.get(back).text, path
    assert nothing_is_half_done()


def test_a_github_that_is_not_there_is_a_sentence(make_app, github):
    app = make_app(GITHUB_URL=github.url, GITHUB_API_URL="http://127.0.0.1:1")
    page = comes(app.test_client())
    assert (page.status_code, "does not answer as it should" in page.text) == (502, True)


@pytest.mark.parametrize(
    "profile",
    [
        {"message": "Server Error"},
        {"id": None},
        {"id": True},
        {"id": "583231"},
        {"id": 0},
        [],
        "words",
    ],
    ids=str,
)
def test_an_answer_that_is_no_profile_is_nobody(client, github, profile):
    """Or all whom an error meets would be one user."""
    github.profile = profile
    github.person.emails = [verified("caio@company.com")]
    assert comes(client).status_code == 502
    assert nothing_is_half_done()


@pytest.mark.parametrize("emails", [{}, "words", [None, 7, "caio@company.com", {"verified": True}]])
def test_addresses_that_are_none_let_nobody_in(client, github, emails):
    github.person.emails = emails
    assert comes(client).status_code in (403, 502)
    assert nothing_is_half_done()


@pytest.mark.parametrize("scope", ["", "read:org", "repo,gist"])
def test_a_scope_that_was_refused_is_a_sentence(client, github, scope):
    github.scope = scope
    github.person.emails = [verified("caio@company.com")]
    page = comes(client)
    assert (page.status_code, "Begin anew and allow it" in page.text) == (403, True)
    assert nothing_is_half_done()


@pytest.mark.parametrize("scope", ["user", "gist,user:email"])
def test_a_scope_that_holds_ours_is_enough(client, github, scope):
    github.scope = scope
    github.person.emails = [verified("caio@company.com")]
    assert comes(client).location == "/"


def test_who_cancels_is_told_so_in_their_language(client, github):
    github.choice = "cancel"
    assert "cancelled at GitHub" in comes(client).text
    page = comes(client, **PORTUGUESE)
    assert "Você não entrou" in page.text
    assert not github.asked(TOKEN)


def test_a_client_github_does_not_know_is_said_to_who_runs_it(make_app, github):
    app = make_app(GITHUB_CLIENT_SECRET="another")
    page = comes(app.test_client())
    assert (page.status_code, "GITHUB_CLIENT_SECRET" in page.text) == (502, True)


def test_a_return_is_good_once(client, github):
    github.person.emails = [verified("caio@company.com")]
    back = there(client)
    assert client.get(back).location == "/"
    submit(client, "/preferences", "/sign-out")
    assert "was used already" in client.get(back).text
    assert not is_in(client)


def test_a_return_that_failed_is_not_good_again(client, github):
    github.person.emails = [verified("caio@company.com")]
    back = there(client)
    github.is_away("/user")
    assert client.get(back).status_code == 502
    asked = len(github.requests)
    assert "was used already" in client.get(back).text
    assert len(github.requests) == asked, "not even GitHub is asked"


def test_a_return_is_good_in_the_browser_that_began_it_alone(app, client, github):
    github.person.emails = [verified("caio@company.com")]
    stranger = app.test_client()
    page = stranger.get(there(client))
    assert (page.status_code, "begun elsewhere" in page.text) == (400, True)
    assert not is_in(stranger)
    assert not github.asked(TOKEN)


def test_a_foreign_code_signs_nobody_in(app, client, github):
    """A state of one's own with a code that somebody else was given for theirs."""
    github.person.emails = [verified("caio@company.com")]
    theirs = dict(parse_qsl(urlsplit(there(app.test_client())).query))
    ours = dict(parse_qsl(urlsplit(there(client)).query))
    page = client.get(f"/sign-in/github/callback?state={ours['state']}&code={theirs['code']}")
    assert "was used already" in page.text
    assert not is_in(client)


def test_a_state_of_any_letters_is_no_return_of_ours(client):
    there(client)
    assert client.get("/sign-in/github/callback?state=é&code=x").status_code == 400


@pytest.mark.parametrize("query", ["", "?code=x", "?state=", "?state=x&code=y", "?state=%00é"])
def test_a_return_from_nowhere_is_a_clear_page(client, query):
    page = client.get(f"/sign-in/github/callback{query}")
    assert (page.status_code, "Begin it anew" in page.text) == (400, True)


def test_several_tabs_may_be_on_their_way(client, github):
    github.person.emails = [verified("caio@company.com")]
    first, second = there(client), there(client)
    assert client.get(second).location == "/"
    assert first != second


def test_many_that_were_begun_do_not_fill_the_cookie(client, github):
    for _ in range(12):
        there(client)
    cookie = client.get_cookie(client.application.config["SESSION_COOKIE_NAME"])
    assert len(cookie.value) < 1500


def test_one_comes_back_to_what_one_wanted_to_see(client, github):
    github.person.emails = [verified("caio@company.com")]
    client.get("/knowledge", headers={"Accept": "text/html"})
    assert comes(client).location == "/knowledge"


@pytest.mark.environment(GITHUB_CLIENT_ID=None, GITHUB_CLIENT_SECRET=None)
@pytest.mark.environment(GITHUB_URL=None, GITHUB_API_URL=None)
def test_without_github_there_is_no_such_way_in(client):
    assert "GitHub" not in client.get("/sign-in").text
    for path in ("/sign-in/github", "/sign-in/github/callback"):
        assert client.get(path).status_code == 404
